use super::{Callback, EnvelopeKey};
use crate::{
    CallbackQuery, Mode, ReceivedPush,
    document::{Document, into_push},
    failure::Failure,
    nonce_memory::Admission,
    rotation::Generation,
};
use wx_crypto::{digest, verify};
use wx_model::{Push, PushKind};

impl Callback {
    pub(super) fn receive(
        &self,
        query: &CallbackQuery,
        body: &[u8],
        now: i64,
    ) -> Result<ReceivedPush, Failure> {
        Document::check_size(body, &self.limits)?;
        match self.envelope_for(query) {
            Some(envelope) => self.open_encrypted(envelope, query, body, now),
            None => self.open_clear(query, body, now),
        }
    }

    /// The key, if the request must be encrypted: always in safe mode, in compatible mode when the query says so.
    pub(super) fn envelope_for(&self, query: &CallbackQuery) -> Option<&EnvelopeKey> {
        let says_clear = matches!(query.encrypt_type.as_str(), "" | "raw") && query.msg_signature.is_empty();
        self.envelope.as_ref().filter(|_| self.mode == Mode::Safe || !says_clear)
    }

    fn open_clear(&self, query: &CallbackQuery, body: &[u8], now: i64) -> Result<ReceivedPush, Failure> {
        let token = self.verify_query(query)?;
        self.check_window(query, now)?;
        let document = Document::new(body, &self.limits)?;
        let fields = document.fields()?;
        if self.mode == Mode::Compatible && fields.get("Encrypt").is_some() {
            return Err(Failure::UnannouncedEncrypt);
        }
        let push = into_push(fields)?;
        self.check_account(&push, false)?;
        let repeat = self.remember(query, token, body, now)?;
        Ok(ReceivedPush { push, form: document.form, token, key: None, repeat })
    }

    fn open_encrypted(
        &self,
        envelope: &EnvelopeKey,
        query: &CallbackQuery,
        body: &[u8],
        now: i64,
    ) -> Result<ReceivedPush, Failure> {
        let outer = Document::new(body, &self.limits)?;
        let encrypt = outer.encrypt()?.ok_or(Failure::NotEncrypted)?;
        let token = self.verify_encrypt(query, &encrypt)?;
        self.check_window(query, now)?;
        let app_id = envelope.app_id.as_str();
        let opened = envelope.key.attempt(|key| wx_crypto::open(key, app_id, &encrypt));
        let (message, key) = opened.map_err(|error| Failure::Envelope(error.failure()))?;
        let push = into_push(Document::new(&message, &self.limits)?.fields()?)?;
        self.check_account(&push, true)?;
        let repeat = self.remember(query, token, &message, now)?;
        Ok(ReceivedPush { push, form: outer.form, token, key: Some(key), repeat })
    }

    /// The check of a GET, and of a clear push.
    pub(super) fn verify_query(&self, query: &CallbackQuery) -> Result<Generation, Failure> {
        self.verify_with("signature", &query.signature, query, |token| {
            verify(&query.signature, [token, &query.timestamp, &query.nonce])
        })
    }

    fn verify_encrypt(&self, query: &CallbackQuery, encrypt: &str) -> Result<Generation, Failure> {
        self.verify_with("msg_signature", &query.msg_signature, query, |token| {
            verify(&query.msg_signature, [token, &query.timestamp, &query.nonce, encrypt])
        })
    }

    /// Which Token the signature holds under; if none, whether that is because something is missing.
    fn verify_with(
        &self,
        name: &'static str,
        claimed: &str,
        query: &CallbackQuery,
        holds: impl Fn(&str) -> bool,
    ) -> Result<Generation, Failure> {
        let is_proof = |token: &str| holds(token) && !token.is_empty();
        let verified = self.token.attempt(|token| if is_proof(token.expose()) { Ok(()) } else { Err(()) });
        verified.map(|((), generation)| generation).map_err(|()| {
            let parameters = [(name, claimed), ("timestamp", &query.timestamp), ("nonce", &query.nonce)];
            let missing = parameters.into_iter().find(|(_, value)| value.is_empty());
            missing.map_or(Failure::Signature(name), |(name, _)| Failure::MissingParameter(name))
        })
    }

    fn check_window(&self, query: &CallbackQuery, now: i64) -> Result<(), Failure> {
        let Some(window) = self.window else { return Ok(()) };
        let seconds = query.timestamp.parse().map_or(u64::MAX, |signed: i64| signed.abs_diff(now));
        if seconds > u64::from(window) { Err(Failure::Stale { seconds }) } else { Ok(()) }
    }

    /// In a clear body nothing proves that a notice is for this platform, so there it must be for an account.
    fn check_account(&self, push: &Push, is_encrypted: bool) -> Result<(), Failure> {
        let Some(accounts) = &self.accounts else { return Ok(()) };
        let is_for_us = accounts.contains(&push.to_user) || (is_encrypted && is_notice(push));
        if is_for_us { Ok(()) } else { Err(Failure::Account) }
    }

    /// Whether the same request was accepted before. The last check of all, so that nothing is remembered that was
    /// refused: a stranger's body must not take the place of the platform's.
    fn remember(
        &self,
        query: &CallbackQuery,
        token: Generation,
        message: &[u8],
        now: i64,
    ) -> Result<bool, Failure> {
        let (Some(memory), Some(token)) = (&self.nonces, self.token.get(token)) else { return Ok(false) };
        // Not the two texts themselves: who moves a digit from one to the other leaves the signature as it is.
        let signed = digest([token.expose(), &query.timestamp, &query.nonce]);
        match memory.admit(signed, digest([message]), now) {
            Admission::New => Ok(false),
            Admission::Repeat => Ok(true),
            Admission::OtherMessage => Err(Failure::NonceReused),
        }
    }
}

/// A notice to a third-party platform (第三方平台, protocol §1.7).
fn is_notice(push: &Push) -> bool {
    matches!(push.kind, PushKind::Notice(_)) && push.to_user.as_str().is_empty()
}
