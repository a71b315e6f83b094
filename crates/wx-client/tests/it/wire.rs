use crate::account::{CALL, CLASSIC, OK, REFUSED, token};
use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::time::{Instant, sleep};
use wx_transport::{Transport, TransportError, TransportErrorKind};

/// A platform with classic tokens behind a slow wire, on tokio's virtual time.
///
/// What was sent arrives, whether or not somebody still waits for the answer. A new token leaves the one before it five
/// minutes (protocol §1.1).
#[derive(Debug, Clone, Default)]
pub(crate) struct Wire(Arc<Mutex<Platform>>);

#[derive(Debug, Default)]
struct Platform {
    issued: u32,
    /// When the newest and the one before it were given.
    last: VecDeque<(String, Instant)>,
    /// How long the next requests for a token travel, there and back.
    delays: VecDeque<[Duration; 2]>,
    /// All after them get no answer.
    broken: bool,
}

impl Wire {
    /// The next request for a token travels so many seconds there and so many back.
    pub(crate) fn delay(&self, there: u64, back: u64) {
        self.0.lock().unwrap().delays.push_back([there, back].map(Duration::from_secs));
    }

    /// From now on requests do not linger.
    pub(crate) fn calm(&self) {
        self.0.lock().unwrap().delays.clear();
    }

    pub(crate) fn cut(&self) {
        self.0.lock().unwrap().broken = true;
    }

    pub(crate) fn mend(&self) {
        self.0.lock().unwrap().broken = false;
    }

    /// How many tokens were given.
    pub(crate) fn issued(&self) -> u32 {
        self.0.lock().unwrap().issued
    }

    pub(crate) fn newest(&self) -> String {
        format!("T{}", self.issued())
    }

    /// Ends the present token at once.
    pub(crate) fn end_token(&self) {
        self.0.lock().unwrap().last.clear();
    }

    fn issue(&self) -> Result<String, TransportErrorKind> {
        let mut platform = self.0.lock().unwrap();
        if platform.broken {
            return Err(TransportErrorKind::Connect);
        }
        platform.issued += 1;
        let name = format!("T{}", platform.issued);
        platform.last.push_front((name.clone(), Instant::now()));
        platform.last.truncate(2);
        Ok(token(&name, 7200))
    }

    fn accepts(&self, token: &str) -> bool {
        let platform = self.0.lock().unwrap();
        let (newest, before) = (platform.last.front(), platform.last.get(1));
        let lives = |it: &(String, Instant)| it.0 == token && it.1.elapsed() < Duration::from_hours(2);
        let overlap = newest.is_some_and(|newest| newest.1.elapsed() < Duration::from_mins(5));
        newest.is_some_and(lives) || (overlap && before.is_some_and(lives))
    }

    async fn answer(self, path: String, query: String) -> Result<String, TransportErrorKind> {
        if path == CALL {
            let token = query.trim_start_matches("access_token=");
            return Ok(if self.accepts(token) { OK.to_owned() } else { REFUSED.to_owned() });
        }
        assert_eq!(path, CLASSIC);
        let [there, back] = self.0.lock().unwrap().delays.pop_front().unwrap_or_default();
        sleep(there).await;
        let answer = self.issue();
        sleep(back).await;
        answer
    }
}

#[async_trait]
impl Transport for Wire {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let (path, query) = (request.uri().path().to_owned(), request.uri().query().unwrap().to_owned());
        let answer = tokio::spawn(self.clone().answer(path, query)).await.unwrap();
        answer.map(|body| Response::new(body.into())).map_err(TransportError::new)
    }
}
