use wx_channel::{AccountId, ScanEvent};
use wx_model::{FieldsBuilder, Push, PushClass};

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
    insta::assert_snapshot!(event.raw, @r#"{"AppId":"wxc","CreateTime":"1","InfoType":"authorized","AuthorizerAppid":"wx1","ComponentVerifyTicket":"[redacted]","AuthorizationCode":"[redacted]","PreAuthCode":"[redacted]"}"#);
}
