//! Photos of our drawings, made by a camera of the test's own, and how many of them are read.

mod camera;

use camera::{Camera, Photo, Random};
use std::{collections::BTreeSet, env};
use wx_render::{Level, Symbol};

/// One kind of photo: what the camera does to a paper, and how many of a hundred must be read.
struct Kind {
    name: &'static str,
    /// By either decoder, in percent.
    least: usize,
    shoot: fn(u64) -> (Vec<u8>, BTreeSet<String>),
}

const KINDS: [Kind; 20] = [
    Kind { name: "straight", least: 100, shoot: |seed| one(seed, 90, |_, _| {}) },
    Kind {
        name: "turned",
        least: 100,
        shoot: |seed| one(seed, 90, |camera, random| camera.turn = random.sway() * 180.0),
    },
    Kind { name: "tilted 15°", least: 100, shoot: |seed| tilted(seed, 15.0) },
    Kind { name: "tilted 25°", least: 100, shoot: |seed| tilted(seed, 25.0) },
    Kind { name: "tilted 35°", least: 100, shoot: |seed| tilted(seed, 35.0) },
    Kind { name: "uneven light", least: 100, shoot: |seed| one(seed, 90, |camera, _| camera.shade = 0.75) },
    Kind { name: "out of focus", least: 100, shoot: |seed| one(seed, 90, |camera, _| camera.blur = 6) },
    Kind { name: "noise", least: 100, shoot: |seed| one(seed, 90, |camera, _| camera.noise = 40.0) },
    Kind { name: "JPEG of quality 12", least: 100, shoot: |seed| one(seed, 12, |_, _| {}) },
    Kind { name: "screen", least: 100, shoot: |seed| one(seed, 80, screen) },
    Kind {
        name: "low contrast",
        least: 100,
        shoot: |seed| one(seed, 90, |camera, _| camera.ink = [105.0, 150.0]),
    },
    Kind { name: "mirrored", least: 100, shoot: mirrored },
    Kind { name: "light on dark", least: 100, shoot: inverted },
    Kind { name: "covered 6 %", least: 100, shoot: covered },
    Kind { name: "four codes", least: 100, shoot: |seed| several(seed, 2, 1200) },
    Kind { name: "24 codes", least: 100, shoot: |seed| several(seed, 5, 2400) },
    Kind { name: "small in 12 MP", least: 100, shoot: |seed| small(seed, 260.0) },
    Kind { name: "tiny in 12 MP", least: 60, shoot: |seed| small(seed, 150.0) },
    Kind { name: "phone", least: 100, shoot: |seed| one(seed, 70, phone) },
    Kind { name: "careless phone", least: 60, shoot: |seed| one(seed, 50, careless) },
];

/// Prints the shares with `--nocapture`; `WX_PHOTOS=100` takes so many of each kind.
#[test]
fn photos_are_read() {
    let count = env::var("WX_PHOTOS").map_or(3, |count| count.parse().unwrap());
    println!("{:20} {:>6} {:>6} {:>6}", "percent read by", "either", "rqrr", "rxing");
    let mut failures = Vec::new();
    for kind in &KINDS {
        let (mut all, mut read, mut wrong) = (0, [0; 3], 0);
        for seed in 0..count {
            let (file, texts) = (kind.shoot)(seed);
            let found = wx_render::read(&file).unwrap();
            all += texts.len();
            wrong += found.iter().filter(|found| !texts.contains(&found.text)).count();
            for found in found.iter().filter(|found| texts.contains(&found.text)) {
                read[0] += 1;
                read[1] += usize::from(found.by_rqrr);
                read[2] += usize::from(found.by_rxing);
            }
        }
        let [either, rqrr, rxing] = read.map(|count| count * 100 / all);
        println!("{:20} {either:6} {rqrr:6} {rxing:6}", kind.name);
        if either < kind.least || wrong > 0 {
            failures.push(format!("{}: {either} %, at least {} %; {wrong} wrong", kind.name, kind.least));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

fn one(seed: u64, quality: u8, change: fn(&mut Camera, &mut Random)) -> (Vec<u8>, BTreeSet<String>) {
    let text = text(seed);
    let mut camera = Camera::new(1100, seed);
    let mut random = Random(seed + 77);
    camera.turn = random.sway() * 8.0;
    change(&mut camera, &mut random);
    (camera.shoot(&paper(&text)).jpeg(quality), [text].into())
}

fn tilted(seed: u64, tilt: f64) -> (Vec<u8>, BTreeSet<String>) {
    let text = text(seed);
    let mut random = Random(seed + 5);
    let camera =
        Camera { tilt, axis: random.sway() * 180.0, turn: random.sway() * 20.0, ..Camera::new(1100, seed) };
    (camera.shoot(&paper(&text)).jpeg(90), [text].into())
}

fn screen(camera: &mut Camera, random: &mut Random) {
    camera.is_screen = true;
    camera.side = 500.0 + random.sway() * 150.0;
    camera.noise = 8.0;
}

fn phone(camera: &mut Camera, random: &mut Random) {
    camera.turn = random.sway() * 30.0;
    (camera.tilt, camera.axis) = (15.0 + random.sway() * 10.0, random.sway() * 180.0);
    camera.shade = 0.4;
    camera.blur = 1;
    camera.noise = 8.0;
    camera.side = 450.0 + random.sway() * 150.0;
    camera.ink = [40.0, 210.0];
}

fn careless(camera: &mut Camera, random: &mut Random) {
    phone(camera, random);
    camera.turn = random.sway() * 180.0;
    camera.tilt += 8.0;
    camera.shade = 0.6;
    camera.blur = 2;
    camera.noise = 16.0;
    camera.ink = [60.0, 190.0];
}

fn mirrored(seed: u64) -> (Vec<u8>, BTreeSet<String>) {
    let text = text(seed);
    let mut paper = paper(&text);
    paper.grey.chunks_exact_mut(paper.width).for_each(<[u8]>::reverse);
    (Camera::new(1100, seed).shoot(&paper).jpeg(90), [text].into())
}

fn inverted(seed: u64) -> (Vec<u8>, BTreeSet<String>) {
    let text = text(seed);
    let camera = Camera { turn: 7.0, tilt: 10.0, ..Camera::new(1100, seed) };
    (camera.shoot(&paper(&text).inverted()).jpeg(90), [text].into())
}

/// A thumb or a sticker lies on the data.
fn covered(seed: u64) -> (Vec<u8>, BTreeSet<String>) {
    let text = text(seed);
    let mut paper = paper(&text);
    let mut random = Random(seed);
    let (x, y) = (
        paper.width * 3 / 8 + random.below(paper.width / 8),
        paper.height * 3 / 8 + random.below(paper.height / 8),
    );
    for line in y..y + paper.height / 5 {
        paper.grey[line * paper.width..][x..x + paper.width / 5].fill(120);
    }
    let camera = Camera { turn: 5.0, ..Camera::new(1100, seed) };
    (camera.shoot(&paper).jpeg(90), [text].into())
}

#[expect(clippy::cast_precision_loss, reason = "a few")]
fn several(seed: u64, columns: usize, side: usize) -> (Vec<u8>, BTreeSet<String>) {
    let place = Camera { side: side as f64 / columns as f64 * 0.85, ..Camera::new(side, seed) };
    let mut photo = place.table();
    let mut texts = BTreeSet::new();
    for number in 0..(columns * columns).min(24) {
        let at = [number % columns, number / columns].map(|at| (at as f64 + 0.5) / columns as f64);
        let text = text(seed * 100 + number as u64);
        let camera = Camera { at, turn: Random(seed + number as u64).sway() * 10.0, ..place };
        camera.lay(&paper(&text), &mut photo);
        texts.insert(text);
    }
    (place.finish(photo).jpeg(90), texts)
}

fn small(seed: u64, side: f64) -> (Vec<u8>, BTreeSet<String>) {
    let text = text(seed);
    let mut random = Random(seed + 9);
    let at = [0.5 + random.sway() * 0.4, 0.5 + random.sway() * 0.4];
    let camera = Camera {
        width: 4000,
        height: 3000,
        side,
        at,
        turn: random.sway() * 30.0,
        noise: 5.0,
        ..Camera::new(10, seed)
    };
    (camera.shoot(&paper(&text)).jpeg(85), [text].into())
}

/// A code with its quiet zone, ten pixels a module.
fn paper(text: &str) -> Photo {
    let symbol = Symbol::encode(text, Level::M).unwrap();
    let side = (symbol.width() + 8) * 10;
    let is_dark = |at: usize| {
        let [x, y] = [at % side / 10, at / side / 10].map(|at| at.wrapping_sub(4));
        symbol.is_dark(x, y)
    };
    let grey = (0..side * side).map(|at| if is_dark(at) { 0 } else { 255 }).collect();
    Photo { width: side, height: side, grey }
}

/// As the platform makes them.
fn text(seed: u64) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9));
    let id: String = (0..20).map(|_| char::from(LETTERS[random.below(64)])).collect();
    format!("http://weixin.qq.com/q/02{id}")
}
