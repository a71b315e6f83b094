use crate::Error;
use tokio::sync::watch;
use wx_model::AccessToken;

/// A refresh under way, for everybody who waits for it.
#[derive(Debug, Clone)]
pub(super) struct Flight {
    pub(super) outcome: watch::Receiver<Option<Result<AccessToken, Error>>>,
    /// Whether it looks for another token than one that was refused.
    pub(super) replaces: bool,
}

impl Flight {
    /// Waits for its outcome. All who wait get the same.
    pub(super) async fn landed(mut self) -> Result<AccessToken, Error> {
        match self.outcome.wait_for(Option::is_some).await.as_deref() {
            Ok(Some(outcome)) => outcome.clone(),
            _ => Err(Error::interrupted()),
        }
    }

    /// No longer so when its task is gone without an outcome, as when its runtime was shut down.
    pub(super) fn is_under_way(&self) -> bool {
        self.outcome.has_changed().is_ok() && self.outcome.borrow().is_none()
    }
}
