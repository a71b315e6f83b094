use crate::{
    http_client::{get, post},
    receiver::Receiver,
    stage::{ANNA, START, Stage},
};
use serde_json::{Value, json};
use std::fs;
use wx_sim::{Act, Error, FieldValue, Mode, Options, PushShape, SYSTEM_SENDER};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/kinds");

async fn following() -> Stage {
    let stage = Stage::start().await;
    stage.sim.follow_plain(ANNA).await.unwrap();
    stage
}

async fn xml(stage: &Stage, act: Act) -> String {
    stage.sim.act(act).await.unwrap().push.xml
}

async fn refusal(stage: &Stage, act: Act) -> String {
    stage.sim.act(act).await.unwrap_err().to_string()
}

/// The samples of the reference, whatever the order of their elements and the line ends in them.
#[tokio::test]
async fn every_kind_that_the_reference_shows_has_its_fields() {
    let stage = following().await;
    let kinds = get(&stage.url("/sim/kinds")).await.json();
    let messages: Vec<_> =
        kinds["messages"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let mut seen = 0;
    for entry in fs::read_dir(FIXTURES).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let is_message = messages.contains(&name.as_str());
        let sample = fs::read_to_string(&path).unwrap().replace('\n', "");
        let sender =
            if sample.contains(SYSTEM_SENDER) && !sample.contains("<OpenID>") { SYSTEM_SENDER } else { ANNA };
        stage.set(if is_message { 1_767_232_800 } else { START });
        let act = if is_message { Act::message(sender, &name) } else { Act::event(sender, &name) };
        let (act, sample) = as_in(&name, act, sample);
        let mut rest = sample;
        for line in xml(&stage, act).await.lines().filter(|line| !line.ends_with("xml>")) {
            let is_id = line.starts_with("<MsgId>");
            assert!(is_id || rest.contains(line), "{name}: {line} is not in {rest}");
            rest = rest.replacen(line, "", 1);
        }
        let (before, after) = rest
            .split_once("<MsgId>")
            .map_or((rest.as_str(), ""), |(before, id)| (before, id.split_once("</MsgId>").unwrap().1));
        assert_eq!(format!("{before}{after}"), "<xml></xml>", "{name}");
        seen += 1;
    }
    assert_eq!(seen, 36);
}

/// Values in which a sample differs from the catalogue.
fn as_in(name: &str, act: Act, sample: String) -> (Act, String) {
    match name {
        "shortvideo" => (act.field("MediaId", "MEDIA_EXAMPLE_SHORTVIDEO"), sample),
        "MASSSENDJOBFINISH" => {
            (act, sample.replace("<ResultList></ResultList>", "<ResultList><![CDATA[]]></ResultList>"))
        }
        _ => (act, sample),
    }
}

#[tokio::test]
async fn all_names_of_the_reference_can_be_pushed_in_every_mode() {
    let stage = following().await;
    let receiver = Receiver::that_says("success").await;
    let kinds = get(&stage.url("/sim/kinds")).await.json();
    let names = |sort: &str| -> Vec<String> {
        kinds[sort].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((names("events").len(), names("messages").len()), (55, 7));
    for mode in [Mode::Plain, Mode::Compatible, Mode::Safe] {
        stage.sim.configure(receiver.callback(mode)).unwrap();
        for event in names("events") {
            let delivery = stage.sim.act(Act::event(ANNA, &event)).await.unwrap();
            assert!(delivery.succeeded() && delivery.push.kind == event, "{mode} {event}");
        }
        for message in names("messages") {
            let delivery = stage.sim.act(Act::message(ANNA, &message)).await.unwrap();
            assert!(delivery.succeeded() && delivery.push.kind == message, "{mode} {message}");
        }
    }
}

#[tokio::test]
async fn fields_are_set_by_their_path_and_unknown_events_have_those_that_are_set() {
    let stage = following().await;
    let act = Act::event(ANNA, "subscribe_msg_popup_event")
        .field("SubscribeMsgPopupEvent.List[1].SubscribeStatusString", "accept")
        .field("SubscribeMsgPopupEvent.List[2].TemplateId", "TPL_3");
    let text = xml(&stage, act).await;
    assert_eq!(text.matches("<![CDATA[accept]]>").count(), 2, "{text}");
    assert!(
        text.contains("<List><TemplateId><![CDATA[TPL_3]]></TemplateId></List></SubscribeMsgPopupEvent>")
    );

    let act = Act::event("anybody", "some_future_event").field("EventKey", "k").field("Depth", 3_u64);
    let push = stage.sim.act(act).await.unwrap().push;
    assert_eq!((push.kind.as_str(), push.event_key.as_str()), ("some_future_event", "k"));
    assert!(
        push.xml.ends_with("<EventKey><![CDATA[k]]></EventKey>\n<Depth>3</Depth>\n</xml>"),
        "{}",
        push.xml
    );

    let act = Act::message(ANNA, "text")
        .field("Content", "求资料")
        .field("MsgDataId", "2247483999_1")
        .field("Idx", 1_i64);
    let text = xml(&stage, act).await;
    assert!(
        text.contains("<MsgDataId><![CDATA[2247483999_1]]></MsgDataId>\n<Idx>1</Idx>\n<MsgId>"),
        "{text}"
    );
    let act = Act::event(ANNA, "LOCATION").field("Latitude", FieldValue::number("-31.5"));
    assert!(xml(&stage, act).await.contains("<Latitude>-31.5</Latitude>"));
}

#[tokio::test]
async fn what_is_about_a_person_may_come_from_the_platform() {
    let stage = following().await;
    let text = xml(&stage, Act::event("anna", "user_authorization_revoke")).await;
    assert!(text.contains(&format!("<FromUserName><![CDATA[{SYSTEM_SENDER}]]></FromUserName>")), "{text}");
    assert!(text.contains("<OpenID><![CDATA[anna]]></OpenID>"));
    let text = xml(&stage, Act::account_event("verify_expired").field("ExpiredTime", 5_i64)).await;
    assert!(text.contains(SYSTEM_SENDER) && text.contains("<ExpiredTime>5</ExpiredTime>"), "{text}");
}

#[tokio::test]
async fn what_cannot_be_pushed_is_refused() {
    let stage = following().await;
    let acts = "this kind of push is refused: follow, scan and unfollow are acts of their own";
    for name in ["subscribe", "unsubscribe", "SCAN", "scan"] {
        assert_eq!(refusal(&stage, Act::event(ANNA, name)).await, acts);
    }
    assert!(refusal(&stage, Act::event(ANNA, "a b")).await.ends_with("1 to 64 letters, digits, `-` or `_`"));
    assert!(refusal(&stage, Act::message(ANNA, "poem")).await.contains("a message is text, image,"));
    assert!(
        refusal(&stage, Act::event(ANNA, "CLICK").field("Event", "x")).await.contains("are the simulator's")
    );
    assert!(matches!(stage.sim.act(Act::event("stranger", "CLICK")).await, Err(Error::NotFollowing)));
    assert!(matches!(stage.sim.act(Act::message("stranger", "image")).await, Err(Error::NotFollowing)));
    let long =
        (0..9).fold(Act::event(ANNA, "x"), |act, place| act.field(format!("F[{place}]"), "a".repeat(8000)));
    for act in [Act::raw(ANNA, ""), Act::raw(ANNA, "a".repeat(65_537)), long] {
        assert_eq!(
            refusal(&stage, act).await,
            "this field of a push is refused: the XML of a push has 1 to 65536 bytes"
        );
    }
    assert_eq!(stage.sim.follow_plain("ben").await.unwrap().push.number, 2, "refused acts take no number");
}

#[tokio::test]
async fn a_menu_allows_three_messages_and_a_picture_five() {
    let stage = following().await;
    stage.pass(60);
    let body = json!({ "touser": ANNA, "msgtype": "text", "text": { "content": "您好" } });
    let send = || stage.code("/cgi-bin/message/custom/send", &body);
    stage.sim.act(Act::event(ANNA, "VIEW")).await.unwrap();
    assert_eq!(send().await, 45015, "opening a page allows nothing");
    for (act, count) in [
        (Act::event(ANNA, "CLICK"), 3),
        (Act::event(ANNA, "scancode_waitmsg"), 3),
        (Act::message(ANNA, "image"), 5),
    ] {
        stage.sim.act(act).await.unwrap();
        for _ in 0..count {
            assert_eq!(send().await, 0);
        }
        assert_eq!(send().await, 45047);
        stage.pass(60);
    }
}

#[tokio::test]
async fn nobody_sees_a_reply_to_a_notice() {
    let stage = following().await;
    let receiver = Receiver::start(|_, seen| {
        let from = seen.body.split("<FromUserName><![CDATA[").nth(1).unwrap().split("]]>").next().unwrap();
        crate::receiver::Reaction::ok(format!(
            "<xml><ToUserName>{from}</ToUserName><FromUserName>gh_3f9a1c77be20</FromUserName>\
             <CreateTime>1</CreateTime><MsgType>text</MsgType><Content>hi</Content></xml>"
        ))
    })
    .await;
    stage.sim.configure(receiver.callback(Mode::Plain)).unwrap();
    assert!(stage.sim.act(Act::event(ANNA, "CLICK")).await.unwrap().succeeded());
    for act in
        [Act::account_event("annual_renew"), Act::event(ANNA, "user_info_modified"), Act::unfollow(ANNA)]
    {
        assert!(!stage.sim.act(act).await.unwrap().succeeded());
    }
}

#[tokio::test]
async fn raw_bytes_travel_as_they_are() {
    let stage = following().await;
    let receiver = Receiver::that_says("success").await;
    for mode in [Mode::Plain, Mode::Compatible, Mode::Safe] {
        stage.sim.configure(receiver.callback(mode)).unwrap();
        for xml in
            ["<xml><MsgType>text</MsgType><Content>a</Content></xml>", "no XML at all", "<!DOCTYPE x><xml/>"]
        {
            let delivery = stage.sim.act(Act::raw(ANNA, xml)).await.unwrap();
            assert!(delivery.succeeded() && delivery.push.xml == xml);
        }
    }
    let bodies: Vec<_> = receiver.received().iter().map(|seen| seen.body.clone()).collect();
    assert_eq!(bodies[1], "no XML at all");
    assert!(
        bodies[3].starts_with("<xml><MsgType>text</MsgType><Content>a</Content><Encrypt>"),
        "{}",
        bodies[3]
    );
    let kind = stage
        .sim
        .act(Act::raw(ANNA, "<xml><Event>scan</Event><EventKey>7</EventKey></xml>"))
        .await
        .unwrap()
        .push;
    assert_eq!((kind.kind.as_str(), kind.event_key.as_str()), ("scan", "7"));
}

#[tokio::test]
async fn the_shape_of_pushes_can_be_chosen() {
    let stage = Stage::with(Options::default().push_shape(PushShape::SingleLine)).await;
    let ticket = stage.ticket("a&b").await;
    let text = xml(&stage, Act::scan(ANNA, &ticket)).await;
    assert!(!text.contains('\n') && text.contains("<EventKey><![CDATA[qrscene_a&b]]></EventKey>"), "{text}");
    let url = stage.url("/sim/options");
    for shape in ["usual", "indented", "reordered", "undecorated", "unknown-fields", "lower-case-events"] {
        let answer = post(&url, json!({ "push_shape": shape }).to_string()).await.json();
        assert_eq!(answer["push_shape"], shape);
        let text = xml(&stage, Act::scan(ANNA, &ticket)).await;
        let key = if shape == "undecorated" { "a&amp;b" } else { "<![CDATA[a&b]]>" };
        assert!(text.contains(&format!("<EventKey>{key}</EventKey>")), "{text}");
    }
    assert!(xml(&stage, Act::scan(ANNA, &ticket)).await.contains("<Event><![CDATA[scan]]></Event>"));
    let answer = post(&url, json!({ "push_shape": "round" }).to_string()).await;
    assert!(answer.status == 400 && answer.text().contains("single-line"), "{}", answer.text());
}

#[tokio::test]
async fn kinds_are_pushed_over_http() {
    let stage = following().await;
    let url = stage.url("/sim/push");
    let body =
        json!({ "openid": ANNA, "event": "VIEW", "fields": { "EventKey": "https://a/", "MenuId": 7 } });
    let answer = post(&url, body.to_string()).await.json();
    assert_eq!(
        (&answer["push"]["kind"], &answer["push"]["event_key"]),
        (&json!("VIEW"), &json!("https://a/"))
    );
    assert!(answer["push"]["xml"].as_str().unwrap().contains("<MenuId>7</MenuId>"));
    let answer = post(&url, json!({ "event": "verify_expired" }).to_string()).await.json();
    assert_eq!(answer["push"]["openid"], SYSTEM_SENDER);
    let answer = post(&url, json!({ "openid": ANNA, "message": "link" }).to_string()).await.json();
    assert_eq!(answer["push"]["kind"], "link");
    let answer = post(&url, json!({ "openid": ANNA, "xml": "<a/>" }).to_string()).await.json();
    assert_eq!(answer["push"]["xml"], "<a/>");
    for (body, status) in [
        (json!({ "openid": ANNA }), 400),
        (json!({ "event": "CLICK", "message": "text" }), 400),
        (json!({ "event": "x", "fields": { "a": [] } }), 400),
        (json!({ "event": "x", "fields": { "a b": 1 } }), 400),
        (json!({ "event": "x", "fields": { "a": 1e300 } }), 400),
        (json!({ "event": "SCAN" }), 400),
        (json!({ "openid": "stranger", "event": "CLICK" }), 409),
    ] {
        let answer = post(&url, body.to_string()).await;
        assert_eq!((answer.status, answer.json()["error"].is_string()), (status, true), "{body}");
    }
    assert_ne!(get(&stage.url("/sim/kinds")).await.json(), Value::Null);
}
