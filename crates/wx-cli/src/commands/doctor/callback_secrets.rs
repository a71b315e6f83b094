use super::{Finding, Report, check::Check};
use crate::{
    config::{AccountArgs, CallbackArgs, Secrets, Settings},
    failure::Failure,
};
use wx_events::Mode;

/// Whether Token (3 to 32 letters and digits) and EncodingAESKey (43 of them, 32 bytes) can be what they are said to be
/// (protocol §6.1). Gives them if pushes can be signed with them.
pub(super) fn check(
    report: &mut Report,
    args: &CallbackArgs,
    account: &AccountArgs,
    settings: &Settings,
) -> Option<Secrets> {
    let secrets = match args.all_secrets(account.app_id(settings).ok(), settings) {
        Ok(secrets) => secrets,
        Err(failure) => {
            report.add(failed(&failure));
            return None;
        }
    };
    let Some(token) = &secrets.token else {
        report.add(Finding::skipped(
            Check::CallbackSecrets,
            "no callback Token is set (WX_TOKEN, [callback] token)",
        ));
        return None;
    };
    let length = token.expose().chars().count();
    if !(3..=32).contains(&length) || !token.expose().bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        report.add(Finding::failed(
            Check::CallbackSecrets,
            format!("the callback Token is no 3 to 32 letters and digits; it has {length} characters"),
            [
                "set the Token as it stands in the console under 服务器配置, without blanks",
                "请按后台“服务器配置”中的 Token 填写（3-32 位字母或数字），不要带空格",
            ],
        ));
        return None;
    }
    if let Err(defect) = secrets.callback() {
        report.add(failed(&Failure::from(defect)));
        return None;
    }
    let mode = secrets.mode.unwrap_or(Mode::Plain);
    let key = if mode == Mode::Plain { "no key is needed" } else { "the EncodingAESKey decodes to 32 bytes" };
    report.add(Finding::ok(
        Check::CallbackSecrets,
        format!("{mode} mode, a Token of {length} characters, {key}"),
    ));
    Some(secrets)
}

fn failed(failure: &Failure) -> Finding {
    Finding::failed(
        Check::CallbackSecrets,
        failure.to_string(),
        [
            "copy the EncodingAESKey (43 letters and digits) and the Token from the console under 服务器配置",
            "请从后台“服务器配置”重新复制 EncodingAESKey（43 位字母或数字）与 Token",
        ],
    )
}
