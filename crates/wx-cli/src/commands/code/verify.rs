use super::booked;
use crate::{
    commands::Context,
    config::{AccountArgs, DatabaseArgs},
    edge,
    failure::{Failure, Outcome},
    input, print,
};
use serde::Serialize;
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};
use wx_channel::Code;
use wx_render::Found;

/// Reads pictures of codes and says which codes they are
///
/// Pictures of ours, of the platform, or photos, PNG or JPEG, each read by two decoders. With a database and an AppID it
/// says which booked code each is. Exit code 1 if a picture has no code that can be read.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// Pictures; - is stdin
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
    file: PathBuf,
    /// Why it was not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    codes: Vec<Verdict>,
}

/// What a symbol says, and which code it is.
#[derive(Serialize)]
struct Verdict {
    text: String,
    /// `platform` (protocol §2.3), `altered` (nearly that: such a code may not work), or `other`.
    kind: &'static str,
    read_by: Vec<&'static str>,
    inverted: bool,
    /// What is booked about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    booked: Option<Booked>,
}

#[derive(Serialize)]
struct Booked {
    action_name: &'static str,
    scene: String,
    ticket: String,
    channel: Option<String>,
    created: i64,
    expires: Option<i64>,
    expired: bool,
}

impl Verify {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let booked = booked::codes(&self.account, &self.database, &context.settings).await?;
        let verified: Vec<Verified> = self.files.iter().map(|file| verify(file, &booked)).collect();
        if context.json {
            print::json(&verified);
        } else {
            verified.iter().for_each(Verified::print);
        }
        let unread = verified.iter().filter(|file| file.codes.is_empty()).count();
        match (unread, verified.len()) {
            (0, _) => Ok(()),
            (_, 1) => Err(Failure::silent()),
            (unread, all) => {
                Err(Failure::failed(format!("in {unread} of {all} files there is no code that can be read")))
            }
        }
    }
}

/// As large as photos are.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

fn verify(path: &Path, booked: &[Code]) -> Verified {
    let found = bytes(path).and_then(|bytes| wx_render::read(&bytes).map_err(|error| error.to_string()));
    let (found, error) = match found {
        Ok(found) => (found, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    let codes = found.into_iter().map(|found| Verdict::new(found, booked)).collect();
    Verified { file: path.to_owned(), error, codes }
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    if path == Path::new("-") {
        return input::read(path).map_err(|failure| failure.to_string());
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|error| format!("cannot read the file: {error}"))
}

impl Verdict {
    fn new(found: Found, booked: &[Code]) -> Self {
        let code = booked.iter().rev().find(|code| code.url.as_ref() == Some(&found.text));
        let readers = [("rqrr", found.by_rqrr), ("rxing", found.by_rxing)];
        Self {
            kind: kind(&found.text),
            read_by: readers.into_iter().filter(|(_, read)| *read).map(|(name, _)| name).collect(),
            inverted: found.is_inverted,
            booked: code.map(Booked::new),
            text: found.text,
        }
    }

    fn print(&self) {
        let kind = match self.kind {
            "platform" => "a url of the platform",
            "altered" => {
                "nearly a url of the platform; draw exactly what the platform gave, http is not https"
            }
            _ => "no url of the platform, so scans of it are not pushed",
        };
        print::line(&format!("  {}", print::harmless_line(&self.text)));
        print::line(&format!("    {kind}"));
        print::line(&format!("    read by {}", self.read_by.join(" and ")));
        if self.inverted {
            print::line("    light on dark: many phones do not read that");
        }
        if let Some(booked) = &self.booked {
            booked.print();
        }
    }
}

/// What the platform gives: `http://weixin.qq.com/q/` and an id of 20 or 22 characters (protocol §2.3).
fn kind(text: &str) -> &'static str {
    const HOST: &str = "weixin.qq.com/q/";
    let is_id = |id: &str| {
        matches!(id.len(), 20 | 22)
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    if text.strip_prefix("http://").and_then(|rest| rest.strip_prefix(HOST)).is_some_and(is_id) {
        "platform"
    } else if text.to_ascii_lowercase().contains(HOST) {
        "altered"
    } else {
        "other"
    }
}

impl Booked {
    fn new(code: &Code) -> Self {
        Self {
            action_name: code.action_name.as_str(),
            scene: code.scene.as_str().to_owned(),
            ticket: code.ticket.as_str().to_owned(),
            channel: code.channel.as_ref().map(ToString::to_string),
            created: code.created,
            expires: code.expires,
            expired: code.expires.is_some_and(|expires| expires <= edge::now()),
        }
    }

    fn print(&self) {
        print::line(&format!("    {} with scene {}", self.action_name, self.scene));
        if let Some(channel) = &self.channel {
            print::line(&format!("    channel {channel}"));
        }
        print::line(&match (self.expires, self.expired) {
            (None, _) => "    never expires".to_owned(),
            (Some(time), false) => format!("    expires {}", print::beijing_time(time)),
            (Some(time), true) => {
                format!("    EXPIRED {}; it does not work any more", print::beijing_time(time))
            }
        });
    }
}

impl Verified {
    fn print(&self) {
        print::line(&input::name(&self.file));
        match &self.error {
            Some(error) => print::line(&format!("  {}", print::harmless_line(error))),
            None if self.codes.is_empty() => print::line(
                "  no code found; take the picture straight from the front, with all of the code and light around it",
            ),
            None => self.codes.iter().for_each(Verdict::print),
        }
    }
}
