//! Module by module against `qrcodegen`, an encoder of another author.
//!
//! The two choose their masks differently, so the mask is read out of our symbol and forced upon the other encoder.

use crate::read_back::{LEVELS, text};
use proptest::prelude::*;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};
use std::collections::BTreeSet;
use wx_render::{Level, Symbol};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_module_is_the_same(text in text(), level in prop::sample::select(&LEVELS)) {
        check(&text, level)?;
    }
}

#[test]
fn every_version_and_level_is_the_same() {
    for level in LEVELS {
        let lengths =
            (1..100).step_by(3).chain((100..level.max_bytes()).step_by(16)).chain([level.max_bytes()]);
        let widths: BTreeSet<_> = lengths.map(|length| check(&"w".repeat(length), level).unwrap()).collect();
        assert_eq!(widths.len(), 40, "all versions");
    }
}

fn check(text: &str, level: Level) -> Result<usize, TestCaseError> {
    let symbol = Symbol::encode(text, level).unwrap();
    let other = QrCode::encode_segments_advanced(
        &QrSegment::make_segments(text),
        theirs(level),
        Version::MIN,
        Version::MAX,
        Some(Mask::new(mask(&symbol))),
        false,
    )
    .unwrap();
    prop_assert_eq!(i32::try_from(symbol.width()).unwrap(), other.size());
    for (x, y) in (0..other.size()).flat_map(|y| (0..other.size()).map(move |x| (x, y))) {
        let dark = symbol.is_dark(usize::try_from(x).unwrap(), usize::try_from(y).unwrap());
        prop_assert_eq!(dark, other.get_module(x, y), "module {} {}", x, y);
    }
    Ok(symbol.width())
}

/// Bits 12 to 10 of the format information stand in row 8, columns 2 to 4; the standard flips them with 101.
fn mask(symbol: &Symbol) -> u8 {
    let bit = |x| u8::from(symbol.is_dark(x, 8));
    (bit(2) << 2 | bit(3) << 1 | bit(4)) ^ 0b101
}

fn theirs(level: Level) -> QrCodeEcc {
    match level {
        Level::L => QrCodeEcc::Low,
        Level::M => QrCodeEcc::Medium,
        Level::Q => QrCodeEcc::Quartile,
        Level::H => QrCodeEcc::High,
    }
}
