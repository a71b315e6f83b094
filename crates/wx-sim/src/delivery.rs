mod content;
mod courier;
mod judge;
mod log;
mod receiver;
mod round;

pub(crate) use courier::Courier;
pub(crate) use log::DeliveryLog;
pub(crate) use receiver::{ACCOUNT, Receiver};
pub use round::Round;
use round::{conclude, record_all, record_last};

use crate::{Push, platform::Platform, push::Envelope, transcript::EntryKind};
use bytes::Bytes;
use std::{borrow::Cow, fmt};

/// How the deliveries of one push went (protocol §8).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Delivery {
    /// What was delivered.
    pub push: Push,
    /// To the account's own server: at most three, in order; none when no callback address is configured.
    pub attempts: Vec<Attempt>,
    /// Whether nothing was sent there because it had failed too often (MarkFail); the push is lost to it.
    pub is_stopped: bool,
    /// Whether the push waits for [`Simulator::release_pushes`](crate::Simulator::release_pushes).
    pub is_held: bool,
    /// To the other servers that hear of the account.
    pub others: Vec<Round>,
}

/// What the person sees in the end (protocol §8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shown<'a> {
    /// Nothing: the answer was `success` or empty, or nothing was sent.
    Nothing,
    /// A passive reply, as clear XML.
    Reply(&'a str),
    /// The platform's own words for a server that failed, [`FAILURE_TEXT`]. One of two that fails is enough.
    Failure,
}

/// What a person reads when a server fails (protocol §8).
pub const FAILURE_TEXT: &str = "该公众号提供的服务出现故障，请稍后再试";

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
    pub(crate) fn of(push: Push, round: Option<Round>) -> Self {
        let (attempts, is_stopped) =
            round.map_or((Vec::new(), false), |round| (round.attempts, round.is_stopped));
        Self { push, attempts, is_stopped, is_held: false, others: Vec::new() }
    }

    pub(crate) fn held(push: Push) -> Self {
        Self { is_held: true, ..Self::of(push, None) }
    }

    /// What the person sees in the end.
    pub fn shown(&self) -> Shown<'_> {
        let failed = |attempts: &[Attempt]| attempts.last().is_some_and(|last| !last.verdict.is_success());
        if failed(&self.attempts) || self.others.iter().any(|round| failed(&round.attempts)) {
            return Shown::Failure;
        }
        self.reply().map_or(Shown::Nothing, Shown::Reply)
    }

    /// Whether the platform took one of the answers of the account's own server.
    pub fn succeeded(&self) -> bool {
        self.attempts.last().is_some_and(|attempt| attempt.verdict.is_success())
    }

    /// The whole answers, lost ones included, in order.
    pub fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.attempts.iter().filter_map(|attempt| attempt.answer.as_ref())
    }

    /// The clear XML of the reply of the account's own server, or else of another one.
    pub fn reply(&self) -> Option<&str> {
        let all = std::iter::once(&self.attempts).chain(self.others.iter().map(|round| &round.attempts));
        let mut last = all.filter_map(|attempts| attempts.last());
        let replied = last.find(|attempt| attempt.verdict == Verdict::Replied)?;
        replied.answer.as_ref()?.reply.as_deref()
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

impl Courier {
    /// Delivers to every server that hears of the account, at the same time. What the others did is recorded behind
    /// what the account's own server did, so that the transcript is the same in every run.
    pub(crate) async fn deliver(&self, platform: &Platform, push: Push, lost_answers: usize) -> Delivery {
        let [own, second, component] = Receiver::all(&platform.account());
        let (own, second, component) = tokio::join!(
            self.deliver_and_record(platform, own, &push, lost_answers),
            self.deliver_quietly(platform, second, &push, lost_answers),
            self.deliver_quietly(platform, component, &push, lost_answers),
        );
        let mut others = Vec::new();
        for (receiver, round) in [second, component].into_iter().flatten() {
            record_all(platform, &receiver, &push, &round);
            conclude(platform, &push, &round);
            others.push(round);
        }
        let delivery = Delivery { others, ..Delivery::of(push, own) };
        platform.deliveries.add(platform.clock.now(), &delivery);
        delivery
    }

    /// Delivers what the third-party platform must know.
    pub(crate) async fn notify(&self, platform: &Platform, push: Push) -> Delivery {
        let receiver = Receiver::notices(&platform.account());
        let round = self.deliver_and_record(platform, receiver, &push, 0).await;
        let delivery = Delivery::of(push, round);
        platform.deliveries.add(platform.clock.now(), &delivery);
        delivery
    }

    async fn deliver_and_record(
        &self,
        platform: &Platform,
        receiver: Option<Receiver>,
        push: &Push,
        lost_answers: usize,
    ) -> Option<Round> {
        let receiver = receiver?;
        let record = |round: &Round| record_last(platform, &receiver, push, round);
        let round = self.deliver_to(platform, &receiver, push, lost_answers, record).await;
        conclude(platform, push, &round);
        Some(round)
    }

    async fn deliver_quietly(
        &self,
        platform: &Platform,
        receiver: Option<Receiver>,
        push: &Push,
        lost_answers: usize,
    ) -> Option<(Receiver, Round)> {
        let receiver = receiver?;
        let round = self.deliver_to(platform, &receiver, push, lost_answers, |_| {}).await;
        Some((receiver, round))
    }

    /// Sends the GET that the console sends when the configuration is saved, once.
    pub(crate) async fn check(&self, platform: &Platform) -> Result<CallbackCheck, crate::Error> {
        let receiver = Receiver::own(&platform.account()).ok_or(crate::Error::NoCallback)?;
        let echo = u64::from_le_bytes(platform.random.bytes()).to_string();
        let envelope = Envelope::verification(platform, &receiver, &echo);
        let answer = self.get(&receiver, envelope).await.ok();
        let passed = answer.as_ref().is_some_and(|answer| answer.status == 200 && answer.body == echo);
        platform.transcript.add(EntryKind::Check { passed });
        Ok(CallbackCheck { passed, echo, answer })
    }
}
