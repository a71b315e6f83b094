use crate::{
    http_client::{get, post},
    stage::{ANNA, BEN, START, Stage, errcode},
};
use serde_json::{Value, json};
use wx_sim::{Act, Error, Options, SubscribeScene};

const INFO: &str = "/cgi-bin/user/info";
const BATCH: &str = "/cgi-bin/user/info/batchget";
const GET: &str = "/cgi-bin/user/get";

async fn info(stage: &Stage, openid: &str) -> Value {
    stage.fetch(INFO, &format!("&openid={openid}&lang=zh_CN")).await
}

/// How the platform says that somebody came: scene, integer, text.
async fn arrival(stage: &Stage, openid: &str) -> Value {
    let info = info(stage, openid).await;
    json!([info["subscribe_scene"], info["qr_scene"], info["qr_scene_str"]])
}

#[tokio::test]
async fn a_follower_has_a_time_a_scene_and_empty_personal_data() {
    let stage = Stage::start().await;
    let ticket = stage.ticket("store:SH-0117/desk 3").await;
    stage.sim.scan(ANNA, &ticket).await.unwrap();
    assert_eq!(
        info(&stage, ANNA).await,
        json!({
            "subscribe": 1, "openid": ANNA, "nickname": "", "sex": 0, "language": "zh_CN", "city": "",
            "province": "", "country": "", "headimgurl": "", "subscribe_time": START, "remark": "", "groupid": 0,
            "tagid_list": [], "subscribe_scene": "ADD_SCENE_QR_CODE", "qr_scene": 0,
            "qr_scene_str": "store:SH-0117/desk 3",
        })
    );
    stage.sim.unfollow(ANNA).await.unwrap();
    assert_eq!(info(&stage, ANNA).await, json!({ "subscribe": 0, "openid": ANNA }));
    assert_eq!(errcode(&info(&stage, BEN).await), 40003);
    assert_eq!(errcode(&stage.fetch(INFO, "").await), 41009);
}

#[tokio::test]
async fn the_scene_is_of_the_follow_and_not_of_later_scans() {
    let stage = Stage::start().await;
    let body = r#"{"action_name":"QR_LIMIT_SCENE","action_info":{"scene":{"scene_id":2026}}}"#;
    let first = stage.create(body).await["ticket"].as_str().unwrap().to_owned();
    let second = stage.ticket("second").await;
    stage.sim.scan(ANNA, &first).await.unwrap();
    stage.pass(60);
    stage.sim.scan(ANNA, &second).await.unwrap();
    assert_eq!(arrival(&stage, ANNA).await, json!(["ADD_SCENE_QR_CODE", 2026, ""]));
    stage.sim.unfollow(ANNA).await.unwrap();
    stage.pass(60);
    stage.sim.scan(ANNA, &second).await.unwrap();
    assert_eq!(arrival(&stage, ANNA).await, json!(["ADD_SCENE_QR_CODE", 0, "second"]));
    assert_eq!(info(&stage, ANNA).await["subscribe_time"], START + 120);
}

#[tokio::test]
async fn people_come_in_many_ways() {
    let stage = Stage::start().await;
    stage.sim.follow_plain(ANNA).await.unwrap();
    assert_eq!(arrival(&stage, ANNA).await, json!(["ADD_SCENE_SEARCH", 0, ""]));
    let act = Act::follow(BEN).coming_from(SubscribeScene::ProfileCard);
    stage.sim.act(act).await.unwrap();
    assert_eq!(arrival(&stage, BEN).await, json!(["ADD_SCENE_PROFILE_CARD", 0, ""]));
    let push = stage.sim.act(Act::follow_after_payment("cleo", "4200001234")).await.unwrap().push;
    assert_eq!(push.event_key, "last_trade_no_4200001234");
    assert_eq!(arrival(&stage, "cleo").await, json!(["ADD_SCENE_PAID", 0, ""]));
    let refused = stage.sim.act(Act::follow_after_payment("dora", "a b")).await;
    assert!(matches!(refused, Err(Error::Payment)));
}

#[tokio::test]
async fn the_platform_may_forget_the_scene_on_either_side() {
    let stage = Stage::start().await;
    let ticket = stage.ticket("shop").await;
    let push = stage.sim.act(Act::scan(ANNA, &ticket).hiding_scene_from_push()).await.unwrap().push;
    assert!(push.event_key.is_empty() && !push.xml.contains("Ticket"));
    assert_eq!(arrival(&stage, ANNA).await, json!(["ADD_SCENE_QR_CODE", 0, "shop"]));
    let push = stage.sim.act(Act::scan(BEN, &ticket).hiding_scene_from_user_info()).await.unwrap().push;
    assert_eq!(push.event_key, "qrscene_shop");
    assert_eq!(arrival(&stage, BEN).await, json!(["ADD_SCENE_OTHERS", 0, ""]));
}

#[tokio::test]
async fn up_to_a_hundred_people_are_looked_up_at_once() {
    let stage = Stage::start().await;
    stage.sim.follow_plain(ANNA).await.unwrap();
    stage.sim.follow_plain(BEN).await.unwrap();
    stage.sim.unfollow(BEN).await.unwrap();
    let list = |openids: &[&str]| {
        let entries: Vec<_> =
            openids.iter().map(|openid| json!({ "openid": openid, "lang": "zh_CN" })).collect();
        json!({ "user_list": entries })
    };
    let infos = stage.call(BATCH, &list(&[ANNA, BEN])).await;
    assert_eq!(infos["user_info_list"][0]["subscribe_time"], START);
    assert_eq!(infos["user_info_list"][1], json!({ "subscribe": 0, "openid": BEN }));
    assert_eq!(stage.code(BATCH, &list(&[ANNA; 100])).await, 0);
    for (body, expected) in [
        (list(&[ANNA; 101]), 40032),
        (list(&[]), 40032),
        (list(&[ANNA, "stranger"]), 40003),
        (list(&[""]), 41009),
        (json!({ "user_list": ANNA }), 47001),
        (json!({}), 47001),
    ] {
        assert_eq!(stage.code(BATCH, &body).await, expected, "{body}");
    }
}

#[tokio::test]
async fn followers_come_in_pages() {
    let stage = Stage::with(Options::default().page_size(2)).await;
    assert_eq!(stage.fetch(GET, "").await, json!({ "total": 0, "count": 0, "next_openid": "" }));
    for person in ["anna", "ben", "cleo"] {
        stage.sim.follow_plain(person).await.unwrap();
    }
    let first =
        json!({ "total": 3, "count": 2, "data": { "openid": ["anna", "ben"] }, "next_openid": "ben" });
    assert_eq!(stage.fetch(GET, "").await, first);
    assert_eq!(stage.fetch(GET, "&next_openid=").await, first);
    // Somebody of the first page goes and comes between the pages.
    stage.sim.unfollow("ben").await.unwrap();
    let second = json!({ "total": 2, "count": 1, "data": { "openid": ["cleo"] }, "next_openid": "cleo" });
    assert_eq!(stage.fetch(GET, "&next_openid=ben").await, second);
    stage.sim.follow_plain("ben").await.unwrap();
    let last = json!({ "total": 3, "count": 0, "next_openid": "" });
    assert_eq!(stage.fetch(GET, "&next_openid=ben").await, last);
    assert_eq!(errcode(&stage.fetch(GET, "&next_openid=stranger").await), 40003);
}

#[tokio::test]
async fn a_page_has_ten_thousand_followers_unless_set() {
    let stage = Stage::start().await;
    for number in 0..10_001 {
        stage.sim.follow_plain(&format!("p{number}")).await.unwrap();
    }
    let first = stage.fetch(GET, "").await;
    assert_eq!(
        (&first["total"], &first["count"], &first["next_openid"]),
        (&json!(10_001), &json!(10_000), &json!("p9999"))
    );
    assert_eq!(stage.fetch(GET, "&next_openid=p9999").await["data"]["openid"], json!(["p10000"]));
}

#[tokio::test]
async fn user_get_is_granted_500_times_a_day() {
    let stage = Stage::start().await;
    let token = stage.token().await;
    let url = stage.url(&format!("{GET}?access_token={token}"));
    for _ in 0..500 {
        assert_eq!(errcode(&get(&url).await.json()), 0);
    }
    assert_eq!(errcode(&get(&url).await.json()), 45009);
}

#[tokio::test]
async fn no_more_people_than_allowed_may_follow() {
    let stage = Stage::with(Options::default().people_limit(1)).await;
    stage.sim.follow_plain(ANNA).await.unwrap();
    let refused = stage.sim.follow_plain(BEN).await.unwrap_err();
    assert_eq!(refused.to_string(), "no more than 1 people are allowed; raise `people_limit`");
    stage.sim.unfollow(ANNA).await.unwrap();
    stage.sim.follow_plain(ANNA).await.unwrap();
    for bad in [0, 10_001] {
        assert!(matches!(stage.sim.change(|options| options.page_size(bad)), Err(Error::PageSize)));
    }
}

#[tokio::test]
async fn a_remark_is_shorter_than_thirty_bytes() {
    let stage = Stage::start().await;
    stage.sim.follow_plain(ANNA).await.unwrap();
    let path = "/cgi-bin/user/info/updateremark";
    for (body, expected) in [
        (json!({ "openid": ANNA, "remark": "渠".repeat(9) + "ab" }), 0),
        (json!({ "openid": ANNA, "remark": "渠".repeat(10) }), 40092),
        (json!({ "openid": BEN, "remark": "a" }), 40003),
        (json!({ "remark": "a" }), 41009),
    ] {
        assert_eq!(stage.code(path, &body).await, expected, "{body}");
    }
    assert_eq!(info(&stage, ANNA).await["remark"], "渠".repeat(9) + "ab");
}

#[tokio::test]
async fn the_operator_sees_codes_and_followers() {
    let stage = Stage::start().await;
    let ticket = stage.ticket("shop").await;
    stage.create(r#"{"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":7}}}"#).await;
    for person in [ANNA, BEN] {
        stage.sim.scan(person, &ticket).await.unwrap();
    }
    let codes = get(&stage.url("/sim/codes")).await.json();
    assert_eq!((&codes["permanent"], &codes["codes"][0]["scene"]), (&json!(1), &json!("shop")));
    assert_eq!((&codes["codes"][0]["ticket"], &codes["codes"][0]["expires"]), (&json!(ticket), &Value::Null));
    assert_eq!(codes["codes"][1]["expires"], START + 60);
    let later = get(&stage.url("/sim/codes?after=1&limit=5")).await.json();
    assert_eq!(later["codes"].as_array().unwrap().len(), 1);
    let followers = get(&stage.url("/sim/followers?after=1")).await.json();
    assert_eq!((&followers["total"], &followers["followers"][0]["openid"]), (&json!(2), &json!(BEN)));

    assert_eq!(stage.sim.codes()[1].scene, "7");
    let person = stage.sim.person(ANNA).unwrap();
    assert!(person.follows && person.scene == "shop" && person.subscribe_scene == SubscribeScene::QrCode);
    assert_eq!(stage.sim.followers().len(), 2);
    assert_eq!(stage.sim.person("stranger"), None);
}

#[tokio::test]
async fn ways_to_come_have_words_over_http() {
    let stage = Stage::start().await;
    let url = stage.url("/sim/follow");
    let body = json!({ "openid": ANNA, "subscribe_scene": "ADD_SCENE_REPRINT" });
    assert_eq!(post(&url, body.to_string()).await.status, 200);
    assert_eq!(arrival(&stage, ANNA).await[0], "ADD_SCENE_REPRINT");
    let body = json!({ "openid": BEN, "payment": "4200001234" });
    let answer = post(&url, body.to_string()).await.json();
    assert_eq!(answer["push"]["event_key"], "last_trade_no_4200001234");
    let body = json!({ "openid": "cleo", "subscribe_scene": "SEARCH" });
    let answer = post(&url, body.to_string()).await;
    assert!(answer.status == 400 && answer.text().contains("ADD_SCENE_"), "{}", answer.text());
    let ticket = stage.ticket("shop").await;
    let body =
        json!({ "openid": "dora", "ticket": ticket, "hide_from_push": true, "hide_from_user_info": true });
    let answer = post(&stage.url("/sim/scan"), body.to_string()).await.json();
    assert_eq!(answer["push"]["event_key"], "");
    assert_eq!(arrival(&stage, "dora").await[0], "ADD_SCENE_OTHERS");
}
