//! Campaign F2: envelopes that were damaged in every known way. Not one opens, and all refusals read alike.
//!
//! 50 000 in every run; `WX_DAMAGED=1000000 cargo test -p wx-events damaged -- --nocapture` runs a million and prints
//! how many of each kind there were.

mod damage;
mod dice;
mod envelope;
mod reference;

use crate::samples::{self, *};
use damage::{ALL, Changes, Damage, Keys};
use dice::Dice;
use envelope::Envelope;
use reference::Reference;
use std::{collections::BTreeMap, env, thread};
use wx_crypto::EncodingAesKey;
use wx_events::{Callback, CallbackQuery, Error, ReceivedPush, parse_unverified};

const OTHER_KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFE";
const REFUSED: &str = "the request was refused: it does not prove that it comes from the platform \
    Error { kind: Refused, failure: None }";

#[test]
fn no_damaged_envelope_is_accepted() {
    let cases = env::var("WX_DAMAGED").map_or(50_000, |cases| cases.parse().unwrap());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let court = &Court::new();
    let mut counts = BTreeMap::<Damage, Count>::new();
    thread::scope(|scope| {
        let judge =
            move |worker| (worker..cases).step_by(workers).map(|number| court.judge(number)).collect();
        let running: Vec<_> = (0..workers).map(|worker| scope.spawn(move || judge(worker))).collect();
        let verdicts: Vec<Vec<_>> = running.into_iter().map(|worker| worker.join().unwrap()).collect();
        for (damage, verdict) in verdicts.into_iter().flatten() {
            counts.entry(damage).or_default().add(verdict);
        }
    });
    for (damage, count) in &counts {
        println!("{damage:?}: {count:?}");
    }
    let total: usize = counts.values().map(|count| count.refused + count.changed).sum();
    assert_eq!((total, counts.len()), (cases, ALL.len()));
    // Sixteen bytes of chance are a text in one case of ten thousand, so other numbers than these might find one.
    let read: usize = counts.values().map(|count| count.changed_and_read).sum();
    assert_eq!(read, 0, "changed messages under a right signature were read as pushes");
}

/// What became of the envelopes with one kind of damage.
#[derive(Debug, Default)]
struct Count {
    refused: usize,
    changed: usize,
    /// Of the changed ones, those that could still be read as a push, if the signature was right.
    changed_and_read: usize,
}

impl Count {
    fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Refused => self.refused += 1,
            Verdict::Changed { is_read } => {
                self.changed += 1;
                self.changed_and_read += usize::from(is_read);
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Verdict {
    Refused,
    /// The envelope is whole, around another message than the sender's. Nothing but the signature shows that, so it
    /// takes somebody who has the Token; and they cannot read what they have changed.
    Changed {
        is_read: bool,
    },
}

struct Court {
    keys: Keys,
    key: EncodingAesKey,
    callbacks: [Callback; 3],
    query: CallbackQuery,
}

impl Court {
    fn new() -> Self {
        // While secrets are exchanged there are twice as many that a damaged envelope could fit.
        let exchanging = safe().previous_token("Before".into()).previous_key("A".repeat(43).parse().unwrap());
        Self {
            keys: Keys { own: Reference::new(KEY), other: Reference::new(OTHER_KEY) },
            key: key(),
            callbacks: [safe(), compatible(), exchanging],
            query: encrypted_query(),
        }
    }

    /// One damaged envelope. The number is all that it depends on.
    fn judge(&self, number: usize) -> (Damage, Verdict) {
        let dice = &mut Dice::new(u64::try_from(number).unwrap());
        let good = Envelope::thrown(&self.keys.own, dice);
        let other = Envelope::thrown(&self.keys.own, dice);
        let damage = ALL[number % ALL.len()];
        let damaged = damage.done_to(&good, &other, &self.keys, dice);
        let context = || format!("{damage:?}, number {number}: {damaged}");

        let message = self.keys.own.open(APP_ID, &damaged);
        assert_ne!(message.as_deref(), Some(good.message.as_bytes()), "not damaged: {}", context());
        self.open_alone(damage, &damaged, message.as_deref(), &context);

        let body = body(&damaged, number);
        let callback = &self.callbacks[number % self.callbacks.len()];
        // Whoever has no Token can only send the signature of the good one.
        assert_refused(&context, callback.open(&self.signed(&good.text), body.as_bytes(), NOW));
        // Whoever has the Token can sign anything.
        let opened = callback.open(&self.signed(&damaged), body.as_bytes(), NOW);
        let Some(message) = message else {
            assert_refused(&context, opened);
            return (damage, Verdict::Refused);
        };
        let read = opened.map(ReceivedPush::into_push).map_err(|error| error.kind());
        assert_eq!(read, parse_unverified(&message).map_err(|error| error.kind()), "{}", context());
        (damage, Verdict::Changed { is_read: read.is_ok() })
    }

    fn signed(&self, encrypt: &str) -> CallbackQuery {
        let CallbackQuery { timestamp, nonce, .. } = &self.query;
        let mut query = self.query.clone();
        query.msg_signature = wx_crypto::signature([TOKEN, timestamp, nonce, encrypt]);
        query
    }

    /// The envelope without a signature opens exactly where the plain reading of the protocol opens it.
    fn open_alone(
        &self,
        damage: Damage,
        damaged: &str,
        message: Option<&[u8]>,
        context: &impl Fn() -> String,
    ) {
        let opened = wx_crypto::open(&self.key, APP_ID, damaged);
        assert_eq!(opened.as_deref().ok(), message, "{}", context());
        let (noticed, changes) = damage.noticed();
        match opened {
            Ok(_) => assert_eq!(changes, Changes::Message, "{}", context()),
            Err(error) => {
                assert!(noticed.contains(&error.failure()), "{:?} {}", error.failure(), context());
                assert_eq!(error.to_string(), "the envelope was refused");
            }
        }
    }
}

/// The envelope in XML, or in JSON where nothing in it means anything there.
fn body(encrypt: &str, number: usize) -> String {
    let is_harmless = !encrypt.contains(|c: char| c.is_control() || "\"\\".contains(c));
    if number.is_multiple_of(5) && is_harmless {
        format!("{{\"Encrypt\":\"{encrypt}\"}}")
    } else {
        samples::envelope(encrypt)
    }
}

fn assert_refused(context: &impl Fn() -> String, opened: Result<ReceivedPush, Error>) {
    let error = opened.unwrap_err();
    assert_eq!(format!("{error} {error:?}"), REFUSED, "{}", context());
}
