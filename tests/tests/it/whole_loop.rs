//! Codes are created, people scan them, and the report says so.

use crate::picture::read_jpeg;
use scenarios::{Deed, Expectation, World, four_kinds, get};
use wx_channel::{Channel, Code};
use wx_model::CreateRequest;
use wx_qrcode::QrCodes;
use wx_sim::{Delivery, Mode};

const DAY: i64 = 86_400;

/// Everybody does everything: follows through all kinds of code and without one, scans as a follower, leaves, and
/// comes back another way.
const STORY: &[Deed] = &[
    Deed::Scan("anna", 0),
    Deed::Scan("ben", 0),
    Deed::Scan("carl", 1),
    Deed::Follow("dora"),
    Deed::Scan("dora", 1),
    Deed::Say("dora", "你好 [微笑] & <b>]]></b>"),
    Deed::Scan("anna", 0),
    Deed::Pause(DAY),
    Deed::Scan("emil", 2),
    Deed::Scan("anna", 2),
    Deed::Unfollow("ben"),
    Deed::Unfollow("dora"),
    Deed::Scan("fritz", 3),
    Deed::Pause(DAY),
    Deed::Scan("ben", 2),
    Deed::Follow("dora"),
    Deed::Unfollow("anna"),
    Deed::Scan("anna", 1),
    Deed::Scan("anna", 1),
    Deed::Unfollow("fritz"),
    Deed::Pause(2 * DAY),
    Deed::Scan("fritz", 3),
    Deed::Unfollow("fritz"),
    Deed::Scan("gina", 3),
    Deed::Say("gina", "1"),
];

#[tokio::test]
async fn the_whole_loop_in_plain_mode() {
    whole_loop(Mode::Plain).await;
}

#[tokio::test]
async fn the_whole_loop_in_compatible_mode() {
    whole_loop(Mode::Compatible).await;
}

#[tokio::test]
async fn the_whole_loop_in_safe_mode() {
    whole_loop(Mode::Safe).await;
}

async fn whole_loop(mode: Mode) {
    let world = World::start(mode).await;
    assert!(world.simulator.verify_callback().await.unwrap().passed);
    let kinds = four_kinds();
    let mut codes = Vec::new();
    for (channel, request) in &kinds {
        codes.push(create(&world, channel, request).await);
    }

    let (expected, deliveries) = world.play(STORY, &codes).await;

    check_replies(&kinds, &deliveries);
    check_report(&world, &codes, &expected).await;
}

/// The code is what was asked for, and both pictures of it say its `url`.
async fn create(world: &World, channel: &Channel, request: &CreateRequest) -> Code {
    let code = world.create(channel, request).await;
    assert_eq!(code.expires.is_some(), request.lifetime().is_some());
    let url = code.url.as_deref().unwrap();
    assert!(url.starts_with("http://weixin.qq.com/q/02"), "{url}");

    let image = QrCodes::new(world.client.clone()).image(&code.ticket).await.unwrap();
    assert_eq!(read_jpeg(image.bytes()), url);
    code
}

/// Who scanned is answered in the channel's words, everybody else with silence.
fn check_replies(kinds: &[(Channel, CreateRequest); 4], deliveries: &[Delivery]) {
    let deeds = STORY.iter().filter(|deed| !matches!(deed, Deed::Pause(_)));
    for (deed, delivery) in deeds.zip(deliveries) {
        let expected = match (deed, delivery.push.kind.as_str()) {
            (Deed::Scan(_, code), "subscribe") => kinds[*code].0.welcome.as_deref(),
            (Deed::Scan(_, code), "SCAN") => kinds[*code].0.welcome_back.as_deref(),
            _ => None,
        };
        assert_eq!(delivery.reply().map(content).as_deref(), expected, "{deed:?}");
        assert_eq!(delivery.attempts.len(), 1);
    }
}

/// Counted here, by the store, and for other programs: three times the same.
async fn check_report(world: &World, codes: &[Code], expected: &Expectation) {
    assert_eq!(world.service.stored().await, expected.pushes());
    let report = world.service.report().await;
    assert_eq!(World::rows(&report, codes), expected.rows());

    let (status, json) = get(&world.service.console_url("/api/report")).await;
    assert_eq!(status, 200);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json, serde_json::to_value(&report).unwrap());
}

/// The text of a reply in clear XML.
pub(crate) fn content(xml: &str) -> String {
    let push = xml.split_once("<Content><![CDATA[").and_then(|(_, rest)| rest.split_once("]]></Content>"));
    push.unwrap_or_else(|| panic!("a text reply, not {xml}")).0.replace("]]]]><![CDATA[>", "]]>")
}
