use std::{ops::Deref, sync::Arc, time::Instant};
use wx_model::Push;

/// A push on its way to a handler. It derefs to [`Push`]; clones are cheap.
#[derive(Debug, Clone)]
pub struct RoutedPush {
    push: Arc<Push>,
    rule: Arc<str>,
    deadline: Instant,
}

impl RoutedPush {
    pub(super) fn new(push: Push, rule: Arc<str>, deadline: Instant) -> Self {
        Self { push: Arc::new(push), rule, deadline }
    }

    /// When the answer goes out, with or without this handler. What comes after is sent as a customer-service message
    /// (客服消息); see [`Later`](super::Later).
    pub fn deadline(&self) -> Instant {
        self.deadline
    }

    /// The name of the rule that matched, or `fallback`.
    pub fn rule(&self) -> &str {
        &self.rule
    }
}

impl Deref for RoutedPush {
    type Target = Push;

    fn deref(&self) -> &Push {
        &self.push
    }
}
