mod class;
mod info;
mod remedy;
mod retry;
mod table;

pub use class::ErrClass;
pub use info::ErrCodeInfo;
pub use retry::Retry;

use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;

/// A global return code (全局返回码): what `errcode` in the answer to any call says (protocol §11).
///
/// Open: a code that this crate does not know is a value like any other, only without [`info`](Self::info). The
/// constants are all codes of `data/errcodes.tsv`. Reading accepts a number and a number in quotes, which some
/// proxies make of it; writing gives a number.
///
/// ```
/// use wx_model::{ErrClass, ErrCode};
///
/// let code = ErrCode::new(45029);
/// assert_eq!(code, ErrCode::QRCODE_COUNT_LIMIT);
/// assert!(code.is_quota() && !code.is_retryable());
/// assert_eq!(code.info().map(|info| info.class), Some(ErrClass::Quota));
/// assert_eq!(format!("{code:?}"), "ErrCode(45029 qrcode_count_limit)");
/// assert_eq!(format!("{:?}", ErrCode::new(12345)), "ErrCode(12345)");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct ErrCode(i64);

impl ErrCode {
    /// The code of that number, known or not.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// What is known about the code, or nothing.
    pub fn info(self) -> Option<&'static ErrCodeInfo> {
        table::TABLE.binary_search_by_key(&self, |row| row.code).ok().map(|at| &table::TABLE[at])
    }

    /// Everything that is known, sorted by number.
    pub fn known() -> &'static [ErrCodeInfo] {
        &table::TABLE
    }

    /// Success: the code is 0. An answer without `errcode` is a success too, see [`ApiStatus`](crate::ApiStatus).
    pub fn is_ok(self) -> bool {
        self == Self::OK
    }

    /// The access_token was refused (40001, 40014, 42001): get a new one, repeat the call once, then give up
    /// (protocol §1.3). On the token endpoints themselves 40001 means a wrong AppSecret; never repeat it there.
    pub fn is_token_rejected(self) -> bool {
        matches!(self, Self::INVALID_CREDENTIAL | Self::INVALID_ACCESS_TOKEN | Self::ACCESS_TOKEN_EXPIRED)
    }

    /// An allowance is used up: of the minute, the day, the month, or for ever (45029).
    pub fn is_quota(self) -> bool {
        self.info().is_some_and(|info| info.class == ErrClass::Quota)
    }

    /// The same call may succeed soon: wait with back-off and jitter, 3 to 5 tries. Codes that ask for a wait until
    /// the next day or for a person are not among them, nor are unknown codes.
    pub fn is_retryable(self) -> bool {
        self.info().is_some_and(|info| info.retry == Retry::Backoff)
    }

    /// What to do about it, in English.
    pub fn remedy_en(self) -> &'static str {
        remedy::Remedy::of(self).en
    }

    /// What to do about it, in Chinese.
    pub fn remedy_zh(self) -> &'static str {
        remedy::Remedy::of(self).zh
    }
}

/// The number.
impl fmt::Display for ErrCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The number and, where it is known, the name.
impl fmt::Debug for ErrCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.info() {
            Some(info) => write!(f, "ErrCode({} {})", self.0, info.name),
            None => write!(f, "ErrCode({})", self.0),
        }
    }
}

impl From<i64> for ErrCode {
    fn from(number: i64) -> Self {
        Self(number)
    }
}

impl<'de> Deserialize<'de> for ErrCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberOrText)
    }
}

struct NumberOrText;

impl de::Visitor<'_> for NumberOrText {
    type Value = ErrCode;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a return code as a number or as a number in quotes")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<ErrCode, E> {
        Ok(ErrCode(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<ErrCode, E> {
        i64::try_from(number)
            .map(ErrCode)
            .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<ErrCode, E> {
        text.trim().parse().map(ErrCode).map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}
