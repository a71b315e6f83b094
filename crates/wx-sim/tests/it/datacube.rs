use crate::stage::{ANNA, BEN, Stage};
use serde_json::{Value, json};
use wx_sim::{Act, SubscribeScene};

const SUMMARY: &str = "/datacube/getusersummary";
const CUMULATE: &str = "/datacube/getusercumulate";
const DAY: i64 = 86_400;

fn dates(begin: &str, end: &str) -> Value {
    json!({ "begin_date": begin, "end_date": end })
}

fn rows(list: &Value, names: [&str; 4]) -> Vec<[Value; 4]> {
    list["list"].as_array().unwrap().iter().map(|row| names.map(|name| row[name].clone())).collect()
}

#[tokio::test]
async fn figures_are_what_happened_on_each_day_in_beijing() {
    let stage = Stage::start().await; // 2026-01-01 09:00 in Beijing
    let ticket = stage.ticket("shop").await;
    stage.sim.scan(ANNA, &ticket).await.unwrap();
    stage.sim.scan(ANNA, &ticket).await.unwrap();
    stage.sim.scan("cleo", &ticket).await.unwrap();
    stage.sim.act(Act::follow(BEN).coming_from(SubscribeScene::Search)).await.unwrap();
    stage.sim.act(Act::follow("dora").coming_from(SubscribeScene::Paid)).await.unwrap();
    stage.pass(15 * 3600 - 1); // 23:59:59
    stage.sim.unfollow(ANNA).await.unwrap();
    stage.pass(1);
    stage.sim.unfollow(BEN).await.unwrap();
    stage.pass(2 * DAY + 8 * 3600); // the third, 08:00
    let summary = stage.call(SUMMARY, &dates("2026-01-01", "2026-01-02")).await;
    assert_eq!(
        rows(&summary, ["ref_date", "user_source", "new_user", "cancel_user"]),
        [
            [json!("2026-01-01"), json!(0), json!(1), json!(1)],
            [json!("2026-01-01"), json!(1), json!(1), json!(0)],
            [json!("2026-01-01"), json!(30), json!(2), json!(0)],
            [json!("2026-01-02"), json!(0), json!(0), json!(1)],
        ]
    );
    let cumulate = stage.call(CUMULATE, &dates("2025-12-31", "2026-01-03")).await;
    assert_eq!(
        cumulate,
        json!({ "list": [
            { "ref_date": "2025-12-31", "user_source": 0, "cumulate_user": 0 },
            { "ref_date": "2026-01-01", "user_source": 0, "cumulate_user": 3 },
            { "ref_date": "2026-01-02", "user_source": 0, "cumulate_user": 2 },
            { "ref_date": "2026-01-03", "user_source": 0, "cumulate_user": 2 },
        ] })
    );
}

#[tokio::test]
async fn a_day_is_ready_at_eight_on_the_next() {
    let stage = Stage::start().await;
    for (seconds, expected) in [(0, 61503), (23 * 3600 - 1, 61503), (1, 0)] {
        stage.pass(seconds);
        assert_eq!(stage.code(SUMMARY, &dates("2026-01-01", "2026-01-01")).await, expected);
    }
}

#[tokio::test]
async fn dates_have_rules() {
    let stage = Stage::start().await;
    for (begin, end, expected) in [
        ("2025-12-25", "2025-12-31", 0),
        ("2025-12-24", "2025-12-31", 61501),
        ("2025-12-31", "2025-12-30", 61501),
        ("2014-12-01", "2014-12-01", 0),
        ("2014-11-30", "2014-12-01", 61501),
        ("2026-01-01", "2026-01-02", 61501),
        ("2026-1-1", "2026-01-01", 61500),
        ("2025-12-31", "2025-12-32", 61500),
        ("20251231", "2025-12-31", 61500),
    ] {
        for path in [SUMMARY, CUMULATE] {
            assert_eq!(stage.code(path, &dates(begin, end)).await, expected, "{begin} to {end}");
        }
    }
    assert_eq!(stage.code(SUMMARY, &json!({})).await, 61500);
}
