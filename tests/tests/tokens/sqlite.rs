use crate::place::Place;
use async_trait::async_trait;
use rusqlite::{Connection, params};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};
use tempfile::TempDir;
use wx_sim::DEFAULT_APP_ID;

/// A file that the processes of this machine share.
#[derive(Debug)]
struct Sqlite(TempDir);

impl Sqlite {
    fn new() -> Self {
        // The disk is none of what is tested, and may be slow.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        Self(folder.unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("tokens.db")
    }

    fn connection(&self) -> Connection {
        let connection = Connection::open(self.path()).unwrap();
        connection.busy_timeout(Duration::from_mins(1)).unwrap();
        connection
    }
}

const PASS: &str = "UPDATE access_token SET expires = expires - ?2, due = due - ?2, \
    blocked_from = blocked_from - ?2, blocked_until = blocked_until - ?2, paid_at = paid_at - ?2 WHERE account = ?1";

#[async_trait]
impl Place for Sqlite {
    fn address(&self) -> String {
        format!("sqlite {}", self.path().display())
    }

    async fn pass(&self, seconds: i64) {
        self.connection().execute(PASS, params![DEFAULT_APP_ID, seconds * 1000]).unwrap();
    }

    async fn token(&self) -> String {
        let sql = "SELECT token FROM access_token WHERE account = ?1";
        self.connection().query_row(sql, [DEFAULT_APP_ID], |row| row.get(0)).unwrap()
    }
}

crate::stampede::stampede_tests!("sqlite", Sqlite::new());
