mod content;
mod courier;
mod judge;

pub(crate) use courier::Courier;

use crate::{Callback, Push, platform::Platform, push::Envelope, transcript::EntryKind};
use bytes::Bytes;
use std::{borrow::Cow, fmt};

/// How the deliveries of one push went (protocol §8).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Delivery {
    /// What was delivered.
    pub push: Push,
    /// At most three, in order; none when no callback address is configured.
    pub attempts: Vec<Attempt>,
}

/// One delivery of a push.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Attempt {
    /// How the platform took it.
    pub verdict: Verdict,
    /// What the receiver answered, if a whole answer came.
    pub answer: Option<Answer>,
}

/// What the receiver answered.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body as it came.
    pub body: Bytes,
    /// The clear XML of a passive reply (被动回复) that would be shown to the person; opened if it came encrypted.
    pub reply: Option<String>,
}

/// How the platform takes what came back, or did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// Status 200 with `success` or an empty body.
    Acknowledged,
    /// Status 200 with a reply the platform can show.
    Replied,
    /// The receiver answered, and the platform did not hear it, as [`Act::losing_answers`](crate::Act::losing_answers) asked.
    Lost,
    /// An answer the platform does not take, and why.
    Refused(&'static str),
    /// No whole answer within the time limit.
    TimedOut,
    /// No connection.
    Unreachable,
    /// The connection ended before the answer was whole.
    Broken,
}

/// How the verification of the callback address went.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallbackCheck {
    /// Whether the answer was 200 with exactly the `echostr` as body: no quotes, no line end, no byte-order mark.
    pub passed: bool,
    /// What was to be echoed.
    pub echo: String,
    /// What the receiver answered, if a whole answer came.
    pub answer: Option<Answer>,
}

impl Delivery {
    /// Whether the platform took one of the answers.
    pub fn succeeded(&self) -> bool {
        self.attempts.last().is_some_and(|attempt| attempt.verdict.is_success())
    }

    /// The whole answers, lost ones included, in order.
    pub fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.attempts.iter().filter_map(|attempt| attempt.answer.as_ref())
    }

    /// The clear XML of the reply that the person sees.
    pub fn reply(&self) -> Option<&str> {
        let last = self.attempts.last().filter(|attempt| attempt.verdict == Verdict::Replied)?;
        last.answer.as_ref()?.reply.as_deref()
    }
}

impl Answer {
    /// The body as text; what is no UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

impl Verdict {
    /// Whether the platform is content and delivers no more.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Acknowledged | Self::Replied)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Acknowledged => f.write_str("acknowledged"),
            Self::Replied => f.write_str("replied"),
            Self::Lost => f.write_str("answer lost"),
            Self::Refused(reason) => write!(f, "refused, {reason}"),
            Self::TimedOut => f.write_str("timed out"),
            Self::Unreachable => f.write_str("unreachable"),
            Self::Broken => f.write_str("connection broken"),
        }
    }
}

/// Deliveries of one push, the first included.
const MOST_ATTEMPTS: usize = 3;

impl Courier {
    /// Delivers until an answer is taken, three times at most, one right after the other.
    pub(crate) async fn deliver(&self, platform: &Platform, push: Push, lost_answers: usize) -> Delivery {
        let mut delivery = Delivery { push, attempts: Vec::new() };
        let callback = platform.callback();
        let Some(url) = callback.url.as_deref() else { return delivery };
        while !delivery.succeeded() && delivery.attempts.len() < MOST_ATTEMPTS {
            let number = delivery.attempts.len() + 1;
            let mut attempt = self.attempt(platform, &callback, url, &delivery.push).await;
            if number <= lost_answers && attempt.answer.is_some() {
                attempt.verdict = Verdict::Lost;
            }
            record(platform, &callback, &delivery.push, number, attempt.verdict);
            delivery.attempts.push(attempt);
        }
        delivery
    }

    /// Sends the GET that the console sends when the configuration is saved, once.
    pub(crate) async fn check(&self, platform: &Platform) -> Result<CallbackCheck, crate::Error> {
        let callback = platform.callback();
        let url = callback.url.as_deref().ok_or(crate::Error::NoCallback)?;
        let echo = u64::from_le_bytes(platform.random().bytes()).to_string();
        let envelope = Envelope::verification(platform, &callback, &echo);
        let answer = self.get(url, envelope, platform.options.time_limit).await.ok();
        let passed = answer.as_ref().is_some_and(|answer| answer.status == 200 && answer.body == echo);
        platform.transcript.add(EntryKind::Check { passed });
        Ok(CallbackCheck { passed, echo, answer })
    }

    async fn attempt(&self, platform: &Platform, callback: &Callback, url: &str, push: &Push) -> Attempt {
        let envelope = Envelope::of(push, platform, callback);
        match self.post(url, envelope, platform.options.time_limit).await {
            Ok(answer) => judge::judge(platform, callback, push, answer),
            Err(verdict) => Attempt { verdict, answer: None },
        }
    }
}

fn record(platform: &Platform, callback: &Callback, push: &Push, attempt: usize, verdict: Verdict) {
    platform.transcript.add(EntryKind::Delivery {
        push: push.number,
        kind: push.kind,
        event_key: push.event_key.clone(),
        openid: push.openid.clone(),
        mode: callback.mode,
        attempt,
        verdict,
    });
}
