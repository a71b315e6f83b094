mod csv_file;
mod json_file;
mod xlsx_file;

use super::plan::PlanRow;
use crate::{
    failure::{Failure, Outcome},
    print,
};
use serde::Serialize;
use std::path::Path;
use wx_channel::{CodeState, LedgerEntry};

/// What came of a row, as the manifest has it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Line {
    /// The line of the plan.
    #[serde(rename = "line")]
    pub(super) number: u64,
    pub(super) action_name: &'static str,
    pub(super) scene: String,
    pub(super) channel: Option<String>,
    /// What stands under the code, if the plan says it.
    pub(super) caption: Option<String>,
    pub(super) state: CodeState,
    pub(super) ticket: Option<String>,
    pub(super) url: Option<String>,
    pub(super) created: Option<String>,
    /// When it stops to work; `never` for a permanent code.
    pub(super) expires: Option<String>,
    /// The picture in the folder.
    pub(super) file: Option<String>,
    /// Why there is no ticket, or none that works.
    pub(super) problem: Option<String>,
}

impl Line {
    pub(super) fn new(row: &PlanRow, entry: Option<&LedgerEntry>, now: i64) -> Self {
        let code = entry.and_then(LedgerEntry::code);
        let problem = match entry {
            Some(LedgerEntry::Order(booked)) => booked.reason.clone(),
            Some(entry) if entry.state(now) == CodeState::Expired => {
                Some("the code has expired; without --resume a new one is made".to_owned())
            }
            _ => None,
        };
        let expires =
            |code: &wx_channel::Code| code.expires.map_or_else(|| "never".to_owned(), print::beijing_time);
        Self {
            number: row.line,
            action_name: row.request.action_name().as_str(),
            scene: row.request.scene_value().as_str().to_owned(),
            channel: entry.and_then(LedgerEntry::channel).or(row.channel.as_ref()).map(ToString::to_string),
            caption: row.caption.clone(),
            state: entry.map_or(CodeState::Planned, |entry| entry.state(now)),
            ticket: code.map(|code| code.ticket.as_str().to_owned()),
            url: code.and_then(|code| code.url.clone()),
            created: code.map(|code| print::beijing_time(code.created)),
            expires: code.map(expires),
            file: None,
            problem,
        }
    }
}

const HEAD: [&str; 12] = [
    "line",
    "action_name",
    "scene",
    "channel",
    "caption",
    "state",
    "ticket",
    "url",
    "created",
    "expires",
    "file",
    "problem",
];

impl Line {
    fn cells(&self) -> [String; 12] {
        let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
        [
            self.number.to_string(),
            self.action_name.to_owned(),
            self.scene.clone(),
            text(&self.channel),
            text(&self.caption),
            self.state.to_string(),
            text(&self.ticket),
            text(&self.url),
            text(&self.created),
            text(&self.expires),
            text(&self.file),
            text(&self.problem),
        ]
    }
}

/// The list of all codes of a batch, written a line at a time. The file stands there when it is whole.
pub(super) enum Manifest {
    Csv(Box<csv_file::CsvFile>),
    Json(json_file::JsonFile),
    Xlsx(Box<xlsx_file::XlsxFile>),
}

impl Manifest {
    /// The kind of file is in its name: .csv, .json or .xlsx.
    pub(super) fn kind_of(path: &Path) -> Outcome<&'static str> {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let kinds = ["csv", "json", "xlsx"];
        kinds.into_iter().find(|kind| extension.eq_ignore_ascii_case(kind)).ok_or_else(|| {
            Failure::invalid(format!("a manifest ends in .csv, .json or .xlsx, not {}", path.display()))
        })
    }

    /// A manifest of so many rows.
    pub(super) fn create(path: &Path, rows: u64) -> Outcome<Self> {
        Ok(match Self::kind_of(path)? {
            "csv" => Self::Csv(Box::new(csv_file::CsvFile::create(path)?)),
            "json" => Self::Json(json_file::JsonFile::create(path)?),
            _ => Self::Xlsx(Box::new(xlsx_file::XlsxFile::create(path, rows)?)),
        })
    }

    /// Adds a line, with its picture where the file can hold one.
    pub(super) fn add(&mut self, line: &Line, picture: Option<&[u8]>) -> Outcome {
        match self {
            Self::Csv(file) => file.add(line),
            Self::Json(file) => file.add(line),
            Self::Xlsx(file) => file.add(line, picture),
        }
    }

    pub(super) fn finish(self) -> Outcome {
        match self {
            Self::Csv(file) => file.finish(),
            Self::Json(file) => file.finish(),
            Self::Xlsx(file) => file.finish(),
        }
    }
}
