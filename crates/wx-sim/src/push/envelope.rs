use super::{CLOSE, Push, element};
use crate::{Callback, Mode, platform::Platform};
use wx_crypto::{seal, signature};

/// One delivery of a push on the wire: the query behind the callback address, and the body (protocol §6.3, §6.4).
pub(crate) struct Envelope {
    pub(crate) query: String,
    pub(crate) body: String,
}

impl Envelope {
    /// Signs, and encrypts where the mode asks for it. Every delivery is signed and encrypted anew: nothing says
    /// that retries repeat the nonce, so a receiver must not count on it.
    pub(crate) fn of(push: &Push, platform: &Platform, callback: &Callback) -> Self {
        let stamp = Stamp::new(platform);
        let query = format!("{}&openid={}", stamp.query(callback), push.openid);
        if callback.mode == Mode::Plain {
            return Self { query, body: push.xml.clone() };
        }
        let options = &platform.options;
        let salt = platform.random().bytes();
        let encrypt = seal(&callback.aes_key, &options.app_id, salt, push.xml.as_bytes());
        let signed = signature([&callback.token, &stamp.timestamp, &stamp.nonce, &encrypt]);
        let query = format!("{query}&encrypt_type=aes&msg_signature={signed}");
        let body = match callback.mode {
            Mode::Compatible => beside_clear(&push.xml, &encrypt),
            _ => alone(&options.original_id, &encrypt),
        };
        Self { query, body }
    }

    /// The GET that the console sends when the configuration is saved (§6.2).
    pub(crate) fn verification(platform: &Platform, callback: &Callback, echo: &str) -> Self {
        let query = Stamp::new(platform).query(callback) + &format!("&echostr={echo}");
        Self { query, body: String::new() }
    }
}

struct Stamp {
    timestamp: String,
    nonce: String,
}

impl Stamp {
    fn new(platform: &Platform) -> Self {
        let nonce = platform.random().number().to_string();
        Self { timestamp: platform.clock().now().to_string(), nonce }
    }

    fn query(&self, callback: &Callback) -> String {
        let signed = signature([&callback.token, &self.timestamp, &self.nonce]);
        format!("signature={signed}&timestamp={}&nonce={}", self.timestamp, self.nonce)
    }
}

fn beside_clear(clear: &str, encrypt: &str) -> String {
    let open = clear.strip_suffix(CLOSE).unwrap_or(clear);
    format!("{open}{}{CLOSE}", element("Encrypt", encrypt))
}

fn alone(account: &str, encrypt: &str) -> String {
    format!("<xml>\n    {}    {}{CLOSE}", element("ToUserName", account), element("Encrypt", encrypt))
}
