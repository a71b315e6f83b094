use super::{Finding, check::Check, room};
use std::path::Path;
use wx_store::{OpenErrorKind, SqliteStore};

/// Whether the database can be written, without writing to it: it may be that of a running service.
pub(super) fn check(path: &Path) -> Finding {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    // SQLite writes a log beside the file.
    if let Err(error) = tempfile::Builder::new().prefix(".wx-doctor-").tempfile_in(folder) {
        return failed(format!("{}: its folder cannot be written: {}", path.display(), bare(&error)));
    }
    let state = match SqliteStore::open_read_only(path) {
        Ok(_) if std::fs::File::options().append(true).open(path).is_err() => {
            return failed(format!("{} can be read but not written", path.display()));
        }
        Ok(_) => "can be written",
        Err(error) => match error.kind() {
            OpenErrorKind::Missing => "does not exist yet; its folder can be written",
            OpenErrorKind::Empty => "is empty yet",
            OpenErrorKind::Older { .. } => "can be written; wx serve will bring its tables up to date",
            OpenErrorKind::Busy => "is in use by another process, which is no fault",
            _ => return failed(crate::failure::sentence(&error)),
        },
    };
    room::judge(path, folder, state)
}

fn failed(text: String) -> Finding {
    Finding::failed(
        Check::Store,
        text,
        [
            "create the folder, let this user write there, or name another file with --db or WX_DATABASE",
            "请创建该目录并赋予当前用户写权限，或用 --db、WX_DATABASE 指定其他文件",
        ],
    )
}

/// What the system says, without the path that tempfile puts before it.
fn bare(error: &std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::NotFound {
        return "it does not exist".to_owned();
    }
    let inner = error.get_ref().and_then(std::error::Error::source);
    inner.map_or_else(|| error.kind().to_string(), ToString::to_string)
}
