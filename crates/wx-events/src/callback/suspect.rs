//! What is probably wrong with a refused push, found by trying what else would hold.

mod body;
mod envelope;
mod signature;

use super::Callback;
use crate::{CallbackQuery, Suspicion, document::Document, failure::Failure};
use std::borrow::Cow;
use wx_crypto::{Inside, OpenFailure, inspect, verify};

impl Callback {
    /// Says what is probably wrong with a push that [`open`](Self::open) refuses, the most probable first; nothing if
    /// it opens. Where [`diagnose`](Self::diagnose) tells at which step it failed, this tries what else would hold:
    /// another of the two signatures, the body without blanks, the envelope without the appid, and so on.
    ///
    /// For the operator at a terminal only, as `diagnose` is: it says whether the Token and the key are right, and
    /// which appid stands in the envelope.
    ///
    /// ```
    /// use wx_events::{Callback, CallbackQuery};
    ///
    /// let key = "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A".parse()?;
    /// let callback = Callback::safe("ChannelToken2026".into(), key, "wx7a3f00c1d2e3b4a5".into());
    /// let query = CallbackQuery::parse(
    ///     "signature=3c46e7cb6eb86d24f20facec2436c3fcfd8e9e59&timestamp=1767229200&nonce=918273645",
    /// );
    /// let clear = b"<xml><FromUserName>o1</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType></xml>";
    /// let suspicions = callback.suspect(&query, clear, 1_767_229_200);
    /// assert_eq!(suspicions[0].name(), "clear_in_safe_mode");
    /// # Ok::<(), wx_events::InvalidKey>(())
    /// ```
    pub fn suspect(&self, query: &CallbackQuery, body: &[u8], now: i64) -> Vec<Suspicion> {
        match self.receive(query, body, now) {
            Ok(_) => Vec::new(),
            Err(failure) => Inquiry::new(self, query, body).suspicions(&failure, now),
        }
    }
}

/// A refused request and what can be tried with it.
struct Inquiry<'a> {
    callback: &'a Callback,
    query: &'a CallbackQuery,
    body: &'a [u8],
    /// The `Encrypt` text, if the body has one.
    encrypt: Option<String>,
    /// What stands in it, if there is a key.
    inside: Option<Result<Inside, OpenFailure>>,
}

impl<'a> Inquiry<'a> {
    fn new(callback: &'a Callback, query: &'a CallbackQuery, body: &'a [u8]) -> Self {
        let document = Document::new(body, &callback.limits);
        let encrypt =
            document.ok().and_then(|document| document.encrypt().ok().flatten().map(Cow::into_owned));
        let key = callback.envelope.as_ref().map(|envelope| &envelope.key);
        let inside = encrypt
            .as_deref()
            .zip(key)
            .map(|(encrypt, key)| key.attempt(|key| inspect(key, encrypt)).map(|(inside, _)| inside));
        Self { callback, query, body, encrypt, inside }
    }

    fn suspicions(&self, failure: &Failure, now: i64) -> Vec<Suspicion> {
        match failure {
            Failure::MissingParameter(_) | Failure::Signature(_) => self.of_signature(),
            Failure::NotEncrypted => vec![self.of_clear_body()],
            Failure::UnannouncedEncrypt => vec![Suspicion::new(
                "query_without_encryption",
                "the body is encrypted, but encrypt_type and msg_signature are missing in the query; pass the whole \
                 query string on, and look for a proxy that drops parameters",
            )],
            Failure::StillEncrypted => vec![self.of_encrypted_body()],
            Failure::Stale { seconds } => vec![self.of_time(*seconds, now)],
            Failure::Envelope(failure) => self.of_envelope(*failure),
            Failure::Account => vec![self.of_account(now)],
            Failure::NonceReused => vec![Suspicion::new(
                "nonce_reused",
                "another message came under this timestamp and nonce before: somebody who has seen a query sends bodies \
                 of their own with it; choose safe mode",
            )],
            Failure::Document(malformed) => vec![self.of_document(malformed)],
            Failure::Push(_) => vec![self.of_no_push()],
            Failure::NoEcho | Failure::Reply(_) | Failure::Random(_) => Vec::new(),
        }
    }

    /// Whether `signature` holds: then the Token is right, and so are timestamp and nonce.
    fn token_holds(&self) -> bool {
        self.holds_over(&self.query.signature, "")
    }

    /// Whether `claimed` is the signature with `text` among its parts; an empty one changes nothing.
    fn holds_over(&self, claimed: &str, text: &str) -> bool {
        let CallbackQuery { timestamp, nonce, .. } = self.query;
        let is_signed_with =
            |token: &str| !token.is_empty() && verify(claimed, [token, timestamp, nonce, text]);
        self.callback.token.is_either(|token| is_signed_with(token.expose()))
    }

    fn app_id(&self) -> &str {
        self.callback.envelope.as_ref().map_or("", |envelope| envelope.app_id.as_str())
    }
}
