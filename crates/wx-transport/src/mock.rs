mod answer;
mod matcher;
mod script;
mod sent_request;

pub use answer::Answer;
pub use matcher::Matcher;
pub use sent_request::SentRequest;

use crate::{Transport, TransportError, TransportErrorKind};
use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use script::Script;
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A [`Transport`] for tests: gives scripted answers and remembers every request.
///
/// A request gets the first unused answer of the script that is meant for it: [`answer`](Self::answer) is meant for any
/// request, [`expect`](Self::expect) for those that a [`Matcher`] accepts. A request for which there is none gets an
/// error of kind [`Other`](TransportErrorKind::Other) that says what was expected.
///
/// Clones are handles of the same script. When the last one is dropped while answers are unused, or after a request
/// that got none, it panics, so that no test passes by accident; [`assert_done`](Self::assert_done) does the same
/// earlier, also where a background task may outlive the test, and [`forget_rest`](Self::forget_rest) is for tests that
/// mean it.
#[derive(Clone, Default)]
pub struct MockTransport(Arc<Mutex<Script>>);

impl MockTransport {
    /// A mock without any answer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends an answer to the script, for any request.
    pub fn answer(&self, answer: impl Into<Answer>) {
        self.expect(Matcher::any(), answer);
    }

    /// Appends an answer to the script, for a request that this matcher accepts.
    pub fn expect(&self, matcher: Matcher, answer: impl Into<Answer>) {
        let answer = answer.into();
        self.script().push(matcher, Box::new(move |_| answer));
    }

    /// Appends an answer, for any request, that is made from the request when it comes.
    pub fn answer_with(&self, answer: impl FnOnce(&SentRequest) -> Answer + Send + 'static) {
        self.script().push(Matcher::any(), Box::new(answer));
    }

    /// Answers every request for which the script has no answer.
    pub fn otherwise(&self, answer: impl Fn(&SentRequest) -> Answer + Send + Sync + 'static) {
        self.script().otherwise(Arc::new(answer));
    }

    /// All requests so far, in the order in which they were sent.
    pub fn requests(&self) -> Vec<SentRequest> {
        self.script().requests.clone()
    }

    /// How many answers of the script are still unused.
    pub fn unused(&self) -> usize {
        self.script().unused()
    }

    /// Checks that the script was used up exactly.
    ///
    /// # Panics
    ///
    /// If an answer is unused or a request got none.
    #[track_caller]
    pub fn assert_done(&self) {
        let complaint = self.script().complaint();
        assert!(complaint.is_none(), "{}", complaint.unwrap_or_default());
    }

    /// Drops the answers that are left, and does not mind requests that got none, until more is scripted.
    pub fn forget_rest(&self) {
        self.script().forget_rest();
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
        let answer = self.script().take(&request);
        match answer {
            Ok(answer) => answer(&request).give().await,
            Err(complaint) => Err(TransportError::new(TransportErrorKind::Other).with_source(complaint)),
        }
    }
}
