use crate::AccountId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use wx_model::{Fields, Push, PushKind};

/// What makes two deliveries the same push to the same account: the first 16 bytes of SHA-256 over the account and the
/// parts of [`Push::dedupe_key`], which says what counts. Each field is preceded by its length.
///
/// As text, also in JSON, it is 32 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DedupeKey([u8; 16]);

impl DedupeKey {
    /// The key of a push to an account.
    pub fn of(account: &AccountId, push: &Push) -> Self {
        let key = push.dedupe_key();
        let mut parts = key.parts();
        let mut hash = FieldHash::default();
        hash.field(parts.next().unwrap_or_default()).field(account.as_str());
        match push.kind {
            PushKind::Notice(_) => hash.notice(push),
            _ => parts.fold(&mut hash, FieldHash::field),
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

#[derive(Default)]
struct FieldHash(Sha256);

impl FieldHash {
    /// The length in front keeps `("ab", "c")` and `("a", "bc")` apart.
    fn field(&mut self, text: &str) -> &mut Self {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text);
        self
    }

    /// A digest gives no credential away, so here all leaves of a notice (protocol §1.7) count.
    fn notice(&mut self, push: &Push) -> &mut Self {
        let mut leaves: Vec<_> =
            push.fields.iter().filter(|(path, _)| !Fields::is_sealed_copy(path)).collect();
        leaves.sort_unstable();
        self.field(push.from_user.as_str()).field(&push.create_time.to_string()).field(push.name());
        leaves.iter().fold(self, |hash, (path, text)| hash.field(path).field(text))
    }

    fn finish(self) -> DedupeKey {
        let digest: [u8; 32] = self.0.finalize().into();
        let (key, _) = digest.split_first_chunk().expect("a SHA-256 digest has more than 16 bytes");
        DedupeKey(*key)
    }
}
