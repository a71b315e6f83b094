//! `wx push`: explains pushes.

mod decode;

use super::Context;
use crate::failure::Outcome;
use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Push {
    /// Explains one push: verified? decrypted? every field and the scene
    Decode(decode::Decode),
}

impl Push {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        match self {
            Self::Decode(decode) => decode.run(context),
        }
    }
}
