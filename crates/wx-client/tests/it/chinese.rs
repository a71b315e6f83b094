use crate::account::{Account, CALL, REFUSED, token};
use insta::assert_snapshot;
use wx_client::Error;
use wx_model::{ErrClass, ErrCode};
use wx_transport::{Answer, TransportErrorKind};

async fn error(answer: impl Into<Answer>) -> Error {
    let account = Account::new();
    account.answers(&[&token("T1", 7200)]);
    account.platform.answer(answer);
    account.call().await.unwrap_err()
}

#[tokio::test]
async fn a_refusal_says_name_class_cause_and_remedy_in_two_languages() {
    let error = error(Answer::json(
        r#"{"errcode":48001,"errmsg":"api unauthorized rid: 69570a80-1c0ffee0-5eedbeef"}"#,
    ))
    .await;
    assert_eq!((error.name(), error.class()), (Some("api_unauthorized"), Some(ErrClass::Permission)));
    assert_snapshot!(
        [error.cause_en(), error.remedy_en(), error.cause_zh(), error.remedy_zh()].map(Option::unwrap).join("\n"),
        @"
        This account has no right to the API (qrcode/create needs a verified service account), or the token belongs to another account
        only verified service accounts (or the sandbox test account) may make codes with parameters: check the kind, the verification and the API rights of the account in the console, and that the token belongs to it
        api功能未授权
        仅已认证的服务号（或测试号）可生成带参数二维码：在后台检查账号类型、认证状态和接口权限，并确认 token 属于该账号
        "
    );
    assert_snapshot!(error.in_chinese(), @"/cgi-bin/some/call 被平台拒绝，返回码 48001：api功能未授权；平台原文“api unauthorized rid: 69570a80-1c0ffee0-5eedbeef”；仅已认证的服务号（或测试号）可生成带参数二维码：在后台检查账号类型、认证状态和接口权限，并确认 token 属于该账号");
}

#[tokio::test]
async fn codes_that_nobody_knows_are_data() {
    let error = error(Answer::json(r#"{"errcode":9999999,"errmsg":"a code of tomorrow"}"#)).await;
    assert_eq!(
        (error.errcode().map(ErrCode::get), error.name(), error.class()),
        (Some(9_999_999), None, None)
    );
    assert_eq!((error.cause_en(), error.cause_zh()), (None, None));
    assert!(error.remedy_en().is_some() && error.remedy_zh().is_some() && !error.is_retryable());
    assert_snapshot!(error.in_chinese(), @"/cgi-bin/some/call 被平台拒绝，返回码 9999999：未收录的返回码；平台原文“a code of tomorrow”；按永久性错误处理：不要重试，并记录应答中的 rid 以便反馈");
}

#[tokio::test]
async fn every_kind_has_a_chinese_sentence() {
    let mut lines = Vec::new();
    for answer in [
        Answer::json(
            r#"{"errcode":40164,"errmsg":"invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist"}"#,
        ),
        Answer::from(TransportErrorKind::Connect),
        Answer::from(TransportErrorKind::Timeout),
        Answer::json("<html>"),
        Answer::status(http::StatusCode::BAD_GATEWAY),
    ] {
        lines.push(error(answer).await.in_chinese().to_string());
    }
    let account = Account::new();
    lines.push(account.client.get_json::<()>("no path", &[]).await.unwrap_err().in_chinese().to_string());
    account.answers(&[r#"{"errcode":40001,"errmsg":"wrong"}"#]);
    lines.push(account.client.access_token().await.unwrap_err().in_chinese().to_string());
    let account = Account::new();
    account.answers(&[&token("T1", 7200), REFUSED, &token("T2", 7200), REFUSED]);
    lines.push(account.client.post_json::<()>(CALL, &()).await.unwrap_err().in_chinese().to_string());
    assert_snapshot!(lines.join("\n"), @"
    /cgi-bin/some/call 被平台拒绝，返回码 40164：调用IP不在白名单；平台原文“invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist”；请把 203.0.113.9 加入该账号的 IP 白名单，几分钟后生效
    /cgi-bin/some/call 没有收到应答：请检查网络和地址，稍后重试
    /cgi-bin/some/call 没有收到应答：请检查网络和地址，稍后重试；平台可能已经执行，请先确认再重复
    /cgi-bin/some/call 的应答无法解析：请检查地址以及途中的网关；平台可能已经执行，请先确认再重复
    /cgi-bin/some/call 返回 HTTP 状态 502：请检查地址以及途中的网关；平台可能已经执行，请先确认再重复
    no path 未发送：请求本身不正确（no path cannot be called: its path must start with / and hold no query, no blank and nothing but ASCII; give the query as pairs）
    /cgi-bin/stable_token 被平台拒绝，返回码 40001：AppSecret 错误；平台原文“wrong”；到后台核对该 AppID 当前的 AppSecret；更正之前重试无效
    /cgi-bin/some/call 被平台拒绝，返回码 40001：access_token 无效、已过期或不是最新；平台原文“invalid credential, access_token is invalid or not latest”；token 已按规则更换过；请核对 AppID 与 AppSecret 属于同一账号，并确认没有其他程序强制刷新或用旧接口获取该账号的 token
    ");
}
