//! `wx reply`: writes replies.

mod render;
mod reply_file;
mod stand_in;

use super::Context;
use crate::failure::Outcome;
use clap::Subcommand;
pub(crate) use stand_in::{Form, StandIn};

#[derive(Debug, Subcommand)]
pub(crate) enum Reply {
    Render(render::Render),
}

impl Reply {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        match self {
            Self::Render(render) => render.run(context),
        }
    }
}
