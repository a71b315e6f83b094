use std::fmt;

/// What a request asks for beyond what its call allows: found before it is sent, so that it costs no call.
///
/// ```
/// use wx_model::TagCreateRequest;
///
/// let error = TagCreateRequest::new("渠道".repeat(6)).check().unwrap_err();
/// assert_eq!(error.to_string(), "the name of a tag has 1 to 30 bytes, this one has 36 (a Chinese character has 3); shorten it");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverLimit(String);

impl OverLimit {
    pub(crate) fn unless(holds: bool, text: impl FnOnce() -> String) -> Result<(), Self> {
        if holds { Ok(()) } else { Err(Self(text())) }
    }
}

impl fmt::Display for OverLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OverLimit {}
