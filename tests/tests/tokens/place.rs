use async_trait::async_trait;
use std::fmt::Debug;

/// Where the shared token is kept, and how its time passes: no process sleeps, the times in the row lie further back.
#[async_trait]
pub(crate) trait Place: Debug + Send + Sync {
    /// What a process finds it by; see [`crate::worker`].
    fn address(&self) -> String;

    /// Lets so many seconds pass for the row, if there is one.
    async fn pass(&self, seconds: i64);

    /// The token in the row.
    async fn token(&self) -> String;
}
