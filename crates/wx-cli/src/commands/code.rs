//! `wx code`: creates, lists, shows, downloads and draws codes.

mod batch;
mod booked;
mod create;
mod filters;
mod image;
mod ledger;
mod list;
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
    /// Creates a code (生成带参数的二维码)
    Create(Box<create::Create>),
    /// Creates the codes of a plan and makes their pictures, going on where it was
    Batch(Box<batch::Batch>),
    /// Lists the ledger of codes
    List(list::List),
    /// Makes temporary codes anew that expire
    Renew(renew::Renew),
    /// Marks a code as no longer used
    Retire(retire::Retire),
    /// Downloads the platform's picture of a code
    Image(image::Image),
    /// Prints the address of the platform's picture of a code
    ShowUrl(show_url::ShowUrl),
    /// Draws a code from its url, without the platform
    Render(Box<render::Render>),
    /// Reads pictures of codes and says which codes they are
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
