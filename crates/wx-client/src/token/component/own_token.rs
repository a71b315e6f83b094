use super::{
    answers::ComponentTokenAnswer,
    store::{self, ComponentStore},
};
use crate::{
    Error,
    call::Call,
    exchange::Exchange,
    token::{platform::check_length, source::AccessTokenSource, source::TokenGrant},
};
use async_trait::async_trait;
use serde_json::json;
use std::{fmt, sync::Arc, time::Duration};
use wx_model::{AccessToken, AppId, AppSecret};

const PATH: &str = "/cgi-bin/component/api_component_token";

/// The component_access_token, asked for with the newest ticket.
pub(crate) struct OwnToken {
    pub(crate) app_id: AppId,
    pub(crate) app_secret: AppSecret,
    pub(crate) exchange: Exchange,
    pub(crate) store: Arc<dyn ComponentStore>,
}

#[async_trait]
impl AccessTokenSource for OwnToken {
    async fn token(&self, _refused: Option<&AccessToken>) -> Result<TokenGrant, Error> {
        let ticket = self.store.verify_ticket(&self.app_id).await.map_err(store::failed)?;
        let ticket = ticket.ok_or_else(no_ticket)?;
        let body = json!({
            "component_appid": self.app_id,
            "component_appsecret": self.app_secret.expose(),
            "component_verify_ticket": ticket.expose(),
        });
        let call = Call::post(PATH, &body)?;
        let given: ComponentTokenAnswer = self.exchange.credential(&call, &[ticket.expose()]).await?;
        check_length(PATH, &given.component_access_token)?;
        Ok(TokenGrant::new(given.component_access_token, Duration::from_secs(given.expires_in.into())))
    }
}

fn no_ticket() -> Error {
    Error::missing_token(
        "no component_verify_ticket has arrived yet; the platform pushes one every 10 minutes to the authorisation \
         event URL: see that the URL is right and answers `success`",
    )
}

impl fmt::Debug for OwnToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnToken").field("app_id", &self.app_id).finish_non_exhaustive()
    }
}
