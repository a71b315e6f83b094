use super::{Finding, Report, check::Check};
use crate::{
    config::{ClientArgs, Settings, TokenKind, TokenSource, build},
    failure::{Failure, Outcome},
};
use std::sync::Arc;
use wx_client::{Client, ClientBuilder, FixedToken, RetryPolicy, TokenStore};
use wx_model::{AccessToken, AppId};

/// The account and how it is called.
pub(super) struct Account<'a> {
    pub(super) app_id: AppId,
    pub(super) source: TokenSource,
    args: &'a ClientArgs,
    settings: &'a Settings,
}

impl Account<'_> {
    /// A client that calls once. Where each fetch of a classic token would end that of others, a stable one is taken,
    /// which leaves those alone (protocol §1.2).
    pub(super) fn client(&self, store: Option<Arc<dyn TokenStore>>) -> Outcome<Client> {
        let stable = TokenSource::Platform { kind: TokenKind::Stable, shared: None };
        let source = if self.source.is_lonely_classic() { &stable } else { &self.source };
        let builder = self.args.builder(source, self.settings)?;
        let builder = match store {
            Some(store) => builder.token_store(store),
            None => builder,
        };
        once(builder)
    }

    /// A client that never takes another token than this one.
    pub(super) fn client_with(&self, token: AccessToken) -> Outcome<Client> {
        let builder = Client::with_token_source(self.app_id.clone(), FixedToken::new(token));
        once(self.args.account.at_base(builder, self.settings))
    }
}

fn once(builder: ClientBuilder) -> Outcome<Client> {
    build(builder.retry(RetryPolicy::none()))
}

pub(super) fn unreadable(failure: &Failure) -> Finding {
    Finding::failed(
        Check::Configuration,
        failure.to_string(),
        ["correct the file, or name another one with --config", "请更正配置文件，或用 --config 指定其他文件"],
    )
}

/// Whether everything is there that calls need, and looks as it should.
pub(super) fn check<'a>(
    report: &mut Report,
    args: &'a ClientArgs,
    settings: &'a Settings,
) -> Option<Account<'a>> {
    match account(args, settings) {
        Ok(account) => {
            report.add(judge(&account));
            Some(account)
        }
        Err(failure) => {
            report.add(Finding::failed(
                Check::Configuration,
                failure.to_string(),
                [
                    "set what is missing or wrong; AppID and AppSecret stand in the console under 设置与开发 > 基本配置",
                    "请补全或更正设置；AppID 与 AppSecret 见公众平台“设置与开发 > 基本配置”",
                ],
            ));
            None
        }
    }
}

fn account<'a>(args: &'a ClientArgs, settings: &'a Settings) -> Outcome<Account<'a>> {
    let account = Account {
        app_id: args.account.app_id(settings)?,
        source: args.token.source(settings)?,
        args,
        settings,
    };
    // A wrong base address or a missing secret is told here.
    account.client(None)?;
    Ok(account)
}

fn judge(account: &Account<'_>) -> Finding {
    let app_id = account.app_id.as_str();
    let tail = app_id.strip_prefix("wx").unwrap_or_default();
    if tail.len() != 16 || !tail.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Finding::warning(
            Check::Configuration,
            format!("the AppID {app_id:?} does not look like one: wx and 16 letters or digits"),
            [
                "copy the AppID from the console; gh_… is the original id, not the AppID",
                "请从后台复制 AppID；gh_ 开头的是原始 ID",
            ],
        );
    }
    let secret = match &account.source {
        TokenSource::Platform { .. } => account.args.account.app_secret(account.settings).ok(),
        _ => None,
    };
    let is_secret = |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match secret {
        Some(secret) if !is_secret(secret.expose()) => Finding::warning(
            Check::Configuration,
            format!("the AppSecret has {} characters and not 32 hex digits", secret.expose().chars().count()),
            ["copy the AppSecret again, without blanks", "请重新复制 AppSecret，不要带空格"],
        ),
        _ => Finding::ok(Check::Configuration, format!("account {app_id}; {}", account.source)),
    }
}
