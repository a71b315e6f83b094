use std::fmt;

/// Why a reply was not written: the platform would show nothing, or a failure, to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidReply {
    /// A text is longer than 2048 bytes.
    TextLength {
        /// Its length in bytes of UTF-8.
        bytes: usize,
    },
    /// News have no article or more than 8.
    Articles {
        /// How many there are.
        count: usize,
    },
    /// The push has no sender, as a notice to a third-party platform has none.
    NoSender,
    /// The push was encrypted, but not for a callback like this one, which has no key.
    NoKey,
    /// A kind of reply that this version cannot write.
    Kind,
}

impl InvalidReply {
    /// The longest text, in bytes of UTF-8 (protocol §9).
    pub const MAX_TEXT_BYTES: usize = 2048;
    /// The most articles of news (protocol §9).
    pub const MAX_ARTICLES: usize = 8;
}

impl fmt::Display for InvalidReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TextLength { bytes } => {
                write!(
                    f,
                    "a text reply has at most {} bytes, this one has {bytes}; shorten it",
                    Self::MAX_TEXT_BYTES
                )
            }
            Self::Articles { count } => {
                write!(f, "a news reply has 1 to {} articles, this one has {count}", Self::MAX_ARTICLES)
            }
            Self::NoSender => f.write_str("the push has no sender to reply to; answer it with Reply::none()"),
            Self::NoKey => f.write_str(
                "the push was encrypted and this callback has no key; seal with the callback that opened it",
            ),
            Self::Kind => f.write_str("this version cannot write this kind of reply"),
        }
    }
}

impl std::error::Error for InvalidReply {}
