use serde::{Serialize, de::DeserializeOwned};
use wx_channel::{AccountId, Channel, ChannelName, Code, Cursor, Day, DayRange, DedupeKey, ScanEvent};
use wx_model::{CreateRequest, CreateResponse, FieldsBuilder, PermanentScene, Push};

fn written<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) -> String {
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *value);
    json
}

fn follow() -> ScanEvent {
    let mut fields = FieldsBuilder::default();
    for (name, text) in [
        ("FromUserName", "oAnna"),
        ("CreateTime", "1767229200"),
        ("MsgType", "event"),
        ("Event", "subscribe"),
        ("EventKey", "qrscene_a"),
    ] {
        fields.leaf(name, text);
    }
    ScanEvent::from_push(&AccountId::new("wx1"), &Push::from_fields(fields.finish()).unwrap(), 1_767_229_201)
}

#[test]
fn what_a_store_keeps_is_read_back() {
    insta::assert_snapshot!(written(&follow()).replace(",\"", ",\n\""), @r#"
    {"account":"wx1",
    "dedupe":"3fc0339d73b00430656950c6401e6b2c",
    "created":1767229200,
    "received":1767229201,
    "class":"follow_via_qr",
    "scene":"a",
    "openid":"oAnna",
    "ticket":null,
    "raw":"{\"FromUserName\":\"oAnna\",\"CreateTime\":\"1767229200\",\"MsgType\":\"event\",\"Event\":\"subscribe\",\"EventKey\":\"qrscene_a\"}"}
    "#);
    insta::assert_snapshot!(written(&Cursor::of(&follow())), @r#"{"created":1767229200,"dedupe":"3fc0339d73b00430656950c6401e6b2c"}"#);
    let name = ChannelName::new("shop-042").unwrap();
    insta::assert_snapshot!(written(&Channel::new(name.clone()).welcome("Hi")), @r#"{"name":"shop-042","welcome":"Hi","welcome_back":null}"#);
    let request = CreateRequest::permanent(PermanentScene::str("a").unwrap());
    let code = Code::new(AccountId::new("wx1"), &request, &CreateResponse::new("ticket"), 1).channel(name);
    insta::assert_snapshot!(written(&code), @r#"{"account":"wx1","action_name":"QR_LIMIT_STR_SCENE","scene":"a","ticket":"ticket","url":null,"created":1,"expires":null,"channel":"shop-042","batch":null,"retired":null}"#);
    assert_eq!(written(&Day::MIN), "\"-009999-01-01\"");
}

#[test]
fn a_dedupe_key_is_32_hex_digits() {
    let text = "00a669783bab89ee930a371be2cbdbff";
    let key: DedupeKey = text.parse().unwrap();
    assert_eq!((key.to_string().as_str(), key.as_bytes()[0], key.as_bytes()[15]), (text, 0, 0xff));
    assert_eq!(text.to_uppercase().parse(), Ok(key));
    let plus = format!("+{}", &text[1..]);
    for wrong in ["", &text[1..], &format!("0{text}"), &plus, &text.replace('0', "g"), &"店".repeat(11)] {
        assert!(wrong.parse::<DedupeKey>().is_err(), "{wrong}");
    }
    assert!(serde_json::from_str::<DedupeKey>("\"c5\"").is_err());
}

#[test]
fn texts_are_found_by_texts() {
    let names = std::collections::BTreeMap::from([(ChannelName::new("a").unwrap(), 1)]);
    let accounts = std::collections::HashMap::from([(AccountId::from(wx_model::AppId::new("wx1")), 2)]);
    assert_eq!((names.get("a"), accounts.get("wx1"), DayRange::ALL.from), (Some(&1), Some(&2), None));
}
