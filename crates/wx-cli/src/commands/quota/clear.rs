use crate::{
    commands::Context,
    config::ClientArgs,
    failure::{Failure, Outcome},
    print,
};
use clap::ArgGroup;
use serde_json::json;
use std::io::{self, BufRead, IsTerminal};

/// Clears the counters of one call (50 times a month) or of all (10 times a month)
///
/// The platform counts the clearings: of all calls together 10 a month, those by the button of the console included, of
/// one call 50 a month. The places of permanent codes (45029) are cleared by none.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("which").required(true).args(["path", "all"]))]
pub(crate) struct Clear {
    /// The call to clear, by its path such as /cgi-bin/qrcode/create
    #[arg(value_name = "PATH")]
    path: Option<String>,

    /// Clears all calls (clear_quota)
    #[arg(long)]
    all: bool,

    /// With the AppSecret instead of a token (clear_quota/v2), for when the token calls themselves are used up
    #[arg(long, requires = "all")]
    by_secret: bool,

    /// Asks nobody
    #[arg(long, short)]
    yes: bool,

    #[command(flatten)]
    client: ClientArgs,
}

impl Clear {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        if let Some(path) = self.path.as_ref().filter(|path| !path.starts_with('/')) {
            return Err(Failure::invalid(format!(
                "{path:?} is no call; name it by its path, such as /cgi-bin/qrcode/create"
            )));
        }
        let client = self.client.client(&context.settings).await?;
        self.confirm(client.app_id().as_str())?;
        let quotas = client.quotas();
        match &self.path {
            Some(path) => quotas.clear(path.as_str()).await?,
            None if self.by_secret => quotas.clear_all_by_secret().await?,
            None => quotas.clear_all().await?,
        }
        if context.json {
            print::json(
                &json!({ "cleared": self.path.as_deref().unwrap_or("all"), "a_month": self.a_month() }),
            );
        } else {
            print::line(&format!(
                "cleared {}; the platform allows {} such clearings a month 已清零，每月至多 {} 次",
                self.what(),
                self.a_month(),
                self.a_month()
            ));
        }
        Ok(())
    }

    /// One of few is spent, so a person is asked.
    fn confirm(&self, account: &str) -> Outcome {
        if self.yes {
            return Ok(());
        }
        if !io::stdin().is_terminal() {
            return Err(Failure::invalid(format!(
                "this uses one of {} clearings a month; nobody can be asked here, so say --yes",
                self.a_month()
            )));
        }
        print::note(&format!(
            "This clears {} of {account} and uses one of {} clearings a month. 将清零调用次数，每月至多 {} 次。\nGo on 继续? [y/N]",
            self.what(),
            self.a_month(),
            self.a_month()
        ));
        let mut answer = String::new();
        let read = io::stdin().lock().read_line(&mut answer);
        match read {
            Ok(_) if matches!(answer.trim(), "y" | "Y" | "yes" | "是") => Ok(()),
            _ => Err(Failure::invalid("nothing was cleared")),
        }
    }

    fn what(&self) -> String {
        match &self.path {
            Some(path) => format!("the counter of {}", print::harmless_line(path)),
            None => "the counters of all calls".to_owned(),
        }
    }

    /// Protocol §5.4.
    fn a_month(&self) -> u32 {
        if self.all { 10 } else { 50 }
    }
}
