mod article_origin;
mod link;
mod location;
mod media;
mod msg_id;
mod text;

pub use article_origin::ArticleOrigin;
pub use link::LinkMessage;
pub use location::LocationMessage;
pub use media::{ImageMessage, VideoMessage, VoiceFormat, VoiceMessage};
pub use msg_id::MsgId;
pub use text::TextMessage;

use crate::{Fields, UnknownPush};

/// Something a person sent (接收普通消息, protocol §7.4).
///
/// Reading a message never fails: what is absent or odd inside is `None` or empty, and its exact text is in
/// [`Push::field`](crate::Push::field).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Message {
    /// `text`: text, raw as typed; WeChat's own emoticons come as `[微笑]`.
    Text(TextMessage),
    /// `image`: a picture.
    Image(ImageMessage),
    /// `voice`: spoken words.
    Voice(VoiceMessage),
    /// `video`: a film.
    Video(VideoMessage),
    /// `shortvideo`: a film made in the chat (小视频).
    ShortVideo(VideoMessage),
    /// `location`: a place.
    Location(LocationMessage),
    /// `link`: a shared article or page.
    Link(LinkMessage),
    /// Any other kind; its fields stay readable through [`Push::field`](crate::Push::field).
    Unknown(UnknownPush),
}

impl Message {
    /// Reads the message of that type, whatever the case of its letters.
    pub(crate) fn read(msg_type: &str, fields: &Fields) -> Self {
        let is = |name: &str| msg_type.eq_ignore_ascii_case(name);
        match () {
            () if is("text") => Self::Text(TextMessage::read(fields)),
            () if is("image") => Self::Image(ImageMessage::read(fields)),
            () if is("voice") => Self::Voice(VoiceMessage::read(fields)),
            () if is("video") => Self::Video(VideoMessage::read(fields)),
            () if is("shortvideo") => Self::ShortVideo(VideoMessage::read(fields)),
            () if is("location") => Self::Location(LocationMessage::read(fields)),
            () if is("link") => Self::Link(LinkMessage::read(fields)),
            () => Self::Unknown(UnknownPush::new(msg_type)),
        }
    }
}
