//! `wx quota`: what the account may still call today.

mod clear;
mod rid;
mod table;

use super::Context;
use crate::{
    config::ClientArgs,
    edge,
    failure::{Failure, Outcome},
    print,
};
use clap::Subcommand;
use serde_json::json;
use table::Row;
use wx_client::{Client, ErrorKind};

/// Shows what is left of the day's allowances (调用额度), clears them, explains a refused request
///
/// Allowances are counted per call and day; the day ends at midnight in Beijing.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Quota {
    #[command(subcommand)]
    command: Option<QuotaCommand>,

    /// Calls to ask about, by their paths such as /cgi-bin/qrcode/create [default: those that codes and followers need]
    #[arg(value_name = "PATH")]
    paths: Vec<String>,

    #[command(flatten)]
    client: ClientArgs,
}

#[derive(Debug, Subcommand)]
enum QuotaCommand {
    Clear(clear::Clear),
    Rid(rid::Rid),
}

/// What a program around codes calls.
const USUAL: [&str; 9] = [
    "/cgi-bin/qrcode/create",
    "/cgi-bin/stable_token",
    "/cgi-bin/token",
    "/cgi-bin/user/info",
    "/cgi-bin/user/info/batchget",
    "/cgi-bin/user/get",
    "/cgi-bin/tags/members/batchtagging",
    "/cgi-bin/message/custom/send",
    "/cgi-bin/shorten/gen",
];

impl Quota {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        match self.command {
            Some(QuotaCommand::Clear(clear)) => clear.run(context).await,
            Some(QuotaCommand::Rid(rid)) => rid.run(context).await,
            None => self.show(context).await,
        }
    }

    async fn show(self, context: &Context) -> Outcome {
        let wants_usual = self.paths.is_empty();
        let paths = if wants_usual { USUAL.map(str::to_owned).to_vec() } else { self.paths };
        if let Some(path) = paths.iter().find(|path| !path.starts_with('/') || path.contains(['?', '#'])) {
            return Err(Failure::invalid(format!(
                "{path:?} is no call; name it by its path without a query, such as /cgi-bin/qrcode/create"
            )));
        }
        let client = self.client.client(&context.settings).await?;
        let mut rows = Vec::with_capacity(paths.len());
        for path in paths {
            rows.push(row(&client, path, wants_usual).await?);
        }
        let now = edge::now();
        let left = until_midnight(now);
        if context.json {
            let calls: Vec<_> = rows.iter().map(Row::json).collect();
            print::json(&json!({ "calls": calls, "resets_at": now + left, "resets_in": left }));
        } else {
            print::line(&table::table(&rows));
            let length = print::duration(left.unsigned_abs());
            print::line("");
            print::line(&format!("begins anew at midnight in Beijing, in {length} 北京时间零点重置"));
        }
        Ok(())
    }
}

/// That the account may not make one of the usual calls is a figure like others; of a call that was named, a refusal.
async fn row(client: &Client, path: String, is_usual: bool) -> Outcome<Row> {
    match client.quotas().get(path.as_str()).await {
        Ok(answer) => Ok(Row { path, answer: Ok(answer) }),
        Err(error)
            if is_usual && matches!(error.kind(), ErrorKind::Api(code) if is_about_path(code.get())) =>
        {
            Ok(Row { path, answer: Err(error) })
        }
        Err(error) => Err(error.into()),
    }
}

/// There is no such call, or the account may not make it (protocol §5.4).
pub(crate) fn is_about_path(code: i64) -> bool {
    matches!(code, 76003 | 76021 | 76022)
}

/// Seconds until the platform's day ends.
pub(crate) fn until_midnight(now: i64) -> i64 {
    const DAY: i64 = 86_400;
    const BEIJING: i64 = 8 * 3600;
    DAY - now.saturating_add(BEIJING).rem_euclid(DAY)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_day_ends_at_midnight_in_beijing() {
        // 2026-01-01 00:00:00 in Beijing.
        let midnight = 1_767_196_800;
        let left = [midnight - 1, midnight, midnight + 86_399].map(super::until_midnight);
        assert_eq!(left, [1, 86_400, 1]);
    }
}
