use crate::Random;
use std::collections::VecDeque;

/// The request ids (rid) of refused calls, which `openapi/rid/get` looks up (protocol §1.6, §5.4).
#[derive(Default)]
pub(crate) struct Rids(VecDeque<(String, Request)>);

/// What the platform remembers of a refused call, without secrets.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) time: i64,
    pub(crate) query: String,
    pub(crate) body: String,
    pub(crate) answer: String,
    pub(crate) caller: String,
}

pub(crate) enum FoundRid<'a> {
    Request(&'a Request),
    /// Older than seven days: 76004.
    Expired,
    /// 76001.
    Unknown,
}

impl Rids {
    /// Three groups of eight hex digits, the first of which is the time (of which 32 bits are enough until 2106).
    pub(crate) fn draw(now: i64, random: &Random) -> String {
        let [second, third] = [(); 2].map(|()| random.number());
        format!("{:08x}-{second:08x}-{third:08x}", now & 0xffff_ffff)
    }

    pub(crate) fn remember(&mut self, rid: String, request: Request) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back((rid, request));
    }

    pub(crate) fn find(&self, rid: &str, now: i64) -> FoundRid<'_> {
        match self.0.iter().rev().find(|(known, _)| known == rid) {
            None => FoundRid::Unknown,
            Some((_, request)) if now.saturating_sub(request.time) > SEVEN_DAYS => FoundRid::Expired,
            Some((_, request)) => FoundRid::Request(request),
        }
    }
}

const SEVEN_DAYS: i64 = 7 * 86_400;
/// Requests that can be looked up.
const KEPT: usize = 10_000;
