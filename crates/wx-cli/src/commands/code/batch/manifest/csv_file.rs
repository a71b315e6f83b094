use super::{HEAD, Line};
use crate::commands::code::batch::unfinished;
use crate::failure::Outcome;
use std::{
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// A table that Excel opens: with a byte order mark, and no cell that it would take for a formula.
pub(in super::super) struct CsvFile {
    path: PathBuf,
    table: csv::Writer<BufWriter<NamedTempFile>>,
}

impl CsvFile {
    pub(super) fn create(path: &Path) -> Outcome<Self> {
        let file = unfinished::begin(path)?;
        let mut file = BufWriter::new(file);
        file.write_all("\u{feff}".as_bytes()).map_err(|error| unfinished::cannot(path, error))?;
        let mut table = csv::Writer::from_writer(file);
        table.write_record(HEAD).map_err(|error| unfinished::cannot(path, error))?;
        Ok(Self { path: path.to_owned(), table })
    }

    pub(super) fn add(&mut self, line: &Line) -> Outcome {
        let cells = line.cells().map(harmless);
        self.table.write_record(cells).map_err(|error| unfinished::cannot(&self.path, error))
    }

    pub(super) fn finish(self) -> Outcome {
        let Self { path, table } = self;
        let file = table.into_inner().map_err(|error| unfinished::cannot(&path, error.error()))?;
        let file = file.into_inner().map_err(|error| unfinished::cannot(&path, error.error()))?;
        unfinished::finish(file, &path)
    }
}

/// A quote in front tells Excel that it is a text.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}
