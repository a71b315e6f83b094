use cpu_time::ThreadTime;
use std::{io, time::Instant};

/// Lets `cargo xtask compare` measure something: says that it is ready for `modes`, then works as each line of the input
/// says and answers with CPU and wall time. `clear 300` stands for 300 times the mode `clear`.
///
/// # Panics
///
/// At a line that says something else.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
pub fn serve(name: &str, version: &str, modes: &[(&str, &dyn Fn(usize))]) {
    let names: Vec<_> = modes.iter().map(|(name, _)| *name).collect();
    println!("ready {name} {version} {}", names.join(" "));
    for line in io::stdin().lines() {
        let line = line.expect("the input is text");
        let (mode, count) = line.split_once(' ').expect("a mode and a count");
        let count: usize = count.parse().expect("a count");
        let (_, work) = modes.iter().find(|(name, _)| *name == mode).expect("one of the modes");
        let (wall, cpu) = (Instant::now(), ThreadTime::now());
        (0..count).for_each(work);
        println!("{} {}", cpu.elapsed().as_nanos(), wall.elapsed().as_nanos());
    }
}
