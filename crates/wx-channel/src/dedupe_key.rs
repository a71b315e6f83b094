use crate::{AccountId, element};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use wx_model::{Event, Push, PushKind};

/// What makes two deliveries the same push: the first 16 bytes of SHA-256 over length-prefixed fields.
///
/// | Push | Fields (protocol §8, "better key") |
/// |---|---|
/// | follow, unfollow, scan | account, `FromUserName`, `CreateTime`, `Event` in lower case, `EventKey` |
/// | any other event | the same, and every leaf |
/// | message | account, `FromUserName`, `CreateTime`, `MsgId`; every leaf if it has no `MsgId` |
/// | third-party notice (第三方平台) | account, `CreateTime`, `InfoType`, and every leaf |
///
/// Two different events of one person in one second are two: cards and locations share all of the first five
/// fields, so unmodelled events count every leaf. `Encrypt`, the second copy of a push in compatible mode
/// (兼容模式), is never counted, because its bytes differ in every delivery.
///
/// As text, also in JSON, it is 32 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DedupeKey([u8; 16]);

impl DedupeKey {
    /// The key of a push to an account.
    pub fn of(account: &AccountId, push: &Push) -> Self {
        let mut hash = FieldHash::default();
        hash.field(kind(push)).field(account.as_str()).field(push.from_user.as_str());
        hash.field(&push.create_time.to_string());
        match (&push.kind, message_id(push)) {
            (PushKind::Message(_), Some(id)) => hash.field(id),
            (PushKind::Event(Event::Subscribe(_) | Event::Unsubscribe(_) | Event::Scan(_)), _) => {
                hash.event(push)
            }
            (PushKind::Event(_), _) => hash.event(push).leaves(push),
            _ => hash.field(push.name()).leaves(push),
        };
        hash.finish()
    }

    /// The key as a database keeps it.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// As 32 hex digits.
impl fmt::Display for DedupeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Reads 32 hex digits of either case.
impl FromStr for DedupeKey {
    type Err = InvalidDedupeKey;

    fn from_str(text: &str) -> Result<Self, InvalidDedupeKey> {
        let is_hex = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u128::from_str_radix(text, 16).ok().filter(|_| is_hex);
        number.map(|number| Self(number.to_be_bytes())).ok_or(InvalidDedupeKey(()))
    }
}

impl TryFrom<String> for DedupeKey {
    type Error = InvalidDedupeKey;

    fn try_from(text: String) -> Result<Self, InvalidDedupeKey> {
        text.parse()
    }
}

impl From<DedupeKey> for String {
    fn from(key: DedupeKey) -> Self {
        key.to_string()
    }
}

impl fmt::Debug for DedupeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DedupeKey({self})")
    }
}

/// A text that is no [`DedupeKey`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidDedupeKey(());

impl fmt::Display for InvalidDedupeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a dedupe key is written as 32 hex digits")
    }
}

impl std::error::Error for InvalidDedupeKey {}

fn kind(push: &Push) -> &'static str {
    match push.kind {
        PushKind::Event(_) => "event",
        PushKind::Message(_) => "message",
        _ => "notice",
    }
}

/// One page of the platform spells the id of a voice message `MsgID` (protocol §7.4).
fn message_id(push: &Push) -> Option<&str> {
    ["MsgId", "MsgID"].into_iter().filter_map(|name| push.field(name)).find(|id| !id.is_empty())
}

#[derive(Default)]
struct FieldHash(Sha256);

impl FieldHash {
    /// The length in front keeps `("ab", "c")` and `("a", "bc")` apart.
    fn field(&mut self, text: &str) -> &mut Self {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text);
        self
    }

    fn event(&mut self, push: &Push) -> &mut Self {
        self.field(&push.name().to_ascii_lowercase()).field(push.field("EventKey").unwrap_or_default())
    }

    /// Sorted, because the order of elements is not fixed (protocol §7).
    fn leaves(&mut self, push: &Push) -> &mut Self {
        let mut leaves: Vec<_> = push.fields.iter().filter(|(path, _)| !element::is_encrypt(path)).collect();
        leaves.sort_unstable();
        leaves.iter().fold(self, |hash, (path, text)| hash.field(path).field(text))
    }

    fn finish(self) -> DedupeKey {
        let digest: [u8; 32] = self.0.finalize().into();
        let (key, _) = digest.split_first_chunk().expect("a SHA-256 digest has more than 16 bytes");
        DedupeKey(*key)
    }
}
