//! One service that fetches the token for all: both sides of it.

use crate::account::{APP_ID, Account, CALL, OK, REFUSED, SetClock, token};
use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use wx_client::{CentralToken, Client, ErrorKind, TokenService};
use wx_transport::{Answer, MockTransport, Transport, TransportError};

const KEY: &str = "key of the other programs";

/// Brings requests straight to the service.
#[derive(Debug, Clone)]
struct Line(TokenService);

#[async_trait]
impl Transport for Line {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        Ok(self.0.answer(&request).await)
    }
}

/// A program that takes its token from this transport.
fn program(
    service: impl Transport + 'static,
    platform: &MockTransport,
    clock: &SetClock,
    key: &str,
) -> Client {
    let url = "http://tokens.test/wechat".parse().unwrap();
    let source = CentralToken::new(APP_ID, url, service).bearer(key);
    let builder = clock.set(Client::with_token_source(APP_ID, source)).api_base("http://platform.test");
    builder.transport(platform.clone()).build().unwrap()
}

async fn call(client: &Client) -> Result<serde_json::Value, wx_client::Error> {
    client.get_json(CALL, &[]).await
}

#[tokio::test]
async fn programs_share_the_token_of_the_service() {
    let centre = Account::new();
    let line = Line(TokenService::new(centre.client.clone(), KEY));
    let programs = [(); 3].map(|()| program(line.clone(), &centre.platform, &centre.clock, KEY));
    centre.answers(&[&token("T1", 7200), OK, OK, OK]);
    for program in &programs {
        call(program).await.unwrap();
    }
    centre.pass(200);
    let grant = programs[0].access_token_grant().await.unwrap();
    assert_eq!(grant.expires_in.as_secs(), 7000);
    assert_eq!(centre.sent(), ["ask", "call T1", "call T1", "call T1"]);
}

#[tokio::test]
async fn a_refused_token_is_replaced_at_the_service_once() {
    let centre = Account::new();
    let line = Line(TokenService::new(centre.client.clone(), KEY));
    let programs = [(); 3].map(|()| program(line.clone(), &centre.platform, &centre.clock, KEY));
    centre.answers(&[&token("T1", 7200), OK, OK, OK]);
    for program in &programs {
        call(program).await.unwrap();
    }
    centre.answers(&[REFUSED, &token("T2", 7200), OK, REFUSED, OK, REFUSED, OK]);
    for program in &programs {
        call(program).await.unwrap();
    }
    assert_eq!(centre.sent().iter().filter(|sent| *sent == "ask").count(), 2);
    centre.platform.assert_done();
}

#[tokio::test]
async fn the_error_of_the_platform_is_passed_on() {
    let centre = Account::new();
    let line = Line(TokenService::new(centre.client.clone(), KEY));
    let program = program(line, &centre.platform, &centre.clock, KEY);
    centre.answers(&[r#"{"errcode":40164,"errmsg":"invalid ip 203.0.113.9, not in whitelist"}"#]);
    let error = call(&program).await.unwrap_err();
    assert_eq!(error.errcode().map(wx_model::ErrCode::get), Some(40164));
    assert!(call(&program).await.is_err());
    centre.platform.assert_done();
}

#[tokio::test]
async fn a_program_without_the_key_gets_nothing() {
    let centre = Account::new();
    let line = Line(TokenService::new(centre.client.clone(), KEY));
    let program = program(line, &centre.platform, &centre.clock, "another key, a wrong one");
    let error = call(&program).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status(401));
    assert!(!error.is_retryable());
    insta::assert_snapshot!(error, @"no access_token: the token service answered with status 401: this is not how the platform answers, check the base address and gateways on the way; it is not shown here because it may hold a token");
    assert!(centre.platform.requests().is_empty());
}

#[tokio::test]
async fn the_service_refuses_what_is_not_for_it() {
    let centre = Account::new();
    let service = TokenService::new(centre.client.clone(), KEY);
    let ask = |method: &str, uri: &str, key: Option<&str>| {
        let mut request = Request::builder().method(method).uri(uri);
        if let Some(key) = key {
            request = request.header("authorization", key);
        }
        request.body(()).unwrap()
    };
    let good = format!("Bearer {KEY}");
    let longer = format!("Bearer {KEY}!");
    for (status, request) in [
        (405, ask("POST", "/", Some(&good))),
        (401, ask("GET", "/", None)),
        (401, ask("GET", "/", Some(""))),
        (401, ask("GET", "/", Some("Bearer "))),
        (401, ask("GET", "/", Some(KEY))),
        (401, ask("GET", "/", Some(&longer))),
        (404, ask("GET", "/?appid=wx0000000000000000", Some(&good))),
    ] {
        let answer = service.answer(&request).await;
        assert_eq!(answer.status().as_u16(), status, "{request:?}");
        assert!(!String::from_utf8_lossy(answer.body()).contains(KEY));
    }
    assert!(centre.platform.requests().is_empty());
    let nobody = TokenService::new(centre.client.clone(), "");
    let answer = nobody.answer(&ask("GET", "/", Some("Bearer "))).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "a service without a key serves nobody");
}

#[tokio::test]
async fn the_request_is_as_documented() {
    let (service, platform, clock) = (MockTransport::new(), MockTransport::new(), SetClock::default());
    let program = program(service.clone(), &platform, &clock, KEY);
    service.answer(Answer::json(token("T1", 7200)));
    platform.answer(Answer::json(REFUSED));
    // One that does not know about refusals.
    service.answer(Answer::json(token("T1", 7100)));
    assert!(call(&program).await.unwrap_err().is_token_rejected());
    let sent = service.requests();
    assert_eq!(sent[0].line(), "GET /wechat?appid=wx7a3f00c1d2e3b4a5");
    assert_eq!(
        sent[1].line(),
        "GET /wechat?appid=wx7a3f00c1d2e3b4a5&refused=1f93603db53bfad5c92390f735d0cbb8617b4ab8214ae91c5664a3d1e9b009c8"
    );
}

#[test]
fn no_key_is_printed() {
    let centre = Account::new();
    let service = TokenService::new(centre.client.clone(), KEY);
    let url = "http://tokens.test/wechat".parse().unwrap();
    let source = CentralToken::new(APP_ID, url, MockTransport::new()).bearer(KEY);
    assert!(!format!("{service:?} {source:?}").contains("key of"));
}
