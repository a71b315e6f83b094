use super::{Finding, check::Check};
use wx_client::Client;
use wx_model::{CallbackCheckRequest, CallbackCheckResponse, CheckAction, CheckOperator, ErrCode};

/// What the platform itself finds when it looks for the callback (网络通信检测, protocol §5.3).
pub(super) async fn check(client: &Client) -> Finding {
    let request = CallbackCheckRequest::new(CheckAction::All, CheckOperator::Default);
    match client.network().check_callback(&request).await {
        Ok(answer) => judge(&answer),
        Err(error) if error.errcode().map(ErrCode::get) == Some(40201) => Finding::failed(
            Check::CallbackNetwork,
            "40201, the platform has no usable callback address, so it pushes nothing",
            [
                "save URL, Token and key in the console (设置与开发 > 基本配置 > 服务器配置) and switch them on",
                "请在公众平台“设置与开发 > 基本配置 > 服务器配置”中保存并启用 URL、Token 与密钥",
            ],
        ),
        Err(error) => {
            Finding { verdict: super::Verdict::Warning, ..Finding::of_error(Check::CallbackNetwork, &error) }
        }
    }
}

fn judge(answer: &CallbackCheckResponse) -> Finding {
    let pings = answer.ping.iter().map(|ping| format!("{} loses {} of packets", ping.ip, ping.package_loss));
    let names = answer.dns.iter().map(|dns| format!("the name leads to {}", dns.ip));
    let text: Vec<_> = names.chain(pings).collect();
    let is_lossy = answer.ping.iter().any(|ping| ping.package_loss.trim_end_matches('%') != "0");
    if answer.dns.is_empty() || is_lossy {
        let text = if text.is_empty() {
            "the name of the callback leads nowhere".to_owned()
        } else {
            text.join(", ")
        };
        return Finding::warning(
            Check::CallbackNetwork,
            text,
            [
                "check the DNS record of the callback and the firewall before it; many servers answer no ping, which is no \
                 fault",
                "请检查回调域名解析与防火墙；许多服务器禁 ping，这不算故障",
            ],
        );
    }
    Finding::ok(Check::CallbackNetwork, text.join(", "))
}
