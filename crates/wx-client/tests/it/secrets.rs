//! No secret gets out, whatever the other side does with it.

use crate::account::CALL;
use http::StatusCode;
use std::{
    error::Error as _,
    fmt::Write as _,
    io,
    sync::{Arc, Mutex},
};
use wx_client::{Client, Error};
use wx_model::CreateResponse;
use wx_transport::{Answer, MockTransport, TransportErrorKind};

const SECRET: &str = "canary5ec12e7canary5ec12e7canary";
const TOKEN: &str = "76_canary-T0ken_canary+T0ken/canary";
const TOKEN_ENCODED: &str = "76_canary-T0ken_canary%2BT0ken%2Fcanary";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What the other side may say: everything it was told, in every place.
fn hostile_answers(told: &str) -> Vec<Answer> {
    let address = format!("/cgi-bin/some/call?access_token={TOKEN_ENCODED}&secret={SECRET}");
    let bodies = [
        format!(r#"{{"errcode":40013,"errmsg":"bad {told}"}}"#),
        format!(r#"{{"errcode":"{told}","errmsg":"{SECRET}"}}"#),
        format!(r#"{{"errmsg":{{"{told}":"{told}"}}}}"#),
        format!(r#"{{"ticket":{{"{told}":1}}}}"#),
        format!(r#"{{"ticket":["{SECRET}"]}}"#),
        format!(r#"{{"access_token":["{TOKEN}"],"expires_in":"{TOKEN}"}}"#),
        format!(r#"{{"access_token":"{TOKEN}","expires_in":"{TOKEN}"}}"#),
        format!(r#"{{"access_token":"{TOKEN}"}}"#),
        format!("<html>404 {address}</html>"),
        format!("<html>{told}</html>"),
        format!("{}{told}", "x".repeat(190)),
        format!("{}{told}", "x".repeat(199)),
        told.to_owned(),
        format!("\"{SECRET}\""),
    ];
    let mut answers: Vec<_> = [
        TransportErrorKind::Connect,
        TransportErrorKind::Timeout,
        TransportErrorKind::Body,
        TransportErrorKind::TooLarge,
        TransportErrorKind::Request,
        TransportErrorKind::Other,
    ]
    .map(Answer::from)
    .into();
    for status in [StatusCode::OK, StatusCode::FOUND, StatusCode::FORBIDDEN, StatusCode::BAD_GATEWAY] {
        answers.extend(bodies.iter().map(|body| Answer::status(status).body(body.clone())));
    }
    answers
}

fn client(platform: &MockTransport) -> Client {
    Client::builder("wx7a3f00c1d2e3b4a5", SECRET)
        .api_base("http://platform.test")
        .transport(platform.clone())
        .build()
        .unwrap()
}

fn everything(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?} {:?}", error.errmsg());
    let mut source = error.source();
    while let Some(cause) = source {
        write!(text, " {cause} {cause:?}").unwrap();
        source = cause.source();
    }
    text
}

/// Each answer once to the call, once to the request for a token, once to that for a file.
async fn provoke() -> Vec<Error> {
    let mut errors = Vec::new();
    for answer in hostile_answers(&format!("{TOKEN} {SECRET} {TOKEN_ENCODED}")) {
        let platform = MockTransport::new();
        platform.answer(Answer::json(format!(r#"{{"access_token":"{TOKEN}","expires_in":7200}}"#)));
        platform.answer(answer);
        errors.extend(client(&platform).post_json::<CreateResponse>(CALL, &()).await.err());
        assert!(platform.requests()[0].text().contains(SECRET));
        assert!(platform.requests()[1].query().contains(TOKEN_ENCODED));
    }
    // Here it knows no token yet.
    let other_shape = Answer::json(format!(r#"{{"token":"{TOKEN}"}}"#));
    for answer in hostile_answers(SECRET).into_iter().chain([other_shape]) {
        let platform = MockTransport::new();
        platform.answer(answer);
        errors.extend(client(&platform).access_token().await.err());
    }
    for answer in hostile_answers(SECRET) {
        let platform = MockTransport::new();
        platform.answer(answer);
        errors.extend(client(&platform).get_image("/cgi-bin/showqrcode", &[]).await.err());
    }
    errors
}

#[tokio::test]
async fn no_error_and_no_log_line_holds_a_secret() {
    let log = Log::default();
    let writer = log.clone();
    // For the whole process: a subscriber of one thread may miss events while others run tests without one.
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    let errors = provoke().await;

    assert!(errors.len() > 160, "{}", errors.len());
    let said: String = errors.iter().map(everything).collect();
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        logged.contains("wx_call") && logged.contains(CALL) && logged.contains("no new access_token"),
        "{logged}"
    );
    for text in [said, logged] {
        for part in ["canary", "T0ken", "access_token=", "secret="] {
            let at = text
                .find(part)
                .map(|at| text[at.saturating_sub(100)..].chars().take(200).collect::<String>());
            assert_eq!(at, None, "{part} got out");
        }
    }
}
