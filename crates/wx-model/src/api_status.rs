use crate::ErrCode;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// How a call ended: the `errcode` and `errmsg` that any answer may hold (protocol §1.6, §14.3, §14.4).
///
/// A success often has neither: an absent `errcode` is 0. Read every answer as this first, then as its own type.
///
/// ```
/// use wx_model::{ApiStatus, ErrCode};
///
/// let refused: ApiStatus = serde_json::from_str(
///     r#"{"errcode":45029,"errmsg":"qrcode count out of limit rid: 69570a80-1c0ffee0-5eedbeef"}"#,
/// )?;
/// assert_eq!(refused.rid(), Some("69570a80-1c0ffee0-5eedbeef"));
/// assert_eq!(refused.check().unwrap_err().errcode, ErrCode::QRCODE_COUNT_LIMIT);
///
/// let granted: ApiStatus = serde_json::from_str(r#"{"ticket":"gQGc7zw"}"#)?;
/// assert!(granted.check().is_ok());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ApiStatus {
    /// The return code; 0 when the answer has none.
    #[serde(default, deserialize_with = "null_is_default")]
    pub errcode: ErrCode,
    /// The platform's text, with the rid or the hint at its end. Show it, never compare it.
    #[serde(default, deserialize_with = "null_is_default")]
    pub errmsg: String,
}

impl ApiStatus {
    /// A status of that code and text.
    pub fn new(errcode: ErrCode, errmsg: impl Into<String>) -> Self {
        Self { errcode, errmsg: errmsg.into() }
    }

    /// Nothing when the call succeeded, the status itself as the error when it was refused.
    pub fn check(self) -> Result<(), Self> {
        if self.errcode.is_ok() { Ok(()) } else { Err(self) }
    }

    /// The request id that ends the text, three groups of eight hex digits: `rid/get` explains it for 7 days.
    pub fn rid(&self) -> Option<&str> {
        let (_, rid) = self.errmsg.rsplit_once(" rid: ")?;
        is_rid(rid).then_some(rid)
    }

    /// What older answers have in place of the rid: the text in the brackets of `hint: […]` or `hints: […]`.
    pub fn hint(&self) -> Option<&str> {
        let after = ["hint: [", "hints: ["].iter().find_map(|start| self.errmsg.split_once(start))?.1;
        after.split_once(']').map(|(hint, _)| hint.trim())
    }
}

/// A gateway that writes `null` for what is not there must not turn a refusal into a broken answer.
fn null_is_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

fn is_rid(text: &str) -> bool {
    let is_group =
        |group: &str| group.len() == 8 && group.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    text.split('-').count() == 3 && text.split('-').all(is_group)
}

impl fmt::Display for ApiStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the platform answered {}: {}", self.errcode, self.errmsg)
    }
}

impl std::error::Error for ApiStatus {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_is_as_good_as_absent() {
        let refused: ApiStatus = serde_json::from_str(r#"{"errcode":40053,"errmsg":null}"#).unwrap();
        assert_eq!(refused, ApiStatus::new(ErrCode::new(40053), ""));
        let granted: ApiStatus = serde_json::from_str(r#"{"errcode":null,"ticket":"t"}"#).unwrap();
        assert!(granted.check().is_ok());
    }
}
