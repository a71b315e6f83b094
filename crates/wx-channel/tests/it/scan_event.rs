use wx_channel::{AccountId, ScanEvent};
use wx_model::{Fields, FieldsBuilder, Push, PushClass, SceneValue};

fn record(fields: &[(&str, &str)]) -> ScanEvent {
    let mut leaves = FieldsBuilder::default();
    for (path, text) in fields {
        leaves.leaf(path, text);
    }
    ScanEvent::from_push(&AccountId::new("wx1"), &Push::from_fields(leaves.finish()).unwrap(), 1_767_229_201)
}

const FOLLOW: [(&str, &str); 7] = [
    ("FromUserName", "oAnna"),
    ("CreateTime", "1767229200"),
    ("MsgType", "event"),
    ("Event", "subscribe"),
    ("EventKey", "qrscene_店"),
    ("Ticket", "gQGc7zwAAA"),
    ("Encrypt", "AAAA"),
];

/// Class and scene, out of nothing but the stored text.
fn read_again(event: &ScanEvent) -> (PushClass, Option<SceneValue>) {
    let fields: Fields = serde_json::from_str(&event.raw).unwrap();
    let push = Push::from_fields(fields).unwrap();
    (push.class(), push.scene_key().and_then(|key| key.scene()).cloned())
}

#[test]
fn a_follow_is_recorded_with_everything_about_it() {
    let event = record(&FOLLOW);
    assert_eq!(
        (event.class, event.created, event.received),
        (PushClass::FollowViaQr, 1_767_229_200, 1_767_229_201)
    );
    assert_eq!((event.scene.unwrap().as_str(), event.ticket.unwrap().as_str()), ("店", "gQGc7zwAAA"));
    assert_eq!(event.openid.as_str(), "oAnna");
    insta::assert_snapshot!(event.raw, @r#"{"FromUserName":"oAnna","CreateTime":"1767229200","MsgType":"event","Event":"subscribe","EventKey":"qrscene_店","Ticket":"gQGc7zwAAA"}"#);
}

#[test]
fn it_is_about_the_person_and_not_about_the_platform_that_sends_it() {
    let withdrawn = record(&[
        ("FromUserName", "platform"),
        ("CreateTime", "1767229200"),
        ("MsgType", "event"),
        ("Event", "user_authorization_revoke"),
        ("OpenID", "oPerson"),
    ]);
    assert_eq!(withdrawn.openid.as_str(), "oPerson");
    let job = record(&[
        ("FromUserName", "platform"),
        ("CreateTime", "1767229200"),
        ("MsgType", "event"),
        ("Event", "MASSSENDJOBFINISH"),
    ]);
    assert_eq!(job.openid.as_str(), "platform");
}

#[test]
fn credentials_of_a_third_party_platform_are_not_recorded() {
    let secrets = [
        ("ComponentVerifyTicket", "ticket@@@s1"),
        ("AuthorizationCode", "queryauthcode@@@s2"),
        ("PreAuthCode", "s3"),
    ];
    let notice =
        [("AppId", "wxc"), ("CreateTime", "1"), ("InfoType", "authorized"), ("AuthorizerAppid", "wx1")];
    let event = record(&[&notice[..], &secrets[..]].concat());
    assert_eq!((event.class, event.openid.as_str()), (PushClass::OtherEvent, ""));
    assert_eq!(read_again(&event), (event.class, event.scene.clone()));
    insta::assert_snapshot!(event.raw, @r#"{"AppId":"wxc","CreateTime":"1","InfoType":"authorized","AuthorizerAppid":"wx1","ComponentVerifyTicket":"[redacted]","AuthorizationCode":"[redacted]","PreAuthCode":"[redacted]"}"#);
}

/// Wherever they stand and however often.
#[test]
fn no_credential_and_no_second_copy_escapes_by_its_place() {
    let mut leaves = FieldsBuilder::default();
    for (name, text) in [("CreateTime", "1"), ("InfoType", "updateauthorized"), ("Encrypt", "s1")] {
        leaves.leaf(name, text);
    }
    leaves.leaf("AuthorizationCode", "s2");
    leaves.leaf("AuthorizationCode", "s3");
    leaves.leaf("Encrypt", "s4");
    for text in ["s5", "s6"] {
        leaves.open("Info");
        leaves.leaf("authorizer_refresh_token", text);
        leaves.close();
    }
    leaves.open("PreAuthCode");
    leaves.leaf("Value", "s7");
    leaves.close();
    leaves.open("List");
    leaves.leaf("Encrypt", "s8");
    leaves.close();
    leaves.open("List");
    leaves.leaf("Id", "kept");
    leaves.close();
    let push = Push::from_fields(leaves.finish()).unwrap();
    let event = ScanEvent::from_push(&AccountId::new("wx1"), &push, 1);
    assert_eq!(read_again(&event), (event.class, None));
    insta::assert_snapshot!(event.raw.replace("\",", "\",\n"), @r#"
    {"CreateTime":"1",
    "InfoType":"updateauthorized",
    "AuthorizationCode[0]":"[redacted]",
    "AuthorizationCode[1]":"[redacted]",
    "Info[0].authorizer_refresh_token":"[redacted]",
    "Info[1].authorizer_refresh_token":"[redacted]",
    "PreAuthCode.Value":"[redacted]",
    "List[0].Encrypt":"[redacted]",
    "List[1].Id":"kept"}
    "#);
}

#[test]
fn a_stored_row_is_read_again_as_it_was() {
    let texts = ["", "qrscene_店", "qrscene_qrscene_", "last_trade_no_1", " 2026\n", "\"\\\u{1F3EA}"];
    for event in ["subscribe", "SCAN", "unsubscribe", "user_get_card"] {
        for text in texts {
            let mut fields = FOLLOW;
            (fields[3].1, fields[4].1) = (event, text);
            let stored = record(&fields);
            assert_eq!(read_again(&stored), (stored.class, stored.scene.clone()), "{event} {text}");
        }
    }
}
