pub(crate) mod check;
pub(crate) mod courier;
pub(crate) mod delivery;

use super::{PushArgs, StampArgs};
use crate::{
    commands::Context,
    config::PlatformArgs,
    failure::{Failure, Outcome},
    print,
};
use courier::Courier;
use delivery::{Delivery, Verdict};
use serde::Serialize;
use std::time::Duration;
use wx_events::{Callback, parse_unverified};
use wx_model::Push;

/// Posts a push as the platform would, and judges the answer
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct Send {
    /// Callback address, such as http://127.0.0.1:8080/wx/callback
    url: String,

    #[command(flatten)]
    push: PushArgs,

    /// Sends the check of the address (a GET, 验证服务器地址) instead of a push; the answer must be its exact bytes
    #[arg(long, conflicts_with = "source")]
    check: bool,

    /// The echostr of the check [default: random digits]
    #[arg(long, value_name = "TEXT", requires = "check")]
    echo: Option<String>,

    /// Waits 5 s for an answer and delivers up to three times, as the platform does
    #[arg(long, conflicts_with = "check")]
    as_platform: bool,

    /// Longest wait for an answer; what takes more than 5 s is too late for the platform
    #[arg(long, value_name = "SECONDS", default_value_t = 15, conflicts_with = "as_platform")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,

    #[command(flatten)]
    platform: PlatformArgs,

    #[command(flatten)]
    stamp: StampArgs,
}

const EXIT_CODES: &str = "Redirects are not followed, as the platform follows none.
Exit codes: 0 the platform would take the answer, 1 it would not, 2 invalid input (nothing was sent), 4 no connection.";

/// How often the platform delivers one push (protocol §8).
const DELIVERIES: usize = 3;

impl Send {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let callback = self.stamp.fix(self.platform.callback(&context.settings)?);
        let limit = if self.as_platform { Delivery::LIMIT } else { Duration::from_secs(self.timeout) };
        let courier = Courier::new(&self.url, limit)?;
        if self.check {
            return check::run(&courier, &callback, self.echo.as_deref(), &self.stamp, context).await;
        }
        let body = self.push.body(&context.settings, &self.stamp)?;
        let push = parse_unverified(&body).map_err(|error| Failure::invalid(error.to_string()))?;
        if !context.json {
            print::line(&print::harmless(&self.heading(&push, &callback)));
        }
        let deliveries = self.deliver(&courier, &callback, &body, context).await?;
        let last = deliveries.last().map_or(Verdict::Unreachable, |delivery| delivery.verdict);
        if context.json {
            print::json(&Sent::new(&push, &callback, &deliveries));
        }
        last.outcome()
    }

    /// One delivery, or as many as the platform makes until it is content.
    async fn deliver(
        &self,
        courier: &Courier,
        callback: &Callback,
        body: &[u8],
        context: &Context,
    ) -> Outcome<Vec<Delivery>> {
        let most = if self.as_platform { DELIVERIES } else { 1 };
        let mut deliveries: Vec<Delivery> = Vec::new();
        while deliveries.len() < most && deliveries.last().is_none_or(|last| !last.verdict.is_content()) {
            let signed =
                callback.sign(body, self.stamp.now()).map_err(|error| Failure::invalid(error.to_string()))?;
            let answer = courier.post(&signed.query, &signed.body).await?;
            deliveries.push(Delivery::judge(callback, &signed, answer));
            if self.as_platform && !context.json {
                let said = deliveries.last().map(Delivery::in_one_line).unwrap_or_default();
                print::line(&format!("delivery {}  {said}", deliveries.len()));
            }
        }
        if let Some(last) = deliveries.last().filter(|_| !context.json) {
            last.print_for_people();
        }
        Ok(deliveries)
    }

    fn heading(&self, push: &Push, callback: &Callback) -> String {
        let key = push.field("EventKey").filter(|key| !key.is_empty());
        let key = key.map(|key| format!(" with EventKey {key}")).unwrap_or_default();
        let (from, to) = (push.from_user.as_str(), push.to_user.as_str());
        let people = if from.is_empty() { String::new() } else { format!(", from {from} to {to}") };
        format!("push     {}{key}{people}\nsent     in {} mode to {}", push.name(), callback.mode(), self.url)
    }
}

/// What `--json` prints: the last delivery, and all of them in short.
#[derive(Serialize)]
struct Sent<'a> {
    name: &'a str,
    event_key: Option<&'a str>,
    from_user: &'a str,
    to_user: &'a str,
    mode: &'static str,
    #[serde(flatten)]
    last: Option<&'a Delivery>,
    deliveries: Vec<Short<'a>>,
}

#[derive(Serialize)]
struct Short<'a> {
    verdict: Verdict,
    reason: Option<&'a str>,
    status: Option<u16>,
    milliseconds: u64,
}

impl<'a> Sent<'a> {
    fn new(push: &'a Push, callback: &Callback, deliveries: &'a [Delivery]) -> Self {
        let short = |delivery: &'a Delivery| Short {
            verdict: delivery.verdict,
            reason: delivery.reason.as_deref(),
            status: delivery.status,
            milliseconds: delivery.milliseconds,
        };
        Self {
            name: push.name(),
            event_key: push.field("EventKey"),
            from_user: push.from_user.as_str(),
            to_user: push.to_user.as_str(),
            mode: callback.mode().as_str(),
            last: deliveries.last(),
            deliveries: deliveries.iter().map(short).collect(),
        }
    }
}
