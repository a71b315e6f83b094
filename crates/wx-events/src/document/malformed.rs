use std::{error::Error, fmt};

/// Why a body is no document that is read here.
#[derive(Debug)]
pub(crate) enum Malformed {
    Bytes { limit: usize },
    Depth { limit: usize },
    Elements { limit: usize },
    Tag { limit: usize },
    Text { limit: usize },
    NotUtf8,
    Nul,
    Doctype,
    UnknownEntity,
    BadReference,
    BadName,
    OutsideRoot,
    TwoRoots,
    NoRoot,
    Truncated,
    TagMismatch { at: usize },
    Syntax { at: usize },
    Json(serde_json::Error),
    JsonText,
}

impl Malformed {
    pub(crate) fn is_too_large(&self) -> bool {
        matches!(
            self,
            Self::Bytes { .. }
                | Self::Depth { .. }
                | Self::Elements { .. }
                | Self::Tag { .. }
                | Self::Text { .. }
        )
    }

    pub(crate) fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Json(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes { limit } => write!(f, "the body is larger than the limit of {limit} bytes"),
            Self::Depth { limit } => write!(f, "the body has more than {limit} elements inside one another"),
            Self::Elements { limit } => write!(f, "the body has more than {limit} elements"),
            Self::Tag { limit } => write!(f, "the body has a tag or a name longer than {limit} bytes"),
            Self::Text { limit } => write!(f, "the body has an element with more than {limit} bytes of text"),
            Self::NotUtf8 => f.write_str("the body is not UTF-8"),
            Self::Nul => f.write_str("the body has a NUL byte: is it UTF-16? A push is UTF-8"),
            Self::Doctype => f.write_str("the body has a document type declaration, which no push has"),
            Self::UnknownEntity => f.write_str("the body has an & that begins no entity XML defines"),
            Self::BadReference => f.write_str("the body has a character reference to no character"),
            Self::BadName => f.write_str("the body has an element whose name XML does not allow"),
            Self::OutsideRoot => {
                f.write_str("the body has text outside its root element: is it XML or JSON at all?")
            }
            Self::TwoRoots => f.write_str("the body has a second root element"),
            Self::NoRoot => f.write_str("the body is empty: it has no root element"),
            Self::Truncated => f.write_str("the body ends before its root element does"),
            Self::TagMismatch { at } => {
                write!(f, "the body has a closing tag that does not match its opening tag, at byte {at}")
            }
            Self::Syntax { at } => write!(f, "the body is no well-formed XML, at byte {at}"),
            Self::Json(error) => write!(
                f,
                "the body is no JSON object that can be read, at line {} column {}",
                error.line(),
                error.column()
            ),
            Self::JsonText => {
                f.write_str("the body has a text with half a surrogate pair (\\ud800 to \\udfff)")
            }
        }
    }
}
