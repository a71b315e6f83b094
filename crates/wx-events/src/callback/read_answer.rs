use super::Callback;
use crate::{
    AcceptedAnswer, Mode, RefusedAnswer, SignedPush,
    document::Document,
    received_push::Form,
    reply::{InvalidContent, read, write},
};
use wx_crypto::{open, verify};
use wx_model::{Fields, Reply};

impl Callback {
    /// Reads the body of an answer to `signed` as the platform does: is it one that the person gets to see? The other
    /// side of [`sign`](Self::sign), for tests of a service. Status and time of the answer are the caller's to check.
    ///
    /// ```
    /// use wx_events::{Callback, CallbackQuery, RefusedAnswer};
    /// use wx_model::Reply;
    ///
    /// let callback = Callback::plain("ChannelToken2026".into());
    /// let text = "<xml><ToUserName>gh_3f9a1c77be20</ToUserName><FromUserName>oK7tV5xA2bQm9Lr0PzYc3NdEfGhI</FromUserName>\
    ///     <CreateTime>1767229200</CreateTime><MsgType>text</MsgType><Content>hi</Content><MsgId>1</MsgId></xml>";
    /// let signed = callback.sign(text.as_bytes(), 1_767_229_200)?;
    ///
    /// let push = callback.open(&CallbackQuery::parse(&signed.query), signed.body.as_bytes(), 1_767_229_200)?;
    /// let body = callback.seal(&push, Reply::text("hello"), 1_767_229_201)?;
    ///
    /// assert_eq!(callback.read_answer(&signed, body.as_bytes())?.reply, Reply::text("hello"));
    /// assert_eq!(callback.read_answer(&signed, b"success")?.reply, Reply::None);
    /// assert_eq!(callback.read_answer(&signed, b"OK"), Err(RefusedAnswer::NoReply));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`RefusedAnswer`]
    pub fn read_answer(&self, signed: &SignedPush, body: &[u8]) -> Result<AcceptedAnswer, RefusedAnswer> {
        if body.is_empty() || body == b"success" {
            return Ok(AcceptedAnswer::nothing());
        }
        let fields = self.fields_of(body).ok_or(RefusedAnswer::NoReply)?;
        let encrypted = fields.get("Encrypt").is_some();
        match (self.mode, encrypted) {
            (Mode::Plain, true) => return Err(RefusedAnswer::Encrypted),
            (Mode::Safe, false) => return Err(RefusedAnswer::Clear),
            _ => {}
        }
        let clear = if encrypted { self.open_answer(&fields)? } else { body.to_vec() };
        let inside =
            if encrypted { self.fields_of(&clear).ok_or(RefusedAnswer::NoReplyInside)? } else { fields };
        let reply = check(signed, &inside)?;
        Ok(AcceptedAnswer { reply, clear: String::from_utf8_lossy(&clear).into_owned(), encrypted })
    }

    fn fields_of(&self, body: &[u8]) -> Option<Fields> {
        Document::new(body, &self.limits).and_then(|document| document.fields()).ok()
    }

    fn open_answer(&self, fields: &Fields) -> Result<Vec<u8>, RefusedAnswer> {
        let text = |element| match fields.get(element).map(str::trim) {
            None | Some("") => Err(RefusedAnswer::Envelope { element }),
            Some(text) => Ok(text),
        };
        let [encrypt, claimed] = [text("Encrypt")?, text("MsgSignature")?];
        let [timestamp, nonce] = [text("TimeStamp")?, text("Nonce")?];
        if !is_number(timestamp) {
            return Err(RefusedAnswer::Envelope { element: "TimeStamp" });
        }
        if !verify(claimed, [self.token.current().expose(), timestamp, nonce, encrypt]) {
            return Err(RefusedAnswer::Signature);
        }
        let envelope = self.envelope.as_ref().ok_or(RefusedAnswer::Encrypted)?;
        open(envelope.key.current(), envelope.app_id.as_str(), encrypt).map_err(|_| RefusedAnswer::Sealed)
    }
}

fn check(signed: &SignedPush, fields: &Fields) -> Result<Reply, RefusedAnswer> {
    // The blanks that reading a push takes off, and no others: a name may begin with U+3000.
    let text = |name: &str| fields.get(name).unwrap_or_default().trim_matches([' ', '\t', '\r', '\n']);
    let push = &signed.push;
    let has_people = !push.from_user.as_str().is_empty();
    if has_people && text("ToUserName") != push.from_user.as_str() {
        return Err(RefusedAnswer::ToUser);
    }
    if has_people && text("FromUserName") != push.to_user.as_str() {
        return Err(RefusedAnswer::FromUser);
    }
    if !is_number(text("CreateTime")) {
        return Err(RefusedAnswer::CreateTime);
    }
    let reply = read(fields).map_err(|invalid| match invalid {
        InvalidContent::MsgType => RefusedAnswer::MsgType,
        InvalidContent::ArticleCount => RefusedAnswer::ArticleCount,
    })?;
    write(Form::Xml, push, &reply, 0).map_err(RefusedAnswer::Content)?;
    Ok(reply)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
