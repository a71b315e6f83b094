mod token;

use clap::Subcommand;
use std::path::Path;

/// What is tried for long, with a table at the end.
#[derive(Debug, Subcommand)]
pub(crate) enum Campaign {
    /// Processes share one access token, and are killed and paused while they renew it
    Token(token::Options),
}

pub(crate) fn run(root: &Path, campaign: &Campaign) -> anyhow::Result<()> {
    match campaign {
        Campaign::Token(options) => token::run(root, options),
    }
}
