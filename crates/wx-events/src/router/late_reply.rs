use crate::{InvalidReply, received_push::Form, reply::write};
use std::fmt;
use wx_model::{CustomContent, CustomMessage, Push, Reply};

/// The customer-service message (客服消息) that says what a late reply says; none for an
/// empty one (protocol §9, §10.4).
///
/// A late reply is held to the rules of a timely one, so that a mistake does not depend on the time.
pub(super) fn custom_message(push: &Push, reply: Reply) -> Result<Option<CustomMessage>, NotSendable> {
    if matches!(reply, Reply::None | Reply::Empty) {
        return Ok(None);
    }
    write(Form::Xml, push, &reply, 0).map_err(NotSendable::Invalid)?;
    Ok(Some(CustomMessage::new(push.from_user.clone(), content(reply)?)))
}

fn content(reply: Reply) -> Result<CustomContent, NotSendable> {
    Ok(match reply {
        Reply::Text { content } => CustomContent::Text { content },
        Reply::Image { media_id } => other("image", [("media_id", Some(media_id))]),
        Reply::Voice { media_id } => other("voice", [("media_id", Some(media_id))]),
        // A reply has no `thumb_media_id`.
        Reply::Video { media_id, title, description } => {
            other("video", [("media_id", Some(media_id)), ("title", title), ("description", description)])
        }
        Reply::Music { title, description, music_url, hq_music_url, thumb_media_id } => other(
            "music",
            [
                ("title", title),
                ("description", description),
                ("musicurl", music_url),
                ("hqmusicurl", hq_music_url),
                ("thumb_media_id", Some(thumb_media_id)),
            ],
        ),
        Reply::News { articles } => {
            CustomContent::News(articles.into_iter().next().ok_or(NotSendable::Kind)?)
        }
        Reply::TransferCustomerService { .. } | Reply::TransferBizAiIvr => return Err(NotSendable::Transfer),
        _ => return Err(NotSendable::Kind),
    })
}

fn other<const N: usize>(msgtype: &str, fields: [(&str, Option<String>); N]) -> CustomContent {
    let given = fields.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?)));
    CustomContent::Other { msgtype: msgtype.to_owned(), fields: given.collect() }
}

/// Why a reply that came after the deadline could not become a customer-service message (客服消息).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotSendable {
    /// The reply breaks a rule of the platform, so it would have been refused in time as well.
    Invalid(InvalidReply),
    /// The reply hands the conversation over to customer service (客服) or to the platform's own dialogue (智能对话),
    /// which only the answer to a push can do.
    Transfer,
    /// A kind of reply that has no such message.
    Kind,
}

impl fmt::Display for NotSendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(invalid) => invalid.fmt(f),
            Self::Transfer => f.write_str(
                "the handler was too late to hand the conversation over; answer with it before anything slow",
            ),
            Self::Kind => f.write_str(
                "the handler was too late for this kind of reply, and no customer-service message says the same",
            ),
        }
    }
}

impl std::error::Error for NotSendable {}
