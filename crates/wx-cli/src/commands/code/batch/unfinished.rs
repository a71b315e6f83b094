//! Files that stand there when they are whole.

use crate::failure::{Failure, Outcome};
use std::path::Path;
use tempfile::NamedTempFile;

/// A file beside the path, under another name.
pub(super) fn begin(path: &Path) -> Outcome<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    super::picture::beside(folder).map_err(|error| cannot(path, &error))
}

/// Gives it its name; its contents are on the disk before.
pub(super) fn finish(file: NamedTempFile, path: &Path) -> Outcome {
    file.as_file().sync_all().map_err(|error| cannot(path, &error))?;
    file.persist(path).map(drop).map_err(|error| cannot(path, &error.error))
}

fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    Failure::failed(format!("cannot write {}: {error}", path.display()))
}
