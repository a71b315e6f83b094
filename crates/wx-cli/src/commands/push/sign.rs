use super::{PushArgs, StampArgs};
use crate::{
    commands::Context,
    config::PlatformArgs,
    failure::{Failure, Outcome},
    print,
};
use clap::ValueEnum;
use serde::Serialize;
use wx_events::{Callback, CallbackQuery};

/// Makes query and body of a push as the platform would, with a ready curl line
#[derive(Debug, clap::Args)]
#[command(after_help = "No secret is part of the output, only signatures.")]
pub(crate) struct Sign {
    #[command(flatten)]
    push: PushArgs,

    /// Signs the check of the address (a GET) with this echostr instead of a push
    #[arg(long, value_name = "TEXT", conflicts_with = "source")]
    echo: Option<String>,

    /// Address in the curl line
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080/wx/callback")]
    url: String,

    /// Prints this alone, for scripts
    #[arg(long, value_enum, value_name = "PART")]
    only: Option<Part>,

    #[command(flatten)]
    platform: PlatformArgs,

    #[command(flatten)]
    stamp: StampArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Query,
    Body,
    Curl,
}

/// What `--json` prints.
#[derive(Serialize)]
struct Signed {
    mode: &'static str,
    query: String,
    #[serde(flatten)]
    parameters: Parameters,
    /// Absent for a check of the address.
    body: Option<String>,
    curl: String,
}

/// The query taken apart; what does not stand in it is absent.
#[derive(Serialize)]
struct Parameters {
    timestamp: Option<String>,
    nonce: Option<String>,
    signature: Option<String>,
    msg_signature: Option<String>,
    echostr: Option<String>,
}

impl Sign {
    pub(crate) fn run(&self, context: &Context) -> Outcome {
        let callback = self.stamp.fix(self.platform.callback(&context.settings)?);
        let signed = self.sign(&callback, context)?;
        match self.only {
            Some(part) => print::line(signed.part(part)),
            None if context.json => print::json(&signed),
            None => signed.print_for_people(),
        }
        Ok(())
    }

    fn sign(&self, callback: &Callback, context: &Context) -> Outcome<Signed> {
        let invalid = |error: wx_events::Error| Failure::invalid(error.to_string());
        let now = self.stamp.now();
        let (query, body) = if let Some(echo) = &self.echo {
            (callback.sign_echo(echo, now).map_err(invalid)?, None)
        } else {
            let body = self.push.body(&context.settings, &self.stamp)?;
            let signed = callback.sign(&body, now).map_err(invalid)?;
            (signed.query, Some(signed.body))
        };
        let curl = curl(&super::address(&self.url, &query), body.as_deref());
        let parameters = Parameters::of(&query);
        Ok(Signed { mode: callback.mode().as_str(), query, parameters, body, curl })
    }
}

impl Signed {
    fn part(&self, part: Part) -> &str {
        match part {
            Part::Query => &self.query,
            Part::Body => self.body.as_deref().unwrap_or_default(),
            Part::Curl => &self.curl,
        }
    }

    fn print_for_people(&self) {
        print::line(&format!("query\n{}\n", self.query));
        if let Some(body) = &self.body {
            print::line(&format!("body ({} mode, {} bytes)\n{}\n", self.mode, body.len(), body.trim_end()));
        }
        print::line(&format!("curl\n{}", self.curl));
    }
}

impl Parameters {
    fn of(query: &str) -> Self {
        let query = CallbackQuery::parse(query);
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            timestamp: given(query.timestamp),
            nonce: given(query.nonce),
            signature: given(query.signature),
            msg_signature: given(query.msg_signature),
            echostr: given(query.echostr),
        }
    }
}

/// A line for any POSIX shell.
fn curl(address: &str, body: Option<&str>) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', r"'\''"));
    match body {
        Some(body) => {
            let kind = super::content_type(body);
            format!("curl -sS -H 'Content-Type: {kind}' --data-binary {} {}", quoted(body), quoted(address))
        }
        None => format!("curl -sS {}", quoted(address)),
    }
}
