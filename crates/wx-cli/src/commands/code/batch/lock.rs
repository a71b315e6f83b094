use crate::{
    failure::{Failure, Outcome},
    print,
};
use std::{
    fs::{File, TryLockError},
    path::Path,
};

/// One batch at a time works with a database. The worker of a run that was killed ends its calls first, so whoever goes on
/// waits for it here. The system lets go of the lock when its process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "open is locked")] File);

impl Lock {
    /// Waits for its turn.
    pub(super) async fn take(database: &Path) -> Outcome<Self> {
        let mut name = database.as_os_str().to_owned();
        name.push("-batch");
        let failed = |error: std::io::Error| {
            Failure::failed(format!("cannot lock {}: {error}", Path::new(&name).display()))
        };
        let file = File::options().create(true).append(true).open(&name).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => return Ok(Self(file)),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
            Err(TryLockError::WouldBlock) => {
                print::note("another batch works with this database; waiting for it to end");
            }
        }
        let waiting = tokio::task::spawn_blocking(move || file.lock().map(|()| file));
        let waited = waiting.await.map_err(|_| Failure::failed("nobody waits for the lock"))?;
        waited.map(Self).map_err(failed)
    }
}
