//! What goes wrong once, three times, for ever: how often the platform is called (reliability of ten calls in a row).

use crate::account::{Account, CALL, STABLE, short, token};
use http::{HeaderValue, StatusCode, header::LOCATION};
use std::{
    fmt::Write,
    sync::atomic::{AtomicU32, Ordering},
};
use wx_client::{Call, Repeat, RetryPolicy};
use wx_transport::{Answer, TransportErrorKind};

fn code(code: i64) -> Answer {
    Answer::json(format!(r#"{{"errcode":{code},"errmsg":"no"}}"#))
}

type Fault = (&'static str, fn() -> Answer);

const FAULTS: [Fault; 20] = [
    ("-1", || code(-1)),
    ("45009", || code(45009)),
    ("45011", || code(45011)),
    ("45029", || code(45029)),
    ("42001", || code(42001)),
    ("40001", || code(40001)),
    ("40014", || code(40014)),
    ("50001", || code(50001)),
    ("61450", || code(61450)),
    ("500", || Answer::status(StatusCode::INTERNAL_SERVER_ERROR)),
    ("502, a page", || Answer::status(StatusCode::BAD_GATEWAY).body("<html></html>")),
    ("no connection", || TransportErrorKind::Connect.into()),
    ("time-out, slow bytes", || TransportErrorKind::Timeout.into()),
    ("reset", || TransportErrorKind::NoAnswer.into()),
    ("302", || {
        Answer::status(StatusCode::FOUND).header(LOCATION, HeaderValue::from_static("http://else.test/"))
    }),
    ("a page with 200", || Answer::bytes("text/html", "<html></html>")),
    ("cut JSON", || Answer::json(r#"{"errcode":0,"errm"#)),
    ("empty", || Answer::json("")),
    ("a code as text", || Answer::json(r#"{"errcode":"-1","errmsg":"system error"}"#)),
    ("10 MB", || TransportErrorKind::TooLarge.into()),
];

const CALLS: u32 = 10;
const TRIES: u32 = 4;

/// A platform that answers the first so many calls with this; its tokens change by force only.
fn account(fault: fn() -> Answer, times: u32) -> Account {
    let account = Account::with(|builder| builder.retry(RetryPolicy::default().tries(TRIES)));
    let (left, forced) = (AtomicU32::new(times), AtomicU32::new(0));
    account.platform.otherwise(move |request| match short(request).as_str() {
        "ask" => Answer::json(token(&format!("T{}", forced.load(Ordering::SeqCst)), 7200)),
        "force" => Answer::json(token(&format!("T{}", forced.fetch_add(1, Ordering::SeqCst) + 1), 7200)),
        _ => {
            let strikes = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
            if strikes.is_ok() { fault() } else { Answer::json(r#"{"errcode":0}"#) }
        }
    });
    account
}

/// Ten calls, a second apart: how many were sent, how many were done, how often a token was asked for.
async fn ten_calls(fault: fn() -> Answer, times: u32, repeat: Repeat) -> [u32; 3] {
    let account = account(fault, times);
    let call = Call::post(CALL, &()).unwrap().repeat(repeat).allowance("places");
    let mut done = 0;
    for _ in 0..CALLS {
        done += u32::from(account.client.call::<serde_json::Value>(&call).await.is_ok());
        account.pass(1);
    }
    let tokens = account.platform.requests().iter().filter(|request| request.path() == STABLE).count();
    let tokens = u32::try_from(tokens).unwrap();
    let all = u32::try_from(account.platform.requests().len()).unwrap();
    [all - tokens, done, tokens]
}

#[tokio::test]
async fn no_fault_makes_a_storm() {
    let mut table = String::from("sent/done/asked for a token, of ten calls a second apart\n");
    for (what, repeat) in [
        ("may always be repeated", Repeat::Always),
        ("may be repeated if not done", Repeat::IfNotDone),
        ("may never be repeated", Repeat::Never),
    ] {
        writeln!(table, "\n{what:<28}{:>10}{:>10}{:>10}", "once", "3 times", "for ever").unwrap();
        for (name, fault) in FAULTS {
            write!(table, "{name:<28}").unwrap();
            for times in [1, 3, u32::MAX] {
                let [sent, done, tokens] = ten_calls(fault, times, repeat).await;
                write!(table, "{:>10}", format!("{sent}/{done}/{tokens}")).unwrap();
                // Each call, the reserve of ten, one for ten calls, one for ten seconds; and one for a new token each.
                assert!(sent <= 2 * CALLS + 14 && tokens <= 1 + CALLS, "{name}: {sent} {tokens}");
                assert!(sent <= CALLS * TRIES && (done > 0 || times > 3 || name.starts_with("45")), "{name}");
            }
            table.push('\n');
        }
    }
    insta::assert_snapshot!("storms", table);
}

#[tokio::test]
async fn when_all_fails_the_load_grows_by_a_tenth() {
    let account = account(|| code(-1), u32::MAX);
    for _ in 0..1_000 {
        account.client.get_json::<serde_json::Value>(CALL, &[]).await.unwrap_err();
    }
    let sent = account.platform.requests().len() - 1;
    assert!((1_110..1_130).contains(&sent), "{sent}");
}

#[tokio::test]
async fn pauses_grow_by_chance_and_end_at_the_deadline() {
    let policy = RetryPolicy::default().tries(100).reserve(100);
    for (dice, seconds, sent) in [(u64::MAX, 26, 10), (0, 0, 100)] {
        let account = Account::with(|builder| builder.retry(policy));
        account.platform.otherwise(|request| match request.path() {
            STABLE => Answer::json(token("T1", 7200)),
            _ => code(-1),
        });
        account.clock.load(dice);
        account.client.get_json::<serde_json::Value>(CALL, &[]).await.unwrap_err();
        // 0.2 + 0.4 + 0.8 + 1.6 + 3.2 + 4 times 5 s.
        assert_eq!((account.clock.seconds(), account.platform.requests().len() - 1), (seconds, sent));
    }
}
