mod answer;
mod sent_request;

pub use answer::Answer;
pub use sent_request::SentRequest;

use crate::{Transport, TransportError, TransportErrorKind};
use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A [`Transport`] for tests: gives the scripted answers in their order and remembers every request.
///
/// Clones are handles of the same script. A request for which no answer is left gets an error of kind
/// [`Other`](TransportErrorKind::Other) that names it, and makes [`assert_done`](Self::assert_done) fail.
#[derive(Clone, Default)]
pub struct MockTransport(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    answers: VecDeque<Scripted>,
    otherwise: Option<Otherwise>,
    requests: Vec<SentRequest>,
    unexpected: Vec<String>,
}

type Scripted = Box<dyn FnOnce(&SentRequest) -> Answer + Send>;
type Otherwise = Arc<dyn Fn(&SentRequest) -> Answer + Send + Sync>;

impl MockTransport {
    /// A mock without any answer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends an answer to the script.
    pub fn answer(&self, answer: impl Into<Answer>) {
        let answer = answer.into();
        self.answer_with(move |_| answer);
    }

    /// Appends an answer that is made from the request when it comes.
    pub fn answer_with(&self, answer: impl FnOnce(&SentRequest) -> Answer + Send + 'static) {
        self.script().answers.push_back(Box::new(answer));
    }

    /// Answers every request for which the script has no answer left.
    pub fn otherwise(&self, answer: impl Fn(&SentRequest) -> Answer + Send + Sync + 'static) {
        self.script().otherwise = Some(Arc::new(answer));
    }

    /// All requests so far, in the order in which they were sent.
    pub fn requests(&self) -> Vec<SentRequest> {
        self.script().requests.clone()
    }

    /// How many answers of the script are still unused.
    pub fn unused(&self) -> usize {
        self.script().answers.len()
    }

    /// Checks that the script was used up exactly.
    ///
    /// # Panics
    ///
    /// If an answer is unused or a request had none.
    #[track_caller]
    pub fn assert_done(&self) {
        let (unused, unexpected) = (self.unused(), self.script().unexpected.join(", "));
        assert!(unexpected.is_empty(), "the mock had no answer for: {unexpected}");
        assert!(unused == 0, "{unused} scripted answer(s) of the mock were never asked for");
    }

    fn take(&self, request: &SentRequest) -> Option<Scripted> {
        let mut script = self.script();
        script.requests.push(request.clone());
        if let Some(answer) = script.answers.pop_front() {
            return Some(answer);
        }
        if let Some(answer) = script.otherwise.clone() {
            return Some(Box::new(move |request| answer(request)));
        }
        script.unexpected.push(request.line());
        None
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unused, requests) = (self.unused(), self.script().requests.len());
        f.debug_struct("MockTransport").field("unused", &unused).field("requests", &requests).finish()
    }
}

#[async_trait]
impl Transport for MockTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let request = SentRequest::from(request);
        // The script is not locked while the answer is made: a closure may use the mock.
        match self.take(&request) {
            Some(answer) => answer(&request).give().await,
            None => Err(TransportError::new(TransportErrorKind::Other).with_source(format!(
                "the mock has no answer left for {} {}; script one more",
                request.method,
                request.path()
            ))),
        }
    }
}
