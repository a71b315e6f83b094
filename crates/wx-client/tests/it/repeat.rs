use crate::{
    account::{Account, CALL, OK, REFUSED, STABLE, SetClock, builder, let_others_run, short, token},
    gate::Gate,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use wx_client::{ClientBuilder, ErrorKind};
use wx_model::ErrCode;
use wx_transport::{Answer, MockTransport, TransportErrorKind};

#[tokio::test]
async fn each_of_the_three_refusals_of_a_token_is_repeated_once() {
    for code in [40001, 40014, 42001] {
        let account = Account::new();
        let refused = format!(r#"{{"errcode":{code},"errmsg":"no"}}"#);
        account.answers(&[&token("T1", 7200), &refused, &token("T2", 7200), OK]);
        account.call().await.unwrap();
        assert_eq!(account.sent(), ["ask", "call T1", "ask", "call T2"]);
    }
}

#[tokio::test]
async fn a_new_token_is_forced_only_when_the_refused_one_is_given_again() {
    let account = Account::new();
    account.answers(&[&token("T1", 7200), REFUSED, &token("T1", 7190), &token("T2", 7200), OK]);
    account.call().await.unwrap();
    assert_eq!(account.sent(), ["ask", "call T1", "ask", "force", "call T2"]);
}

#[tokio::test]
async fn a_second_refusal_is_surfaced_and_does_not_loop() {
    let account = Account::new();
    account.answers(&[&token("T1", 7200), REFUSED, &token("T1", 7190), &token("T2", 7200), REFUSED]);
    let error = account.call().await.unwrap_err();
    assert!(error.is_token_rejected() && !error.may_have_been_done());
    insta::assert_snapshot!(error, @r#"/cgi-bin/some/call was refused with 40001 invalid_credential: the access_token is wrong, ended, or no longer the newest; the platform says "invalid credential, access_token is invalid or not latest"; the token has been replaced as often as is allowed now; check that AppID and AppSecret are those of this account, and that no other program renews its token by force or with the classic call"#);
    assert_eq!(account.sent(), ["ask", "call T1", "ask", "force", "call T2"]);

    // Within 30 s nothing is forced, and after one look nothing is asked.
    account.answers(&[REFUSED, &token("T2", 7190), REFUSED, REFUSED]);
    for _ in 0..3 {
        assert!(account.call().await.unwrap_err().is_token_rejected());
    }
    assert_eq!(account.sent()[5..], ["call T2", "ask", "call T2", "call T2"]);
    account.platform.assert_done();
}

#[tokio::test]
async fn one_refresh_is_forced_for_one_refused_token() {
    let account = Account::new();
    account.platform.otherwise(|request| match request.path() {
        STABLE => Answer::json(token("T1", 7200)),
        _ => Answer::json(REFUSED),
    });
    for _ in 0..2 * 24 * 60 {
        assert!(account.call().await.unwrap_err().is_token_rejected());
        account.pass(60);
    }
    assert_eq!(account.sent().iter().filter(|sent| *sent == "force").count(), 1);
}

/// A platform that refuses every token, and gives another one by force only.
fn that_refuses_all(account: &Account) {
    let forced = AtomicUsize::new(0);
    account.platform.otherwise(move |request| match short(request).as_str() {
        "ask" => Answer::json(token(&format!("T{}", forced.load(Ordering::SeqCst)), 7200)),
        "force" => Answer::json(token(&format!("T{}", forced.fetch_add(1, Ordering::SeqCst) + 1), 7200)),
        _ => Answer::json(REFUSED),
    });
}

#[tokio::test]
async fn refreshes_are_forced_twenty_times_a_day_of_beijing() {
    let account = Account::new();
    that_refuses_all(&account);
    let mut forced = Vec::new();
    for _hour in 0..48 {
        for _minute in 0..60 {
            assert!(account.call().await.unwrap_err().is_token_rejected());
            account.pass(60);
        }
        forced.push(account.sent().iter().filter(|sent| *sent == "force").count());
    }
    // From noon to midnight, and twice again.
    assert_eq!(
        [forced[0], forced[11], forced[12], forced[35], forced[36], forced[47]],
        [20, 20, 40, 40, 60, 60]
    );
}

#[tokio::test]
async fn nothing_can_make_the_client_storm() {
    let account = Account::new();
    that_refuses_all(&account);
    for _second in 0..3600 {
        account.call().await.unwrap_err();
        account.pass(1);
    }
    let sent = account.sent();
    let count = |what: &str| sent.iter().filter(|sent| *sent == what).count();
    // Ten at once, one more each minute.
    assert!((20..=70).contains(&count("ask")), "{}", count("ask"));
    assert_eq!(count("force"), 20);
    // Each call is sent once, and once more when its token was replaced.
    assert!((3600..=3600 + 70).contains(&(sent.len() - count("ask") - count("force"))));
}

#[tokio::test]
async fn a_used_up_allowance_of_forced_refreshes_stops_no_other() {
    let account = Account::new();
    let used_up = r#"{"errcode":45009,"errmsg":"reach max api daily quota limit"}"#;
    account.answers(&[&token("T1", 7200), REFUSED, &token("T1", 7190), used_up]);
    assert!(account.call().await.unwrap_err().is_token_rejected());
    account.pass(30);
    account.answers(&[REFUSED, &token("T2", 7200), OK]);
    account.call().await.unwrap();
    assert_eq!(account.sent()[2..], ["ask", "force", "call T1", "ask", "call T2"]);
}

#[tokio::test]
async fn a_refused_classic_token_is_replaced_once_a_minute_at_most() {
    let account = Account::with(ClientBuilder::classic_token);
    account.answers(&[&token("T1", 7200), REFUSED, &token("T2", 7200), REFUSED]);
    assert!(account.call().await.unwrap_err().is_token_rejected());
    for _ in 0..59 {
        account.answers(&[REFUSED]);
        account.pass(1);
        assert!(account.call().await.unwrap_err().is_token_rejected());
    }
    account.pass(30);
    account.answers(&[REFUSED, &token("T3", 7200), OK]);
    account.call().await.unwrap();
    assert_eq!(account.sent().iter().filter(|sent| *sent == "classic").count(), 3);
    account.platform.assert_done();
}

#[tokio::test]
async fn a_late_refusal_of_an_old_token_refreshes_nothing() {
    let (platform, clock) = (MockTransport::new(), SetClock::default());
    let gate = Gate::before(platform.clone(), "/cgi-bin/late");
    let client = builder(gate.clone(), &clock).build().unwrap();
    platform.answer(Answer::json(token("T1", 7200)));
    client.access_token().await.unwrap();

    let late = tokio::spawn({
        let client = client.clone();
        async move { client.get_json::<serde_json::Value>("/cgi-bin/late", &[]).await }
    });
    gate.arrived(1).await;
    // Meanwhile its token ends and another call has it renewed.
    clock.pass(7200);
    platform.answer(Answer::json(token("T2", 7200)));
    assert_eq!(client.access_token().await.unwrap().expose(), "T2");

    platform.answer(Answer::json(REFUSED));
    platform.answer(Answer::json(OK));
    gate.let_through(2);
    late.await.unwrap().unwrap();
    let lines: Vec<_> = platform.requests().iter().map(wx_transport::SentRequest::line).collect();
    assert_eq!(lines[2..], ["GET /cgi-bin/late?access_token=T1", "GET /cgi-bin/late?access_token=T2"]);
}

#[tokio::test]
async fn a_renewal_that_brings_the_refused_token_again_is_not_the_end() {
    let (platform, clock) = (MockTransport::new(), SetClock::default());
    let gate = Gate::before(platform.clone(), STABLE);
    let client = builder(gate.clone(), &clock).build().unwrap();
    platform.answer(Answer::json(token("T1", 250)));
    gate.let_through(1);
    client.access_token().await.unwrap();

    clock.pass(30);
    let call = tokio::spawn({
        let client = client.clone();
        async move { client.get_json::<serde_json::Value>(CALL, &[]).await }
    });
    // The call has begun a renewal, goes out with the old token, is refused, and waits for the renewal.
    platform.answer(Answer::json(REFUSED));
    gate.arrived(2).await;
    let_others_run().await;
    for body in [&token("T1", 220), &token("T1", 220), &token("T2", 7200), OK] {
        platform.answer(Answer::json(body.to_owned()));
    }
    gate.let_through(3);
    call.await.unwrap().unwrap();
    let sent: Vec<_> = platform.requests().iter().map(short).collect();
    assert_eq!(sent, ["ask", "call T1", "ask", "ask", "force", "call T2"]);
}

#[tokio::test]
async fn an_error_while_replacing_the_token_is_surfaced() {
    let account = Account::new();
    account.answers(&[&token("T1", 7200), REFUSED]);
    account.platform.answer(TransportErrorKind::Timeout);
    let error = account.call().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.may_have_been_done());
    assert!(error.to_string().starts_with("no access_token: "), "{error}");
}

#[tokio::test]
async fn a_refusal_while_replacing_the_token_is_not_asked_for_again() {
    let account = Account::new();
    let refusal = r#"{"errcode":40164,"errmsg":"invalid ip 203.0.113.9, not in whitelist"}"#;
    account.answers(&[&token("T1", 7200), REFUSED, refusal]);
    for _ in 0..3 {
        let error = account.call().await.unwrap_err();
        assert_eq!(error.refused_ip(), Some([203, 0, 113, 9].into()));
        account.answers(&[REFUSED]);
    }
    assert_eq!(account.sent(), ["ask", "call T1", "ask", "call T1", "call T1"]);

    // Until a minute has passed; the answer to the call itself is scripted already.
    account.pass(60);
    account.answers(&[&token("T2", 7200), OK]);
    account.call().await.unwrap();
    account.platform.assert_done();
}

#[tokio::test]
async fn with_no_policy_nothing_else_is_repeated() {
    let busy = r#"{"errcode":-1,"errmsg":"system error"}"#;
    let account = Account::new();
    account.answers(&[&token("T1", 7200), busy]);
    let error = account.call().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api(ErrCode::SYSTEM_BUSY));
    assert!(error.is_retryable() && error.may_have_been_done());
    for kind in [TransportErrorKind::Connect, TransportErrorKind::Timeout, TransportErrorKind::NoAnswer] {
        account.platform.answer(kind);
        let error = account.call().await.unwrap_err();
        assert!(error.is_retryable());
        assert_eq!(error.may_have_been_done(), kind != TransportErrorKind::Connect);
    }
    account.platform.assert_done();
}
