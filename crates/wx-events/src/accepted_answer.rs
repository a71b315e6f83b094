use crate::InvalidReply;
use std::fmt;
use wx_model::Reply;

/// What the platform reads in the body of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AcceptedAnswer {
    /// The reply that the person is shown; [`Reply::None`] for `success` and for an empty body.
    pub reply: Reply,
    /// The clear text of the reply, as it stood in the body or in the envelope; empty if there is no reply.
    pub clear: String,
    /// Whether it was encrypted.
    pub encrypted: bool,
}

impl AcceptedAnswer {
    pub(crate) fn nothing() -> Self {
        Self { reply: Reply::None, clear: String::new(), encrypted: false }
    }
}

/// Why the platform shows the person a failure, or nothing, in place of a reply (protocol §8, §9).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusedAnswer {
    /// The body is neither `success`, nor empty, nor XML or a JSON object.
    NoReply,
    /// The reply is clear, but the mode is safe.
    Clear,
    /// The reply is encrypted, but the push was not.
    Encrypted,
    /// The envelope lacks an element, or has an empty one, or a `TimeStamp` that is no number.
    Envelope {
        /// Its name.
        element: &'static str,
    },
    /// The `MsgSignature` does not hold.
    Signature,
    /// The envelope does not open with the key and the appid of the callback.
    Sealed,
    /// What the envelope holds is neither XML nor a JSON object.
    NoReplyInside,
    /// `ToUserName` is not the person whom the push is about.
    ToUser,
    /// `FromUserName` is not the account.
    FromUser,
    /// `CreateTime` is no number.
    CreateTime,
    /// The `MsgType` is absent or none that is known.
    MsgType,
    /// `ArticleCount` is not the number of articles.
    ArticleCount,
    /// The content breaks a rule of the platform.
    Content(InvalidReply),
}

impl fmt::Display for RefusedAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoReply => f.write_str(
                "the body is neither `success`, nor empty, nor the XML of a reply; answer one of them and nothing around it",
            ),
            Self::Clear => f.write_str(
                "the reply is clear, and the mode is safe; encrypt it, or answer `success`, which is never encrypted",
            ),
            Self::Encrypted => f.write_str("the reply is encrypted, and the push was clear; reply as the push came"),
            Self::Envelope { element } => {
                write!(f, "the encrypted reply needs Encrypt, MsgSignature, TimeStamp and Nonce; look at its {element}")
            }
            Self::Signature => f.write_str(
                "the MsgSignature of the reply does not hold; it covers Token, TimeStamp, Nonce and Encrypt of the reply, sorted",
            ),
            Self::Sealed => f.write_str(
                "the reply does not open; encrypt it with the EncodingAESKey of the push, pad to 32 bytes, and put the appid behind",
            ),
            Self::NoReplyInside => f.write_str("what the reply encrypts is neither XML nor a JSON object"),
            Self::ToUser => {
                f.write_str("the ToUserName of the reply is not the FromUserName of the push; swap the two names")
            }
            Self::FromUser => {
                f.write_str("the FromUserName of the reply is not the ToUserName of the push; swap the two names")
            }
            Self::CreateTime => f.write_str("the CreateTime of the reply is no number of seconds"),
            Self::MsgType => f.write_str("the MsgType of the reply is absent or unknown"),
            Self::ArticleCount => f.write_str("the ArticleCount of the reply is not the number of its articles"),
            Self::Content(invalid) => invalid.fmt(f),
        }
    }
}

impl std::error::Error for RefusedAnswer {}
