use super::{Life, Problem, Rows, range, sheet, table};
use crate::{
    failure::{Failure, Outcome},
    input,
};
use encoding_rs::Encoding;
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// Where the rows of a plan come from; they can be read as often as needed, a line at a time.
#[derive(Debug)]
pub(crate) struct PlanSource {
    /// What it is called in a sentence.
    name: String,
    kind: Kind,
    life: Life,
}

#[derive(Debug)]
enum Kind {
    Range((u64, u64)),
    Table {
        path: PathBuf,
        encoding: &'static Encoding,
    },
    /// A workbook, copied into a table with the line numbers.
    Sheet(NamedTempFile),
}

/// How files of Excel 97 to 2003 begin.
const OLD_EXCEL: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

impl PlanSource {
    /// A range, or a file: CSV in UTF-8 or GBK, or XLSX. `path` is where the file is, if not at `plan` itself.
    pub(crate) fn open(plan: &Path, path: Option<&Path>, life: Life) -> Outcome<Self> {
        let range = plan.to_str().and_then(range::read);
        let name = input::name(plan);
        if let (Some(range), false) = (range, plan.exists()) {
            return Ok(Self { name, kind: Kind::Range(range.map_err(Failure::invalid)?), life });
        }
        let path = path.unwrap_or(plan);
        let unreadable = |error| Failure::invalid(format!("cannot read {name}: {error}"));
        let mut head = Vec::new();
        File::open(path).and_then(|file| file.take(4).read_to_end(&mut head)).map_err(unreadable)?;
        if head == OLD_EXCEL {
            return Err(Failure::invalid(format!(
                "{name} is a workbook of an old Excel (.xls); save it as .xlsx or as CSV UTF-8"
            )));
        }
        let kind = if head.starts_with(b"PK\x03\x04") {
            let copy = sheet::copy(path).map_err(|problem| super::refused(&name, &[problem], 0))?;
            Kind::Sheet(copy)
        } else {
            let encoding = table::encoding(path).map_err(unreadable)?;
            Kind::Table { path: path.to_owned(), encoding }
        };
        Ok(Self { name, kind, life })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The rows from the first one on.
    pub(crate) fn rows(&self) -> Rows {
        let table = |path: &Path, encoding| match table::rows(path, encoding, self.life) {
            Ok(rows) => rows,
            Err(problem) => Box::new(std::iter::once(Err(problem))) as Rows,
        };
        match &self.kind {
            Kind::Range(range) => range::rows(*range, self.life),
            Kind::Table { path, encoding } => table(path, encoding),
            Kind::Sheet(copy) => table(copy.path(), encoding_rs::UTF_8),
        }
    }

    /// The columns that nothing is taken from.
    pub(crate) fn unused_columns(&self) -> Vec<String> {
        match &self.kind {
            Kind::Range(_) => Vec::new(),
            Kind::Table { path, encoding } => table::unused_columns(path, encoding),
            Kind::Sheet(copy) => table::unused_columns(copy.path(), encoding_rs::UTF_8),
        }
    }

    pub(super) fn problem(error: &csv::Error) -> Problem {
        let line = error.position().map_or(1, csv::Position::line);
        let text = match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("this line has {len} cells, the first one has {expected_len}")
            }
            csv::ErrorKind::Io(error) => format!("cannot read on: {error}"),
            _ => format!("no CSV: {error}"),
        };
        Problem::new(line, text)
    }
}
