//! `wx token`: the access_token (接口调用凭据) that calls use.

mod described;
mod refresh;
mod show;

use super::Context;
use crate::failure::Outcome;
use clap::Subcommand;
use described::{Described, source_json};

#[derive(Debug, Subcommand)]
pub(crate) enum Token {
    Show(show::Show),
    Refresh(refresh::Refresh),
}

impl Token {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        match self {
            Self::Show(show) => show.run(context).await,
            Self::Refresh(refresh) => refresh.run(context).await,
        }
    }
}
