use std::{ops::Deref, path::PathBuf};
use tempfile::TempDir;
use wx_channel::{ScanEvent, conformance::Person};
use wx_store::{SqliteOptions, SqliteStore};

/// A store in a folder of its own.
pub(crate) struct Place {
    // Dropped before the folder.
    store: SqliteStore,
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self::with(&SqliteOptions::default())
    }

    pub(crate) fn with(options: &SqliteOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { store: SqliteStore::open_with(folder.path().join("wx.db"), options).unwrap(), folder }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("wx.db")
    }
}

impl Deref for Place {
    type Target = SqliteStore;

    fn deref(&self) -> &SqliteStore {
        &self.store
    }
}

/// The scan with that number; all numbers differ.
pub(crate) fn scan(number: i64) -> ScanEvent {
    Person("oAnna").scans("shop-042", number)
}
