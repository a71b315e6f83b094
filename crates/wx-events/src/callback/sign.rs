use super::{Callback, EnvelopeKey};
use crate::{
    Error, Mode, SignedPush,
    document::{Document, into_push},
    failure::Failure,
    received_push::Form,
    reply::{JsonWriter, Writer, XmlWriter},
};
use form_urlencoded::Serializer;
use wx_crypto::{seal, signature};
use wx_model::{Fields, Push};

impl Callback {
    /// Makes of a clear push body what the platform would send in this callback's mode, so that a service can be
    /// tested without the platform (protocol §6.3, §6.4): the query, and the body as it is (plain), with an
    /// `Encrypt` element added (compatible), or encrypted (safe).
    ///
    /// `body` is XML or JSON as in protocol §7; `now`, in seconds since 1970, becomes the `timestamp`. Every call draws
    /// 20 random bytes: 16 for the envelope and then 4 that are the nonce as a big-endian number. With
    /// [`random`](Self::random) the result is reproducible. A notice to a third-party platform (第三方平台) has an
    /// `AppId` outside the envelope, as its body has, in place of `ToUserName`.
    ///
    /// ```
    /// use wx_events::{Callback, CallbackQuery};
    ///
    /// let key = "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A".parse()?;
    /// let callback = Callback::safe("ChannelToken2026".into(), key, "wx7a3f00c1d2e3b4a5".into());
    /// let clear = "<xml><ToUserName>gh_3f9a1c77be20</ToUserName><FromUserName>oK7tV5xA2bQm9Lr0PzYc3NdEfGhI</FromUserName>\
    ///     <CreateTime>1767229200</CreateTime><MsgType>event</MsgType><Event>SCAN</Event><EventKey>2026</EventKey></xml>";
    ///
    /// let signed = callback.sign(clear.as_bytes(), 1_767_229_200)?;
    /// // POST signed.body to your service, with signed.query behind its address. It will do this:
    /// let query = CallbackQuery::parse(&signed.query);
    /// let push = callback.open(&query, signed.body.as_bytes(), 1_767_229_200)?;
    /// assert_eq!(push.scene_scan().unwrap().scene.as_str(), "2026");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidPush`](crate::ErrorKind::InvalidPush) if the body is no push, or has an `Encrypt` element
    /// where one would be added; [`ErrorKind::Malformed`](crate::ErrorKind::Malformed) and
    /// [`ErrorKind::TooLarge`](crate::ErrorKind::TooLarge) as in [`open`](Self::open);
    /// [`ErrorKind::Random`](crate::ErrorKind::Random) if the system has no random bytes.
    pub fn sign(&self, body: &[u8], now: i64) -> Result<SignedPush, Error> {
        Ok(self.sign_push(body, now)?)
    }

    /// Makes the query of the platform's check of the address, a GET without a body (protocol §6.2). The service must
    /// answer with exactly `echostr`.
    ///
    /// ```
    /// use wx_events::{Callback, CallbackQuery};
    ///
    /// let callback = Callback::plain("ChannelToken2026".into());
    /// let query = CallbackQuery::parse(&callback.sign_echo("5577006791947779410", 1_767_229_200)?);
    /// assert_eq!(callback.echo(&query)?, "5577006791947779410");
    /// # Ok::<(), wx_events::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Random`](crate::ErrorKind::Random) if the system has no random bytes.
    pub fn sign_echo(&self, echostr: &str, now: i64) -> Result<String, Error> {
        let (_, stamp) = self.stamp(now)?;
        let mut query = Serializer::new(String::new());
        query.append_pair("signature", &stamp.signature).append_pair("echostr", echostr);
        query.append_pair("timestamp", &stamp.timestamp).append_pair("nonce", &stamp.nonce);
        Ok(query.finish())
    }

    fn sign_push(&self, body: &[u8], now: i64) -> Result<SignedPush, Failure> {
        let document = Document::new(body, &self.limits)?;
        let form = document.form;
        let push = into_push(document.fields()?)?;
        let (random, stamp) = self.stamp(now)?;
        let mut query = Serializer::new(String::new());
        query.append_pair("signature", &stamp.signature);
        query.append_pair("timestamp", &stamp.timestamp).append_pair("nonce", &stamp.nonce);
        if !push.from_user.as_str().is_empty() {
            query.append_pair("openid", push.from_user.as_str());
        }
        let clear = String::from_utf8_lossy(body);
        let Some(envelope) = &self.envelope else {
            return Ok(SignedPush { query: query.finish(), body: clear.into_owned(), push });
        };
        if push.fields.get("Encrypt").is_some() {
            return Err(Failure::StillEncrypted);
        }
        let encrypt = seal(envelope.key.current(), envelope.app_id.as_str(), random, body);
        let proof = signature([self.token.current().expose(), &stamp.timestamp, &stamp.nonce, &encrypt]);
        query.append_pair("encrypt_type", "aes").append_pair("msg_signature", &proof);
        let body = match self.mode {
            Mode::Compatible => self.beside_clear(&clear, form, &encrypt)?,
            _ => alone(&push, form, envelope, &encrypt),
        };
        Ok(SignedPush { query: query.finish(), body, push })
    }

    /// The clear body with `Encrypt` as its last element; not if it has one of any form already, which would be found first.
    fn beside_clear(&self, clear: &str, form: Form, encrypt: &str) -> Result<String, Failure> {
        let body = beside_clear(clear, form, encrypt);
        match Document::new(body.as_bytes(), &self.limits)?.encrypt() {
            Ok(Some(found)) if found == encrypt => Ok(body),
            Err(malformed) if malformed.is_too_large() => Err(malformed.into()),
            _ => Err(Failure::StillEncrypted),
        }
    }

    fn stamp(&self, now: i64) -> Result<([u8; 16], Stamp), Failure> {
        let (random, nonce) = self.draw()?;
        let timestamp = now.to_string();
        let signature = signature([self.token.current().expose(), &timestamp, &nonce]);
        Ok((random, Stamp { signature, timestamp, nonce }))
    }
}

struct Stamp {
    signature: String,
    timestamp: String,
    nonce: String,
}

/// The envelope alone, which says outside whom it is for.
fn alone(push: &Push, form: Form, envelope: &EnvelopeKey, encrypt: &str) -> String {
    let to = match push.to_user.as_str() {
        "" => ("AppId", app_id(&push.fields).unwrap_or(envelope.app_id.as_str())),
        account => ("ToUserName", account),
    };
    match form {
        Form::Xml => write::<XmlWriter>(to, encrypt),
        Form::Json => write::<JsonWriter>(to, encrypt),
    }
}

fn write<W: Writer>((name, text): (&str, &str), encrypt: &str) -> String {
    let mut writer = W::with_capacity(encrypt.len() + FRAME);
    writer.text(name, text);
    writer.plain("Encrypt", |body| body.push_str(encrypt));
    writer.finish()
}

/// Room for all of an envelope but the `Encrypt` text.
const FRAME: usize = 128;

fn app_id(fields: &Fields) -> Option<&str> {
    fields.get("AppId").map(str::trim).filter(|text| !text.is_empty())
}

/// The clear body, untouched, with `Encrypt` as its last element.
fn beside_clear(clear: &str, form: Form, encrypt: &str) -> String {
    let (end, added) = match form {
        Form::Xml => (root_end(clear), format!("<Encrypt><![CDATA[{encrypt}]]></Encrypt>")),
        Form::Json => (clear.rfind('}'), format!(",\"Encrypt\":\"{encrypt}\"")),
    };
    let (before, after) = clear.split_at(end.unwrap_or(clear.len()));
    format!("{before}{added}{after}")
}

/// Where the closing tag of the root begins, in a document that was read: comments and instructions may follow it.
fn root_end(xml: &str) -> Option<usize> {
    let mut rest = xml.trim_end();
    loop {
        let begin = match rest {
            _ if rest.ends_with("-->") => rest.rfind("<!--"),
            _ if rest.ends_with("?>") => rest.rfind("<?"),
            _ => return rest.rfind("</"),
        };
        rest = rest[..begin?].trim_end();
    }
}
