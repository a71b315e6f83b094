mod body;

use std::{borrow::Cow, fmt};

/// One thing that is probably wrong with a push that was refused, and what to do about it: what
/// [`Callback::suspect`](crate::Callback::suspect) finds. For the operator of the account only, never for the sender.
///
/// `Display` gives the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspicion {
    name: &'static str,
    sentence: Cow<'static, str>,
}

impl Suspicion {
    pub(crate) fn new(name: &'static str, sentence: impl Into<Cow<'static, str>>) -> Self {
        Self { name, sentence: sentence.into() }
    }

    /// What a body looks like that is no push at all: a web page, a whole HTTP request, something compressed,
    /// percent-encoded, or saved by an editor in another encoding. `None` if nothing of the kind shows.
    ///
    /// ```
    /// use wx_events::Suspicion;
    ///
    /// let suspicion = Suspicion::of_body(b"<!DOCTYPE html><html>502 Bad Gateway</html>").unwrap();
    /// assert_eq!(suspicion.name(), "web_page");
    /// assert_eq!(Suspicion::of_body(b"<xml></xml>"), None);
    /// ```
    pub fn of_body(body: &[u8]) -> Option<Self> {
        body::look(body)
    }

    /// A name in lower case with underscores, for programs. It stays the same when the sentence becomes a better one.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl fmt::Display for Suspicion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}
