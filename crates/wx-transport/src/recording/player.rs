use super::{
    Recording,
    exchange::{Exchange, RecordedRequest, learn_request},
    shape::Shape,
};
use crate::{Transport, TransportError, TransportErrorKind, secrets::Secrets};
use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A [`Transport`] that answers from a [`Recording`], without any network.
///
/// Each recorded request answers once: the first one that is unused and the same gives its answer, so that the same
/// request asked twice gets the first and then the second recorded answer. Two requests are the same with method, host,
/// path, query and body; the values of credentials do not count, nor do headers, the order of the query, or the way in
/// which JSON is written. Any other request gets an error of kind [`Other`](TransportErrorKind::Other) that says in what
/// the nearest recorded one differs. Clones play the same recording.
#[derive(Clone)]
pub struct ReplayTransport(Arc<Mutex<Reel>>);

struct Reel {
    secrets: Secrets,
    exchanges: Vec<Exchange>,
    used: Vec<bool>,
}

impl ReplayTransport {
    /// Plays this recording.
    pub fn new(recording: Recording) -> Self {
        let used = vec![false; recording.len()];
        let secrets = Secrets::new(recording.redaction);
        Self(Arc::new(Mutex::new(Reel { secrets, exchanges: recording.exchanges, used })))
    }

    /// How many recorded requests were not sent yet.
    pub fn unused(&self) -> usize {
        self.reel().used.iter().filter(|used| !**used).count()
    }

    /// Checks that everything that was recorded was sent.
    ///
    /// # Panics
    ///
    /// If a recorded request was not sent.
    #[track_caller]
    pub fn assert_done(&self) {
        let left = self.reel().left();
        assert!(left.is_empty(), "recorded and never sent: {}", left.join(", "));
    }

    fn reel(&self) -> MutexGuard<'_, Reel> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reel {
    fn play(&mut self, request: &Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        learn_request(&mut self.secrets, request);
        let request = RecordedRequest::clean(&self.secrets, request);
        let Some(shape) = Shape::of(&request) else {
            return Err(TransportErrorKind::Request.into());
        };
        let mut unused = (0..self.exchanges.len()).filter(|index| !self.used[*index]);
        let Some(index) = unused.find(|index| self.difference(*index, &shape).is_none()) else {
            return Err(
                TransportError::new(TransportErrorKind::Other).with_source(self.complaint(&request, &shape))
            );
        };
        self.used[index] = true;
        self.exchanges[index].outcome.play().unwrap_or_else(|| {
            let text = format!("the outcome of recorded request {} is no answer and no error", index + 1);
            Err(TransportError::new(TransportErrorKind::Other).with_source(text))
        })
    }

    fn difference(&self, index: usize, shape: &Shape) -> Option<String> {
        match Shape::of(&self.exchanges[index].request) {
            Some(recorded) => shape.difference(&recorded),
            None => Some("it is no request".to_owned()),
        }
    }

    /// The nearest is one with the same method and path, or one with the same path.
    fn complaint(&self, request: &RecordedRequest, shape: &Shape) -> String {
        let asked = name(request);
        let unused = || (0..self.exchanges.len()).filter(|index| !self.used[*index]);
        let recorded = |index: usize| name(&self.exchanges[index].request);
        let same = unused().find(|index| recorded(*index) == asked);
        let alike = || unused().find(|index| path(&self.exchanges[*index].request) == path(request));
        let Some(nearest) = same.or_else(alike).or_else(|| unused().next()) else {
            return format!("the recording has nothing left for {asked}; record it again");
        };
        let difference = self.difference(nearest, shape).unwrap_or_default();
        let (number, recorded) = (nearest + 1, recorded(nearest));
        format!(
            "{asked} was not recorded so; the nearest is request {number}, {recorded}: {difference}; record it again"
        )
    }

    fn left(&self) -> Vec<String> {
        let all = self.exchanges.iter().zip(&self.used);
        all.filter(|(_, used)| !**used).map(|(exchange, _)| name(&exchange.request)).collect()
    }
}

/// Method and path.
fn name(request: &RecordedRequest) -> String {
    format!("{} /{}", request.method, path(request))
}

/// Without the slash before it.
fn path(request: &RecordedRequest) -> &str {
    let target = request.url.splitn(4, '/').nth(3).unwrap_or_default();
    target.split('?').next().unwrap_or_default()
}

#[async_trait]
impl Transport for ReplayTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.reel().play(&request)
    }
}

impl fmt::Debug for ReplayTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reel = self.reel();
        let (exchanges, unused) = (reel.exchanges.len(), reel.left().len());
        f.debug_struct("ReplayTransport").field("exchanges", &exchanges).field("unused", &unused).finish()
    }
}
