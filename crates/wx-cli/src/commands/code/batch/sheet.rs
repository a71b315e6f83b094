use super::unfinished;
use crate::failure::{Failure, Outcome, sentence};
use std::{
    io::BufWriter,
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;
use wx_render::{ArtError, Drawing, Sheet, SheetWriter};

/// A PDF of print sheets, written a page at a time. It stands there when it is whole.
pub(super) struct SheetFile {
    path: PathBuf,
    writer: SheetWriter<BufWriter<NamedTempFile>>,
}

impl SheetFile {
    pub(super) fn create(path: &Path, sheet: Sheet) -> Outcome<Self> {
        let file = BufWriter::new(unfinished::begin(path)?);
        let writer = SheetWriter::new(file, sheet).map_err(|error| failed(&error))?;
        Ok(Self { path: path.to_owned(), writer })
    }

    /// The reason why a code does not fit; a file that cannot be written ends the run.
    pub(super) fn add(&mut self, drawing: &Drawing) -> Outcome<Result<(), String>> {
        match self.writer.add(drawing) {
            Ok(()) => Ok(Ok(())),
            Err(error @ ArtError::File { .. }) => Err(failed(&error)),
            Err(error) => Ok(Err(format!("it is not on the sheet: {}", sentence(&error)))),
        }
    }

    /// How many pages there are.
    pub(super) fn finish(self) -> Outcome<usize> {
        let Self { path, writer } = self;
        let (file, pages) = writer.finish().map_err(|error| failed(&error))?;
        let file = file.into_inner().map_err(|error| {
            failed(&ArtError::File { path: path.clone(), reason: error.error().to_string() })
        })?;
        unfinished::finish(file, &path)?;
        Ok(pages)
    }
}

fn failed(error: &ArtError) -> Failure {
    Failure::failed(sentence(error))
}
