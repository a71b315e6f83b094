use super::InvalidReply;
use wx_model::{Event, Push, PushKind, Reply};

/// Whether the platform shows `reply`, which is not [`Reply::None`], in answer to `push` (protocol §9).
pub(super) fn check(push: &Push, reply: &Reply) -> Result<(), InvalidReply> {
    match &push.kind {
        PushKind::Message(_) => check_for_message(reply),
        PushKind::Event(Event::Unsubscribe(_)) => Err(InvalidReply::ToUnsubscribe),
        PushKind::Event(event) if event.is_from_platform() => Err(InvalidReply::ToSystemEvent),
        PushKind::Event(_) => check_for_event(reply),
        _ => Err(InvalidReply::ToNotice),
    }
}

/// The protocol names text, image, voice, video, news and location; short videos and links are taken for the same.
fn check_for_message(reply: &Reply) -> Result<(), InvalidReply> {
    match reply {
        Reply::News { articles } if articles.len() > 1 => {
            Err(InvalidReply::ArticlesToMessage { count: articles.len() })
        }
        _ => Ok(()),
    }
}

fn check_for_event(reply: &Reply) -> Result<(), InvalidReply> {
    match reply {
        Reply::TransferCustomerService { .. } | Reply::TransferBizAiIvr => Err(InvalidReply::TransferOfEvent),
        _ => Ok(()),
    }
}
