use super::{Finding, Report, check::Check, configuration::Account, finding::reason};
use crate::{config::TokenSource, failure::Failure, print};
use std::sync::Arc;
use wx_client::{Client, TokenStore};

/// Whether the shared token can be reached. `None`: it cannot, and so there is no token.
pub(super) async fn open(report: &mut Report, account: &Account<'_>) -> Option<Option<Arc<dyn TokenStore>>> {
    let Some(shared) = account.source.shared() else {
        report.add(unshared(account));
        return Some(None);
    };
    let opened = match shared.open().await {
        Ok(store) => store.read(&account.app_id).await.map(|row| (store, row)).map_err(|error| {
            Failure::failed(format!("the store of the access token cannot be read: {error}"))
        }),
        Err(failure) => Err(failure),
    };
    match opened {
        Ok((store, row)) => {
            report.add(match row.setback {
                Some(setback) => Finding::warning(
                    Check::TokenStore,
                    format!(
                        "{}: the last refresh failed: {}; nobody tries again for {}",
                        shared.address,
                        setback.text,
                        print::duration(setback.pause.as_secs())
                    ),
                    ["see what the other checks say of it", "原因见其他检查项"],
                ),
                None => Finding::ok(Check::TokenStore, format!("{} answers", shared.address)),
            });
            Some(Some(store))
        }
        Err(failure) => {
            report.add(Finding::failed(
                Check::TokenStore,
                failure.to_string(),
                [
                    "start the server or correct its address, user and password (--token-store, WX_TOKEN_STORE)",
                    "请启动该服务，或更正其地址、用户名与密码（--token-store、WX_TOKEN_STORE）",
                ],
            ));
            None
        }
    }
}

fn unshared(account: &Account<'_>) -> Finding {
    if account.source.is_lonely_classic() {
        return Finding::warning(
            Check::TokenStore,
            "classic tokens are shared with nobody: each program that fetches one ends those of all others in 5 minutes; \
             for this examination a stable one is taken, which leaves them alone",
            [
                "take stable tokens (--token-kind stable), or let all programs share one with --token-store",
                "请改用稳定版 token（--token-kind stable），或用 --token-store 让所有程序共享同一个 token",
            ],
        );
    }
    let text = match &account.source {
        TokenSource::Platform { .. } => "none is needed: stable tokens end nobody else's",
        TokenSource::Central { .. } => "none is needed: the central service keeps the token",
        TokenSource::Fixed(_) => "none is needed: the token is fixed",
    };
    Finding::ok(Check::TokenStore, text)
}

/// The stored token that the platform refuses although it should live.
pub(super) struct Stolen {
    left: std::time::Duration,
    refusal: wx_client::Error,
}

/// Tries the stored token before anything renews it.
pub(super) async fn look_for_rivals(account: &Account<'_>, store: Option<&dyn TokenStore>) -> Option<Stolen> {
    let row = store?.read(&account.app_id).await.ok()?;
    let (token, left) = row.token.filter(|(_, left)| !left.is_zero())?;
    let refusal = account.client_with(token).ok()?.network().callback_ips().await.err()?;
    refusal.is_token_rejected().then_some(Stolen { left, refusal })
}

/// Whether somebody else fetches tokens of this account, so that ours die before their time (protocol §1.4).
pub(super) async fn rivals(account: &Account<'_>, client: &Client, stolen: Option<Stolen>) -> Finding {
    let again = client.network().callback_ips().await.err().filter(wx_client::Error::is_token_rejected);
    let text = match (&stolen, &again) {
        (_, Some(refusal)) => {
            format!("a token that was fetched a moment ago is refused already ({})", reason(refusal))
        }
        (Some(stolen), None) => format!(
            "the stored token should live {} more but was refused ({}); it has been replaced",
            print::duration(stolen.left.as_secs()),
            reason(&stolen.refusal)
        ),
        (None, None) if account.source.shared().is_some() => {
            return Finding::ok(Check::TokenRivals, "the stored token is the one that the platform takes");
        }
        (None, None) => return Finding::ok(Check::TokenRivals, "a fresh token is taken"),
    };
    Finding::failed(
        Check::TokenRivals,
        format!("another program fetches tokens of this account: {text}"),
        [
            "find it (another cluster, a plug-in, a colleague's script) and let it share this token, or let all take stable \
             tokens and force no refresh",
            "请找出该程序（其他集群、插件、同事的脚本等），让它共享此 token，或全部改用稳定版 token 且不要强制刷新",
        ],
    )
}
