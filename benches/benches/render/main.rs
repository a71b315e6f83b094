//! From the url of a code to a picture of 430 pixels, against `fast_qr` with its own SVG and with the crate `png`.
//!
//! `cargo bench -p benches --bench render`; the ratios, sizes and allocations stand in the last lines.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

mod peer;

use allocation_counter::measure;
use benches::print_speed;
use criterion::Criterion;
use std::hint::black_box;
use wx_render::{Level, Size, Style, Symbol};

const URL: &str = "http://weixin.qq.com/q/02aB3kLmNoPqR10000g07Z";
const SIDE: u16 = 430;

fn symbol() -> Symbol {
    Symbol::encode(black_box(URL), Level::M).unwrap()
}

fn style() -> Style {
    Style::new().size(Size::Picture(SIDE.into()))
}

fn svg() -> String {
    symbol().to_svg(&style()).unwrap()
}

fn png() -> Vec<u8> {
    symbol().to_png(&style()).unwrap()
}

fn peer_svg() -> String {
    peer::svg(black_box(URL))
}

fn peer_png() -> Vec<u8> {
    peer::png(black_box(URL), SIDE.into())
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("url to symbol", |b| b.iter(symbol));
    criterion.bench_function("url to symbol, strongest level", |b| {
        b.iter(|| Symbol::encode_at_least(black_box(URL), Level::M).unwrap());
    });
    criterion.bench_function("url to symbol: fast_qr", |b| b.iter(|| peer::code(black_box(URL))));
    criterion.bench_function("url to SVG", |b| b.iter(svg));
    criterion.bench_function("url to SVG: fast_qr", |b| b.iter(peer_svg));
    criterion.bench_function("url to PNG", |b| b.iter(png));
    criterion.bench_function("url to PNG: fast_qr and png", |b| b.iter(peer_png));
    criterion.final_summary();

    print_speed("url to SVG / fast_qr", 12.0, svg, peer_svg);
    print_speed("url to PNG / fast_qr and png", 5.0, png, peer_png);
    println!("PNG: {} bytes (goal 1200), fast_qr and png {}", png().len(), peer_png().len());
    println!("SVG: {} bytes, fast_qr {}", svg().len(), peer_svg().len());
    let allocations = [measure(|| drop(svg())), measure(|| drop(png()))].map(|count| count.count_total);
    println!("allocations: SVG {}, PNG {}", allocations[0], allocations[1]);
}
