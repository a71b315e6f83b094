use super::{Answer, BoxError, Later};
use std::sync::Arc;
use wx_model::Reply;

/// What came of a push: what to answer now, and what to do afterwards.
#[derive(Debug)]
#[must_use = "seal the reply and spawn what comes later"]
#[non_exhaustive]
pub struct Outcome {
    /// The body of the answer, for [`Callback::seal`](crate::Callback::seal); [`Reply::None`] is `success`.
    pub reply: Reply,
    /// Messages that come afterwards: spawn it, send what it yields.
    pub later: Option<Later>,
    /// The name of the rule that answered, `fallback`, or `None` if there was nobody to answer.
    pub rule: Option<Arc<str>>,
    /// The error of the handler, for the log. The person gets no reply then.
    pub error: Option<BoxError>,
}

impl Outcome {
    pub(super) fn unrouted() -> Self {
        Self { reply: Reply::None, later: None, rule: None, error: None }
    }

    pub(super) fn now(rule: Arc<str>, answer: Answer) -> Self {
        let outcome = Self { rule: Some(rule), ..Self::unrouted() };
        match answer {
            Answer::Now(reply) => Self { reply, ..outcome },
            Answer::Later(later) => Self { later: Some(later), ..outcome },
            Answer::Failed(error) => Self { error: Some(error), ..outcome },
        }
    }

    pub(super) fn running(rule: Arc<str>, later: Later) -> Self {
        Self::now(rule, Answer::Later(later))
    }
}
