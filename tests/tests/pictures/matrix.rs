//! Payloads x presets x levels, each picture read by every reader: a part of it with every change, all of it by
//! `cargo xtask campaign matrix`.

use crate::{
    grey::Grey,
    payload::payload,
    readers::{by_rqrr, by_rxing},
};
use std::{
    env,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};
use wx_render::{Format, Level, Size, Style};

/// A camera moves and is turned: the sizes in eighths at which a reader looks until it has read the code, upright and then
/// turned by a quarter.
const SIZES: [usize; 10] = [8, 6, 12, 5, 16, 7, 10, 4, 14, 3];

type Reader = fn(&[Grey]) -> Vec<Option<String>>;

/// Each by its name; what it reads in each of some pictures.
pub(crate) const READERS: &[(&str, Reader)] = &[
    ("rqrr", |views| views.iter().map(by_rqrr).collect()),
    ("rxing", |views| views.iter().map(by_rxing).collect()),
    #[cfg(feature = "zbar")]
    ("zbar", crate::zbar::by_zbar),
];

#[derive(Debug, Clone, Copy, Default)]
struct Row {
    pictures: usize,
    /// By reader: at the first look, after all looks.
    read: [[usize; 2]; READERS.len()],
}

#[test]
fn every_reader_reads_every_preset_at_every_level() {
    let payloads = env::var("WX_MATRIX_PAYLOADS").map_or(5, |count| count.parse().unwrap());
    let cells: Vec<(&str, Level)> = Style::PRESETS
        .iter()
        .flat_map(|preset| Level::ALL.into_iter().map(move |level| (*preset, level)))
        .collect();
    let table = Mutex::new(vec![Row::default(); cells.len()]);
    let unread = Mutex::new(Vec::new());
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= payloads {
                break;
            }
            let read = read(number, &cells);
            let mut table = table.lock().unwrap();
            for ((row, (preset, level)), looks) in table.iter_mut().zip(&cells).zip(read) {
                row.pictures += 1;
                for (((reader, _), read), look) in READERS.iter().zip(&mut row.read).zip(looks) {
                    read[0] += usize::from(look == Some(0));
                    read[1] += usize::from(look.is_some());
                    if look.is_none() {
                        let place =
                            format!("{reader}: {preset} {level:?} payload {number} {}", payload(number));
                        unread.lock().unwrap().push(place);
                    }
                }
            }
            if (number + 1).is_multiple_of(50) {
                eprintln!("{} of {payloads} payloads", number + 1);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    print(&cells, &table.into_inner().unwrap());
    let unread = unread.into_inner().unwrap();
    assert!(unread.is_empty(), "{} are not read:\n{}", unread.len(), unread.join("\n"));
}

/// For each cell and reader, the number of the look at which it read the payload.
fn read(number: usize, cells: &[(&str, Level)]) -> Vec<[Option<usize>; READERS.len()]> {
    let text = payload(number);
    let draw = |(at, (preset, level)): (usize, &(&str, Level))| {
        // A size of its own for each picture of a preset.
        let size = match (number + at / 4 + at) % 8 {
            0 => Size::Picture(430),
            pixels => Size::Module(u32::try_from(pixels).unwrap() + 3),
        };
        let drawing = Style::preset(preset).unwrap().level(*level).size(size).draw(&text).unwrap();
        Grey::from_png(&drawing.file_unproven(Format::Png).unwrap())
    };
    let pictures: Vec<Grey> = cells.iter().enumerate().map(draw).collect();
    let mut looks = vec![[None; READERS.len()]; pictures.len()];
    let looks_at = [0, 1].into_iter().flat_map(|turns| SIZES.map(|eighths| (eighths, turns)));
    for (look, (eighths, turns)) in looks_at.enumerate() {
        for reader in 0..READERS.len() {
            let left = |picture: usize| looks[picture][reader].is_none();
            let left: Vec<usize> = (0..pictures.len()).filter(|picture| left(*picture)).collect();
            let views: Vec<Grey> =
                left.iter().map(|picture| pictures[*picture].at_distance(eighths).turned(turns)).collect();
            for (picture, read) in left.into_iter().zip((READERS[reader].1)(&views)) {
                if read.as_ref() == Some(&text) {
                    looks[picture][reader] = Some(look);
                }
            }
        }
    }
    looks
}

fn print(cells: &[(&str, Level)], table: &[Row]) {
    let columns: Vec<String> =
        READERS.iter().map(|(reader, _)| format!("{:>15}", format!("{reader} at once"))).collect();
    println!("| preset   | level | pictures | {} |", columns.join(" | "));
    for ((preset, level), row) in cells.iter().zip(table) {
        let columns = row.read.map(|[first, all]| format!("{all:>7} {first:>7}"));
        println!(
            "| {preset:<8} | {:<5} | {:>8} | {} |",
            format!("{level:?}"),
            row.pictures,
            columns.join(" | ")
        );
    }
}
