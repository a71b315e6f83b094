use std::path::Path;

/// Creates an empty file that its user alone can read and write, unless there is one already. Whatever goes wrong is
/// said by who opens it next.
#[cfg(unix)]
pub(crate) fn create(path: &Path) {
    use std::{fs::OpenOptions, os::unix::fs::OpenOptionsExt};
    // An empty path and `:memory:` are no files to SQLite.
    if !path.as_os_str().is_empty() && path != Path::new(":memory:") {
        let created = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        drop(created);
    }
}

/// Other systems give files the rights of their folder.
#[cfg(not(unix))]
pub(crate) fn create(_: &Path) {}
