//! Files that stand there when they are whole.

use crate::failure::{Failure, Outcome};
use std::{
    fmt::Display,
    io::{self, Write},
    path::Path,
};
use tempfile::NamedTempFile;

/// Writes the whole file or none: under another name first, which is then changed.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = beside(path)?;
    file.write_all(bytes)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// A file beside the path, under another name.
pub(super) fn begin(path: &Path) -> Outcome<NamedTempFile> {
    if path.is_dir() {
        return Err(cannot(path, io::ErrorKind::IsADirectory));
    }
    beside(path).map_err(|error| cannot(path, &error))
}

/// Gives it its name; its contents are on the disk before.
pub(super) fn finish(file: NamedTempFile, path: &Path) -> Outcome {
    file.as_file().sync_all().map_err(|error| cannot(path, &error))?;
    file.persist(path).map(drop).map_err(|error| cannot(path, &error.error))
}

/// Why the file could not be written, and what to do.
pub(crate) fn cannot(path: &Path, error: impl Display) -> Failure {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir());
    let why = match folder {
        Some(folder) => format!("there is no folder {}; make it first", folder.display()),
        None if path.is_dir() => "it is a folder; name a file in it".to_owned(),
        None => error.to_string(),
    };
    Failure::failed(format!("cannot write {}: {why}", path.display()))
}

/// A file that goes away unless it is kept, with the rights that other files of this user get.
pub(crate) fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".wx-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
