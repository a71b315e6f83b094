//! Module by module against encoders of two other authors.

use super::*;
use fast_qr::{Mode, QRBuilder};
use proptest::prelude::*;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment};

fn ours(bytes: &[u8], level: Level, mask: usize) -> Option<(usize, Lines)> {
    let drawing = Drawing::new(bytes, level)?;
    Some((drawing.version.width, drawing.with_mask(mask).rows))
}

fn by_qrcodegen(bytes: &[u8], level: Level, mask: Option<u8>) -> (usize, Lines) {
    let level = match level {
        Level::L => QrCodeEcc::Low,
        Level::M => QrCodeEcc::Medium,
        Level::Q => QrCodeEcc::Quartile,
        Level::H => QrCodeEcc::High,
    };
    let segments = [QrSegment::make_bytes(bytes)];
    let (least, most) = (qrcodegen::Version::MIN, qrcodegen::Version::new(6));
    let mask = mask.map(Mask::new);
    let code = QrCode::encode_segments_advanced(&segments, level, least, most, mask, false).unwrap();
    let width = usize::try_from(code.size()).unwrap();
    let dark = |x: usize, y: usize| code.get_module(i32::try_from(x).unwrap(), i32::try_from(y).unwrap());
    (width, lines(width, dark))
}

fn by_fast_qr(bytes: &[u8], level: Level, mask: usize) -> (usize, Lines) {
    use fast_qr::Mask;
    let masks = [
        Mask::Checkerboard,
        Mask::HorizontalLines,
        Mask::VerticalLines,
        Mask::DiagonalLines,
        Mask::LargeCheckerboard,
        Mask::Fields,
        Mask::Diamonds,
        Mask::Meadow,
    ];
    let mut builder = QRBuilder::new(bytes);
    let code = builder.ecl(level.into()).mode(Mode::Byte).mask(masks[mask]).build().unwrap();
    (code.size, lines(code.size, |x, y| code[y][x].value()))
}

fn lines(width: usize, is_dark: impl Fn(usize, usize) -> bool) -> Lines {
    let mut lines = [0; MAX_WIDTH];
    for (y, line) in lines.iter_mut().enumerate().take(width) {
        *line = (0..width).filter(|x| is_dark(*x, y)).map(|x| 1 << x).sum();
    }
    lines
}

/// The most bytes of each version and level, from the tables of the standard.
const CAPACITIES: [[usize; 4]; 6] = [
    [17, 14, 11, 7],
    [32, 26, 20, 14],
    [53, 42, 32, 24],
    [78, 62, 46, 34],
    [106, 84, 60, 44],
    [134, 106, 74, 58],
];

#[test]
fn every_length_level_and_mask_is_the_same_in_all_three() {
    let mut compared = 0;
    for (index, level) in Level::ALL.into_iter().enumerate() {
        let [least, .., most] = CAPACITIES.map(|levels| levels[index]);
        assert!(
            ours(&vec![b'w'; least], level, 0).is_none() && ours(&vec![b'w'; most + 1], level, 0).is_none()
        );
        for length in least + 1..=most {
            // Bytes of all values, other ones for each length.
            let bytes: Vec<u8> = (0..length).map(|at| (at * 37 + length * 11 + index) as u8).collect();
            for mask in 0..8 {
                let found = ours(&bytes, level, mask).unwrap();
                let version = CAPACITIES.iter().position(|most| length <= most[index]).unwrap() + 1;
                assert_eq!(found.0, 17 + 4 * version);
                assert!(found == by_qrcodegen(&bytes, level, Some(mask as u8)), "{level:?} {length} {mask}");
                assert!(found == by_fast_qr(&bytes, level, mask), "{level:?} {length} {mask}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, (117 + 92 + 63 + 51) * 8);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Also the mask, for which qrcodegen knows all four rules.
    #[test]
    fn the_mask_is_the_one_that_qrcodegen_chooses(
        bytes in prop_oneof![
            "http://weixin\\.qq\\.com/q/02[A-Za-z0-9_-]{18,22}".prop_map(String::into_bytes),
            prop::collection::vec(any::<u8>(), 18..58),
            // Of few different bytes, for long runs.
            prop::collection::vec(prop::sample::select(&[0_u8, 255, 0xf0, 0x3c][..]), 18..58),
        ],
        level in prop::sample::select(&Level::ALL[..]),
    ) {
        let Small { width, rows } = Small::encode(&bytes, level).unwrap();
        prop_assert!((width, rows) == by_qrcodegen(&bytes, level, None));
    }
}

/// Rule 3 for wide patterns is so rare in symbols that it is also checked on lines of its own.
#[test]
fn wide_finder_patterns_are_counted_on_both_sides() {
    let mut counted = [0; 3];
    for (unit, before, after) in (2..=5).flat_map(|unit| {
        let room = 41 - 7 * unit;
        (0..=room).flat_map(move |before| (0..=room - before).map(move |after| (unit, before, after)))
    }) {
        let width = before + 7 * unit + after;
        let dark = |start: usize, length: usize| ((1_u64 << length) - 1) << (before + start * unit);
        let line = dark(0, unit) | dark(2, 3 * unit) | dark(6, unit);
        assert_eq!(wide_finders_of(line, width), 80, "the light beyond the edges is always enough");
        assert_eq!(wide_finders_of(line ^ dark(3, unit), width), 0, "no dark middle");
        if before > 0 && after > 0 {
            let between = [before - 1, after - 1];
            let count = between.into_iter().filter(|light| *light >= 4 * unit).count();
            let count = if between.iter().all(|light| *light >= unit) { count } else { 0 };
            let penalty = wide_finders_of(line | 1 | 1 << (width - 1), width);
            assert_eq!(penalty, 40 * count as u32, "{unit} {between:?}");
            counted[count] += 1;
        }
    }
    assert!(counted.iter().all(|cases| *cases > 5), "{counted:?}");
}
