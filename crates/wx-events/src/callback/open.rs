use super::{Callback, EnvelopeKey};
use crate::{
    CallbackQuery, Mode, ReceivedPush,
    document::{Document, into_push},
    failure::Failure,
};
use wx_crypto::verify;

impl Callback {
    pub(super) fn receive(
        &self,
        query: &CallbackQuery,
        body: &[u8],
        now: i64,
    ) -> Result<ReceivedPush, Failure> {
        Document::check_size(body, &self.limits)?;
        let received = match self.envelope_for(query) {
            Some(envelope) => self.open_encrypted(envelope, query, body, now)?,
            None => self.open_clear(query, body, now)?,
        };
        match &self.account {
            Some(account) if *account != received.push.to_user => Err(Failure::Account),
            _ => Ok(received),
        }
    }

    /// The key, if the request must be encrypted: always in safe mode, in compatible mode when the query says so.
    fn envelope_for(&self, query: &CallbackQuery) -> Option<&EnvelopeKey> {
        let says_clear = matches!(query.encrypt_type.as_str(), "" | "raw") && query.msg_signature.is_empty();
        self.envelope.as_ref().filter(|_| self.mode == Mode::Safe || !says_clear)
    }

    fn open_clear(&self, query: &CallbackQuery, body: &[u8], now: i64) -> Result<ReceivedPush, Failure> {
        self.verify_query(query)?;
        self.check_window(query, now)?;
        let document = Document::new(body, &self.limits)?;
        let fields = document.fields()?;
        if self.mode == Mode::Compatible && fields.get("Encrypt").is_some() {
            return Err(Failure::UnannouncedEncrypt);
        }
        Ok(ReceivedPush { push: into_push(fields)?, encrypted: false, form: document.form })
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
        self.verify_encrypt(query, &encrypt)?;
        self.check_window(query, now)?;
        let message = wx_crypto::open(&envelope.key, envelope.app_id.as_str(), &encrypt)
            .map_err(|error| Failure::Envelope(error.failure()))?;
        let fields = Document::new(&message, &self.limits)?.fields()?;
        Ok(ReceivedPush { push: into_push(fields)?, encrypted: true, form: outer.form })
    }

    /// The check of a GET, and of a clear push.
    pub(super) fn verify_query(&self, query: &CallbackQuery) -> Result<(), Failure> {
        let token = self.token.expose();
        let holds = verify(&query.signature, [token, &query.timestamp, &query.nonce]);
        conclude(holds && !token.is_empty(), "signature", &query.signature, query)
    }

    fn verify_encrypt(&self, query: &CallbackQuery, encrypt: &str) -> Result<(), Failure> {
        let token = self.token.expose();
        let holds = verify(&query.msg_signature, [token, &query.timestamp, &query.nonce, encrypt]);
        conclude(holds && !token.is_empty(), "msg_signature", &query.msg_signature, query)
    }

    fn check_window(&self, query: &CallbackQuery, now: i64) -> Result<(), Failure> {
        let Some(window) = self.window else { return Ok(()) };
        let seconds = query.timestamp.parse().map_or(u64::MAX, |signed: i64| signed.abs_diff(now));
        if seconds > u64::from(window) { Err(Failure::Stale { seconds }) } else { Ok(()) }
    }
}

/// Whether the signature holds; if not, whether that is because something is missing.
fn conclude(holds: bool, name: &'static str, claimed: &str, query: &CallbackQuery) -> Result<(), Failure> {
    if holds {
        return Ok(());
    }
    let parameters = [(name, claimed), ("timestamp", &query.timestamp), ("nonce", &query.nonce)];
    let missing = parameters.into_iter().find(|(_, value)| value.is_empty());
    Err(missing.map_or(Failure::Signature(name), |(name, _)| Failure::MissingParameter(name)))
}
