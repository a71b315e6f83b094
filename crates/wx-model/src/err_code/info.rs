use crate::{ErrClass, ErrCode, Retry};

/// What is known about a return code: one row of `data/errcodes.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrCodeInfo {
    /// The code.
    pub code: ErrCode,
    /// Our name for it, unique, in lower case: `qrcode_count_limit`.
    pub name: &'static str,
    /// The cause, in English.
    pub meaning_en: &'static str,
    /// The cause, in Chinese.
    pub meaning_zh: &'static str,
    /// Who has to act.
    pub class: ErrClass,
    /// The English text that the platform sends, where it is known. The one in an answer goes on with ` rid: …`
    /// and changes over the years: show it, never compare it.
    pub wire: Option<&'static str>,
    /// Whether the call may be made again.
    pub retry: Retry,
}
