use crate::{
    http_client::{get, post},
    stage::{ANNA, BEN, START, Stage},
};
use serde_json::{Value, json};
use wx_sim::Act;

const SEND: &str = "/cgi-bin/message/custom/send";
const TYPING: &str = "/cgi-bin/message/custom/typing";

fn text(openid: &str, content: &str) -> Value {
    json!({ "touser": openid, "msgtype": "text", "text": { "content": content } })
}

/// The code that a text to this person gets now.
async fn send(stage: &Stage, openid: &str) -> i64 {
    stage.code(SEND, &text(openid, "您好")).await
}

/// How many texts are taken before the first that is not, and its code.
async fn send_all(stage: &Stage, openid: &str) -> (u32, i64) {
    let mut taken = 0;
    loop {
        match send(stage, openid).await {
            0 => taken += 1,
            code => return (taken, code),
        }
    }
}

#[tokio::test]
async fn a_follow_and_a_scan_allow_three_in_a_minute() {
    let stage = Stage::start().await;
    let ticket = stage.ticket("shop").await;
    stage.sim.scan(ANNA, &ticket).await.unwrap();
    assert_eq!(send_all(&stage, ANNA).await, (3, 45047));
    stage.pass(60);
    assert_eq!(send(&stage, ANNA).await, 45015);
    stage.sim.scan(ANNA, &ticket).await.unwrap();
    stage.pass(59);
    assert_eq!(send_all(&stage, ANNA).await, (3, 45047));
}

#[tokio::test]
async fn a_message_allows_five_in_48_hours_and_each_begins_anew() {
    let stage = Stage::start().await;
    stage.sim.follow_plain(ANNA).await.unwrap();
    stage.pass(60);
    for _ in 0..2 {
        stage.sim.say(ANNA, "hello").await.unwrap();
        assert_eq!(send_all(&stage, ANNA).await, (5, 45047));
    }
    stage.sim.say(ANNA, "hello").await.unwrap();
    stage.pass(48 * 3600 - 1);
    assert_eq!(send(&stage, ANNA).await, 0);
    stage.pass(1);
    assert_eq!(send(&stage, ANNA).await, 45015);
}

#[tokio::test]
async fn a_tapped_menu_item_allows_three_in_a_minute_and_carries_its_id() {
    let stage = Stage::start().await;
    stage.sim.follow_plain(ANNA).await.unwrap();
    stage.pass(60);
    let push = stage.sim.act(Act::tap(ANNA, "101", "满意")).await.unwrap().push;
    assert!(push.xml.contains("<bizmsgmenuid><![CDATA[101]]></bizmsgmenuid>"), "{}", push.xml);
    assert_eq!(send_all(&stage, ANNA).await, (3, 45047));
    stage.pass(60);
    assert_eq!(send(&stage, ANNA).await, 45015);
}

#[tokio::test]
async fn not_everybody_can_be_written_to() {
    let stage = Stage::start().await;
    assert_eq!(send(&stage, "stranger").await, 40003);
    stage.sim.follow_plain(ANNA).await.unwrap();
    stage.sim.block_messages(ANNA, true).unwrap();
    assert_eq!(send(&stage, ANNA).await, 48002);
    let body = json!({ "openid": ANNA, "block": false });
    assert_eq!(post(&stage.url("/sim/block"), body.to_string()).await.status, 200);
    assert_eq!(send(&stage, ANNA).await, 0);
    stage.sim.unfollow(ANNA).await.unwrap();
    assert_eq!(send(&stage, ANNA).await, 45015);
    assert!(stage.sim.block_messages(BEN, true).is_err());
}

#[tokio::test]
async fn all_kinds_of_messages_are_taken() {
    let stage = Stage::start().await;
    let bodies = [
        ("text", json!({ "content": "您好" })),
        ("image", json!({ "media_id": "m" })),
        ("voice", json!({ "media_id": "m" })),
        ("video", json!({ "media_id": "m", "thumb_media_id": "t", "title": "a", "description": "b" })),
        ("music", json!({ "musicurl": "u", "hqmusicurl": "h", "thumb_media_id": "t" })),
        ("news", json!({ "articles": [{ "title": "a", "url": "u" }] })),
        ("mpnews", json!({ "media_id": "m" })),
        ("mpnewsarticle", json!({ "article_id": "a" })),
        (
            "msgmenu",
            json!({ "head_content": "?", "list": [{ "id": "101", "content": "满意" }], "tail_content": "!" }),
        ),
        ("wxcard", json!({ "card_id": "c" })),
        ("miniprogrampage", json!({ "title": "t", "appid": "a", "pagepath": "p", "thumb_media_id": "m" })),
    ];
    stage.sim.follow_plain(ANNA).await.unwrap();
    for (kind, content) in &bodies {
        stage.sim.say(ANNA, "hello").await.unwrap();
        let mut body =
            json!({ "touser": ANNA, "msgtype": kind, "customservice": { "kf_account": "desk3@demo_mp" } });
        body[*kind] = content.clone();
        assert_eq!(stage.code(SEND, &body).await, 0, "{body}");
    }
    let sent = stage.sim.messages();
    assert_eq!(sent.len(), bodies.len());
    assert_eq!(
        (sent[1].number, sent[1].kind.as_str(), sent[1].content.as_str()),
        (2, "image", r#"{"media_id":"m"}"#)
    );
    assert_eq!(sent[1].kf_account.as_deref(), Some("desk3@demo_mp"));
    let listed = get(&stage.url("/sim/messages?after=9")).await.json();
    assert_eq!(
        listed["messages"][0],
        json!({
            "number": 10, "time": START, "openid": ANNA, "kind": "wxcard", "content": { "card_id": "c" },
            "kf_account": "desk3@demo_mp",
        })
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_message_is_said() {
    let stage = Stage::start().await;
    stage.sim.follow_plain(ANNA).await.unwrap();
    let with = |kind: &str, content: Value| {
        let mut body = json!({ "touser": ANNA, "msgtype": kind });
        body[kind] = content;
        body
    };
    for (body, expected) in [
        (json!({ "touser": ANNA }), 40008),
        (with("poem", json!({})), 40008),
        (json!({ "touser": ANNA, "msgtype": "text" }), 41011),
        (with("text", json!({ "content": "" })), 44004),
        (with("text", json!({ "content": "a".repeat(2049) })), 45002),
        (with("image", json!({})), 41006),
        (with("video", json!({ "media_id": "m" })), 41006),
        (with("news", json!({ "articles": [] })), 44003),
        (with("news", json!({ "articles": [{}, {}] })), 45008),
        (with("msgmenu", json!({ "list": [{ "id": 101, "content": "a" }] })), 41011),
        (with("wxcard", json!({})), 41011),
        (json!({ "msgtype": "text", "text": { "content": "a" } }), 40003),
        (json!([]), 47001),
    ] {
        assert_eq!(stage.code(SEND, &body).await, expected, "{body}");
    }
    assert_eq!(send_all(&stage, ANNA).await, (3, 45047), "a refused message costs nothing");
}

#[tokio::test]
async fn typing_needs_a_message_within_thirty_seconds() {
    let stage = Stage::start().await;
    stage.sim.follow_plain(ANNA).await.unwrap();
    let body = |command: &str| json!({ "touser": ANNA, "command": command });
    assert_eq!(stage.code(TYPING, &body("Typing")).await, 45080);
    stage.sim.say(ANNA, "hello").await.unwrap();
    stage.pass(30);
    assert_eq!(stage.code(TYPING, &body("Typing")).await, 0);
    assert_eq!(stage.code(TYPING, &body("Typing")).await, 45081);
    assert_eq!(stage.code(TYPING, &body("CancelTyping")).await, 0);
    assert_eq!(stage.code(TYPING, &body("Typing")).await, 0);
    assert_eq!(send(&stage, ANNA).await, 0);
    assert_eq!(stage.code(TYPING, &body("Typing")).await, 0, "a message ends the state");
    assert_eq!(stage.code(TYPING, &body("typing")).await, 45072);
    stage.pass(31);
    assert_eq!(stage.code(TYPING, &body("Typing")).await, 45080);
    assert_eq!(stage.code(TYPING, &json!({ "touser": "stranger", "command": "Typing" })).await, 40003);
}
