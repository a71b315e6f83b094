use super::within;
use crate::{Call, Client, Error, Repeat, call::Target};
use serde::de::IgnoredAny;
use wx_model::{
    AppSecret, ClearQuotaRequest, ClearQuotaV2Request, ErrClass, ErrCode, QuotaRequest, QuotaResponse,
    RidDetails, RidRequest, RidResponse,
};

const CLEAR: &str = "/cgi-bin/clear_quota";
const CLEAR_V2: &str = "/cgi-bin/clear_quota/v2";
const GET: &str = "/cgi-bin/openapi/quota/get";
const CLEAR_ONE: &str = "/cgi-bin/openapi/quota/clear";
const RID: &str = "/cgi-bin/openapi/rid/get";

/// What the account may still call, and what became of a refused request.
///
/// What is cleared here is also let through again by this client's own guard ([`Error::is_held_back`]).
#[derive(Debug, Clone)]
pub struct Quotas(pub(super) Client);

impl Quotas {
    /// The allowance of one call (查询 API 调用额度, protocol §5.4), by its path such as `/cgi-bin/qrcode/create`.
    ///
    /// # Errors
    ///
    /// [`Error`]; 76021 if the platform knows no such path. Nothing is sent for what is no path.
    pub async fn get(&self, cgi_path: impl Into<String>) -> Result<QuotaResponse, Error> {
        let request = QuotaRequest::new(cgi_path);
        within(GET, request.check())?;
        self.0.call(&Call::post(GET, &request)?.repeat(Repeat::Always)).await
    }

    /// Clears the counters of one call (重置指定 API 调用次数): 50 times a month.
    ///
    /// # Errors
    ///
    /// As with [`get`](Self::get); 48006 if the clearings of the month are used up.
    pub async fn clear(&self, cgi_path: impl Into<String>) -> Result<(), Error> {
        let request = QuotaRequest::new(cgi_path);
        within(CLEAR_ONE, request.check())?;
        self.0.call::<IgnoredAny>(&Call::post(CLEAR_ONE, &request)?).await?;
        self.0.dispatcher().guard.open(&request.cgi_path);
        Ok(())
    }

    /// Clears all counters of the day (清空 API 调用次数): 10 times a month, those by the console's button included.
    ///
    /// # Errors
    ///
    /// [`Error`]; 48006 if the clearings of the month are used up.
    pub async fn clear_all(&self) -> Result<(), Error> {
        let request = ClearQuotaRequest::new(self.0.app_id().clone());
        self.cleared_all(&Call::post(CLEAR, &request)?).await
    }

    /// The same with the AppSecret and without a token (使用 AppSecret 重置 API 调用次数), for when tokens are used up, too.
    ///
    /// The platform's page says once that the parameters stand in the body, and once that they stand in the query: if it
    /// cannot read the body, they are sent once more in the query.
    ///
    /// # Errors
    ///
    /// As with [`clear_all`](Self::clear_all); kind [`Config`](crate::ErrorKind::Config) if the client was made without an
    /// AppSecret.
    pub async fn clear_all_by_secret(&self) -> Result<(), Error> {
        let secret = self.0.dispatcher().exchange.secret.clone().ok_or_else(Error::no_secret)?;
        let request = ClearQuotaV2Request::new(self.0.app_id().clone(), secret);
        let in_body = Call::post(CLEAR_V2, &request)?.to(Target::ApiWithoutToken);
        match self.cleared_all(&in_body).await {
            Err(error) if error.errcode().is_some_and(could_not_read) => {
                let query =
                    [("appid", request.appid.as_str()), ("appsecret", AppSecret::expose(&request.appsecret))];
                let in_query = Call::post(CLEAR_V2, &serde_json::json!({}))?.with_query(&query);
                self.cleared_all(&in_query.to(Target::ApiWithoutToken)).await
            }
            outcome => outcome,
        }
    }

    /// What the platform knows of a refused request of the last 7 days (查询 rid 信息), by its [`Error::rid`].
    ///
    /// # Errors
    ///
    /// [`Error`]; 76001 to 76004 if it is unknown, too old, or of another account.
    pub async fn explain(&self, rid: impl Into<String>) -> Result<RidDetails, Error> {
        let call = Call::post(RID, &RidRequest::new(rid))?.repeat(Repeat::Always);
        let answer: RidResponse = self.0.call(&call).await?;
        Ok(answer.request)
    }

    async fn cleared_all(&self, call: &Call<'_>) -> Result<(), Error> {
        self.0.call::<IgnoredAny>(call).await?;
        self.0.dispatcher().guard.open_paths();
        Ok(())
    }
}

/// The codes for parameters that are missing or in the wrong place; a wrong AppSecret is none.
fn could_not_read(code: ErrCode) -> bool {
    let is_credential = matches!(code.get(), 40001 | 40125 | 40243 | 40164);
    !is_credential && code.info().is_some_and(|info| info.class == ErrClass::Param)
}
