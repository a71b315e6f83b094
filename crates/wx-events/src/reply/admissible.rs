use super::InvalidReply;
use wx_model::{Event, Push, PushKind, Reply};

/// Whether the platform shows `reply`, which is not [`Reply::None`], in answer to `push` (protocol §9).
pub(super) fn check(push: &Push, reply: &Reply) -> Result<(), InvalidReply> {
    match &push.kind {
        PushKind::Message(_) => check_for_message(reply),
        PushKind::Event(Event::Unsubscribe(_)) => Err(InvalidReply::ToUnsubscribe),
        PushKind::Event(_) if is_system_event(push.name()) => Err(InvalidReply::ToSystemEvent),
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
        Reply::TransferCustomerService { .. } => Err(InvalidReply::TransferOfEvent),
        _ => Ok(()),
    }
}

fn is_system_event(name: &str) -> bool {
    SYSTEM_EVENTS.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Events that no act of a person in the chat made. Whatever is not known for sure to be one stays answerable,
/// because a reply that is refused wrongly is lost: events of tomorrow, and those of protocol §7.3 that a person
/// sets off (cards taken or used, invoices, orders) or that wait for an answer (`debug_demo`, §6.6).
const SYSTEM_EVENTS: &[&str] = &[
    // Protocol §7.2, the three with a platform sender.
    "user_info_modified",
    "user_authorization_revoke",
    "user_authorization_cancellation",
    // Protocol §7.3: ends of jobs.
    "TEMPLATESENDJOBFINISH",
    "MASSSENDJOBFINISH",
    "PUBLISHJOBFINISH",
    "FREEPUBLISHJOBFINISH",
    // Verification of the account.
    "qualification_verify_success",
    "qualification_verify_fail",
    "naming_verify_success",
    "naming_verify_fail",
    "annual_renew",
    "verify_expired",
    // Reviews, stocks and balances.
    "poi_check_notify",
    "card_pass_check",
    "card_not_pass_check",
    "card_sku_remind",
    "card_pay_order",
    "update_member_card",
    "cloud_invoice_invoiceresult_event",
];
