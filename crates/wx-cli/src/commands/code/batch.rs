mod deliver;
mod downloads;
mod file_name;
mod folder;
mod journal;
mod lock;
mod look;
mod manifest;
mod package;
mod pictures;
mod plan;
mod progress;
mod prove;
mod run;
mod sheet;
mod summary;
mod supervisor;
mod unfinished;

pub(crate) use unfinished::{beside as unfinished_file, cannot as cannot_write, write as write_picture};

use super::look_args::LookArgs;
use crate::{
    commands::Context,
    config::{ClientArgs, DatabaseArgs},
    failure::Outcome,
};
use prove::Prove;
use std::path::PathBuf;
use wx_channel::Places;
use wx_render::{Format, Paper, Sheet};

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
    /// `lifetime` (`permanent`, or seconds, 12h, 30d), `channel`, `file` (the name of the picture) and `caption` (a text under
    /// the code); a range of numbers such as 1..5000; or - for stdin
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    /// Folder of the pictures and the manifest
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Goes on with the run that was stopped in this folder: keeps its temporary codes, and its pictures where they are as
    /// they would be drawn now
    #[arg(long)]
    resume: bool,

    /// Writes the pictures and the manifest into a zip file, too
    #[arg(long, value_name = "FILE")]
    zip: Option<PathBuf>,

    /// The list of all codes: .csv, .json or .xlsx with the pictures in the cells [default: manifest.csv in DIR]
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,

    /// How the pictures are called; {scene}, {channel}, {line} and {kind} are filled in and made safe. An extension at the
    /// end says the format
    #[arg(long, value_name = "PATTERN", default_value = "{scene}")]
    names: String,

    /// png, svg, jpg or pdf [default: as --names ends, or png]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,

    /// Writes sheet.pdf, too: print sheets with so many columns and rows, like 4x6, in the order of the plan
    #[arg(long, value_name = "COLUMNSxROWS")]
    sheet: Option<Sheet>,

    /// Paper of the sheet: A4, A3, A5, letter, or like 100x150mm
    #[arg(long, value_name = "PAPER", default_value = "A4", requires = "sheet")]
    paper: Paper,

    /// How long codes live whose row does not say it
    #[arg(long, value_name = "LIFETIME", default_value = "permanent", allow_hyphen_values = true)]
    lifetime: String,

    /// Downloads the platform's own pictures instead of drawing them; each is read and compared with its url
    #[arg(long, conflicts_with_all = ["LookArgs", "format", "sheet"])]
    official: bool,

    /// Makes no files of pictures
    #[arg(long, conflicts_with_all = ["official", "zip"])]
    no_pictures: bool,

    /// Which pictures two decoders read before they are handed out: all, none, or a share of them [default: all, and 1%
    /// where nothing is said about the look]
    #[arg(long, value_name = "all|1%|none")]
    prove: Option<Prove>,

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
    look: LookArgs,

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

    fn sheet(&self) -> Option<Sheet> {
        self.sheet.map(|sheet| sheet.paper(self.paper))
    }

    fn sheet_path(&self) -> PathBuf {
        self.out.join("sheet.pdf")
    }
}
