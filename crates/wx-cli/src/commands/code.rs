//! `wx code`: creates, shows, downloads and draws codes.

mod create;
mod image;
mod render;
mod show_url;

use super::Context;
use crate::failure::Outcome;
use clap::Subcommand;

pub(crate) use {create::scene_json, render::terminal_code};

#[derive(Debug, Subcommand)]
pub(crate) enum Code {
    /// Creates a code (生成带参数的二维码)
    Create(Box<create::Create>),
    /// Downloads the platform's picture of a code
    Image(image::Image),
    /// Prints the address of the platform's picture of a code
    ShowUrl(show_url::ShowUrl),
    /// Draws a code from its url, without the platform
    Render(render::Render),
}

impl Code {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        match self {
            Self::Create(create) => create.run(context).await,
            Self::Image(image) => image.run(context).await,
            Self::ShowUrl(show_url) => show_url.run(context),
            Self::Render(render) => render.run(context),
        }
    }
}
