use super::{Attempt, Delivery};
use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The last [`KEPT`] deliveries with what was answered, for who looks on from outside.
#[derive(Default)]
pub(crate) struct DeliveryLog(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    deliveries: VecDeque<(u64, i64, Delivery)>,
    count: u64,
}

const KEPT: usize = 1000;
/// Longer answers are cut.
const LONGEST_ANSWER: usize = 8192;

impl DeliveryLog {
    pub(crate) fn add(&self, time: i64, delivery: &Delivery) {
        let mut kept = self.kept();
        kept.count += 1;
        let number = kept.count;
        if kept.deliveries.len() == KEPT {
            kept.deliveries.pop_front();
        }
        kept.deliveries.push_back((number, time, cut(delivery.clone())));
    }

    /// The deliveries behind the one of this number, each with its number and the second of its end.
    pub(crate) fn after(&self, number: u64, limit: usize) -> Vec<(u64, i64, Delivery)> {
        let kept = self.kept();
        kept.deliveries.iter().filter(|(one, ..)| *one > number).take(limit).cloned().collect()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cut(mut delivery: Delivery) -> Delivery {
    let others = delivery.others.iter_mut().flat_map(|round| &mut round.attempts);
    delivery.attempts.iter_mut().chain(others).for_each(cut_answer);
    delivery
}

fn cut_answer(attempt: &mut Attempt) {
    if let Some(answer) = &mut attempt.answer
        && answer.body.len() > LONGEST_ANSWER
    {
        // A slice would keep the whole alive.
        answer.body = answer.body[..LONGEST_ANSWER].to_vec().into();
        answer.reply = None;
    }
}
