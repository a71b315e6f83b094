use crate::{
    http_client::{get, post, send},
    receiver::Receiver,
    stage::{ANNA, BEN, Stage},
};
use http::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use wx_sim::Mode;

async fn say(stage: &Stage, route: &str, body: &Value) -> (u16, Value) {
    let answer = post(&stage.url(route), body.to_string()).await;
    (answer.status, answer.json())
}

#[tokio::test]
async fn people_act_over_http() {
    let (stage, receiver) = (Stage::start().await, Receiver::that_says("success").await);
    let request = json!({ "url": receiver.url(), "mode": "safe" });
    let (status, configured) = say(&stage, "/sim/callback", &request).await;
    assert_eq!((status, configured), (200, request));

    let ticket = stage.ticket("shop-042").await;
    let scan = json!({ "openid": ANNA, "ticket": ticket, "lose_answers": 2 });
    let (status, followed) = say(&stage, "/sim/scan", &scan).await;
    assert_eq!((status, &followed["succeeded"]), (200, &json!(true)));
    assert_eq!(followed["push"]["kind"], "subscribe");
    assert_eq!(followed["push"]["event_key"], "qrscene_shop-042");
    let verdicts: Vec<_> =
        followed["attempts"].as_array().unwrap().iter().map(|one| &one["verdict"]).collect();
    assert_eq!(verdicts, ["answer lost", "answer lost", "acknowledged"]);
    let expected = json!({ "status": 200, "body": "success", "reply": null });
    assert_eq!(followed["attempts"][0]["answer"], expected);

    let scan = json!({ "openid": ANNA, "ticket": ticket });
    assert_eq!(say(&stage, "/sim/scan", &scan).await.1["push"]["kind"], "SCAN");
    let ben = json!({ "openid": BEN });
    assert_eq!(say(&stage, "/sim/follow", &ben).await.1["push"]["event_key"], "");
    let words = json!({ "openid": BEN, "text": "你好" });
    assert_eq!(say(&stage, "/sim/say", &words).await.1["push"]["kind"], "text");
    assert_eq!(say(&stage, "/sim/unfollow", &ben).await.1["push"]["kind"], "unsubscribe");
    let again = say(&stage, "/sim/redeliver", &json!({ "push": 1 })).await.1;
    assert_eq!(again["push"], followed["push"]);
    assert_eq!(receiver.received().len(), 8);
}

#[tokio::test]
async fn the_callback_keeps_what_is_left_out() {
    let (stage, receiver) = (Stage::start().await, Receiver::that_says("success").await);
    stage.sim.configure(receiver.callback(Mode::Safe).token("Second2")).unwrap();
    let (_, same) = say(&stage, "/sim/callback", &json!({})).await;
    assert_eq!(same, json!({ "url": receiver.url(), "mode": "safe" }));
    let (_, plain) = say(&stage, "/sim/callback", &json!({ "mode": "plain" })).await;
    assert_eq!(plain, json!({ "url": receiver.url(), "mode": "plain" }));
    let (status, check) = say(&stage, "/sim/verify", &json!({})).await;
    assert_eq!((status, &check["passed"], &check["answer"]["body"]), (200, &json!(false), &json!("success")));
    let query = &receiver.received()[0].query;
    assert!(wx_crypto::verify(&query["signature"], ["Second2", &query["timestamp"], &query["nonce"]]));
}

#[tokio::test]
async fn mistakes_get_a_status_and_a_sentence() {
    let stage = Stage::start().await;
    let anna = json!({ "openid": ANNA });
    for (route, body, status, sentence) in [
        (
            "/sim/unfollow",
            anna.clone(),
            409,
            "this person does not follow the account; use follow or scan first",
        ),
        ("/sim/verify", json!({}), 409, "no callback address is configured; set one first"),
        (
            "/sim/scan",
            json!({ "openid": ANNA, "ticket": "x" }),
            404,
            "no code has this ticket; create one with /cgi-bin/qrcode/create and give its ticket unencoded",
        ),
        (
            "/sim/redeliver",
            json!({ "push": 7 }),
            404,
            "no push of this number is remembered; the numbers stand in the answers and in the transcript",
        ),
        ("/sim/follow", json!({ "openid": "" }), 400, "an openid has 1 to 64 letters, digits, `-` or `_`"),
        (
            "/sim/callback",
            json!({ "mode": "raw" }),
            400,
            "the mode is one of `plain`, `compatible` and `safe`",
        ),
        ("/sim/dance", anna.clone(), 404, "there is no such control route; GET / lists them"),
        ("/sim/transcript", anna.clone(), 405, "this route takes another method; GET / lists them"),
    ] {
        assert_eq!(say(&stage, route, &body).await, (status, json!({ "error": sentence })), "{route}");
    }
    for body in ["", "{", "[]", "{}", r#"{"openid":7}"#, r#"{"openid":"a","ticket":"b"}"#] {
        let answer = post(&stage.url("/sim/follow"), body).await;
        let error = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(error.starts_with("the body is not the JSON this route takes: "), "{body}: {error}");
        assert_eq!(answer.status, 400);
    }
    assert_eq!(post(&stage.url("/sim/follow"), vec![b' '; 20_000]).await.status, 413);
}

#[tokio::test]
async fn the_transcript_is_json() {
    let stage = Stage::start().await;
    stage.token().await;
    let transcript = get(&stage.url("/sim/transcript")).await.json();
    assert_eq!(
        transcript,
        json!([{
            "number": 1,
            "time": 1_767_229_200,
            "line": "1 call GET /cgi-bin/token?grant_type=client_credential&appid=wx7a3f00c1d2e3b4a5\
                     &secret=[redacted]: 200 errcode 0, <classic 1> for 7200 s",
            "call": {
                "method": "GET", "path": "/cgi-bin/token", "status": 200, "errcode": 0,
                "query": "grant_type=client_credential&appid=wx7a3f00c1d2e3b4a5&secret=[redacted]",
                "body": "", "note": "<classic 1> for 7200 s", "fault": null,
                "answer": r#"{"access_token":"<classic 1>","expires_in":7200}"#,
            },
        }])
    );
}

#[tokio::test]
async fn the_index_names_every_address() {
    let stage = Stage::start().await;
    let index = get(&stage.url("/")).await;
    assert_eq!((index.status, index.header("content-type")), (200, "text/plain; charset=utf-8"));
    let addresses =
        index.text().lines().filter_map(|line| line.split_whitespace().find(|word| word.starts_with('/')));
    let paths: BTreeSet<_> = addresses.map(|address| address.split('?').next().unwrap()).collect();
    assert_eq!(paths.len(), 61, "{paths:?}");
    for path in paths {
        let answer = send(Method::PATCH, &stage.url(path), "").await;
        let expected = if path.starts_with("/sim/") || path == "/cgi-bin/showqrcode" { 405 } else { 200 };
        assert!(answer.status == expected && !answer.text().contains("40066"), "{path}: {}", answer.text());
    }
}
