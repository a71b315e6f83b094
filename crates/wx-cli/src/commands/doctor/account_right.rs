use super::{Finding, check::Check};
use wx_client::Client;
use wx_model::{CreateRequest, ErrCode, Lifetime, Scene};
use wx_qrcode::QrCodes;

/// Whether the account may make codes, found out by a temporary one of a minute: no other call says so for sure.
pub(super) async fn check(client: &Client, no_code: bool) -> Finding {
    if no_code {
        return Finding::skipped(Check::AccountRight, "no code is to be made (--no-code)");
    }
    let request = match (Scene::str("wx-doctor"), Lifetime::from_seconds(60)) {
        (Ok(scene), Ok(lifetime)) => CreateRequest::temporary(scene, lifetime),
        _ => return Finding::skipped(Check::AccountRight, "there is nothing to try it with"),
    };
    let Err(error) = QrCodes::new(client.clone()).create(&request).await else {
        return Finding::ok(Check::AccountRight, "the account may make codes; one of 60 s was made");
    };
    let named = error.errcode().and_then(|code| Some((code, code.info()?.name)));
    let text =
        named.map_or_else(|| crate::failure::sentence(&error), |(code, name)| format!("{code} {name}"));
    match error.errcode().map(ErrCode::get) {
        Some(45009 | 45011) => Finding::skipped(Check::AccountRight, "the allowance is used up, see quota"),
        Some(48001 | 48004 | 61007) => Finding::failed(
            Check::AccountRight,
            format!("the account has no right to make codes ({text})"),
            [
                "codes with parameters need a verified service account (已认证的服务号) or a test account; look whether the \
                 verification has run out, or whether AppID and AppSecret are those of another account",
                "带参数二维码需要已认证的服务号或测试号；请检查认证是否过期，以及 AppID、AppSecret 是否属于其他帐号",
            ],
        ),
        code => {
            let code = code.map(ErrCode::new);
            let remedy = code
                .map_or(["try again later", "请稍后重试"], |code| [code.remedy_en(), code.remedy_zh()]);
            Finding::failed(Check::AccountRight, text, remedy)
        }
    }
}
