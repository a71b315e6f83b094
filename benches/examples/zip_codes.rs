//! 100 000 codes as PNG files in one zip: `cargo run --release -p benches --example zip_codes [COUNT] [FILE]`.
//!
//! Pictures are written as they come and stored as they are: compressing them again gains nothing. What grows is the
//! directory that stands at the end of every zip.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use cpu_time::ProcessTime;
use std::{env, fs, io::BufWriter, io::Write, path::PathBuf, time::Instant};
use wx_render::{Level, Size, Style, Symbol};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn main() {
    let mut arguments = env::args().skip(1);
    let count: u32 = arguments.next().map_or(100_000, |count| count.parse().unwrap());
    let path = arguments.next().map_or_else(|| env::temp_dir().join("wx-zip-codes.zip"), PathBuf::from);

    let (start, cpu_start) = (Instant::now(), ProcessTime::now());
    let style = Style::new().size(Size::Picture(430));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut zip = ZipWriter::new(BufWriter::new(fs::File::create(&path).unwrap()));
    for number in 0..count {
        let url = format!("http://weixin.qq.com/q/02aB3kLmNoP{number:06}0000g07Z");
        let picture = Symbol::encode(&url, Level::M).unwrap().to_png(&style).unwrap();
        zip.start_file(format!("shop-{number:06}.png"), stored).unwrap();
        zip.write_all(&picture).unwrap();
    }
    zip.finish().unwrap().flush().unwrap();
    let (seconds, cpu) = (start.elapsed().as_secs_f64(), cpu_start.elapsed().as_secs_f64());

    let bytes = fs::metadata(&path).unwrap().len();
    let speed = |seconds| f64::from(count) / seconds;
    println!("{count} codes in {seconds:.2} s: {:.0} codes/s", speed(seconds));
    println!("{cpu:.2} s of CPU time: {:.0} codes/s on a core of its own", speed(cpu));
    println!("{}: {bytes} bytes, most memory {}", path.display(), most_memory());
}

/// As Linux says it.
fn most_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |most| most.trim().to_owned())
}
