//! Ratios of two pieces of work, taken in one run so that they hold on any machine.

mod serve;

use cpu_time::ThreadTime;
pub use serve::serve;
use std::{hint::black_box, time::Duration};

/// Prints how many times as long `ours` takes as `floor`.
pub fn print_ratio<A, B>(name: &str, goal: f64, ours: impl FnMut() -> A, floor: impl FnMut() -> B) {
    println!("{name}: {:.2} x (goal {goal:.2} x)", ratio(ours, floor));
}

/// Prints how many times as fast as `peer` `ours` is.
pub fn print_speed<A, B>(name: &str, goal: f64, ours: impl FnMut() -> A, peer: impl FnMut() -> B) {
    println!("{name}: {:.1} x as fast (goal {goal:.0} x)", ratio(peer, ours));
}

/// Runs both in turns and gives how many times as long `ours` takes as `floor`: the median of the rounds.
pub fn ratio<A, B>(mut ours: impl FnMut() -> A, mut floor: impl FnMut() -> B) -> f64 {
    let runs = runs_that_fill_a_round(&mut ours).max(20);
    let floor_runs = runs_that_fill_a_round(&mut floor).max(20);
    let per_run = |time: Duration, runs: u32| time.as_secs_f64() / f64::from(runs);
    let mut ratios: Vec<f64> = (0..ROUNDS)
        .map(|_| per_run(time(&mut ours, runs), runs) / per_run(time(&mut floor, floor_runs), floor_runs))
        .collect();
    ratios.sort_by(f64::total_cmp);
    ratios[ROUNDS / 2]
}

const ROUNDS: usize = 51;

/// Short enough that both halves of a round meet the same neighbours on the machine.
const ROUND: Duration = Duration::from_millis(4);

fn runs_that_fill_a_round<T>(work: &mut impl FnMut() -> T) -> u32 {
    const TRIAL: u32 = 50;
    let one = time(work, TRIAL) / TRIAL;
    u32::try_from(ROUND.as_nanos() / one.as_nanos().max(1)).unwrap_or(u32::MAX)
}

/// CPU time, which leaves the neighbours on the machine out.
fn time<T>(work: &mut impl FnMut() -> T, runs: u32) -> Duration {
    let start = ThreadTime::now();
    for _ in 0..runs {
        black_box(work());
    }
    start.elapsed()
}
