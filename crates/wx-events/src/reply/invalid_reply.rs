use std::fmt;

/// Why a reply was not written: the platform would show nothing, or a failure, to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidReply {
    /// A text, the id of a picture, voice, video or cover, or an account of customer service that is named is empty or
    /// blank: the person would be shown a failure.
    Empty {
        /// The element that must say something.
        element: &'static str,
    },
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
    /// News have more than one article, in answer to a message; only an event is answered with up to 8.
    ArticlesToMessage {
        /// How many there are.
        count: usize,
    },
    /// A conversation is handed over to customer service (客服) or to the platform's dialogue (智能对话) in answer to an
    /// event; only messages can be.
    TransferOfEvent,
    /// The push is an `unsubscribe`: whoever has left is not reached any more.
    ToUnsubscribe,
    /// The push is an event of the platform's own, about a finished job, the account or a withdrawn permission, so
    /// nobody waits for a reply: in protocol §7.2 those with a platform sender, in §7.3 those that no person sets
    /// off. Events that this version does not know can be answered.
    ToSystemEvent,
    /// The push is a notice to a third-party platform (第三方平台, protocol §1.7), which has no sender.
    ToNotice,
    /// The push was encrypted, and this callback does not have the key that opened it, or no longer has the Token it was
    /// signed with.
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
            Self::Empty { element } => write!(f, "the {element} of the reply is empty; fill it, or answer Reply::none()"),
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
            Self::ArticlesToMessage { count } => write!(
                f,
                "a news reply to a message has 1 article, this one has {count}; leave out all but the first"
            ),
            Self::TransferOfEvent => f.write_str(
                "only a message can be handed over, and this push is an event; reply otherwise",
            ),
            Self::ToUnsubscribe => f.write_str(
                "the person has stopped following and gets no reply; answer unsubscribe with Reply::none()",
            ),
            Self::ToSystemEvent => f.write_str(
                "the event is the platform's own and nobody gets the reply; answer it with Reply::none()",
            ),
            Self::ToNotice => f.write_str(
                "a notice to a third-party platform has no sender to reply to; answer it with Reply::none()",
            ),
            Self::NoKey => f.write_str(
                "the push was encrypted and this callback lacks its key or Token; seal with the callback that opened it",
            ),
            Self::Kind => f.write_str("this version cannot write this kind of reply"),
        }
    }
}

impl std::error::Error for InvalidReply {}
