use super::Line;
use crate::commands::code::batch::unfinished;
use crate::failure::Outcome;
use std::{
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// A list of objects, one a line.
pub(in super::super) struct JsonFile {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
    is_begun: bool,
}

impl JsonFile {
    pub(super) fn create(path: &Path) -> Outcome<Self> {
        let file = BufWriter::new(unfinished::begin(path)?);
        Ok(Self { path: path.to_owned(), file, is_begun: false })
    }

    pub(super) fn add(&mut self, line: &Line) -> Outcome {
        let before: &[u8] = if self.is_begun { b",\n" } else { b"[\n" };
        self.is_begun = true;
        let written = self.file.write_all(before);
        let written = written.and_then(|()| Ok(serde_json::to_writer(&mut self.file, line)?));
        written.map_err(|error: std::io::Error| unfinished::cannot(&self.path, error))
    }

    pub(super) fn finish(mut self) -> Outcome {
        let end: &[u8] = if self.is_begun { b"\n]\n" } else { b"[]\n" };
        self.file.write_all(end).map_err(|error| unfinished::cannot(&self.path, error))?;
        let file = self.file.into_inner().map_err(|error| unfinished::cannot(&self.path, error.error()))?;
        unfinished::finish(file, &self.path)
    }
}
