//! `replay TARGET PATH…`: gives every file, and what is [heavy](wx_fuzz::heavy), to a target and says which one took
//! longest, in CPU time.
//!
//! Fails if one takes longer than 10 ms each time, or breaks a law of the target.

use cpu_time::ThreadTime;
use std::{env, error::Error, fs, io, path::Path, time::Duration};
use wx_fuzz::{TARGETS, Target, files, heavy};

const LIMIT: Duration = Duration::from_millis(10);
/// An input is as slow as it is the fastest time: whatever else the machine does only adds to it.
const TRIES: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let name = args.next().unwrap_or_default();
    let target =
        TARGETS.iter().find(|(known, _)| *known == name).ok_or("say which target: replay TARGET PATH…")?.1;
    let inputs = inputs(args)?;
    let slowest = inputs.iter().map(|(name, input)| (fastest(target, input), name)).max();
    let (taken, slowest) = slowest.ok_or("no inputs")?;
    let (millis, bytes) =
        (taken.as_secs_f64() * 1e3, inputs.iter().map(|(_, input)| input.len()).sum::<usize>());
    println!("{} inputs of {} KB, slowest {millis:.3} ms: {slowest}", inputs.len(), bytes.div_ceil(1024));
    if taken > LIMIT { Err("an input takes longer than 10 ms".into()) } else { Ok(()) }
}

/// With their names.
fn inputs(paths: impl Iterator<Item = String>) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut inputs: Vec<_> = heavy().into_iter().map(|(name, input)| (name.to_owned(), input)).collect();
    for path in paths {
        for file in files(Path::new(&path))? {
            inputs.push((file.display().to_string(), fs::read(&file)?));
        }
    }
    Ok(inputs)
}

fn fastest(target: Target, input: &[u8]) -> Duration {
    (0..TRIES).map(|_| time(target, input)).min().unwrap_or_default()
}

/// The time that this thread has had.
fn time(target: Target, input: &[u8]) -> Duration {
    let start = ThreadTime::now();
    target(input);
    start.elapsed()
}
