mod file_name;
mod journal;
mod lock;
mod manifest;
mod package;
mod picture;
mod pictures;
mod plan;
mod progress;
mod run;
mod summary;
mod supervisor;
mod unfinished;

pub(crate) use picture::write as write_picture;

use crate::{
    commands::Context,
    config::{ClientArgs, DatabaseArgs},
    failure::Outcome,
};
use picture::Sample;
use std::path::PathBuf;
use wx_channel::Places;

/// Creates the codes of a plan and makes their pictures, going on where it was
///
/// Each code stands in the ledger of the database before the platform is asked for it, so that a run that was stopped or
/// killed goes on where it was, and no permanent code is asked for twice: what stands in the ledger is taken from there. A
/// permanent code whose answer was lost is unknown and is not asked for again unless you say so, because it may take a second
/// of the account's 100000 places for ever.
///
/// Ctrl-C stops after the calls that are under way.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Batch {
    /// A CSV (UTF-8 or GBK) or XLSX file with the columns `scene` (a text) or `scene_id`/`scene_str`, and optionally
    /// `lifetime` (`permanent`, or seconds, 12h, 30d), `channel` and `file`; a range of numbers such as 1..5000; or - for
    /// stdin
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    /// Folder of the pictures and the manifest
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Goes on with the run that was stopped in this folder: keeps its temporary codes and its pictures
    #[arg(long)]
    resume: bool,

    /// Writes the pictures and the manifest into a zip file, too
    #[arg(long, value_name = "FILE")]
    zip: Option<PathBuf>,

    /// The list of all codes: .csv, .json or .xlsx with the pictures in the cells [default: manifest.csv in DIR]
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,

    /// How the pictures are called; {scene}, {channel}, {line} and {kind} are filled in and made safe
    #[arg(long, value_name = "PATTERN", default_value = "{scene}.png")]
    names: String,

    /// How long codes live whose row does not say it
    #[arg(long, value_name = "LIFETIME", default_value = "permanent", allow_hyphen_values = true)]
    lifetime: String,

    /// Downloads the platform's own pictures instead of drawing them; each is read and compared with its url
    #[arg(long)]
    official: bool,

    /// Makes no pictures
    #[arg(long, conflicts_with_all = ["official", "zip"])]
    no_pictures: bool,

    /// Reads drawn pictures back: all, none, or a share of them
    #[arg(long, value_name = "all|1%", default_value = "1%", value_parser = Sample::read)]
    prove: Sample,

    /// Refuses temporary codes, which die on paper
    #[arg(long)]
    print_safe: bool,

    /// Asks again for permanent codes whose answer was lost; each may take a second place for ever
    #[arg(long)]
    retry_unknown: bool,

    /// Creates no permanent code when so many of the 100000 places are taken
    #[arg(long, value_name = "PLACES", env = "WX_STOP_MARK", default_value_t = Places::DEFAULT_STOP_MARK)]
    stop_mark: u64,

    /// Calls under way at a time
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=512))]
    concurrency: u16,

    /// At most so many calls a minute
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    rate: Option<u32>,

    #[command(flatten)]
    client: ClientArgs,

    #[command(flatten)]
    database: DatabaseArgs,
}

impl Batch {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        match supervisor::plan_file() {
            Some(plan) => run::run(self, context, plan.as_deref()).await,
            None => supervisor::supervise(&self.plan).await,
        }
    }
}
