//! `wx doctor`: what is wrong, and what to do about it.

mod account_right;
mod callback;
mod callback_secrets;
mod check;
mod configuration;
mod entry;
mod finding;
mod network;
mod permanent_codes;
mod platform;
mod quota;
mod report;
mod room;
mod store;
mod token_store;

use super::Context;
use crate::{
    config::{CallbackArgs, ClientArgs, DatabaseArgs, Secrets, Settings, filled},
    failure::{Failure, Outcome},
    print,
};
use check::Check;
use configuration::Account;
use finding::{Finding, Verdict};
use report::Report;

const NO_SECRETS: &str = "no usable Token and key are set here";

/// Looks for what is wrong with configuration, account, token, callback and database, and says what to do
///
/// Looks at configuration, database, token, platform, account and callback, in this order, and says of each what is
/// wrong and what to do. Nothing of value is used up: at most one temporary code of 60 seconds, some calls of the day, and
/// one push of the kind `debug_demo` to your own callback.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 nothing failed (warnings are none), 1 something failed, 2 usage.")]
pub(crate) struct Doctor {
    /// Callback address (服务器地址 URL) as it stands in the console, to be tried from here [default: not tried]
    #[arg(long, env = "WX_CALLBACK_URL", value_name = "URL")]
    callback_url: Option<String>,

    /// Makes no temporary code to see whether the account may
    #[arg(long)]
    no_code: bool,

    /// How many permanent codes the account may have
    #[arg(long, value_name = "COUNT", default_value_t = wx_channel::Places::ALL)]
    permanent_cap: u64,

    #[command(flatten)]
    callback: CallbackArgs,

    #[command(flatten)]
    database: DatabaseArgs,

    #[command(flatten)]
    client: ClientArgs,
}

impl Doctor {
    /// With a configuration file that cannot be read nothing else is looked at.
    pub(crate) async fn run(self, context: &Context, unreadable: Option<Failure>) -> Outcome {
        let mut report = Report::new(context.json);
        match unreadable {
            Some(failure) => {
                report.add(configuration::unreadable(&failure));
                report.stop("the configuration cannot be read");
            }
            None => self.examine(&mut report, &context.settings).await,
        }
        report.skip_rest();
        if context.json {
            print::json(&report.json());
        } else {
            report.print_summary();
        }
        if report.count(Verdict::Failed) > 0 { Err(Failure::silent()) } else { Ok(()) }
    }

    async fn examine(&self, report: &mut Report, settings: &Settings) {
        let account = configuration::check(report, &self.client, settings);
        let secrets = callback_secrets::check(report, &self.callback, &self.client.account, settings);
        let path = self.database.path(settings);
        report.add(store::check(path));
        match &account {
            Some(account) => self.call(report, account, settings, secrets.as_ref()).await,
            None => report.because("the account is not known"),
        }
        let app_id = self.client.account.app_id(settings).ok();
        report.add(permanent_codes::check(path, app_id, self.permanent_cap).await);
        let url = self.callback_url.as_deref().or(settings.callback.url.as_deref()).and_then(filled);
        report.add(match (secrets, url) {
            (None, _) => Finding::skipped(Check::Callback, NO_SECRETS),
            (_, None) => {
                Finding::skipped(Check::Callback, "no address is set (--callback-url, WX_CALLBACK_URL)")
            }
            (Some(secrets), Some(url)) => callback::check(&secrets, url).await,
        });
    }

    /// What only the platform can tell.
    async fn call(
        &self,
        report: &mut Report,
        account: &Account<'_>,
        settings: &Settings,
        secrets: Option<&Secrets>,
    ) {
        let store = token_store::open(report, account).await;
        let window = secrets.and_then(|secrets| secrets.time_window);
        if !platform::check(report, self.client.account.api_base(settings), window).await {
            return report.because("the platform is not reached");
        }
        let Some(store) = store else { return report.because("there is no access token without its store") };
        let client = match account.client(store.clone()) {
            Ok(client) => client,
            Err(failure) => return report.because(&failure.to_string()),
        };
        let rivals = token_store::look_for_rivals(account, store.as_deref()).await;
        if !entry::check(report, account, &client, self.client.account.api_base(settings)).await {
            return report.because("the platform lets nobody in");
        }
        report.add(token_store::rivals(account, &client, rivals).await);
        report.add(account_right::check(&client, self.no_code).await);
        report.add(quota::check(&client, account).await);
        report.add(match secrets {
            None => Finding::skipped(Check::CallbackNetwork, NO_SECRETS),
            Some(_) => network::check(&client).await,
        });
    }
}
