use crate::account::codes;
use insta::assert_snapshot;
use wx_client::ErrorKind as CallKind;
use wx_model::{CreateRequest, ErrCode, Lifetime, PermanentScene, Scene};
use wx_qrcode::ErrorKind;
use wx_transport::{Answer, TransportErrorKind};

async fn sent(request: CreateRequest) -> String {
    let (codes, platform) = codes(Answer::json(r#"{"ticket":"gQ","url":"http:\/\/weixin.qq.com\/q\/02"}"#));
    let code = codes.create(&request).await.unwrap();
    assert_eq!(code.ticket.as_str(), "gQ");
    assert_eq!(code.url.as_deref(), Some("http://weixin.qq.com/q/02"));
    platform.assert_done();
    let request = &platform.requests()[1];
    format!("{} {}\n{}", request.method, request.uri, request.text())
}

#[tokio::test]
async fn the_four_kinds_of_code_are_sent_as_the_platform_wants_them() {
    let month = Lifetime::days(30).unwrap();
    assert_snapshot!(sent(CreateRequest::temporary(Scene::id(u32::MAX.into()).unwrap(), month)).await, @r#"
    POST https://api.weixin.qq.com/cgi-bin/qrcode/create?access_token=T1
    {"expire_seconds":2592000,"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":4294967295}}}
    "#);
    assert_snapshot!(sent(CreateRequest::temporary(Scene::str("登录:7f3c").unwrap(), month)).await, @r#"
    POST https://api.weixin.qq.com/cgi-bin/qrcode/create?access_token=T1
    {"expire_seconds":2592000,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"登录:7f3c"}}}
    "#);
    assert_snapshot!(sent(CreateRequest::permanent(PermanentScene::id(2026).unwrap())).await, @r#"
    POST https://api.weixin.qq.com/cgi-bin/qrcode/create?access_token=T1
    {"action_name":"QR_LIMIT_SCENE","action_info":{"scene":{"scene_id":2026}}}
    "#);
    assert_snapshot!(sent(CreateRequest::permanent(PermanentScene::str("store:SH-0117/desk 3").unwrap())).await, @r#"
    POST https://api.weixin.qq.com/cgi-bin/qrcode/create?access_token=T1
    {"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene":{"scene_str":"store:SH-0117/desk 3"}}}
    "#);
}

fn poster() -> CreateRequest {
    CreateRequest::permanent(PermanentScene::id(1).unwrap())
}

#[tokio::test]
async fn a_refusal_keeps_everything_that_the_call_knows() {
    let (codes, _) = codes(Answer::json(
        r#"{"errcode":45029,"errmsg":"qrcode count out of limit rid: 69570a80-1c0ffee0-5eedbeef"}"#,
    ));
    let error = codes.create(&poster()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Call(CallKind::Api(ErrCode::QRCODE_COUNT_LIMIT)));
    assert_eq!(error.errcode(), Some(ErrCode::QRCODE_COUNT_LIMIT));
    assert_eq!(error.rid(), Some("69570a80-1c0ffee0-5eedbeef"));
    assert!(
        error.is_quota()
            && !error.is_retryable()
            && !error.is_token_rejected()
            && !error.may_have_been_done()
    );
    assert!(error.to_string().contains("45029 qrcode_count_limit"), "{error}");
}

#[tokio::test]
async fn a_refused_address_is_passed_on() {
    let (codes, _) =
        codes(Answer::json(r#"{"errcode":40164,"errmsg":"invalid ip 203.0.113.9, not in whitelist"}"#));
    let error = codes.create(&poster()).await.unwrap_err();
    assert_eq!(error.refused_ip(), Some([203, 0, 113, 9].into()));
}

#[tokio::test]
async fn a_lost_answer_may_have_taken_a_place() {
    for (answer, maybe) in [
        (Answer::from(TransportErrorKind::Connect), false),
        (Answer::from(TransportErrorKind::Timeout), true),
        (Answer::json(r#"{"ticket":"gQ"#), true),
        (Answer::json(r#"{"errcode":-1,"errmsg":"system error"}"#), true),
    ] {
        let (codes, _) = codes(answer);
        let error = codes.create(&poster()).await.unwrap_err();
        assert!(error.is_retryable());
        assert_eq!(error.may_have_been_done(), maybe, "{error}");
    }
}

#[tokio::test]
async fn an_answer_without_a_ticket_is_no_code() {
    let (codes, _) = codes(Answer::json(r#"{"ticket":"","url":"http://weixin.qq.com/q/02"}"#));
    let error = codes.create(&poster()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NoTicket);
    assert!(error.may_have_been_done() && error.is_retryable());
}
