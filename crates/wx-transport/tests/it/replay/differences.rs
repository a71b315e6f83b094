use super::{get, post, record, reread};
use bytes::Bytes;
use http::Request;
use std::error::Error;
use wx_transport::{Answer, Redaction, ReplayTransport, Transport, TransportErrorKind};

const BODY: &str = r#"{"action":"a","info":{"scene":{"id":1}}}"#;

async fn recorded() -> ReplayTransport {
    let request = || post("/create?access_token=geheim1&x=1", BODY);
    let exchanges = vec![(get("/other"), Answer::json("{}")), (request(), Answer::json("{}"))];
    reread(&record(Redaction::default(), exchanges).await)
}

/// One line for each: what a request that is not the recorded one is told.
#[tokio::test]
async fn a_request_that_differs_is_told_in_what() {
    let mut put = post("/create?access_token=T&x=1", BODY);
    *put.method_mut() = http::Method::PUT;
    let elsewhere =
        Request::post("http://api.test/create?access_token=T&x=1").body(Bytes::from(BODY)).unwrap();
    let mut said = Vec::new();
    for request in [
        put,
        elsewhere,
        post("/create?access_token=T&x=geheim2", BODY),
        post("/create?access_token=T", BODY),
        post("/create?access_token=T&x=1&x=1", BODY),
        post("/create?x=1", BODY),
        post("/create?access_token=T&x=1", BODY.replace('1', "2")),
        post("/create?access_token=T&x=1", BODY.replace("}}}", "},\"more\":1}}")),
        post("/create?access_token=T&x=1", "geheim3"),
        post("/create?access_token=T&x=1", ""),
        get("/nothing?secret=geheim4"),
    ] {
        let error = recorded().await.send(request).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Other);
        said.push(error.source().unwrap().to_string());
    }
    let said = said.join("\n");
    assert!(!said.contains("geheim"), "{said}");
    insta::assert_snapshot!(said, @r"
    PUT /create was not recorded so; the nearest is request 2, POST /create: its method is POST; record it again
    POST /create was not recorded so; the nearest is request 2, POST /create: its host, port or scheme differs; record it again
    POST /create was not recorded so; the nearest is request 2, POST /create: its query parameter x differs; record it again
    POST /create was not recorded so; the nearest is request 2, POST /create: its query parameter x differs; record it again
    POST /create was not recorded so; the nearest is request 2, POST /create: its query parameter access_token differs; record it again
    POST /create was not recorded so; the nearest is request 2, POST /create: its query parameter access_token differs; record it again
    POST /create was not recorded so; the nearest is request 2, POST /create: its body differs at /info/scene/id; record it again
    POST /create was not recorded so; the nearest is request 2, POST /create: its body differs at /info/more; record it again
    POST /create was not recorded so; the nearest is request 2, POST /create: its body differs; record it again
    POST /create was not recorded so; the nearest is request 2, POST /create: its body differs; record it again
    GET /nothing was not recorded so; the nearest is request 1, GET /other: its path differs; record it again
    ");
}

#[tokio::test]
async fn what_does_not_matter_may_differ() {
    for request in [
        post("/create?access_token=other&x=1", BODY),
        post("/create?x=1&access_token=geheim1", BODY),
        post("/create?x=%31&access_token=geheim1", BODY),
        post("/create?access_token=T&x=1", r#"{ "info": {"scene": {"id": 1}}, "action": "a" }"#),
    ] {
        let replay = recorded().await;
        replay.send(request).await.unwrap();
        assert_eq!(replay.unused(), 1);
    }
}

#[tokio::test]
async fn what_was_not_sent_fails_the_check() {
    let replay = recorded().await;
    assert_eq!(format!("{replay:?}"), "ReplayTransport { exchanges: 2, unused: 2 }");
    replay.send(get("/other")).await.unwrap();
    let panic = std::panic::catch_unwind(|| replay.assert_done()).unwrap_err();
    assert_eq!(*panic.downcast::<String>().unwrap(), "recorded and never sent: POST /create");
}

#[tokio::test]
async fn a_used_up_recording_says_so() {
    let replay = recorded().await;
    for _ in 0..2 {
        drop(replay.send(get("/other")).await);
    }
    replay.send(post("/create?access_token=T&x=1", BODY)).await.unwrap();
    let error = replay.send(get("/other?secret=geheim")).await.unwrap_err();
    let text = error.source().unwrap().to_string();
    assert_eq!(text, "the recording has nothing left for GET /other; record it again");
}
