use crate::stage::{START, Stage};
use serde_json::json;

const GEN: &str = "/cgi-bin/shorten/gen";
const FETCH: &str = "/cgi-bin/shorten/fetch";

#[tokio::test]
async fn a_key_of_fifteen_letters_and_digits_gives_the_text_back_until_its_end() {
    let stage = Stage::start().await;
    let text = "https://qr.example.com/l/2026?utm_source=store-0117";
    let made = stage.call(GEN, &json!({ "long_data": text, "expire_seconds": 86_400 })).await;
    assert_eq!((&made["errcode"], &made["errmsg"]), (&json!(0), &json!("ok")));
    let key = made["short_key"].as_str().unwrap();
    assert!(key.len() == 15 && key.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{key}");

    stage.pass(410);
    let found = stage.call(FETCH, &json!({ "short_key": key })).await;
    assert_eq!(
        found,
        json!({ "errcode": 0, "errmsg": "ok", "long_data": text, "create_time": START, "expire_seconds": 85_990 })
    );
    stage.pass(85_990);
    assert_eq!(stage.code(FETCH, &json!({ "short_key": key })).await, 9_410_012);
}

#[tokio::test]
async fn a_text_lives_thirty_days_unless_said() {
    let stage = Stage::start().await;
    let made = stage.call(GEN, &json!({ "long_data": "渠".repeat(1365) })).await;
    let found = stage.call(FETCH, &json!({ "short_key": made["short_key"] })).await;
    assert_eq!(found["expire_seconds"], 2_592_000);
}

#[tokio::test]
async fn mistakes_have_codes() {
    let stage = Stage::start().await;
    for (body, expected) in [
        (json!({}), 47003),
        (json!({ "long_data": "" }), 47003),
        (json!({ "long_data": "a".repeat(4096) }), 0),
        (json!({ "long_data": "a".repeat(4097) }), 9_410_010),
        (json!({ "long_data": "a", "expire_seconds": 2_592_001 }), 9_410_011),
        (json!({ "long_data": "a", "expire_seconds": -1 }), 47001),
        (json!({ "long_data": 1 }), 47001),
    ] {
        assert_eq!(stage.code(GEN, &body).await, expected);
    }
    for (body, expected) in [(json!({}), 47003), (json!({ "short_key": "aZ3kQ9mT1xR7bC5" }), 9_410_012)] {
        assert_eq!(stage.code(FETCH, &body).await, expected);
    }
}
