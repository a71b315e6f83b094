use super::unfinished;
use crate::failure::{Failure, Outcome};
use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A zip file, written a picture at a time. It stands there when it is whole.
pub(super) struct Package {
    path: PathBuf,
    zip: ZipWriter<BufWriter<NamedTempFile>>,
}

impl Package {
    pub(super) fn create(path: &Path) -> Outcome<Self> {
        let zip = ZipWriter::new(BufWriter::new(unfinished::begin(path)?));
        Ok(Self { path: path.to_owned(), zip })
    }

    /// A picture; it is compressed already.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Outcome {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let added = self.zip.start_file(name, options).map_err(io::Error::from);
        added.and_then(|()| self.zip.write_all(bytes)).map_err(|error| self.failed(&error))
    }

    /// A file that is not compressed yet.
    pub(super) fn copy(&mut self, file: &Path) -> Outcome {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or("file");
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let copied = self.zip.start_file(name, options).map_err(io::Error::from);
        let copied = copied.and_then(|()| io::copy(&mut File::open(file)?, &mut self.zip));
        copied.map(drop).map_err(|error| self.failed(&error))
    }

    pub(super) fn finish(self) -> Outcome {
        let Self { path, zip } = self;
        let failed = |error: io::Error| unfinished::cannot(&path, &error);
        let file = zip.finish().map_err(|error| failed(error.into()))?;
        let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
        unfinished::finish(file, &path)
    }

    fn failed(&self, error: &io::Error) -> Failure {
        unfinished::cannot(&self.path, error)
    }
}
