use super::{ArticleOrigin, MsgId};
use crate::{Fields, leaves::Leaves, wire_text::wire_text};

/// A picture that somebody sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImageMessage {
    /// Where it can be downloaded (`PicUrl`).
    pub pic_url: String,
    /// Its media id (素材 id) for the media calls, valid for three days.
    pub media_id: String,
    /// The number of the message; `None` if it is no such number.
    pub msg_id: Option<MsgId>,
    /// The article it was sent from, if it was.
    pub article: Option<ArticleOrigin>,
}

impl ImageMessage {
    pub(super) fn read(fields: &Fields) -> Self {
        Self {
            pic_url: fields.name("PicUrl"),
            media_id: fields.name("MediaId"),
            msg_id: MsgId::read(fields),
            article: ArticleOrigin::read(fields),
        }
    }
}

/// Words that somebody spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VoiceMessage {
    /// Its media id for the media calls, valid for three days.
    pub media_id: String,
    /// The media id of the same at a sampling rate of 16 kHz (`MediaId16K`), if there is one.
    pub media_id_16k: Option<String>,
    /// How the sound is coded.
    pub format: Option<VoiceFormat>,
    /// What was understood (语音识别结果), if the account has recognition on and it understood anything.
    pub recognition: Option<String>,
    /// The number of the message; `None` if it is no such number.
    pub msg_id: Option<MsgId>,
    /// The article it was sent from, if it was.
    pub article: Option<ArticleOrigin>,
}

impl VoiceMessage {
    pub(super) fn read(fields: &Fields) -> Self {
        Self {
            media_id: fields.name("MediaId"),
            media_id_16k: fields.id("MediaId16K"),
            format: fields.id("Format"),
            recognition: Some(fields.text("Recognition")).filter(|text| !text.is_empty()),
            msg_id: MsgId::read(fields),
            article: ArticleOrigin::read(fields),
        }
    }
}

wire_text! {
    /// How the sound of a [`VoiceMessage`] is coded (语音格式, `Format`).
    VoiceFormat {
        /// AMR.
        Amr = "amr",
        /// Speex.
        Speex = "speex",
    }
}

/// A film that somebody sent, `video` or `shortvideo`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VideoMessage {
    /// Its media id for the media calls, valid for three days.
    pub media_id: String,
    /// The media id of a still of it (缩略图).
    pub thumb_media_id: String,
    /// The number of the message; `None` if it is no such number.
    pub msg_id: Option<MsgId>,
    /// The article it was sent from, if it was.
    pub article: Option<ArticleOrigin>,
}

impl VideoMessage {
    pub(super) fn read(fields: &Fields) -> Self {
        Self {
            media_id: fields.name("MediaId"),
            thumb_media_id: fields.name("ThumbMediaId"),
            msg_id: MsgId::read(fields),
            article: ArticleOrigin::read(fields),
        }
    }
}
