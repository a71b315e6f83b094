mod batch;
mod matrix;
mod token;

use clap::Subcommand;
use std::path::Path;

/// What is tried for long, with a table at the end.
#[derive(Debug, Subcommand)]
pub(crate) enum Campaign {
    /// A batch of permanent codes is killed at random, and measured against a bare client
    Batch(batch::Options),
    /// Payloads x presets x levels are drawn and read by three decoders; zbar must be installed
    Matrix(matrix::Options),
    /// Processes share one access token, and are killed and paused while they renew it
    Token(token::Options),
}

pub(crate) fn run(root: &Path, campaign: &Campaign) -> anyhow::Result<()> {
    match campaign {
        Campaign::Batch(options) => batch::run(root, options),
        Campaign::Matrix(options) => matrix::run(root, options),
        Campaign::Token(options) => token::run(root, options),
    }
}
