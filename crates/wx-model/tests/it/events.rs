//! Odd forms of events. Their usual forms are the samples that `wx-events` reads.

use crate::pushes::{event, event_push};
use wx_model::{
    Event, MassSendRefusal, MassSendStatus, PictureSource, Position, RevokeInfo, ScanType, SceneKey,
    SubscribeMsgChoice, TemplateSendStatus,
};

fn position(event: Event) -> Option<Position> {
    match event {
        Event::LocationReport(report) => report.position,
        Event::LocationSelect(chosen) => chosen.position,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_place_is_two_numbers_on_the_globe() {
    let report = |latitude, longitude| {
        position(event("LOCATION", &[("Latitude", latitude), ("Longitude", longitude)]))
    };
    assert_eq!(report("31.230416", "121.473701"), Position::new(31.230_416, 121.473_701));
    assert_eq!(report("-90", " +180.0\n"), Position::new(-90.0, 180.0));
    assert!(report("0", "0").is_some());
    for odd in ["NaN", "nan", "inf", "-inf", "infinity", "1e999", "", " ", "x", "31,2", "0x1F", "180.5", "٣"]
    {
        assert_eq!(report("31", odd), None, "{odd}");
        assert_eq!(report(odd, "121"), None, "{odd}");
    }
    assert_eq!(report("121.473701", "31.230416"), None, "turned round");
    assert_eq!(position(event("LOCATION", &[("Latitude", "31")])), None);
}

#[test]
fn the_exact_digits_stay_reachable() {
    let push = event_push("LOCATION", &[("Latitude", "31.2304160000000000001"), ("Precision", "NaN")]);
    assert_eq!(push.field("Latitude"), Some("31.2304160000000000001"));
    assert_eq!(push.field("Precision"), Some("NaN"));
    let Some(Event::LocationReport(report)) = push.event() else { panic!("{push:?}") };
    assert_eq!((report.position, report.precision), (None, None));
}

#[test]
fn x_is_the_latitude() {
    let chosen = [
        ("EventKey", "k"),
        ("SendLocationInfo.Location_X", "31"),
        ("SendLocationInfo.Location_Y", "121"),
        ("SendLocationInfo.Scale", "15.5"),
        ("SendLocationInfo.Label", " a "),
    ];
    let Event::LocationSelect(chosen) = event("location_select", &chosen) else { panic!() };
    assert_eq!(chosen.position.map(|place| (place.latitude, place.longitude)), Some((31.0, 121.0)));
    assert_eq!((chosen.scale, chosen.label.as_str(), chosen.poi_name.as_str()), (None, " a ", ""));
}

#[test]
fn a_leaf_where_a_group_should_be_is_no_group() {
    let Event::ScanCode(scan) = event("scancode_push", &[("ScanCodeInfo", "qrcode")]) else { panic!() };
    assert_eq!((scan.scan_type, scan.result.as_str(), scan.key.as_str()), (None, "", ""));
    let Event::ScanCode(scan) = event("scancode_push", &[("ScanCodeInfo.ScanType.x", "qrcode")]) else {
        panic!()
    };
    assert_eq!(scan.scan_type, None);
}

#[test]
fn a_scanned_text_is_exact_and_an_unknown_type_is_kept() {
    let info = [("ScanCodeInfo.ScanType", " PDF417 "), ("ScanCodeInfo.ScanResult", " a\n ")];
    let Event::ScanCode(scan) = event("scancode_waitmsg", &info) else { panic!() };
    assert_eq!((scan.scan_type, scan.result.as_str()), (Some(ScanType::Other("PDF417".into())), " a\n "));
    assert_eq!(ScanType::from("BARCODE"), ScanType::BarCode);
    assert_eq!(ScanType::QrCode.to_string(), "qrcode");
}

#[test]
fn pictures_are_as_many_as_there_are() {
    let sums = |leaves: &[(&str, &str)]| match event("pic_weixin", leaves) {
        Event::Pictures(pictures) => (pictures.count, pictures.md5_sums.join(" ")),
        other => panic!("{other:?}"),
    };
    let item = |number| format!("SendPicsInfo.PicList.item[{number}].PicMd5Sum");
    let several = [0, 1, 2].map(item);
    let several = [("SendPicsInfo.Count", "7"), (&several[0], "a"), (&several[1], ""), (&several[2], "c")];
    assert_eq!(sums(&several), (Some(7), "a c".to_owned()));
    assert_eq!(sums(&[("SendPicsInfo.PicList.item.PicMd5Sum", "a")]), (None, "a".to_owned()));
    assert_eq!(sums(&[("SendPicsInfo.Count", "-1"), ("SendPicsInfo.PicList", "")]), (None, String::new()));
    let Event::Pictures(pictures) = event("Pic_SysPhoto", &[]) else { panic!() };
    assert_eq!(pictures.source, PictureSource::Camera);
}

fn choices(name: &str, leaves: &[(&str, &str)]) -> Vec<SubscribeMsgChoice> {
    match event(name, leaves) {
        Event::SubscribeMsgPopup(popup) => popup.choices,
        Event::SubscribeMsgChange(change) => change.choices,
        other => panic!("{other:?}"),
    }
}

#[test]
fn either_wrapper_and_none_hold_the_list() {
    for name in ["subscribe_msg_popup_event", "subscribe_msg_change_event"] {
        for list in ["SubscribeMsgPopupEvent.List", "List"] {
            let template = format!("{list}[0].TemplateId");
            let [status, scene, other] = ["[0].SubscribeStatusString", "[0].PopupScene", "[1].TemplateId"]
                .map(|end| format!("{list}{end}"));
            let leaves = [(&*template, "T1"), (&status, "Accept"), (&scene, "3"), (&other, " T2 ")];
            assert_eq!(
                format!("{:?}", choices(name, &leaves)),
                "[SubscribeMsgChoice { template_id: \"T1\", status: Some(Accept), scene: Some(Other(\"3\")) }, \
                 SubscribeMsgChoice { template_id: \"T2\", status: None, scene: None }]",
                "{name} {list}"
            );
        }
    }
    let change =
        [("SubscribeMsgChangeEvent.List.TemplateId", "T1"), ("SubscribeMsgPopupEvent.List.TemplateId", "T2")];
    let change = choices("subscribe_msg_change_event", &change);
    assert_eq!(change.iter().map(|choice| &*choice.template_id).collect::<Vec<_>>(), ["T1"]);
}

#[test]
fn an_empty_list_has_no_entries() {
    for empty in ["SubscribeMsgPopupEvent", "SubscribeMsgPopupEvent.List", "List", "List.Other.Deep"] {
        let found = choices("subscribe_msg_popup_event", &[(empty, "")]);
        assert_eq!(found.len(), usize::from(empty.contains("Deep")), "{empty}");
    }
}

#[test]
fn a_result_without_a_number_keeps_its_words() {
    let result =
        [("List.MsgID", "99999999999999999999"), ("List.ErrorCode", "-1"), ("List.ErrorStatus", "no ")];
    let Event::SubscribeMsgSent(sent) = event("subscribe_msg_sent_event", &result) else { panic!() };
    let [result] = &sent.results[..] else { panic!("{sent:?}") };
    assert_eq!((result.msg_id, result.error_code, result.error_status.as_str()), (None, Some(-1), "no "));
}

#[test]
fn user_data_is_spelled_in_two_ways() {
    for (openid, app_id) in [("OpenID", "AppID"), ("openid", "appid")] {
        let leaves = [(openid, " oPerson\n"), (app_id, "wx1"), ("RevokeInfo", "206"), ("UnionID", "u")];
        let Event::UserData(data) = event("user_info_modified", &leaves) else { panic!() };
        assert_eq!(data.openid.unwrap().as_str(), "oPerson");
        assert_eq!(data.app_id.unwrap().as_str(), "wx1");
        assert_eq!((data.revoke_info, data.union_id.as_deref()), (Some(RevokeInfo::LOCATION), Some("u")));
    }
    let push = event_push("user_authorization_revoke", &[("OpenID", " "), ("RevokeInfo", "201,202")]);
    let Some(Event::UserData(data)) = push.event() else { panic!("{push:?}") };
    assert_eq!((&data.openid, data.revoke_info, push.person()), (&None, None, None));
    assert_eq!(push.field("RevokeInfo"), Some("201,202"));
}

#[test]
fn a_leaving_payer_keeps_the_payment() {
    let Event::Unsubscribe(gone) = event("unsubscribe", &[("EventKey", "last_trade_no_42")]) else {
        panic!()
    };
    assert_eq!(gone.key, SceneKey::Payment("42".to_owned()));
    let gone = event_push("unsubscribe", &[("EventKey", "qrscene_7")]);
    assert_eq!((gone.scene_key(), gone.scene_scan()), (None, None), "leaving is no scan");
}

#[test]
fn jobs_keep_what_they_cannot_read() {
    let Event::TemplateSendJobFinish(job) =
        event("templatesendjobfinish", &[("MsgID", "x"), ("Status", " new ")])
    else {
        panic!()
    };
    assert_eq!((job.msg_id, job.status), (None, TemplateSendStatus::Other("new".to_owned())));
    let counts = [("Status", "err(40001)"), ("TotalCount", "1e3"), ("SentCount", "0"), ("ErrorCount", "")];
    let Event::MassSendJobFinish(job) = event("MASSSENDJOBFINISH", &counts) else { panic!() };
    assert_eq!(job.status, MassSendStatus::Refused(MassSendRefusal::REFUSED_BY_ADMIN));
    assert_eq!((job.total_count, job.sent_count, job.error_count), (None, Some(0), None));
    let Event::MassSendJobFinish(job) = event("MASSSENDJOBFINISH", &[]) else { panic!() };
    assert_eq!(job.status, MassSendStatus::Other(String::new()));
}

#[test]
fn a_publication_tells_which_articles_failed() {
    let leaves = [
        ("PublishEventInfo.publish_id", "22"),
        ("PublishEventInfo.publish_status", "2"),
        ("PublishEventInfo.fail_idx[0]", "1"),
        ("PublishEventInfo.fail_idx[1]", "x"),
        ("PublishEventInfo.fail_idx[2]", "3"),
    ];
    for name in ["PUBLISHJOBFINISH", "FreePublishJobFinish"] {
        let Event::PublishJobFinish(job) = event(name, &leaves) else { panic!() };
        assert_eq!((&*job.publish_id, job.status, &job.failed[..]), ("22", Some(2), &[1, 3][..]));
        assert_eq!((job.article_id, job.articles.len()), (None, 0));
    }
}

#[test]
fn a_shop_s_review_speaks_in_either_case() {
    for name in ["Msg", "msg"] {
        let Event::PoiCheckNotify(review) = event("poi_check_notify", &[(name, "not clear")]) else {
            panic!()
        };
        assert_eq!((&*review.message, &*review.result, review.poi_id), ("not clear", "", None));
    }
}

#[test]
fn a_card_s_flags_are_0_and_1() {
    let given = |text| match event("user_get_card", &[("IsGiveByFriend", text)]) {
        Event::Card(card) => card.is_given_by_friend,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        ["1", " 0 ", "true", "2", "", "yes"].map(given),
        [Some(true), Some(false), Some(true), None, None, None]
    );
}

#[test]
fn the_debugger_s_text_is_exact() {
    let Event::DebugDemo(demo) = event("debug_demo", &[("debug_str", " hello ")]) else { panic!() };
    assert_eq!(demo.debug_str, " hello ");
}
