use super::{AccountArgs, Settings, TokenArgs, TokenKind, TokenSource};
use crate::failure::{Failure, Outcome, sentence};
use std::sync::Arc;
use wx_client::{CentralToken, Client, ClientBuilder, TokenRow, TokenStore};
use wx_transport::ReqwestTransport;

/// Flags of the commands that call the platform with an access_token.
#[derive(Debug, clap::Args)]
pub(crate) struct ClientArgs {
    #[command(flatten)]
    pub(crate) account: AccountArgs,

    #[command(flatten)]
    pub(crate) token: TokenArgs,
}

/// A client, where its token comes from, and the store that it shares.
pub(crate) struct Connected {
    pub(crate) client: Client,
    pub(crate) source: TokenSource,
    pub(crate) store: Option<Arc<dyn TokenStore>>,
}

impl Connected {
    /// What the store holds, if there is one. Nothing is fetched.
    pub(crate) async fn row(&self) -> Outcome<Option<TokenRow>> {
        let Some(store) = &self.store else { return Ok(None) };
        let read = store.read(self.client.app_id()).await;
        let failed =
            |error| Failure::failed(format!("the store of the access token cannot be read: {error}"));
        read.map(Some).map_err(failed)
    }
}

impl ClientArgs {
    /// A client for the account.
    pub(crate) async fn client(&self, settings: &Settings) -> Outcome<Client> {
        Ok(self.connect(settings).await?.client)
    }

    /// The same with what is known about its token. The store of a shared token is opened, the platform not called.
    pub(crate) async fn connect(&self, settings: &Settings) -> Outcome<Connected> {
        self.connect_with(settings, |builder| builder).await
    }

    /// The same with more settings of the client.
    pub(crate) async fn connect_with(
        &self,
        settings: &Settings,
        adjust: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Outcome<Connected> {
        let source = self.token.source(settings)?;
        let mut builder = adjust(self.builder(&source, settings)?);
        let store = match source.shared() {
            Some(shared) => Some(shared.open().await?),
            None => None,
        };
        if let Some(store) = &store {
            builder = builder.token_store(Arc::clone(store));
        }
        Ok(Connected { client: build(builder)?, source, store })
    }

    /// A client in the making that takes its token from there, shared with nobody yet.
    pub(crate) fn builder(&self, source: &TokenSource, settings: &Settings) -> Outcome<ClientBuilder> {
        let app_id = self.account.app_id(settings)?;
        let builder = match source {
            TokenSource::Fixed(token) => {
                Client::with_token_source(app_id, wx_client::FixedToken::new(token.clone()))
            }
            TokenSource::Central { url, secret } => {
                let central = CentralToken::new(app_id.clone(), url.clone(), ReqwestTransport::new());
                let central = match secret {
                    Some(secret) => central.bearer(secret.clone()),
                    None => central,
                };
                Client::with_token_source(app_id, central)
            }
            TokenSource::Platform { kind, .. } => {
                let builder = Client::builder(app_id, self.account.app_secret(settings)?);
                if *kind == TokenKind::Classic { builder.classic_token() } else { builder }
            }
        };
        Ok(self.account.at_base(builder, settings))
    }
}

/// The client; what cannot be built was set wrongly.
pub(crate) fn build(builder: ClientBuilder) -> Outcome<Client> {
    builder.build().map_err(|error| Failure::invalid(sentence(&error)))
}
