//! What an operator is told about a push that is refused: one fixture of each cause.

use crate::samples::*;
use proptest::prelude::*;
use std::fmt::Write;
use wx_crypto::{seal, signature};
use wx_events::{Callback, CallbackQuery, Suspicion};
use wx_model::{AppId, OriginalId};

struct Case {
    title: &'static str,
    callback: Callback,
    query: CallbackQuery,
    body: String,
}

fn case(title: &'static str, callback: Callback, query: CallbackQuery, body: impl Into<String>) -> Case {
    Case { title, callback, query, body: body.into() }
}

const OTHER_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

fn other_key() -> Callback {
    Callback::safe(token(), OTHER_KEY.parse().unwrap(), app_id())
}

fn with_token(token: &str) -> Callback {
    Callback::safe(token.into(), key(), app_id())
}

/// The sample query with changes.
fn query(change: impl FnOnce(&mut CallbackQuery)) -> CallbackQuery {
    let mut query = encrypted_query();
    change(&mut query);
    query
}

/// The query whose `msg_signature` covers `text`.
fn signed_over(text: &str) -> CallbackQuery {
    query_for(TOKEN, text)
}

/// An envelope whose clear text ends in `end` behind the appid. It has `blocks` blocks of 48 bytes, so that nothing of
/// its base64 goes over the edge.
fn ending_in(end: &str, blocks: usize) -> String {
    let around = 20 + CLEAR.len() + APP_ID.len() + end.len();
    let message = CLEAR.replace(">a<", &format!(">{}<", "a".repeat(48 * blocks + 1 - around)));
    let encrypt = seal(&key(), &format!("{APP_ID}{end}"), [7; 16], message.as_bytes());
    encrypt[..blocks * 64].to_owned()
}

const CLEAR: &str = "<xml><ToUserName>gh_3f9a1c77be20</ToUserName><FromUserName>o1</FromUserName>\
    <CreateTime>1</CreateTime><MsgType>text</MsgType><Content>a</Content></xml>";

fn sealed(message: &str) -> String {
    seal(&key(), APP_ID, [7; 16], message.as_bytes())
}

/// A sealed text that has a `+`, a `/` and no blank.
fn with_plus() -> String {
    let texts = (0..).map(|n: u32| sealed(&CLEAR.replace(">a<", &format!(">{n}<"))));
    texts.into_iter().find(|text| text.contains('+') && text.contains('/')).unwrap()
}

fn envelopes() -> Vec<Case> {
    let good = sealed(CLEAR);
    let to_other = seal(&key(), "wx1111111111111111", [7; 16], CLEAR.as_bytes());
    let to_nobody = seal(&key(), "", [7; 16], CLEAR.as_bytes());
    let of = |title, encrypt: &str| case(title, safe(), signed_over(encrypt), envelope(encrypt));
    vec![
        case("another key", other_key(), signed_over(&good), envelope(&good)),
        of("another appid inside", &to_other),
        of("no appid inside", &to_nobody),
        of("blanks in a text that was signed so", &with_plus().replace('+', " ")),
        of("url-safe alphabet", &with_plus().replace('+', "-").replace('/', "_")),
        of("percent-encoded", &with_plus().replace('+', "%2B")),
        of("no base64", "§§§"),
        of("a character missing", &good[..good.len() - 3]),
        of("nothing", ""),
        of("cut", &good[..80]),
        of("padded to 16", &ending_in("\u{2}\u{2}", 5)),
        case("half a block and another key", other_key(), signed_over(&good[..64]), envelope(&good[..64])),
        of("padded with zeros", &ending_in("\0\0\0", 6)),
        of("damaged inside", &sealed("<xml><a>")),
        of("no push inside", &sealed("<xml><a/></xml>")),
    ]
}

fn signatures() -> Vec<Case> {
    let good = sealed(CLEAR);
    let plus = with_plus();
    let hex = "0123456789abcdef0123456789abcdef";
    let (first, rest) = good.split_at(40);
    let wrapped = format!("{first}\n{rest}");
    let of = |title, query, encrypt: &str| case(title, safe(), query, envelope(encrypt));
    let swapped = query(|query| query.signature = signed_over(&good).msg_signature);
    let swapped = CallbackQuery::clone(&swapped);
    let other_account = Callback::safe("Other".into(), OTHER_KEY.parse().unwrap(), app_id());
    vec![
        of("no query", CallbackQuery::parse(""), &good),
        of("no msg_signature", plain_query(), &good),
        of("no nonce", query(|query| query.nonce = String::new()), &good),
        of("cut signature", query(|query| query.msg_signature.truncate(8)), &good),
        of(
            "signature in place of msg_signature",
            query(|query| query.msg_signature = query.signature.clone()),
            &good,
        ),
        of("signature over the clear text", signed_over(CLEAR), &good),
        of("signature over the body", signed_over(&envelope(&good)), &good),
        of("the signatures swapped", swapped, &good),
        of("plus became blank", signed_over(&plus), &plus.replace('+', " ")),
        of("wrapped", signed_over(&good), &wrapped),
        of("percent-encoded on the way", signed_over(&plus), &plus.replace('+', "%2B").replace('/', "%2f")),
        of("url-safe on the way", signed_over(&plus), &plus.replace('+', "-").replace('/', "_")),
        of("another request", encrypted_query(), &good),
        of("body changed", signed_over(&good), &good.replace("AA", "BB").replacen('1', "2", 2)),
        case("another token", with_token("Other"), signed_over(&good), envelope(&good)),
        case(
            "another token and another appid",
            with_token("Other"),
            encrypted_query(),
            envelope(&seal(&key(), "wx1", [7; 16], b"a")),
        ),
        case("another account", other_account, signed_over(&good), envelope(&good)),
        case(
            "the key as token",
            Callback::safe(KEY.into(), OTHER_KEY.parse().unwrap(), app_id()),
            signed_over(&good),
            envelope(&good),
        ),
        case("the secret as token", Callback::plain(hex.into()), plain_query(), CLEAR),
        case("an odd token", Callback::plain("Channel-Token".into()), plain_query(), CLEAR),
        case("no token", Callback::plain("".into()), plain_query(), CLEAR),
        case("another token in plain mode", Callback::plain("Other".into()), plain_query(), CLEAR),
        case(
            "plain: the signature covers the body",
            plain(),
            query(|query| query.signature = signed_over(CLEAR).msg_signature),
            CLEAR,
        ),
        case(
            "plain: signature changed, msg_signature holds",
            plain(),
            query(|query| {
                query.signature.replace_range(..4, "0000");
                query.msg_signature = signed_over(&good).msg_signature;
            }),
            envelope(&good),
        ),
    ]
}

fn modes_and_times() -> Vec<Case> {
    let good = sealed(CLEAR);
    let stale = |by: i64| {
        let timestamp = (NOW - by).to_string();
        let signature = signature([TOKEN, &timestamp, "918273645"]);
        query(|query| (query.timestamp, query.signature) = (timestamp, signature))
    };
    let window = || plain().time_window(60);
    let account = OriginalId::from("gh_000000000000");
    let reply = fixture_line("envelopes/encrypted_reply_envelope.xml");
    vec![
        case("clear body in safe mode", safe(), plain_query(), CLEAR),
        case("clear body in safe mode, token wrong", with_token("Other"), encrypted_query(), CLEAR),
        case("clear body in compatible mode, announced as encrypted", compatible(), encrypted_query(), CLEAR),
        case("no push in safe mode", safe(), plain_query(), "<xml><a/></xml>"),
        case("encrypted body in plain mode", plain(), signed_over(&good), envelope(&good)),
        case("compatible mode, query lost the encryption", compatible(), plain_query(), envelope(&good)),
        case("a reply for a push", plain(), plain_query(), reply),
        case("an answer of the API", plain(), plain_query(), r#"{"errcode":40001,"errmsg":"invalid"}"#),
        case("no push", plain(), plain_query(), "<xml><a/></xml>"),
        case("signed a minute ago", window(), stale(100), CLEAR),
        case("signed hours ago", window(), stale(10_000), CLEAR),
        case("signed a year ago", window(), stale(365 * 86_400), CLEAR),
        case("signed in the future", window(), stale(-1000), CLEAR),
        case("signed in milliseconds", window(), stale(NOW - NOW * 1000), CLEAR),
        case(
            "a timestamp that is none",
            window(),
            query(|query| {
                "now".clone_into(&mut query.timestamp);
                query.signature = signature([TOKEN, "now", &query.nonce]);
            }),
            CLEAR,
        ),
        case("another original id", plain().account(account), plain_query(), CLEAR),
        case("a web page", plain(), plain_query(), "<html><body>502</body></html>"),
        case("a cut body", plain(), plain_query(), &CLEAR[..CLEAR.len() - 5]),
        case("two roots", plain(), plain_query(), "<xml/><xml/>"),
        case("too large", plain(), plain_query(), "a".repeat(2 * 1024 * 1024)),
    ]
}

fn told(cases: &[Case]) -> String {
    let mut told = String::new();
    for Case { title, callback, query, body } in cases {
        let diagnosis = callback.diagnose(query, body.as_bytes(), NOW).unwrap_err();
        let suspicions = callback.suspect(query, body.as_bytes(), NOW);
        assert!(!suspicions.is_empty(), "{title}");
        writeln!(told, "# {title}: step {}", diagnosis.step().as_str()).unwrap();
        for suspicion in suspicions {
            let sentence = suspicion.to_string();
            assert!(!sentence.contains(TOKEN) && !sentence.contains(KEY), "{title}: {sentence}");
            writeln!(told, "  {}: {sentence}", suspicion.name()).unwrap();
        }
    }
    told
}

#[test]
fn every_wrong_signature_is_explained() {
    insta::assert_snapshot!("suspicions_of_signatures", told(&signatures()));
}

#[test]
fn every_wrong_envelope_is_explained() {
    insta::assert_snapshot!("suspicions_of_envelopes", told(&envelopes()));
}

#[test]
fn every_wrong_mode_time_and_body_is_explained() {
    insta::assert_snapshot!("suspicions_of_bodies", told(&modes_and_times()));
}

#[test]
fn a_push_that_opens_is_not_suspected() {
    let body = fixture("envelopes/encrypted_push_envelope.xml");
    assert_eq!(safe().suspect(&encrypted_query(), &body, NOW), []);
    assert_eq!(Suspicion::of_body(&body), None);
    let other = Callback::safe(token(), key(), AppId::from("wx0"));
    assert_eq!(other.suspect(&encrypted_query(), &body, NOW)[0].name(), "another_app_id");
}

proptest! {
    #[test]
    fn any_request_is_suspected_without_panic(
        parameters in "[a-z_=&0-9%+]{0,80}",
        encrypt in "[A-Za-z0-9+/= %_-]{0,200}",
        body: Vec<u8>,
    ) {
        let query = CallbackQuery::parse(&format!("msg_signature=a&signature=b&{parameters}"));
        for callback in [plain(), compatible(), safe()] {
            for body in [&body, envelope(&encrypt).as_bytes()] {
                prop_assert!(!callback.suspect(&query, body, NOW).is_empty());
            }
            prop_assert!(!callback.suspect(&signed_over(encrypt.trim()), envelope(&encrypt).as_bytes(), NOW).is_empty());
        }
    }
}
