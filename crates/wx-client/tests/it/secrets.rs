//! No secret gets out, whatever the other side does with it.

use crate::account::CALL;
use base64::{Engine, engine::general_purpose::STANDARD};
use http::StatusCode;
use std::{
    error::Error as _,
    fmt::Write as _,
    io,
    sync::{Arc, Mutex},
};
use wx_client::{
    AccessTokenSource, CallReport, CentralToken, Client, ClientBuilder, ComponentStore, Error,
    MemoryComponentStore, Observer, RetryPolicy,
};
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
    let mut answers: Vec<_> = TransportErrorKind::ALL.iter().copied().map(Answer::from).collect();
    for status in [StatusCode::OK, StatusCode::FOUND, StatusCode::FORBIDDEN, StatusCode::BAD_GATEWAY] {
        answers.extend(bodies.iter().map(|body| Answer::status(status).body(body.clone())));
    }
    answers
}

fn builder(platform: &MockTransport) -> ClientBuilder {
    Client::builder("wx7a3f00c1d2e3b4a5", SECRET)
        .api_base("http://platform.test")
        .transport(platform.clone())
        .pause(|_| std::future::ready(()))
}

fn client(platform: &MockTransport) -> Client {
    builder(platform).retry(RetryPolicy::none()).build().unwrap()
}

fn everything(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?} {:?} {}", error.errmsg(), error.in_chinese());
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
    for answer in hostile_answers(SECRET) {
        let service = MockTransport::new();
        service.answer(answer);
        let source = CentralToken::new("wx7a3f00c1d2e3b4a5", "http://tokens.test".parse().unwrap(), service);
        errors.extend(source.bearer(SECRET).token(Some(&TOKEN.into())).await.err());
    }
    errors.extend(provoke_component().await);
    errors
}

/// Each answer to each call of a third-party platform, all secrets of which are canaries.
async fn provoke_component() -> Vec<Error> {
    let mut errors = Vec::new();
    let own = || Answer::json(format!(r#"{{"component_access_token":"{TOKEN}","expires_in":7200}}"#));
    let told = [TICKET, CODE, "", REFRESH].map(|sent| format!("{TOKEN} {SECRET} {TOKEN_ENCODED} {sent}"));
    for (call, told) in told.iter().enumerate() {
        // The first one fetches the token and knows none.
        let told = if call == 0 { format!("{SECRET} {TICKET}") } else { told.clone() };
        for answer in hostile_answers(&told) {
            let platform = MockTransport::new();
            let builder = Client::builder("wx9cExampleComp0001", SECRET)
                .api_base("http://platform.test")
                .transport(platform.clone());
            let store = MemoryComponentStore::new();
            let component = builder.component(store.clone()).unwrap();
            component.put_verify_ticket(&TICKET.into(), 1).await.unwrap();
            let (platform_id, account) = (component.app_id().clone(), "wx7a3f00c1d2e3b4a5".into());
            store.put_refresh_token(&platform_id, &account, &REFRESH.into(), None).await.unwrap();
            if call > 0 {
                platform.answer(own());
            }
            platform.answer(answer);
            errors.extend(match call {
                0 => component.access_token().await.err(),
                1 => component.redeem(&CODE.into()).await.err(),
                2 => component.pre_auth_code().await.err(),
                _ => component.authorizer(account).token(None).await.err(),
            });
        }
    }
    errors
}

/// What it is told, it prints.
#[derive(Debug)]
struct Chatter;

impl Observer for Chatter {
    fn call_finished(&self, report: &CallReport<'_>) {
        tracing::trace!(?report, "observed");
    }
}

/// Each answer again and again, to calls that are repeated, and to the one that carries the secret.
async fn provoke_repeats() -> Vec<Error> {
    let told = format!("{TOKEN} {SECRET} {TOKEN_ENCODED}");
    let mut errors = Vec::new();
    for number in 0..hostile_answers(&told).len() {
        let (platform, told) = (MockTransport::new(), told.clone());
        platform.otherwise(move |request| match request.path() {
            "/cgi-bin/stable_token" => {
                Answer::json(format!(r#"{{"access_token":"{TOKEN}","expires_in":7200}}"#))
            }
            "/cgi-bin/clear_quota/v2" => hostile_answers(SECRET).swap_remove(number),
            _ => hostile_answers(&told).swap_remove(number),
        });
        let client = builder(&platform).observer(Chatter).build().unwrap();
        errors.extend(client.get_json::<CreateResponse>(CALL, &[]).await.err());
        errors.extend(client.users().info("anna").await.err());
        errors.extend(client.quotas().clear_all_by_secret().await.err());
        assert!(
            platform
                .requests()
                .last()
                .is_some_and(|sent| sent.text().contains(SECRET) || sent.query().contains(SECRET))
        );
    }
    errors
}

/// How a secret may be written, in part or whole.
fn forms(secret: &str) -> Vec<String> {
    let mut hex = String::new();
    secret.bytes().for_each(|byte| write!(hex, "{byte:02x}").unwrap());
    let in_base64 = (0..3).map(|offset| {
        let text = STANDARD.encode([&b"..."[..offset], secret.as_bytes()].concat());
        // Without what depends on its neighbours.
        text[4..text.len() - 4].to_owned()
    });
    [hex.to_uppercase(), hex].into_iter().chain(in_base64).collect()
}

const REFRESH: &str = "refreshtoken@@@canary";
const TICKET: &str = "ticket@@@canary";
const CODE: &str = "queryauthcode@@@canary";

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
    let mut errors = provoke().await;
    errors.extend(provoke_repeats().await);

    assert!(errors.len() > 600, "{}", errors.len());
    let said: String = errors.iter().map(everything).collect();
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(
        logged.contains("wx_call") && logged.contains(CALL) && logged.contains("no new access_token"),
        "{logged}"
    );
    assert!(logged.contains("will be repeated") && logged.contains("observed"));
    let written = [SECRET, TOKEN].into_iter().flat_map(forms);
    let parts: Vec<_> = ["canary", "T0ken", "access_token=", "secret="]
        .map(str::to_owned)
        .into_iter()
        .chain(written)
        .collect();
    for text in [said, logged] {
        for part in &parts {
            let at = text
                .find(part.as_str())
                .map(|at| text[at.saturating_sub(100)..].chars().take(200).collect::<String>());
            assert_eq!(at, None, "{part} got out");
        }
    }
}
