use super::Push;
use crate::{Mode, delivery::Receiver, platform::Platform};
use wx_crypto::{seal, signature};

/// One delivery of a push on the wire: the query behind the callback address, and the body (protocol §6.3, §6.4).
#[derive(Clone)]
pub(crate) struct Envelope {
    pub(crate) query: String,
    pub(crate) body: String,
}

impl Envelope {
    /// Signs, and encrypts where the mode asks for it.
    pub(crate) fn of(push: &Push, platform: &Platform, receiver: &Receiver) -> Self {
        let callback = &receiver.callback;
        let stamp = Stamp::new(platform);
        let mut query = stamp.query(&callback.token);
        if !push.openid.is_empty() {
            query = format!("{query}&openid={}", push.openid);
        }
        if callback.mode == Mode::Plain {
            return Self { query, body: push.xml.clone() };
        }
        let salt = platform.random.bytes();
        let encrypt = seal(&callback.aes_key, &receiver.app_id, salt, push.xml.as_bytes());
        let signed = signature([&callback.token, &stamp.timestamp, &stamp.nonce, &encrypt]);
        let query = format!("{query}&encrypt_type=aes&msg_signature={signed}");
        let body = match callback.mode {
            Mode::Compatible => beside_clear(&push.xml, &encrypt),
            _ if receiver.is_for_notices => alone("AppId", &receiver.app_id, &encrypt),
            _ => alone("ToUserName", &receiver.account, &encrypt),
        };
        Self { query, body }
    }

    /// The GET that the console sends when the configuration is saved (§6.2).
    pub(crate) fn verification(platform: &Platform, receiver: &Receiver, echo: &str) -> Self {
        let query = Stamp::new(platform).query(&receiver.callback.token) + &format!("&echostr={echo}");
        Self { query, body: String::new() }
    }
}

struct Stamp {
    timestamp: String,
    nonce: String,
}

impl Stamp {
    fn new(platform: &Platform) -> Self {
        let nonce = platform.random.number().to_string();
        Self { timestamp: platform.clock.now().to_string(), nonce }
    }

    fn query(&self, token: &str) -> String {
        let signed = signature([token, &self.timestamp, &self.nonce]);
        format!("signature={signed}&timestamp={}&nonce={}", self.timestamp, self.nonce)
    }
}

/// The encrypted form goes last into the clear one.
fn beside_clear(clear: &str, encrypt: &str) -> String {
    let (open, close) = clear.split_at(clear.rfind("</").unwrap_or(clear.len()));
    format!("{open}<Encrypt><![CDATA[{encrypt}]]></Encrypt>\n{close}")
}

fn alone(name: &str, addressee: &str, encrypt: &str) -> String {
    format!(
        "<xml>\n    <{name}><![CDATA[{addressee}]]></{name}>\n    \
         <Encrypt><![CDATA[{encrypt}]]></Encrypt>\n</xml>"
    )
}
