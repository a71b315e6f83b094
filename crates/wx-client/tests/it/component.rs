//! A third-party platform and the accounts it acts for (protocol §1.7).

use crate::account::{CALL, OK, SECRET, SetClock};
use async_trait::async_trait;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use wx_client::{
    Client, Component, ComponentStore, ErrorKind, FixedToken, MemoryComponentStore, TokenStoreError,
};
use wx_model::{AppId, AuthorizerRefreshToken, FieldsBuilder, Push, VerifyTicket};
use wx_transport::{Answer, MockTransport, SentRequest};

const COMPONENT: &str = "wx9cExampleComp0001";
const ACCOUNT: &str = "wx7a3f00c1d2e3b4a5";

/// A third-party platform with a ticket and one account, whose refresh token is `r1`.
struct World {
    platform: MockTransport,
    clock: SetClock,
    store: Shelf,
    component: Component,
}

impl World {
    async fn new() -> Self {
        let world = Self::empty();
        world.component.put_verify_ticket(&"ticket".into(), 1).await.unwrap();
        let (component, account) = (AppId::new(COMPONENT), AppId::new(ACCOUNT));
        world.store.put_refresh_token(&component, &account, &"r1".into(), None).await.unwrap();
        world
    }

    fn empty() -> Self {
        let (platform, clock, store) = (MockTransport::new(), SetClock::default(), Shelf::default());
        let builder = clock.set(Client::builder(COMPONENT, SECRET)).api_base("http://platform.test");
        let component = builder.transport(platform.clone()).component(store.clone()).unwrap();
        Self { platform, clock, store, component }
    }

    fn client(&self) -> Client {
        let builder = self.clock.set(Client::with_token_source(ACCOUNT, self.component.authorizer(ACCOUNT)));
        builder.api_base("http://platform.test").transport(self.platform.clone()).build().unwrap()
    }

    fn answers(&self, bodies: &[&str]) {
        for body in bodies {
            self.platform.answer(Answer::json((*body).to_owned()));
        }
    }

    /// The last part of each path, the tokens in its query, and the tokens in its body.
    fn sent(&self) -> Vec<String> {
        self.platform.requests().iter().map(short).collect()
    }

    async fn refresh_token(&self) -> Option<AuthorizerRefreshToken> {
        self.store.refresh_token(&COMPONENT.into(), &ACCOUNT.into()).await.unwrap()
    }
}

fn short(request: &SentRequest) -> String {
    let body: serde_json::Value = serde_json::from_str(&request.text()).unwrap_or_default();
    let of_body = ["component_verify_ticket", "authorization_code", "authorizer_refresh_token"];
    let secret = of_body.iter().find_map(|name| body[*name].as_str()).unwrap_or_default();
    let path = request.path().rsplit('/').next().unwrap().to_owned();
    format!("{path} {} {secret}", request.query()).trim_end().to_owned()
}

fn own(name: &str) -> String {
    format!(r#"{{"component_access_token":"{name}","expires_in":7200}}"#)
}

fn pair(access: &str, refresh: &str) -> String {
    format!(
        r#"{{"authorizer_access_token":"{access}","expires_in":7200,"authorizer_refresh_token":"{refresh}"}}"#
    )
}

fn redeemed(access: &str, life: &str) -> String {
    format!(
        r#"{{"authorization_info":{{"authorizer_appid":"{ACCOUNT}","authorizer_access_token":{access},"expires_in":{life},"authorizer_refresh_token":"r1"}}}}"#
    )
}

/// A store that can be made to fail when a refresh token is written.
#[derive(Debug, Clone, Default)]
struct Shelf(MemoryComponentStore, Arc<AtomicBool>);

#[async_trait]
impl ComponentStore for Shelf {
    async fn verify_ticket(&self, component: &AppId) -> Result<Option<VerifyTicket>, TokenStoreError> {
        self.0.verify_ticket(component).await
    }

    async fn put_verify_ticket(
        &self,
        component: &AppId,
        ticket: &VerifyTicket,
        created: i64,
    ) -> Result<(), TokenStoreError> {
        self.0.put_verify_ticket(component, ticket, created).await
    }

    async fn refresh_token(
        &self,
        component: &AppId,
        account: &AppId,
    ) -> Result<Option<AuthorizerRefreshToken>, TokenStoreError> {
        self.0.refresh_token(component, account).await
    }

    async fn put_refresh_token(
        &self,
        component: &AppId,
        account: &AppId,
        token: &AuthorizerRefreshToken,
        before: Option<&AuthorizerRefreshToken>,
    ) -> Result<bool, TokenStoreError> {
        if self.1.load(Ordering::SeqCst) {
            return Err("the disk is full".into());
        }
        self.0.put_refresh_token(component, account, token, before).await
    }

    async fn forget(&self, component: &AppId, account: &AppId) -> Result<(), TokenStoreError> {
        self.0.forget(component, account).await
    }

    async fn accounts(&self, component: &AppId) -> Result<Vec<AppId>, TokenStoreError> {
        self.0.accounts(component).await
    }
}

async fn call(client: &Client) -> Result<serde_json::Value, wx_client::Error> {
    client.get_json(CALL, &[]).await
}

#[tokio::test]
async fn an_account_is_called_with_its_own_token() {
    let world = World::new().await;
    let client = world.client();
    world.answers(&[&own("C1"), &pair("A1", "r1"), OK, OK]);
    call(&client).await.unwrap();
    call(&client).await.unwrap();
    assert_eq!(
        world.sent(),
        [
            "api_component_token  ticket",
            "api_authorizer_token component_access_token=C1 r1",
            "call access_token=A1",
            "call access_token=A1"
        ]
    );
    insta::assert_snapshot!(world.platform.requests()[0].text(), @r#"{"component_appid":"wx9cExampleComp0001","component_appsecret":"00112233445566778899aabbccddeeff","component_verify_ticket":"ticket"}"#);
    insta::assert_snapshot!(world.platform.requests()[1].text(), @r#"{"authorizer_appid":"wx7a3f00c1d2e3b4a5","authorizer_refresh_token":"r1","component_appid":"wx9cExampleComp0001"}"#);
}

#[tokio::test]
async fn another_refresh_token_is_kept_before_the_token_is_used() {
    let world = World::new().await;
    let client = world.client();
    world.answers(&[&own("C1"), &pair("A1", "r2")]);
    let (store, seen) = (world.store.clone(), Arc::new(AtomicBool::new(false)));
    let there = Arc::clone(&seen);
    world.platform.answer_with(move |_| {
        let stored = at_once(store.refresh_token(&COMPONENT.into(), &ACCOUNT.into()));
        there.store(stored == Some("r2".into()), Ordering::SeqCst);
        Answer::json(OK)
    });
    call(&client).await.unwrap();
    assert!(seen.load(Ordering::SeqCst));
}

#[tokio::test]
async fn the_token_that_comes_with_the_code_is_the_first() {
    let world = World::empty();
    world.component.put_verify_ticket(&"ticket".into(), 1).await.unwrap();
    world.answers(&[&own("C1"), &redeemed(r#""A0""#, "1200"), OK, OK]);
    world.component.redeem(&"code".into()).await.unwrap();
    let client = world.client();
    call(&client).await.unwrap();
    call(&world.client()).await.unwrap();
    assert_eq!(
        world.sent()[1..],
        ["api_query_auth component_access_token=C1 code", "call access_token=A0", "call access_token=A0"]
    );
    // Refused, it is given to nobody again; nor is it shortly before its end.
    let refused = r#"{"errcode":42001,"errmsg":"access_token expired"}"#;
    world.answers(&[refused, &pair("A1", "r1"), OK, &pair("A2", "r1"), OK]);
    call(&client).await.unwrap();
    call(&world.client()).await.unwrap();
    world.answers(&[&redeemed(r#""A3""#, "1200"), &pair("A4", "r1"), OK]);
    world.component.redeem(&"code".into()).await.unwrap();
    world.clock.pass(601);
    call(&world.client()).await.unwrap();
    let calls: Vec<_> = world.sent().into_iter().filter(|line| line.starts_with("call ")).skip(2).collect();
    assert_eq!(calls, ["A0", "A1", "A2", "A4"].map(|token| format!("call access_token={token}")));
}

#[tokio::test]
async fn the_token_of_a_code_is_not_used_when_the_account_was_forgotten_or_authorised_elsewhere() {
    let world = World::new().await;
    let (component, account) = (AppId::new(COMPONENT), AppId::new(ACCOUNT));
    world.answers(&[&own("C1"), &redeemed(r#""A0""#, "7200")]);
    world.component.redeem(&"code".into()).await.unwrap();
    world.store.put_refresh_token(&component, &account, &"r9".into(), None).await.unwrap();
    world.answers(&[&pair("A1", "r9"), OK]);
    call(&world.client()).await.unwrap();
    assert_eq!(
        world.sent()[2..],
        ["api_authorizer_token component_access_token=C1 r9", "call access_token=A1"]
    );

    world.answers(&[&redeemed(r#""A2""#, "7200")]);
    world.component.redeem(&"code".into()).await.unwrap();
    world.component.forget(&account).await.unwrap();
    call(&world.client()).await.unwrap_err();
    world.platform.assert_done();
}

/// The code works once: what its answer lacks beside the refresh token is asked for.
#[tokio::test]
async fn a_code_without_a_usable_token_is_redeemed_all_the_same() {
    let long = format!(r#""{}""#, "A".repeat(5_000));
    for (access, life) in
        [("null", "7200"), (r#""""#, "7200"), (&long, "7200"), (r#""A0""#, "null"), (r#""A0""#, "-1")]
    {
        let world = World::empty();
        world.component.put_verify_ticket(&"ticket".into(), 1).await.unwrap();
        world.answers(&[&own("C1"), &redeemed(access, life), &pair("A1", "r1"), OK]);
        world.component.redeem(&"code".into()).await.unwrap();
        assert_eq!(world.refresh_token().await, Some("r1".into()));
        call(&world.client()).await.unwrap();
        assert_eq!(world.sent()[3], "call access_token=A1");
    }
}

/// Of a store in memory, which never waits.
fn at_once<T>(reading: impl Future<Output = Result<T, TokenStoreError>>) -> T {
    let mut reading = std::pin::pin!(reading);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match reading.as_mut().poll(&mut context) {
        std::task::Poll::Ready(outcome) => outcome.unwrap(),
        std::task::Poll::Pending => panic!("it waits"),
    }
}

#[tokio::test]
async fn a_refresh_token_that_could_not_be_written_is_not_lost() {
    let world = World::new().await;
    let client = world.client();
    world.answers(&[&own("C1"), &pair("A1", "r2")]);
    world.store.1.store(true, Ordering::SeqCst);
    let error = call(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TokenSource);
    insta::assert_snapshot!(error, @"no access_token: the store of the third-party platform failed; see the cause, and that the store is up");
    // Still not: nothing is asked meanwhile.
    call(&client).await.unwrap_err();
    assert_eq!(world.refresh_token().await, Some("r1".into()));
    world.platform.assert_done();

    world.store.1.store(false, Ordering::SeqCst);
    world.clock.pass(60);
    world.answers(&[&pair("A2", "r2"), OK]);
    call(&client).await.unwrap();
    assert_eq!(world.refresh_token().await, Some("r2".into()));
    assert_eq!(world.sent()[2], "api_authorizer_token component_access_token=C1 r2");
}

#[tokio::test]
async fn what_a_new_authorisation_wrote_meanwhile_stays() {
    let world = World::new().await;
    let (client, store) = (world.client(), world.store.clone());
    world.answers(&[&own("C1")]);
    world.platform.answer_with(move |_| {
        at_once(store.put_refresh_token(&COMPONENT.into(), &ACCOUNT.into(), &"anew".into(), None));
        Answer::json(pair("A1", "r2"))
    });
    world.answers(&[OK]);
    call(&client).await.unwrap();
    assert_eq!(world.refresh_token().await, Some("anew".into()));
}

#[tokio::test]
async fn a_refused_component_token_is_replaced_once() {
    for code in [40001, 40014, 42001, 42006, 40094] {
        let world = World::new().await;
        let client = world.client();
        let refused = format!(r#"{{"errcode":{code},"errmsg":"no"}}"#);
        world.answers(&[&own("C1"), &refused, &own("C2"), &pair("A1", "r1"), OK]);
        call(&client).await.unwrap();
        assert_eq!(world.sent()[3], "api_authorizer_token component_access_token=C2 r1");
    }
}

#[tokio::test]
async fn a_refused_token_of_the_account_is_replaced_once() {
    let world = World::new().await;
    let client = world.client();
    let refused = r#"{"errcode":42001,"errmsg":"access_token expired"}"#;
    world.answers(&[&own("C1"), &pair("A1", "r1"), refused, &pair("A2", "r1"), OK]);
    call(&client).await.unwrap();
    assert_eq!(world.sent()[4], "call access_token=A2");
}

#[tokio::test]
async fn without_a_ticket_there_is_no_token() {
    let world = World::empty();
    let error = world.component.access_token().await.unwrap_err();
    assert!(error.is_retryable());
    insta::assert_snapshot!(error, @"no access_token: no component_verify_ticket has arrived yet; the platform pushes one every 10 minutes to the authorisation event URL: see that the URL is right and answers `success`");
    assert!(world.platform.requests().is_empty());
}

#[tokio::test]
async fn an_account_that_never_authorised_is_said() {
    let world = World::empty();
    let error = call(&world.client()).await.unwrap_err();
    assert!(!error.is_retryable());
    insta::assert_snapshot!(error, @"no access_token: there is no refresh token of wx7a3f00c1d2e3b4a5; its owner must authorise this third-party platform (anew)");
    assert!(world.platform.requests().is_empty());
}

#[tokio::test]
async fn a_void_refresh_token_is_no_loop_and_says_so() {
    let world = World::new().await;
    let client = world.client();
    world.answers(&[&own("C1"), r#"{"errcode":61023,"errmsg":"refresh_token is invalid"}"#]);
    for _ in 0..100 {
        let error = call(&client).await.unwrap_err();
        assert_eq!(error.errcode().map(wx_model::ErrCode::get), Some(61023));
        world.clock.pass(2);
    }
    world.platform.assert_done();
}

#[tokio::test]
async fn notices_do_what_they_ask_for() {
    let world = World::empty();
    for (fields, answers) in [
        (&[("InfoType", "component_verify_ticket"), ("ComponentVerifyTicket", "ticket")][..], &[][..]),
        (
            &[("InfoType", "authorized"), ("AuthorizerAppid", ACCOUNT), ("AuthorizationCode", "code")],
            &[
                own("C1"),
                format!(
                    r#"{{"authorization_info":{{"authorizer_appid":"{ACCOUNT}","authorizer_access_token":"A0","expires_in":7200,"authorizer_refresh_token":"r1","func_info":[]}}}}"#
                ),
            ],
        ),
    ] {
        for body in answers {
            world.platform.answer(Answer::json(body.clone()));
        }
        take(&world.component, COMPONENT, fields).await;
    }
    assert_eq!(world.refresh_token().await, Some("r1".into()));
    assert_eq!(world.sent()[1], "api_query_auth component_access_token=C1 code");

    take(
        &world.component,
        "wx9cExampleComp0002",
        &[("InfoType", "unauthorized"), ("AuthorizerAppid", ACCOUNT)],
    )
    .await;
    assert_eq!(world.refresh_token().await, Some("r1".into()), "of another third-party platform");
    take(&world.component, COMPONENT, &[("InfoType", "unauthorized"), ("AuthorizerAppid", ACCOUNT)]).await;
    assert_eq!(world.refresh_token().await, None);
    take(&world.component, COMPONENT, &[("InfoType", "notify_third_fasteregister")]).await;
    world.platform.assert_done();
}

async fn take(component: &Component, of: &str, fields: &[(&str, &str)]) {
    let mut builder = FieldsBuilder::default();
    builder.leaf("AppId", of);
    builder.leaf("CreateTime", "1767225600");
    for (name, text) in fields {
        builder.leaf(name, text);
    }
    let push = Push::from_fields(builder.finish()).unwrap();
    component.take(push.notice().unwrap(), 1_767_225_600).await.unwrap();
}

#[tokio::test]
async fn an_authorisation_begins_with_a_code() {
    let world = World::new().await;
    world.answers(&[&own("C1"), r#"{"pre_auth_code":"preauthcode@@@1","expires_in":1800}"#]);
    let (code, life) = world.component.pre_auth_code().await.unwrap();
    assert_eq!((code.expose(), life.as_secs()), ("preauthcode@@@1", 1800));
    assert_eq!(world.sent()[1], "api_create_preauthcode component_access_token=C1");
}

#[test]
fn a_third_party_platform_needs_its_secret() {
    let builder =
        Client::with_token_source(COMPONENT, FixedToken::new("76_abc")).transport(MockTransport::new());
    let error = builder.component(MemoryComponentStore::new()).unwrap_err();
    insta::assert_snapshot!(error, @"a third-party platform has an AppSecret of its own; begin with `Client::builder`");
}
