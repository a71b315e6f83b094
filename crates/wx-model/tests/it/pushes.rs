//! What all pushes have in common, and how the tests of their kinds build them.

use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::to_string;
use wx_model::{Event, Fields, Push, PushClass, PushKind};

/// The push of these leaves, given as path and text in the order of a document.
pub(crate) fn push(leaves: &[(&str, &str)]) -> Push {
    Push::from_fields(fields(leaves)).unwrap()
}

fn fields(leaves: &[(&str, &str)]) -> Fields {
    let members = leaves
        .iter()
        .map(|(path, text)| format!("{}:{}", to_string(path).unwrap(), to_string(text).unwrap()));
    serde_json::from_str(&format!("{{{}}}", members.collect::<Vec<_>>().join(","))).unwrap()
}

/// What every event has, and these leaves.
pub(crate) fn event_push(name: &str, leaves: &[(&str, &str)]) -> Push {
    let common =
        [("ToUserName", "gh_1"), ("FromUserName", "oSender"), ("CreateTime", "1"), ("MsgType", "event")];
    push(&[&common[..], &[("Event", name)], leaves].concat())
}

pub(crate) fn event(name: &str, leaves: &[(&str, &str)]) -> Event {
    event_push(name, leaves).event().unwrap().clone()
}

/// Every event of the protocol reference, and what it becomes.
pub(crate) const EVENTS: &[(&str, &str)] = &[
    ("subscribe", "Subscribe"),
    ("unsubscribe", "Unsubscribe"),
    ("SCAN", "Scan"),
    ("LOCATION", "LocationReport"),
    ("CLICK", "MenuClick"),
    ("VIEW", "MenuView"),
    ("view_miniprogram", "MenuViewMiniProgram"),
    ("scancode_push", "ScanCode Push"),
    ("scancode_waitmsg", "ScanCode WaitMsg"),
    ("pic_sysphoto", "Pictures Camera"),
    ("pic_photo_or_album", "Pictures CameraOrAlbum"),
    ("pic_weixin", "Pictures WeChatAlbum"),
    ("location_select", "LocationSelect"),
    ("kf_create_session", "KfCreateSession"),
    ("kf_close_session", "KfCloseSession"),
    ("kf_switch_session", "KfSwitchSession"),
    ("user_enter_tempsession", "EnterTempSession"),
    ("subscribe_msg_popup_event", "SubscribeMsgPopup"),
    ("subscribe_msg_change_event", "SubscribeMsgChange"),
    ("subscribe_msg_sent_event", "SubscribeMsgSent"),
    ("user_info_modified", "UserData InfoModified"),
    ("user_authorization_revoke", "UserData AuthorizationRevoked"),
    ("user_authorization_cancellation", "UserData AccountClosed"),
    ("TEMPLATESENDJOBFINISH", "TemplateSendJobFinish"),
    ("MASSSENDJOBFINISH", "MassSendJobFinish"),
    ("PUBLISHJOBFINISH", "PublishJobFinish"),
    ("FREEPUBLISHJOBFINISH", "PublishJobFinish"),
    ("qualification_verify_success", "Verification QualificationSuccess"),
    ("naming_verify_success", "Verification NamingSuccess"),
    ("annual_renew", "Verification AnnualRenew"),
    ("verify_expired", "Verification Expired"),
    ("qualification_verify_fail", "VerificationFailure Qualification"),
    ("naming_verify_fail", "VerificationFailure Naming"),
    ("poi_check_notify", "PoiCheckNotify"),
    ("card_pass_check", "Card PassCheck"),
    ("card_not_pass_check", "Card NotPassCheck"),
    ("user_get_card", "Card UserGet"),
    ("user_gifting_card", "Card UserGifting"),
    ("user_del_card", "Card UserDelete"),
    ("user_consume_card", "Card UserConsume"),
    ("user_pay_from_pay_cell", "Card UserPayFromPayCell"),
    ("user_view_card", "Card UserView"),
    ("user_enter_session_from_card", "Card UserEnterSession"),
    ("update_member_card", "Card UpdateMemberCard"),
    ("card_sku_remind", "Card SkuRemind"),
    ("card_pay_order", "Card PayOrder"),
    ("submit_membercard_user_info", "Card SubmitMemberCardUserInfo"),
    ("giftcard_pay_done", "Card GiftCardPayDone"),
    ("giftcard_send_to_friend", "Card GiftCardSendToFriend"),
    ("giftcard_user_accept", "Card GiftCardUserAccept"),
    ("user_authorize_invoice", "Invoice UserAuthorize"),
    ("cloud_invoice_invoiceresult_event", "Invoice Result"),
    ("debug_demo", "DebugDemo"),
    // No fields are known of these.
    ("merchant_order", "Unknown"),
    ("WifiConnected", "Unknown"),
    ("ShakearoundUserShake", "Unknown"),
    ("guide_qrcode_scan_event", "Unknown"),
    ("guide_invite_result_event", "Unknown"),
];

/// The variant, and which of its events it is.
fn told(event: &Event) -> String {
    let printed = format!("{event:?}");
    let variant = printed.split('(').next().unwrap();
    match printed.split_once("kind: ").or(printed.split_once("source: ")) {
        Some((_, rest)) => format!("{variant} {}", rest.split(',').next().unwrap()),
        None => variant.to_owned(),
    }
}

#[test]
fn every_event_has_its_variant_whatever_the_case_of_its_name() {
    for (name, variant) in EVENTS {
        for written in [(*name).to_owned(), name.to_uppercase(), name.to_lowercase(), format!("\n\t{name} ")]
        {
            let push = event_push(&written, &[]);
            assert_eq!(told(push.event().unwrap()), *variant, "{written}");
            assert_eq!(push.name(), written.trim());
        }
        for other in [format!("{name}_x"), format!("x{name}"), name[1..].to_owned()] {
            let Event::Unknown(unknown) = event(&other, &[]) else { panic!("{other}") };
            assert_eq!(unknown.name(), other);
        }
    }
}

#[test]
fn a_long_name_is_as_good_as_any() {
    for name in ["e".repeat(39), "e".repeat(40), "e".repeat(41), "事".repeat(2000)] {
        let Event::Unknown(unknown) = event(&name, &[]) else { panic!("{name}") };
        assert_eq!(unknown.name(), name);
    }
}

#[test]
fn only_events_of_codes_have_a_class_of_their_own() {
    for (name, variant) in EVENTS {
        let class = event_push(name, &[("EventKey", "qrscene_7")]).class();
        let wanted = match *variant {
            "Subscribe" => PushClass::FollowViaQr,
            "Unsubscribe" => PushClass::Unfollow,
            "Scan" => PushClass::Scan,
            _ => PushClass::OtherEvent,
        };
        assert_eq!(class, wanted, "{name}");
    }
}

/// In protocol §7.3 the sender is the platform; in the last three of §7.2 too, but those say whom they are about.
#[test]
fn the_person_is_who_it_is_about() {
    let of_platform = [
        "TemplateSendJobFinish",
        "MassSendJobFinish",
        "PublishJobFinish",
        "Verification",
        "VerificationFailure",
        "PoiCheckNotify",
        "Card PassCheck",
        "Card NotPassCheck",
        "Card UpdateMemberCard",
        "Card SkuRemind",
        "Card PayOrder",
        "Invoice Result",
    ];
    for (name, variant) in EVENTS {
        let push = event_push(name, &[("OpenID", "oPerson")]);
        let is_from_platform = of_platform.iter().any(|other| variant.starts_with(other));
        let is_user_data = variant.starts_with("UserData");
        assert_eq!(push.event().unwrap().is_from_platform(), is_from_platform || is_user_data, "{name}");
        let wanted = match *variant {
            _ if is_user_data => Some("oPerson"),
            "Unknown" | "DebugDemo" => None,
            _ => Some("oSender").filter(|_| !is_from_platform),
        };
        assert_eq!(push.person().map(wx_model::OpenId::as_str), wanted, "{name}");
        assert_eq!(push.from_user.as_str(), "oSender");
    }
    let message = push(&[("FromUserName", "o1"), ("CreateTime", "1"), ("MsgType", "of_tomorrow")]);
    assert_eq!(message.person().unwrap().as_str(), "o1");
    let notice = push(&[("CreateTime", "1"), ("InfoType", "authorized"), ("OpenID", "o1")]);
    assert_eq!(notice.person(), None);
}

/// Names of leaves that some event reads.
const LEAVES: &[&str] = &[
    "EventKey",
    "Ticket",
    "Latitude",
    "Precision",
    "MenuId",
    "ScanCodeInfo",
    "ScanCodeInfo.ScanType",
    "SendPicsInfo.PicList.item.PicMd5Sum",
    "SendLocationInfo.Location_X",
    "SubscribeMsgPopupEvent.List.PopupScene",
    "SubscribeMsgSentEvent.List",
    "List.ErrorCode",
    "RevokeInfo",
    "OpenID",
    "MsgID",
    "Status",
    "ArticleUrlResult.ResultList",
    "PublishEventInfo.fail_idx",
    "ExpiredTime",
    "IsGiveByFriend",
    "ComponentVerifyTicket",
    "MsgId",
    "Idx",
    "Content",
];

proptest! {
    /// Nothing inside a push makes it unreadable, and nothing of it gets lost.
    #[test]
    fn odd_leaves_never_cost_the_push(
        kind in select(vec!["event", "text", "image", "voice", "video", "location", "link", "none"]),
        name in select(EVENTS),
        info in select(vec!["authorized", "component_verify_ticket", "x"]),
        odd in vec((select(LEAVES), "[0-9eE.+-]{0,25}|NaN|inf|\\PC{0,9}|err\\([0-9]{0,12}\\)"), 0..8),
    ) {
        let mut leaves = vec![("FromUserName", "o1"), ("CreateTime", "1")];
        match kind {
            "event" => leaves.extend([("MsgType", "event"), ("Event", name.0)]),
            "none" => leaves.push(("InfoType", info)),
            _ => leaves.push(("MsgType", kind)),
        }
        for (path, text) in &odd {
            let shares_a_root = |other: &&str| path.split('.').next() == other.split('.').next();
            if !leaves.iter().any(|(other, _)| shares_a_root(other)) {
                leaves.push((path, text));
            }
        }
        let push = push(&leaves);
        for (path, text) in leaves {
            prop_assert_eq!(push.field(path), Some(text));
        }
        prop_assert!(!matches!((&push.kind, kind), (PushKind::Event(_), "none")));
        prop_assert_eq!(&push.dedupe_key(), &push.dedupe_key());
        let printed = format!("{push:?}");
        prop_assert!(printed.starts_with("Push "));
    }
}
