use super::verdict::Verdict;
use crate::Error;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::watch;
use wx_model::CreateRequest;

/// Stops further calls as soon as nothing can come of them, before the failure was written down.
#[derive(Clone)]
pub(super) struct Brake {
    pub(super) stopping: watch::Sender<bool>,
    pub(super) lost: Arc<AtomicU64>,
    pub(super) most_unknown: u64,
}

impl Brake {
    pub(super) fn see(&self, request: &CreateRequest, error: &Error) {
        let is_enough = match Verdict::of(request, error) {
            Verdict::Lost => self.lost.fetch_add(1, Ordering::Relaxed) + 1 >= self.most_unknown,
            Verdict::OfRow => false,
            Verdict::OfAll => true,
        };
        if is_enough {
            self.stopping.send_replace(true);
        }
    }
}
