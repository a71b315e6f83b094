//! Somebody removes or replaces the file of a running store: what would be lost is never acknowledged.
#![cfg(unix)]

use crate::sample::scan;
use std::{error::Error, fs, path::Path};
use wx_channel::{Appended::New, EventStore};
use wx_store::SqliteStore;

/// Does that to the folder and file of a store that has written, and expects no more success, also later.
async fn refused_after(harm: impl FnOnce(&Path, &Path)) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("data");
    fs::create_dir(&folder).unwrap();
    // As SQLite names it: without links.
    let file = folder.canonicalize().unwrap().join("wx.db");
    let store = SqliteStore::open(&file).unwrap();
    assert_eq!(store.append(&[scan(1)]).await.unwrap(), [New]);
    harm(&folder, &file);
    for number in [2, 2, 1] {
        let error = store.append(&[scan(number)]).await.unwrap_err();
        assert!(error.is_fatal(), "{error:?}");
        let cause = error.source().unwrap().to_string();
        let expected =
            format!("the database file {} was removed or replaced while it was open", file.display());
        assert_eq!(cause, expected);
    }
}

#[tokio::test]
async fn a_removed_file_takes_nothing() {
    refused_after(|_, file| fs::remove_file(file).unwrap()).await;
}

#[tokio::test]
async fn a_renamed_file_takes_nothing() {
    refused_after(|_, file| fs::rename(file, file.with_extension("old")).unwrap()).await;
}

#[tokio::test]
async fn a_replaced_file_takes_nothing() {
    refused_after(|folder, file| {
        let copy = folder.join("copy");
        fs::copy(file, &copy).unwrap();
        fs::rename(copy, file).unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_file_in_a_removed_folder_takes_nothing() {
    refused_after(|folder, _| fs::remove_dir_all(folder).unwrap()).await;
}

#[tokio::test]
async fn a_file_in_a_renamed_folder_takes_nothing() {
    refused_after(|folder, _| fs::rename(folder, folder.with_extension("old")).unwrap()).await;
}
