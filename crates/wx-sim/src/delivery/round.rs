use super::{Attempt, Courier, Receiver, Verdict, judge};
use crate::{Push, platform::Platform, push::Envelope, transcript::EntryKind};

/// The deliveries of one push to one server (protocol §8).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Round {
    /// Which server: `account`, `second` or `component`.
    pub receiver: &'static str,
    /// At most three, in order.
    pub attempts: Vec<Attempt>,
    /// Whether nothing was sent because the server had failed too often (MarkFail); the push is lost to it.
    pub is_stopped: bool,
}

/// Deliveries of one push to one server, the first included.
const MOST_ATTEMPTS: usize = 3;

impl Round {
    /// Whether the platform took one of the answers.
    pub fn succeeded(&self) -> bool {
        self.attempts.last().is_some_and(|attempt| attempt.verdict.is_success())
    }
}

impl Courier {
    /// Delivers until an answer is taken, three times at most, one right after the other. Each attempt is told to
    /// `record`.
    pub(super) async fn deliver_to(
        &self,
        platform: &Platform,
        receiver: &Receiver,
        push: &Push,
        lost_answers: usize,
        mut record: impl FnMut(&Round),
    ) -> Round {
        let mut round = Round { receiver: receiver.name, attempts: Vec::new(), is_stopped: false };
        if platform.account().breakers.is_open(receiver.name, platform.clock.now()) {
            round.is_stopped = true;
            return round;
        }
        let mut envelope = Envelope::of(push, platform, receiver);
        while !round.succeeded() && round.attempts.len() < MOST_ATTEMPTS {
            let number = round.attempts.len() + 1;
            if number > 1 && !receiver.repeats_nonce {
                envelope = Envelope::of(push, platform, receiver);
            }
            let mut attempt = self.attempt(receiver, push, envelope.clone()).await;
            if number <= lost_answers && attempt.answer.is_some() {
                attempt.verdict = Verdict::Lost;
            }
            round.attempts.push(attempt);
            record(&round);
        }
        round
    }

    async fn attempt(&self, receiver: &Receiver, push: &Push, envelope: Envelope) -> Attempt {
        match self.post(receiver, envelope).await {
            Ok(answer) => judge::judge(receiver, push, answer),
            Err(verdict) => Attempt { verdict, answer: None },
        }
    }
}

/// Tells the transcript of the newest attempt.
pub(super) fn record_last(platform: &Platform, receiver: &Receiver, push: &Push, round: &Round) {
    if let Some(last) = round.attempts.last() {
        record(platform, receiver, push, round.attempts.len(), last.verdict);
    }
}

/// Tells the transcript of all attempts.
pub(super) fn record_all(platform: &Platform, receiver: &Receiver, push: &Push, round: &Round) {
    for (number, attempt) in (1..).zip(&round.attempts) {
        record(platform, receiver, push, number, attempt.verdict);
    }
}

/// Too many failures in a row, and nothing is pushed there for a minute.
pub(super) fn conclude(platform: &Platform, push: &Push, round: &Round) {
    let receiver = round.receiver;
    let Some(last) = round.attempts.last().map(|last| last.verdict) else {
        return platform.transcript.decide(format!("push {} is lost to {receiver}: MarkFail", push.number));
    };
    let mut account = platform.account();
    let (most, now) = (account.options.mark_fail_after, account.now);
    let stopped = account.breakers.note(receiver, last.is_success(), most, now);
    drop(account);
    if let Some(until) = stopped {
        platform.transcript.decide(format!(
            "MarkFail: nothing is pushed to {receiver} for {} s after {most} failures in a row, the last: {last}",
            until.saturating_sub(now),
        ));
    }
}

fn record(platform: &Platform, receiver: &Receiver, push: &Push, attempt: usize, verdict: Verdict) {
    platform.transcript.add(EntryKind::Delivery {
        push: push.number,
        kind: push.kind.clone(),
        event_key: push.event_key.clone(),
        openid: push.openid.clone(),
        receiver: receiver.name,
        mode: receiver.callback.mode,
        attempt,
        verdict,
    });
}
