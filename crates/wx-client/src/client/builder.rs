use super::{Client, Shared};
use crate::{
    BaseUrl, Error, InvalidBaseUrl,
    clock::Clock,
    exchange::Exchange,
    token::{TokenEndpoint, TokenKind, Tokens},
};
use std::{sync::Arc, time::Duration};
use wx_model::{AppId, AppSecret};
use wx_transport::Transport;

/// A [`Client`] in the making. What is not said stays as it is in [`Client::new`].
#[derive(Debug)]
#[must_use = "a builder makes nothing until `build` is called"]
pub struct ClientBuilder {
    app_id: AppId,
    app_secret: AppSecret,
    api_base: Option<Result<BaseUrl, InvalidBaseUrl>>,
    image_base: Option<Result<BaseUrl, InvalidBaseUrl>>,
    transport: Option<Arc<dyn Transport>>,
    token_kind: TokenKind,
    clock: Option<Clock>,
}

impl ClientBuilder {
    pub(super) fn new(app_id: AppId, app_secret: AppSecret) -> Self {
        Self {
            app_id,
            app_secret,
            api_base: None,
            image_base: None,
            transport: None,
            token_kind: TokenKind::Stable,
            clock: None,
        }
    }

    /// One base address for calls and for pictures: a simulator, a gateway, or another entry of the platform such as
    /// `https://api2.weixin.qq.com` (protocol §5.1), which serves no pictures, so name the
    /// [`image_base`](Self::image_base) too. See [`BaseUrl`] for what is valid.
    pub fn api_base(mut self, url: impl AsRef<str>) -> Self {
        self.api_base = Some(url.as_ref().parse());
        self
    }

    /// Another base address for pictures than for calls.
    pub fn image_base(mut self, url: impl AsRef<str>) -> Self {
        self.image_base = Some(url.as_ref().parse());
        self
    }

    /// What sends the requests. Its time and size limits are the limits of the client.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Takes the token from `/cgi-bin/token` (protocol §1.1) instead of `/cgi-bin/stable_token`.
    ///
    /// Each fetch by anybody ends the token of everybody else after 5 minutes. Only for accounts to which the stable
    /// token is not open.
    pub fn classic_token(mut self) -> Self {
        self.token_kind = TokenKind::Classic;
        self
    }

    /// The time that has passed since some fixed moment; it must never go back. Default: the system's monotonic clock.
    /// The age of the token is measured with it.
    pub fn clock(mut self, now: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        self.clock = Some(Clock::new(now));
        self
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// Kind [`Config`](crate::ErrorKind::Config) if a base address is not valid, or if there is no transport: without
    /// the feature `reqwest` one must be given.
    pub fn build(mut self) -> Result<Client, Error> {
        let api_base =
            self.api_base.take().transpose().map_err(|error| Error::base_url("api_base", error))?;
        let image_base =
            self.image_base.take().transpose().map_err(|error| Error::base_url("image_base", error))?;
        let transport = self.transport.take().or_else(default_transport).ok_or_else(Error::no_transport)?;
        let image_base = image_base.or_else(|| api_base.clone()).unwrap_or_else(BaseUrl::official_images);
        Ok(self.finish(api_base.unwrap_or_else(BaseUrl::official_api), image_base, transport))
    }

    pub(super) fn finish(
        self,
        api_base: BaseUrl,
        image_base: BaseUrl,
        transport: Arc<dyn Transport>,
    ) -> Client {
        let exchange = Exchange { transport, secret: self.app_secret };
        let endpoint = TokenEndpoint {
            exchange: exchange.clone(),
            base: api_base.clone(),
            app_id: self.app_id.clone(),
            kind: self.token_kind,
        };
        let tokens = Tokens::new(endpoint, self.clock.unwrap_or_else(Clock::system));
        Client(Arc::new(Shared { app_id: self.app_id, api_base, image_base, exchange, tokens }))
    }
}

#[cfg(feature = "reqwest")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature there is none")]
fn default_transport() -> Option<Arc<dyn Transport>> {
    Some(Arc::new(wx_transport::ReqwestTransport::new()))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Option<Arc<dyn Transport>> {
    None
}
