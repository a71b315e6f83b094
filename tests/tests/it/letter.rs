//! Requests to the callback address as the platform, or whoever pretends to be it, would write them.

use bytes::Bytes;
use http::{HeaderName, Request};
use scenarios::send;
use wx_crypto::{EncodingAesKey, seal, signature};
use wx_sim::{DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_TOKEN};

const TIMESTAMP: &str = "1767240000";
const NONCE: &str = "918273645";

/// A push that nobody sent yet, by default one that the service must believe.
pub(crate) const FOLLOW: &str = "<xml><ToUserName><![CDATA[gh_3f9a1c77be20]]></ToUserName>\
    <FromUserName><![CDATA[oK7tV5xA2bQm9Lr0PzYc3NdEfGhI]]></FromUserName><CreateTime>1767240000</CreateTime>\
    <MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event><EventKey><![CDATA[]]></EventKey></xml>";

/// What is posted, and with which secrets it is proven.
pub(crate) struct Letter {
    pub(crate) body: Vec<u8>,
    pub(crate) token: String,
    pub(crate) key: EncodingAesKey,
    pub(crate) app_id: String,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
}

impl Letter {
    pub(crate) fn new(body: impl Into<Vec<u8>>) -> Self {
        Self {
            body: body.into(),
            token: DEFAULT_TOKEN.to_owned(),
            key: DEFAULT_AES_KEY.parse().unwrap(),
            app_id: DEFAULT_APP_ID.to_owned(),
            headers: Vec::new(),
        }
    }

    /// Posts it as in plain mode.
    pub(crate) async fn clear(self, url: &str) -> (u16, String) {
        let signature = signature([self.token.as_str(), TIMESTAMP, NONCE]);
        let url = format!("{url}?signature={signature}&timestamp={TIMESTAMP}&nonce={NONCE}");
        post(&url, self.body, &self.headers).await
    }

    /// Posts it as in safe mode.
    pub(crate) async fn encrypted(self, url: &str) -> (u16, String) {
        let encrypt = seal(&self.key, &self.app_id, *b"sixteen byte bag", &self.body);
        let token = self.token.as_str();
        let whole = signature([token, TIMESTAMP, NONCE, &encrypt]);
        let signature = signature([token, TIMESTAMP, NONCE]);
        let url = format!(
            "{url}?signature={signature}&timestamp={TIMESTAMP}&nonce={NONCE}&encrypt_type=aes&msg_signature={whole}"
        );
        let body = format!(
            "<xml><ToUserName><![CDATA[gh_3f9a1c77be20]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
        );
        post(&url, body.into_bytes(), &self.headers).await
    }
}

/// The query of the GET that checks an address, with this token.
pub(crate) fn check_query(token: &str) -> String {
    let signature = signature([token, TIMESTAMP, NONCE]);
    format!("signature={signature}&timestamp={TIMESTAMP}&nonce={NONCE}&echostr=5577006791947779410")
}

async fn post(url: &str, body: Vec<u8>, headers: &[(&'static str, &'static str)]) -> (u16, String) {
    let mut request = Request::post(url).body(Bytes::from(body)).unwrap();
    for (name, value) in headers {
        request.headers_mut().insert(HeaderName::from_static(name), value.parse().unwrap());
    }
    let response = send(request).await;
    (response.status().as_u16(), String::from_utf8_lossy(response.body()).into_owned())
}
