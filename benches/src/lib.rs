//! Ratios of two pieces of work, taken in one run so that they hold on any machine.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

/// Runs both in turns and prints how many times as long `ours` takes as `floor`: the median of the rounds.
pub fn print_ratio<A, B>(name: &str, goal: f64, mut ours: impl FnMut() -> A, mut floor: impl FnMut() -> B) {
    let mut ratios: Vec<f64> =
        (0..ROUNDS).map(|_| time(&mut ours).as_secs_f64() / time(&mut floor).as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    println!("{name}: {:.2} x (goal {goal:.2} x)", ratios[ROUNDS / 2]);
}

const ROUNDS: usize = 51;
const RUNS: usize = 2_000;

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn time<T>(work: &mut impl FnMut() -> T) -> Duration {
    let start = Instant::now();
    for _ in 0..RUNS {
        black_box(work());
    }
    start.elapsed()
}
