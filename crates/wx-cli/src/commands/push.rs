//! `wx push`: explains pushes, signs and sends them as the platform would.

mod decode;
mod push_args;
pub(crate) mod send;
mod sign;
mod stamp_args;

use super::Context;
use crate::failure::Outcome;
use clap::Subcommand;
pub(crate) use push_args::{PushArgs, element};
pub(crate) use stamp_args::StampArgs;

#[derive(Debug, Subcommand)]
pub(crate) enum Push {
    Decode(decode::Decode),
    Sign(sign::Sign),
    Send(send::Send),
}

impl Push {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        match self {
            Self::Decode(decode) => decode.run(context).await,
            Self::Sign(sign) => sign.run(context),
            Self::Send(send) => send.run(context).await,
        }
    }
}

/// The callback address with a query behind it.
fn address(url: &str, query: &str) -> String {
    let url = url.split('#').next().unwrap_or(url);
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}{query}")
}

/// What the platform says the body is; nobody should depend on it (protocol §6.3).
fn content_type(body: &str) -> &'static str {
    if body.trim_start().starts_with('{') { "application/json" } else { "text/xml" }
}
