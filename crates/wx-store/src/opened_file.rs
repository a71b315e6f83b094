use std::{
    io,
    path::{Path, PathBuf},
};

/// The file that was opened, so as to see when its path no longer leads to it.
///
/// Whoever removes or replaces the file of a running process takes everything written afterwards along, and SQLite
/// goes on without an error. The file is looked at and never opened: closing a second handle would drop the locks
/// of SQLite.
#[derive(Debug)]
pub(crate) struct OpenedFile {
    path: PathBuf,
    identity: Identity,
}

/// Device and inode. The inode cannot be given to another file while this one is open.
#[cfg(unix)]
type Identity = (u64, u64);

/// Other systems do not let an open database be removed.
#[cfg(not(unix))]
type Identity = ();

impl OpenedFile {
    pub(crate) fn at(path: &Path) -> io::Result<Self> {
        Ok(Self { path: path.to_owned(), identity: identity(path)? })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the path still leads to it.
    pub(crate) fn stands(&self) -> bool {
        identity(&self.path).is_ok_and(|found| found == self.identity)
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it looks at the disk")]
fn identity(_: &Path) -> io::Result<Identity> {
    Ok(())
}
