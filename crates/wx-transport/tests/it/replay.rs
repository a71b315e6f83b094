//! Recordings: what is written, what is played, what is refused.

mod canaries;
mod differences;
mod files;

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use proptest::prelude::*;
use wx_transport::{
    Answer, MockTransport, Recording, RecordingTransport, Redaction, ReplayTransport, Transport,
    TransportErrorKind,
};

fn get(target: &str) -> Request<Bytes> {
    Request::get(format!("https://api.test{target}")).body(Bytes::new()).unwrap()
}

fn post(target: &str, body: impl Into<Bytes>) -> Request<Bytes> {
    Request::post(format!("https://api.test{target}")).body(body.into()).unwrap()
}

/// Records these requests with these answers.
async fn record(redaction: Redaction, exchanges: Vec<(Request<Bytes>, Answer)>) -> Recording {
    let mock = MockTransport::new();
    let recorder = RecordingTransport::new(mock.clone()).redaction(redaction);
    for (request, answer) in exchanges {
        mock.answer(answer);
        drop(recorder.send(request).await);
    }
    recorder.recording().unwrap()
}

/// As a file would give it back.
fn reread(recording: &Recording) -> ReplayTransport {
    ReplayTransport::new(Recording::from_text(&recording.to_text().unwrap()).unwrap())
}

async fn body(transport: &dyn Transport, request: Request<Bytes>) -> Bytes {
    transport.send(request).await.unwrap().into_body()
}

#[tokio::test]
async fn answers_come_back_as_they_were() {
    let mut raw = Response::new(Bytes::from_static(b"\xFF\xD8\xFF\xE0 JFIF"));
    *raw.status_mut() = StatusCode::IM_A_TEAPOT;
    raw.headers_mut().append("x-two", HeaderValue::from_static("1"));
    raw.headers_mut().append("x-two", HeaderValue::from_static("2"));
    let exact = "{\"b\" : 1,\n\"a\":[1.50, 1e3, \"\\u5e97\"], \"a\":12345678901234567890}";
    let recording = record(
        Redaction::default(),
        vec![
            (get("/json"), Answer::json(exact)),
            (get("/text"), Answer::bytes("text/html", " <html>场</html>\r\n")),
            (get("/blanks"), Answer::json(" {} ")),
            (get("/picture"), Answer::from(raw)),
            (get("/empty"), Answer::from(StatusCode::NO_CONTENT)),
            (get("/timeout"), Answer::from(TransportErrorKind::Timeout)),
        ],
    )
    .await;
    let replay = reread(&recording);
    assert_eq!(body(&replay, get("/json")).await, exact);
    assert_eq!(body(&replay, get("/text")).await, " <html>场</html>\r\n");
    assert_eq!(body(&replay, get("/blanks")).await, " {} ");
    let picture = replay.send(get("/picture")).await.unwrap();
    assert_eq!(
        (picture.status(), picture.body().as_ref()),
        (StatusCode::IM_A_TEAPOT, &b"\xFF\xD8\xFF\xE0 JFIF"[..])
    );
    assert_eq!(picture.headers().get_all("x-two").iter().collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(replay.send(get("/empty")).await.unwrap().status(), StatusCode::NO_CONTENT);
    let error = replay.send(get("/timeout")).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    replay.assert_done();
}

#[tokio::test]
async fn the_answers_to_one_request_come_in_their_order() {
    let again = || {
        vec![(get("/a"), Answer::json("1")), (get("/b"), Answer::json("2")), (get("/a"), Answer::json("3"))]
    };
    let replay = reread(&record(Redaction::default(), again()).await);
    assert_eq!(replay.unused(), 3);
    for (target, expected) in [("/a", "1"), ("/a", "3"), ("/b", "2")] {
        assert_eq!(body(&replay, get(target)).await, expected);
    }
    assert_eq!(replay.clone().unused(), 0);
    assert!(replay.send(get("/a")).await.is_err());
}

#[tokio::test]
async fn a_whole_conversation_is_played_with_other_credentials() {
    let mock = MockTransport::new();
    let recorder = RecordingTransport::new(mock.clone());
    mock.answer(Answer::json(r#"{"access_token":"76_real/token","expires_in":7200}"#));
    mock.answer_with(|request| {
        assert_eq!(request.query_value("access_token").unwrap(), "76_real/token");
        Answer::json(r#"{"ticket":"gQH_real_ticket==","expire_seconds":60}"#)
    });
    mock.answer_with(|request| {
        assert_eq!(request.query_value("ticket").unwrap(), "gQH_real_ticket==");
        Answer::bytes("image/jpeg", "picture")
    });
    assert_eq!(converse(&recorder, "real-secret").await, "picture");
    let replay = reread(&recorder.recording().unwrap());
    assert_eq!(converse(&replay, "any-other-secret").await, "picture");
    replay.assert_done();
}

/// Each call takes what the one before has brought.
async fn converse(transport: &dyn Transport, secret: &str) -> Bytes {
    let field = |body: Bytes, name: &str| {
        let json: serde_json::Value = serde_json::from_slice(&body).unwrap();
        form_encoded(json[name].as_str().unwrap())
    };
    let token = body(transport, post("/token", format!(r#"{{"secret":"{secret}"}}"#))).await;
    let create = format!("/create?access_token={}", field(token, "access_token"));
    let code = body(transport, post(&create, r#"{"scene":"a"}"#)).await;
    body(transport, get(&format!("/show?ticket={}", field(code, "ticket")))).await
}

fn form_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}

#[tokio::test]
async fn requests_are_recorded_in_the_order_in_which_they_were_sent() {
    let mock = MockTransport::new();
    let recorder = RecordingTransport::new(mock.clone());
    mock.answer(Answer::never());
    mock.answer(Answer::json("{}"));
    mock.answer(Answer::json("{}"));
    let given_up = recorder.clone();
    let task = tokio::spawn(async move { given_up.send(get("/given-up")).await });
    tokio::task::yield_now().await;
    recorder.send(get("/first")).await.unwrap();
    recorder.clone().send(get("/second")).await.unwrap();
    task.abort();
    let recording = recorder.recording().unwrap();
    assert_eq!((recording.len(), recording.is_empty()), (2, false));
    let text = recording.to_text().unwrap();
    assert!(text.find("/first").unwrap() < text.find("/second").unwrap() && !text.contains("/given-up"));
}

#[tokio::test]
async fn what_is_compressed_is_not_recorded() {
    for name in ["gzip", "br"] {
        let mock = MockTransport::new();
        mock.answer(Answer::json("{}"));
        mock.answer(Answer::json("??").header(header::CONTENT_ENCODING, HeaderValue::from_static(name)));
        let recorder = RecordingTransport::new(mock);
        recorder.send(get("/a")).await.unwrap();
        recorder.send(get("/b")).await.unwrap();
        let error = recorder.recording().unwrap_err().to_string();
        assert!(error.starts_with("the answer to request 2 is compressed"), "{error}");
    }
}

proptest! {
    #[test]
    fn bytes_without_credentials_come_back_as_they_were(
        body in prop_oneof![any::<Vec<u8>>(), any::<String>().prop_map(String::into_bytes)],
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let played = runtime.block_on(async {
            let answer = Answer::bytes("text/plain", body.clone());
            let recording = record(Redaction::default(), vec![(post("/", body.clone()), answer)]).await;
            self::body(&reread(&recording), post("/", body.clone())).await
        });
        prop_assert_eq!(played, body);
    }
}
