use crate::account::{Account, CALL, token};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header::LOCATION};
use insta::assert_snapshot;
use serde::de::IgnoredAny;
use std::net::IpAddr;
use wx_client::{Error, ErrorKind};
use wx_model::{CreateResponse, ErrCode};
use wx_transport::Answer;

async fn read(answer: Answer) -> Result<CreateResponse, Error> {
    let account = Account::new();
    account.answers(&[&token("T1", 7200)]);
    account.platform.answer(answer);
    let outcome = account.client.get_json(CALL, &[]).await;
    account.platform.assert_done();
    outcome
}

async fn error_of(answer: Answer) -> Error {
    read(answer).await.unwrap_err()
}

async fn error_of_body(body: impl Into<Bytes>) -> Error {
    error_of(Answer::json(body)).await
}

fn page(status: StatusCode) -> Answer {
    Answer::status(status)
        .body("<html>\r\n<head><title>Gateway</title></head><body>out of order</body></html>")
}

#[tokio::test]
async fn the_content_type_does_not_matter() {
    for content_type in ["text/plain", "text/html; charset=utf-8", "image/jpg"] {
        let code = read(Answer::bytes(content_type, r#"{"ticket":"gQ"}"#)).await.unwrap();
        assert_eq!(code.ticket.as_str(), "gQ");
    }
}

#[tokio::test]
async fn success_has_no_errcode_or_zero() {
    for body in [
        r#"{"ticket":"gQ"}"#,
        r#"{"errcode":0,"ticket":"gQ"}"#,
        r#"{"ticket":"gQ","errcode":"0"}"#,
        "\n {\"ticket\":\"gQ\"}\n",
    ] {
        assert_eq!(read(Answer::json(body)).await.unwrap().ticket.as_str(), "gQ");
    }
}

#[tokio::test]
async fn an_errcode_may_stand_in_quotes_and_come_with_any_status() {
    for status in [StatusCode::OK, StatusCode::BAD_REQUEST, StatusCode::BAD_GATEWAY] {
        let error =
            error_of(Answer::status(status).body(r#"{"errcode":"45009","errmsg":"no more","ticket":"gQ"}"#))
                .await;
        assert_eq!(error.kind(), ErrorKind::Api(ErrCode::DAILY_QUOTA_REACHED));
        assert!(error.is_quota() && !error.may_have_been_done());
    }
}

#[tokio::test]
async fn an_unreadable_errcode_is_no_success() {
    let account = Account::new();
    account.answers(&[&token("T1", 7200), r#"{"errcode":"soon","ticket":"gQ"}"#]);
    let error = account.client.get_json::<IgnoredAny>(CALL, &[]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn a_refusal_says_code_cause_and_remedy() {
    let error = error_of_body(
        r#"{"errcode":45029,"errmsg":"qrcode count out of limit rid: 69570a80-1c0ffee0-5eedbeef"}"#,
    )
    .await;
    assert_eq!(error.errcode(), Some(ErrCode::QRCODE_COUNT_LIMIT));
    assert_eq!(error.rid(), Some("69570a80-1c0ffee0-5eedbeef"));
    assert_eq!(error.errmsg(), Some("qrcode count out of limit rid: 69570a80-1c0ffee0-5eedbeef"));
    assert_snapshot!(error, @r#"/cgi-bin/some/call was refused with 45029 qrcode_count_limit: qrcode/create: the permanent-code allowance (100,000 per account) is used up; it never refills, switch to temporary codes; the platform says "qrcode count out of limit rid: 69570a80-1c0ffee0-5eedbeef"; never repeat: the 100000 permanent codes of the account are used up and cannot be given back. Use temporary codes (up to 30 days), or give a retired permanent code a new meaning"#);
}

#[tokio::test]
async fn an_unknown_code_is_data() {
    let error = error_of_body(r#"{"errcode":987654,"errmsg":"something new"}"#).await;
    assert_eq!(error.errcode(), Some(ErrCode::new(987_654)));
    assert!(!error.is_retryable());
    assert_snapshot!(error, @r#"/cgi-bin/some/call was refused with 987654, a code that is not known here; the platform says "something new"; treat it as permanent: do not repeat the call, and keep the rid of the answer for the platform's support"#);
}

#[tokio::test]
async fn a_refused_address_is_cut_out() {
    for (errmsg, ip) in [
        (
            "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 69570a80-1c0ffee0-5eedbeef",
            Some("203.0.113.9"),
        ),
        ("invalid ip 2001:db8::1, not in whitelist", Some("2001:db8::1")),
        ("invalid ip, not in whitelist", None),
    ] {
        let error = error_of_body(format!(r#"{{"errcode":40164,"errmsg":"{errmsg}"}}"#)).await;
        assert_eq!(error.refused_ip(), ip.map(|ip| ip.parse::<IpAddr>().unwrap()));
    }
    let error = error_of_body(r#"{"errcode":40013,"errmsg":"invalid appid 203.0.113.9"}"#).await;
    assert_eq!(error.refused_ip(), None);
    let error =
        error_of_body(r#"{"errcode":40164,"errmsg":"invalid ip 203.0.113.9, not in whitelist"}"#).await;
    assert_snapshot!(error, @r#"/cgi-bin/some/call was refused with 40164 ip_not_whitelisted: Caller IP is not on the account's API IP allow-list (wire text also names the IP); the platform says "invalid ip 203.0.113.9, not in whitelist"; add 203.0.113.9 to the IP allow-list (IP白名单) of the account, and wait some minutes"#);
}

#[tokio::test]
async fn what_is_no_json_is_described() {
    let error = error_of(page(StatusCode::OK)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.is_retryable() && error.may_have_been_done());
    assert_snapshot!(error, @r#"/cgi-bin/some/call gave an answer that makes no sense: it is a page of HTML or XML, not JSON; it begins with "<html>  <head><title>Gateway</title></head><body>out of order</body></html>""#);
    assert_snapshot!(error_of_body(r#"{"ticket":"gQ"#).await, @r#"/cgi-bin/some/call gave an answer that makes no sense: its JSON is cut off after 13 bytes; it begins with "{"ticket":"gQ""#);
    assert_snapshot!(error_of_body("").await, @"/cgi-bin/some/call gave an answer that makes no sense: it is empty");
    assert_snapshot!(error_of_body("true").await, @r#"/cgi-bin/some/call gave an answer that makes no sense: it is not a JSON object; it begins with "true""#);
    assert_snapshot!(error_of_body(r#"{"ticket":7}"#).await, @r#"/cgi-bin/some/call gave an answer that makes no sense: invalid type: integer `7`, expected a string at line 1 column 11; it begins with "{"ticket":7}""#);
    assert_snapshot!(error_of_body(r#"{"url":"http://weixin.qq.com/q/02"}"#).await, @r#"/cgi-bin/some/call gave an answer that makes no sense: missing field `ticket` at line 1 column 35; it begins with "{"url":"http://weixin.qq.com/q/02"}""#);
    assert_snapshot!(error_of_body(b"\xFF\xFE{".to_vec()).await, @r#"/cgi-bin/some/call gave an answer that makes no sense: it is not a JSON object; it begins with "��{""#);
}

#[tokio::test]
async fn a_status_that_is_no_success_is_an_error() {
    for (status, retryable) in [
        (301, false),
        (302, false),
        (400, false),
        (403, false),
        (404, false),
        (429, true),
        (500, true),
        (502, true),
        (503, true),
        (504, true),
    ] {
        let error = error_of(page(StatusCode::from_u16(status).unwrap())).await;
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Status(status), retryable));
    }
    assert_snapshot!(error_of(page(StatusCode::BAD_GATEWAY)).await, @r#"/cgi-bin/some/call answered with status 502: the server or a gateway before it is ill, try again later; it begins with "<html>  <head><title>Gateway</title></head><body>out of order</body></html>""#);
    assert_snapshot!(error_of(Answer::status(StatusCode::NOT_FOUND)).await, @"/cgi-bin/some/call answered with status 404: there is nothing at this address, check the path and the base address");
    let redirect = Answer::status(StatusCode::FOUND)
        .header(LOCATION, HeaderValue::from_static("http://elsewhere.test/"));
    assert_snapshot!(error_of(redirect).await, @"/cgi-bin/some/call answered with status 302: redirects are not followed, check the base address");
}

#[tokio::test]
async fn long_and_wild_texts_are_cut_to_one_line() {
    let page = format!("<{}", "渠道\u{1b}[31m\n".repeat(100_000));
    for answer in [
        Answer::json(page.clone()),
        Answer::status(StatusCode::BAD_GATEWAY).body(page.clone()),
        Answer::json(serde_json::json!({ "errcode": 40013, "errmsg": page }).to_string()),
        Answer::json(serde_json::json!({ "ticket": [page] }).to_string()),
    ] {
        let text = error_of(answer).await.to_string();
        assert!(text.len() < 800, "{text}");
        assert!(!text.contains(char::is_control), "{text}");
    }
}

#[tokio::test]
async fn deep_json_is_an_error_and_not_a_crash() {
    let error = error_of_body("[".repeat(1_000_000)).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
    let error = error_of_body(format!(r#"{{"a":{}"#, r#"{"a":"#.repeat(1_000_000))).await;
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn a_token_answer_without_a_usable_token_is_an_error() {
    for body in [
        r#"{"access_token":"","expires_in":7200}"#.to_owned(),
        token(&"x".repeat(1025), 7200),
        r#"{"expires_in":7200}"#.to_owned(),
        r#"{"access_token":"T1"}"#.to_owned(),
        "{}".to_owned(),
    ] {
        let account = Account::new();
        account.answers(&[&body]);
        let error = account.call().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert!(error.to_string().starts_with("no access_token: "));
        assert!(!error.may_have_been_done());
    }
}

#[tokio::test]
async fn a_file_may_be_a_refusal() {
    let file = async |answer: Answer| {
        let account = Account::new();
        account.platform.answer(answer);
        account.client.get_image("/cgi-bin/showqrcode", &[]).await
    };
    let error = file(Answer::bytes("image/jpg", r#" {"errcode":40013,"errmsg":"no"}"#)).await.unwrap_err();
    assert_eq!(error.errcode(), Some(ErrCode::INVALID_APPID));
    assert_eq!(file(Answer::status(StatusCode::NOT_FOUND)).await.unwrap_err().kind(), ErrorKind::Status(404));
    assert_eq!(file(Answer::json("{\"a\":")).await.unwrap(), "{\"a\":");
}
