use serde::Deserialize;

/// The query parameters of a callback request (protocol §6.2, §6.3). What is absent is empty.
///
/// With axum it is the type inside `Query`; anywhere else [`parse`](Self::parse) reads the raw query string.
///
/// ```
/// use wx_events::CallbackQuery;
///
/// let query = CallbackQuery::parse("signature=3c46&timestamp=1767229200&nonce=918273645&echostr=a%2Bb");
/// assert_eq!(query.echostr, "a+b");
/// assert_eq!(query.msg_signature, "");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CallbackQuery {
    /// The signature over token, timestamp and nonce. It does not cover the body.
    pub signature: String,
    /// When the platform signed: seconds since 1970, as text.
    pub timestamp: String,
    /// A number that the platform chose.
    pub nonce: String,
    /// The text to echo when the platform verifies the address; only in a GET.
    pub echostr: String,
    /// The OpenID of the person. Nothing signs it: rely on `FromUserName` instead.
    pub openid: String,
    /// `aes` when the body is encrypted; empty or `raw` when it is clear.
    pub encrypt_type: String,
    /// The signature over token, timestamp, nonce and the `Encrypt` text of the body.
    pub msg_signature: String,
}

impl CallbackQuery {
    /// Reads a raw query string, with or without the leading `?`.
    ///
    /// Of a parameter that stands there twice the first value counts; unknown parameters are ignored.
    pub fn parse(raw_query: &str) -> Self {
        let mut query = Self::default();
        let raw = raw_query.strip_prefix('?').unwrap_or(raw_query);
        let mut seen = Vec::new();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let Some(field) = query.field_mut(&name) else { continue };
            if !seen.contains(&name) {
                *field = value.into_owned();
                seen.push(name);
            }
        }
        query
    }

    fn field_mut(&mut self, name: &str) -> Option<&mut String> {
        match name {
            "signature" => Some(&mut self.signature),
            "timestamp" => Some(&mut self.timestamp),
            "nonce" => Some(&mut self.nonce),
            "echostr" => Some(&mut self.echostr),
            "openid" => Some(&mut self.openid),
            "encrypt_type" => Some(&mut self.encrypt_type),
            "msg_signature" => Some(&mut self.msg_signature),
            _ => None,
        }
    }
}
