use crate::{Call, Client, Error, Repeat};
use wx_model::{CallbackCheckRequest, CallbackCheckResponse, IpListResponse};

/// Where the platform is, and whether it reaches the callback.
#[derive(Debug, Clone)]
pub struct Network(pub(super) Client);

impl Network {
    /// The addresses and networks that pushes come from (获取微信推送服务器 IP, protocol §5.2). Ask once a day at most, and
    /// turn nothing away only because it comes from elsewhere while its signature is right.
    ///
    /// # Errors
    ///
    /// [`Error`].
    pub async fn callback_ips(&self) -> Result<Vec<String>, Error> {
        self.list("/cgi-bin/getcallbackip").await
    }

    /// The addresses of the API (获取微信 API 服务器 IP), for firewalls.
    ///
    /// # Errors
    ///
    /// [`Error`].
    pub async fn api_ips(&self) -> Result<Vec<String>, Error> {
        self.list("/cgi-bin/get_api_domain_ip").await
    }

    /// Lets the platform look whether it reaches the callback (网络通信检测, protocol §5.3).
    ///
    /// # Errors
    ///
    /// [`Error`]; 40202 or 40203 if what is asked is not possible.
    pub async fn check_callback(&self, check: &CallbackCheckRequest) -> Result<CallbackCheckResponse, Error> {
        self.0.call(&Call::post("/cgi-bin/callback/check", check)?.repeat(Repeat::Always)).await
    }

    async fn list(&self, path: &str) -> Result<Vec<String>, Error> {
        let answer: IpListResponse = self.0.call(&Call::get(path, &[])?).await?;
        Ok(answer.ip_list)
    }
}
