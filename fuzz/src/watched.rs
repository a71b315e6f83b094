use cpu_time::ThreadTime;
use std::{
    env, fs,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

/// Runs a target and keeps the input in the folder `WX_FUZZ_SLOW` if it took longer than every one before it.
///
/// libFuzzer keeps only what reaches new code, and counts time in seconds. What is kept here is measured again by
/// `replay`, without libFuzzer's own code in between.
pub fn watched(target: fn(&[u8]), data: &[u8]) {
    if micros(target, data) > SLOWEST.load(Ordering::Relaxed) {
        // Once may have been the machine's fault.
        let fastest = (0..3).map(|_| micros(target, data)).min().unwrap_or_default();
        if SLOWEST.fetch_max(fastest, Ordering::Relaxed) < fastest {
            keep(fastest, data);
        }
    }
}

/// In microseconds. What is fast is not worth a file; the limit is ten milliseconds.
static SLOWEST: AtomicU64 = AtomicU64::new(500);

fn keep(taken: u64, data: &[u8]) {
    if let Some(folder) = env::var_os("WX_FUZZ_SLOW") {
        // A full disk is found by others.
        let _ = fs::write(Path::new(&folder).join(format!("{taken:08}")), data);
    }
}

/// The time that the target takes, without that of other programs.
fn micros(target: fn(&[u8]), data: &[u8]) -> u64 {
    let start = ThreadTime::now();
    target(data);
    u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX)
}
