mod open;
mod read_answer;
mod seal;
mod sign;
mod suspect;

use crate::{
    CallbackQuery, Diagnosis, Error, Limits, Mode, NonceMemory, RandomSource, ReceivedPush, failure::Failure,
    random::Random, rotation::Rotating,
};
use std::{borrow::Borrow, collections::HashSet, sync::Arc};
use wx_crypto::EncodingAesKey;
use wx_model::{AppId, CallbackToken, OriginalId, Reply};

/// The callback of one account (服务器配置, 消息推送) or of one third-party platform (第三方平台): its secrets and its
/// mode, fixed in the configuration.
///
/// It answers the platform's address check, opens pushes and seals replies. It knows neither sockets nor the clock.
///
/// ```
/// use wx_events::{Callback, CallbackQuery};
///
/// let callback = Callback::plain("ChannelToken2026".into());
/// let query = CallbackQuery::parse(
///     "signature=3c46e7cb6eb86d24f20facec2436c3fcfd8e9e59&timestamp=1767229200&nonce=918273645&echostr=5577",
/// );
/// assert_eq!(callback.echo(&query)?, "5577");
/// # Ok::<(), wx_events::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Callback {
    mode: Mode,
    token: Rotating<CallbackToken>,
    /// Present in compatible and safe mode.
    envelope: Option<EnvelopeKey>,
    accounts: Option<Arc<HashSet<OriginalId>>>,
    window: Option<u32>,
    nonces: Option<NonceMemory>,
    random: Random,
    limits: Limits,
}

#[derive(Debug, Clone)]
struct EnvelopeKey {
    key: Rotating<EncodingAesKey>,
    app_id: AppId,
}

impl Callback {
    /// A callback in plain mode (明文模式).
    ///
    /// Here nothing signs the body: whoever has seen one query of a real push can send a body of their own with it.
    /// Serve it over HTTPS only, set a [time window](Self::time_window) and a [nonce memory](Self::nonce_memory), and
    /// prefer safe mode.
    ///
    /// An empty token is no secret: a callback that has one refuses everything.
    pub fn plain(token: CallbackToken) -> Self {
        Self {
            mode: Mode::Plain,
            token: Rotating::new(token),
            envelope: None,
            accounts: None,
            window: None,
            nonces: None,
            random: Random::System,
            limits: Limits::default(),
        }
    }

    /// A callback in compatible mode (兼容模式): for the time of a change-over between plain and safe mode.
    ///
    /// It takes whatever the console sends: encrypted pushes by the rules of [safe](Self::safe) mode, whose clear
    /// elements beside `Encrypt` are ignored because nothing signs them; and clear pushes, if the query says so
    /// (`encrypt_type` absent or `raw`, no `msg_signature`) and the body has no `Encrypt`, by the rules of
    /// [plain](Self::plain) mode. The latter means that an attacker who has seen one query can leave the encryption
    /// away: this mode protects no better than plain mode, so give it a [nonce memory](Self::nonce_memory) as well. Go on
    /// to safe mode when the console stands there.
    pub fn compatible(token: CallbackToken, key: EncodingAesKey, app_id: AppId) -> Self {
        let envelope = Some(EnvelopeKey { key: Rotating::new(key), app_id });
        Self { mode: Mode::Compatible, envelope, ..Self::plain(token) }
    }

    /// A callback in safe mode (安全模式): only what `msg_signature` proves and the key decrypts is a push.
    ///
    /// A body without `Encrypt` is refused. The parameter `signature` is not looked at in a POST: it covers less
    /// than `msg_signature` does.
    ///
    /// For a third-party platform (第三方平台, protocol §1.7) token and key are the platform's own and `app_id` is its
    /// component_appid: that is what stands inside the pushes of every authorised account as well as in the notices
    /// about tickets and authorisations.
    pub fn safe(token: CallbackToken, key: EncodingAesKey, app_id: AppId) -> Self {
        Self { mode: Mode::Safe, ..Self::compatible(token, key, app_id) }
    }

    /// Also takes what is signed with `token`, the Token before the current one. Off unless set.
    ///
    /// To exchange a Token without losing a push: start the service with the new one as the current and the old one
    /// as the previous, then save the new one in the console, and leave the old one out again when for some minutes no
    /// push [used it](ReceivedPush::used_previous_token). Until then whoever knows the old Token can still sign, so
    /// after a leak leave it out at once. A reply is signed with the Token that its push was signed with.
    pub fn previous_token(mut self, token: CallbackToken) -> Self {
        self.token.set_previous(token);
        self
    }

    /// Also opens what is encrypted with `key`, the EncodingAESKey before the current one. Off unless set; in plain
    /// mode, where nothing is encrypted, it changes nothing.
    ///
    /// After the key was changed in the console, pushes come under the old one for a while (protocol §6.4). Proceed
    /// as with [`previous_token`](Self::previous_token), of which this is independent:
    /// [`ReceivedPush::used_previous_key`] tells when it is over. A reply is encrypted under the key that opened its
    /// push.
    pub fn previous_key(mut self, key: EncodingAesKey) -> Self {
        if let Some(envelope) = &mut self.envelope {
            envelope.key.set_previous(key);
        }
        self
    }

    /// Refuses pushes whose `ToUserName` is another account's original id (原始 ID, `gh_…`). Off unless set.
    ///
    /// The notices to a third-party platform (第三方平台) are for no account and have no `ToUserName`; they are let
    /// through if they were encrypted, because then the appid inside has proven for whom they are.
    pub fn account(self, account: OriginalId) -> Self {
        self.accounts([account])
    }

    /// Refuses pushes to other accounts than these, as [`account`](Self::account) does for one. Each call replaces the
    /// accounts of the call before; no account at all lets nothing through but encrypted notices.
    ///
    /// It is for a fixed list. Where accounts authorise a third-party platform and withdraw from it every day, leave
    /// this off and look [`to_user`](wx_model::Push::to_user) up in your own table.
    pub fn accounts(mut self, accounts: impl IntoIterator<Item = OriginalId>) -> Self {
        self.accounts = Some(Arc::new(accounts.into_iter().collect()));
        self
    }

    /// Refuses pushes whose timestamp lies more than `seconds` before or after `now`. Off unless set, because the
    /// platform promises no bound (protocol §6.3); 300 to 600 s are usual.
    pub fn time_window(mut self, seconds: u32) -> Self {
        self.window = Some(seconds);
        self
    }

    /// Refuses a message that comes under the timestamp and nonce of another one. Off unless set; see [`NonceMemory`]
    /// for what it protects from and what it does not.
    pub fn nonce_memory(mut self, memory: NonceMemory) -> Self {
        self.nonces = Some(memory);
        self
    }

    /// Takes the random bytes of encrypted replies from `source`. For tests; the
    /// operating system's source is used unless set.
    pub fn random(mut self, source: RandomSource) -> Self {
        self.random = Random::Given(source);
        self
    }

    /// Sets the limits of bodies.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The mode.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Answers the platform's check of the address, a GET: the `echostr` to send back, unchanged and as `text/plain`
    /// (protocol §6.2). It is the same in every mode, and the previous Token, if there is one, counts as well.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Refused`](crate::ErrorKind::Refused) for a wrong signature,
    /// [`ErrorKind::Malformed`](crate::ErrorKind::Malformed) without `echostr`.
    pub fn echo(&self, query: &CallbackQuery) -> Result<String, Error> {
        self.verify_query(query)?;
        if query.echostr.is_empty() {
            return Err(Failure::NoEcho.into());
        }
        Ok(query.echostr.clone())
    }

    /// Verifies, decrypts when the mode asks for it, and reads a push, a POST (protocol §6.3). `now` is in seconds
    /// since 1970 and matters only with a [time window](Self::time_window) or a [nonce memory](Self::nonce_memory).
    ///
    /// Checked in this order: size, signature, window, envelope, appid, document, push, account, nonce. Before the
    /// signature holds, only the `Encrypt` text is looked for; nothing is decrypted and nothing is kept.
    ///
    /// # Errors
    ///
    /// See [`Error`] and [`ErrorKind`](crate::ErrorKind).
    pub fn open(&self, query: &CallbackQuery, body: &[u8], now: i64) -> Result<ReceivedPush, Error> {
        Ok(self.receive(query, body, now)?)
    }

    /// Does what [`open`](Self::open) does and tells exactly what failed.
    ///
    /// For the operator at a terminal only. In front of strangers this would be a padding oracle: never let a
    /// callback service answer, or log within a stranger's reach, what it says.
    ///
    /// # Errors
    ///
    /// A [`Diagnosis`].
    pub fn diagnose(&self, query: &CallbackQuery, body: &[u8], now: i64) -> Result<ReceivedPush, Diagnosis> {
        self.receive(query, body, now).map_err(Diagnosis)
    }

    /// Writes the body that answers a push (protocol §9): `success` for [`Reply::None`] and nothing at all for
    /// [`Reply::Empty`], neither ever encrypted; otherwise the reply, addressed back to the sender, clear or encrypted,
    /// XML or JSON, as the push came. `now`, in seconds since 1970, becomes its `CreateTime` and `TimeStamp`.
    ///
    /// Whoever answers the HTTP request can fall back on `success`, which is never wrong.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidReply`](crate::ErrorKind::InvalidReply) for a reply that the platform would not show: a
    /// text of more than 2048 bytes; news of no article, of more than 8, or of more than one in answer to a message;
    /// a handing over to customer service (客服) or to the platform's own dialogue in answer to an event; any reply to `unsubscribe`, to an event of the
    /// platform's own or to a notice to a third-party platform. [`InvalidReply`](crate::InvalidReply) has the rules.
    ///
    /// [`ErrorKind::Random`](crate::ErrorKind::Random) if the system has no random bytes.
    pub fn seal(
        &self,
        received: &ReceivedPush,
        reply: impl Borrow<Reply>,
        now: i64,
    ) -> Result<String, Error> {
        Ok(self.answer(received, reply.borrow(), now)?)
    }
}
