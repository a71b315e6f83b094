//! `wx code`: creates, lists, shows, downloads and draws codes.

mod batch;
mod booked;
mod create;
mod filters;
mod image;
mod ledger;
mod list;
mod look_args;
mod render;
mod renew;
mod retire;
mod scene_args;
mod show_url;
mod verify;

use super::Context;
use crate::failure::Outcome;
use clap::Subcommand;

pub(crate) use {create::scene_json, render::terminal_code};

#[derive(Debug, Subcommand)]
pub(crate) enum Code {
    Create(Box<create::Create>),
    Batch(Box<batch::Batch>),
    List(list::List),
    Renew(renew::Renew),
    Retire(retire::Retire),
    Image(image::Image),
    ShowUrl(show_url::ShowUrl),
    Render(Box<render::Render>),
    Verify(verify::Verify),
}

impl Code {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        match self {
            Self::Create(create) => create.run(context).await,
            Self::Batch(batch) => batch.run(context).await,
            Self::List(list) => list.run(context).await,
            Self::Renew(renew) => renew.run(context).await,
            Self::Retire(retire) => retire.run(context).await,
            Self::Image(image) => image.run(context).await,
            Self::ShowUrl(show_url) => show_url.run(context),
            Self::Render(render) => render.run(context).await,
            Self::Verify(verify) => verify.run(context).await,
        }
    }
}
