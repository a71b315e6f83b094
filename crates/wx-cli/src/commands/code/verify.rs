mod found_file;
mod verdict;

pub(super) use verdict::is_of_platform;

use super::booked::Booked;
use crate::{
    commands::Context,
    config::{AccountArgs, DatabaseArgs},
    failure::{Failure, Outcome},
    input, print,
};
use serde::Serialize;
use std::path::{Path, PathBuf};
use verdict::Verdict;

/// Reads pictures of codes and says which codes they are
///
/// Pictures of ours, of the platform, or photos, PNG or JPEG of at most 25 million pixels, each read by two decoders. With a
/// database and an AppID it says which booked code each is, its channel, and when it expires. Exit code 1 if a picture has no code that can be read.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// Pictures, or folders of them; - is stdin
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    account: AccountArgs,

    #[command(flatten)]
    database: DatabaseArgs,
}

/// What was found in a file.
#[derive(Serialize)]
struct Verified {
    file: String,
    /// Why it was not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    codes: Vec<Verdict>,
}

impl Verify {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let booked = Booked::open(&self.account, &self.database, &context.settings)?;
        let files = found_file::all(&self.files)?;
        let mut verified = Vec::new();
        let mut unread = 0;
        for file in &files {
            let file = verify(file, &booked).await?;
            unread += usize::from(file.codes.is_empty());
            if context.json {
                verified.push(file);
            } else {
                file.print();
            }
        }
        if context.json {
            print::json(&verified);
        }
        match (unread, files.len()) {
            (0, _) => Ok(()),
            (_, 1) => Err(Failure::silent()),
            (unread, all) => {
                Err(Failure::failed(format!("in {unread} of {all} files there is no code that can be read")))
            }
        }
    }
}

async fn verify(path: &Path, booked: &Booked) -> Outcome<Verified> {
    let (found, error) = match found_file::read(path) {
        Ok(found) => (found, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    let mut codes = Vec::with_capacity(found.len());
    for found in found {
        codes.push(Verdict::new(found, booked).await?);
    }
    Ok(Verified { file: path.to_string_lossy().into_owned(), error, codes })
}

impl Verified {
    fn print(&self) {
        print::line(&print::harmless_line(&input::name(Path::new(&self.file))));
        match &self.error {
            Some(error) => print::line(&format!("  {}", print::harmless_line(error))),
            None if self.codes.is_empty() => print::line(
                "  no code found; take the picture straight from the front, with all of the code and light around it",
            ),
            None => self.codes.iter().for_each(Verdict::print),
        }
    }
}
