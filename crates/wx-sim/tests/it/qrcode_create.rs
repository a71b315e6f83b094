use crate::{
    http_client::{get, post},
    stage::{ANNA, START, Stage, errcode},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use wx_sim::Options;

fn body(action: &str, scene: &Value) -> String {
    json!({ "action_name": action, "action_info": { "scene": scene } }).to_string()
}

/// What a person who scans the code brings: the `EventKey` of the follow.
async fn key(stage: &Stage, created: &Value) -> String {
    let ticket = created["ticket"].as_str().unwrap();
    stage.sim.scan(ANNA, ticket).await.unwrap().push.event_key
}

#[tokio::test]
async fn the_four_requests_of_the_reference_are_granted() {
    let stage = Stage::start().await;
    let token = stage.token().await;
    for (request, expire_seconds) in [
        (include_str!("../fixtures/qrcode_create_request_temp_int.json"), json!(604_800)),
        (include_str!("../fixtures/qrcode_create_request_temp_str.json"), json!(2_592_000)),
        (include_str!("../fixtures/qrcode_create_request_perm_int.json"), Value::Null),
        (include_str!("../fixtures/qrcode_create_request_perm_str.json"), Value::Null),
    ] {
        let answer = stage.create_with(&token, request).await;
        assert_eq!(answer["expire_seconds"], expire_seconds, "{answer}");
        assert_eq!(answer["ticket"].as_str().unwrap().len(), 96);
        assert!(answer.get("errcode").is_none());
    }
}

#[tokio::test]
async fn the_answer_escapes_slashes() {
    let stage = Stage::start().await;
    let token = stage.token().await;
    let url = stage.url(&format!("/cgi-bin/qrcode/create?access_token={token}"));
    let answer = post(&url, body("QR_SCENE", &json!({ "scene_id": 1 }))).await;
    assert!(answer.text().contains(r#""url":"http:\/\/weixin.qq.com\/q\/02"#), "{}", answer.text());
}

#[tokio::test]
async fn a_ticket_has_the_known_anatomy() {
    let stage = Stage::start().await;
    let temporary = json!({
        "expire_seconds": 604_800, "action_name": "QR_SCENE", "action_info": { "scene": { "scene_id": 7 } },
    });
    let permanent = body("QR_LIMIT_SCENE", &json!({ "scene_id": 7 }));
    for (request, life) in [(temporary.to_string(), 604_800_u32), (permanent, 0)] {
        let answer = stage.create(&request).await;
        let url = answer["url"].as_str().unwrap();
        let id = url.strip_prefix("http://weixin.qq.com/q/").unwrap();
        assert!(
            id.len() == 22 && id.starts_with("02") && id.bytes().all(|b| b.is_ascii_alphanumeric()),
            "{id}"
        );
        assert_eq!(&id[13..18] == "10000", life == 0, "{id}");

        let record = URL_SAFE_NO_PAD.decode(answer["ticket"].as_str().unwrap()).unwrap();
        let varying = &record[2..4];
        let mut expected = [&[0x81, 0x01], varying, &60_u32.to_le_bytes(), &[0; 4], &[1, 46]].concat();
        expected.extend([url.as_bytes(), &[0, 2, 4]].concat());
        expected.extend(u32::try_from(START).unwrap().to_le_bytes());
        expected.extend([&[3, 4][..], &life.to_le_bytes()].concat());
        assert_eq!(record, expected);
    }
}

#[tokio::test]
async fn every_call_makes_another_code_even_from_a_source_of_zeros() {
    let options = Options::default().random(wx_sim::Random::new(|buffer| buffer.fill(0)));
    let sim = wx_sim::Simulator::start(options).await.unwrap();
    let path = "/cgi-bin/token?grant_type=client_credential&appid=wx7a3f00c1d2e3b4a5";
    let url = format!("{}{path}&secret=00112233445566778899aabbccddeeff", sim.base_url());
    let token = get(&url).await.json()["access_token"].as_str().unwrap().to_owned();
    assert_ne!(get(&url).await.json()["access_token"], token);
    let url = format!("{}/cgi-bin/qrcode/create?access_token={token}", sim.base_url());
    let request = body("QR_LIMIT_STR_SCENE", &json!({ "scene_str": "same" }));
    let (one, two) = (post(&url, request.clone()).await.json(), post(&url, request).await.json());
    assert_ne!(one["ticket"], two["ticket"]);
    assert_ne!(one["url"], two["url"]);
}

#[tokio::test]
async fn each_mistake_has_its_code() {
    let stage = Stage::start().await;
    let token = stage.token().await;
    let string = |text: &str| json!({ "scene_str": text });
    let id = |id: Value| json!({ "scene_id": id });
    for (request, expected) in [
        (String::new(), 44002),
        (" \r\n".to_owned(), 44002),
        // What many users met: no JSON at all.
        ("{'action_name':'QR_SCENE'}".to_owned(), 40052),
        ("action_name=QR_SCENE".to_owned(), 40052),
        ("Array".to_owned(), 40052),
        (r#"{"action_name":"#.to_owned(), 40052),
        ("[".repeat(20_000), 40052),
        ("{}".to_owned(), 40052),
        (body("qr_scene", &id(json!(1))), 40052),
        (body("QR_CARD", &id(json!(1))), 40052),
        // JSON of the wrong type.
        ("[]".to_owned(), 47001),
        (r#"{"action_name":7}"#.to_owned(), 47001),
        (r#"{"action_name":"QR_SCENE","expire_seconds":"60"}"#.to_owned(), 47001),
        (r#"{"action_name":"QR_SCENE","expire_seconds":1.5}"#.to_owned(), 47001),
        // Scenes.
        (r#"{"action_name":"QR_SCENE"}"#.to_owned(), 40053),
        (r#"{"action_name":"QR_STR_SCENE","action_info":{}}"#.to_owned(), 40053),
        (r#"{"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene_str":"a"}}"#.to_owned(), 40053),
        (r#"{"action_name":"QR_LIMIT_SCENE","action_info":{"scene_id":1}}"#.to_owned(), 40053),
        (r#"{"action_name":"QR_SCENE","action_info":{"scene":7}}"#.to_owned(), 40053),
        (body("QR_STR_SCENE", &string("")), 40053),
        (body("QR_STR_SCENE", &string(&"a".repeat(65))), 40053),
        (body("QR_STR_SCENE", &string(&"渠".repeat(22))), 40053),
        (body("QR_STR_SCENE", &string("a\nb")), 40053),
        (body("QR_STR_SCENE", &json!({ "scene_str": 1 })), 40053),
        (body("QR_STR_SCENE", &id(json!(1))), 40053),
        (body("QR_SCENE", &json!({})), 40053),
        (body("QR_SCENE", &id(json!("1"))), 40053),
        (body("QR_SCENE", &id(json!(0))), 40053),
        (body("QR_SCENE", &id(json!(-1))), 40053),
        (body("QR_SCENE", &id(json!(1.5))), 40053),
        (body("QR_LIMIT_SCENE", &id(json!(0))), 40053),
        (body("QR_LIMIT_SCENE", &id(json!(100_001))), 40053),
    ] {
        let answer = stage.create_with(&token, &request).await;
        let shown = request.chars().take(80).collect::<String>();
        assert_eq!(errcode(&answer), expected, "{shown}");
    }
    let url = stage.url(&format!("/cgi-bin/qrcode/create?access_token={token}"));
    assert_eq!(errcode(&post(&url, b"{\"action_name\":\"\xff\"}".to_vec()).await.json()), 47001);
    assert_eq!(errcode(&post(&url, vec![b' '; 100_000]).await.json()), 47001);
    assert_eq!(errcode(&get(&url).await.json()), 43002);
}

#[tokio::test]
async fn scenes_at_their_limits_are_granted_and_pushed_as_text() {
    let stage = Stage::start().await;
    let longest = "a".repeat(64);
    for (action, scene, expected) in [
        ("QR_SCENE", json!({ "scene_id": 1 }), "1"),
        ("QR_SCENE", json!({ "scene_id": 4_294_967_295_u32 }), "4294967295"),
        ("QR_LIMIT_SCENE", json!({ "scene_id": 1 }), "1"),
        ("QR_LIMIT_SCENE", json!({ "scene_id": 100_000 }), "100000"),
        ("QR_STR_SCENE", json!({ "scene_str": longest }), longest.as_str()),
        ("QR_LIMIT_STR_SCENE", json!({ "scene_str": "qrscene_007" }), "qrscene_007"),
    ] {
        let created = stage.create(&body(action, &scene)).await;
        assert_eq!(key(&stage, &created).await, format!("qrscene_{expected}"));
        assert_eq!(key(&stage, &created).await, expected);
        stage.sim.unfollow(ANNA).await.unwrap();
    }
}

#[tokio::test]
async fn without_the_inner_scene_the_call_succeeds_and_scans_bring_zero() {
    let stage = Stage::start().await;
    let created = stage.create(r#"{"action_name":"QR_SCENE","action_info":{"scene_id":123}}"#).await;
    assert_eq!(key(&stage, &created).await, "qrscene_0");
    assert_eq!(key(&stage, &created).await, "0");
}

#[tokio::test]
async fn an_id_of_more_than_32_bits_saturates() {
    let stage = Stage::start().await;
    for id in ["4294967296", "18446744073709551615", "99999999999999999999999999999999"] {
        let request =
            format!(r#"{{"action_name":"QR_SCENE","action_info":{{"scene":{{"scene_id":{id}}}}}}}"#);
        assert_eq!(key(&stage, &stage.create(&request).await).await, "qrscene_4294967295");
        stage.sim.unfollow(ANNA).await.unwrap();
    }
}

#[tokio::test]
async fn a_life_is_sixty_seconds_unless_said_and_thirty_days_at_most() {
    let stage = Stage::start().await;
    for (asked, expected) in [
        (Value::Null, 60),
        (json!(1), 1),
        (json!(2_592_000), 2_592_000),
        (json!(2_592_001), 2_592_000),
        (json!(u64::MAX), 2_592_000),
        (json!(0), 60),
        (json!(-5), 60),
    ] {
        let request = json!({
            "expire_seconds": asked, "action_name": "QR_SCENE", "action_info": { "scene": { "scene_id": 1 } },
        });
        assert_eq!(stage.create(&request.to_string()).await["expire_seconds"], expected, "{request}");
    }
    let created = stage.create(&body("QR_STR_SCENE", &json!({ "scene_str": "a" }))).await;
    assert_eq!(created["expire_seconds"], 60);
}

#[tokio::test]
async fn the_permanent_allowance_counts_ids_and_strings_together_and_spares_temporary_codes() {
    let stage = Stage::with(Options::default().permanent_cap(2)).await;
    let (id, string) = (json!({ "scene_id": 1 }), json!({ "scene_str": "a" }));
    assert_eq!(errcode(&stage.create(&body("QR_LIMIT_SCENE", &id)).await), 0);
    assert_eq!(errcode(&stage.create(&body("QR_LIMIT_STR_SCENE", &string)).await), 0);
    assert_eq!(errcode(&stage.create(&body("QR_LIMIT_SCENE", &id)).await), 45029);
    assert_eq!(errcode(&stage.create(&body("QR_LIMIT_STR_SCENE", &string)).await), 45029);
    assert_eq!(errcode(&stage.create(&body("QR_SCENE", &id)).await), 0);
}

#[tokio::test]
async fn an_unknown_path_is_an_invalid_url() {
    let stage = Stage::start().await;
    assert_eq!(errcode(&get(&stage.url("/cgi-bin/qrcode/created")).await.json()), 40066);
    assert_eq!(errcode(&post(&stage.url("/cgi-bin/"), "{}").await.json()), 40066);
}
