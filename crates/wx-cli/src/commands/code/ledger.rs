//! The ledger of the database, as the commands use it.

use crate::failure::{Failure, Outcome};
use std::path::Path;
use wx_store::SqliteStore;

/// Opens a database that must be there already.
pub(super) fn open(path: &Path) -> Outcome<SqliteStore> {
    if !path.exists() {
        return Err(Failure::invalid(format!(
            "there is no database {}, so there is no ledger of codes; name it with --db, WX_DATABASE or database in wx.toml",
            path.display()
        )));
    }
    Ok(SqliteStore::open(path)?)
}
