//! What is drawn can be read.

use crate::canvas::Canvas;
use proptest::{prelude::*, test_runner::RngSeed};
use wx_render::{Level, Size, Style, Symbol, Terminal};

pub(crate) const LEVELS: [Level; 4] = [Level::L, Level::M, Level::Q, Level::H];

/// Texts as they are printed on posters: platform addresses, other addresses, digits, capitals, Chinese.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "http://weixin\\.qq\\.com/q/02[A-Za-z0-9_-]{22}",
        "https://[a-z]{1,20}\\.example/[ -~]{0,200}",
        "[0-9]{1,60}",
        "[0-9A-Z $%*+./:-]{1,60}",
        "[\u{4e00}-\u{9fa5}，。！]{1,40}",
        "[a-z\u{4e00}-\u{9fa5}😀]{1,40}",
    ]
}

proptest! {
    // The seed is fixed because finding a symbol is a heuristic of the decoder: what is tested is our drawing.
    #![proptest_config(ProptestConfig {
        cases: 48,
        rng_seed: RngSeed::Fixed(2024),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_drawing_is_read_by_both_decoders(
        text in text(),
        level in prop::sample::select(&LEVELS),
        size in prop_oneof![(3u32..9).prop_map(Size::Module), (430u32..600).prop_map(Size::Picture)],
        quiet_zone in 4u8..7,
    ) {
        let symbol = Symbol::encode(&text, level).unwrap();
        let style = Style::new().size(size).quiet_zone(quiet_zone);
        Canvas::from_png(&symbol.to_png(&style).unwrap()).assert_reads(&text);
        Canvas::from_svg(&symbol.to_svg(&style).unwrap()).assert_reads(&text);
        Canvas::from_ansi(&symbol.to_terminal(&style, Terminal::Ansi)).assert_reads(&text);
        Canvas::from_plain(&symbol.to_terminal(&style, Terminal::Plain)).assert_reads(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Independent of any decoder: each pixel has the colour of its module, the rest is white.
    #[test]
    fn every_pixel_is_right(
        text in text(),
        module in 1u32..6,
        rest in 0u32..20,
        quiet_zone in 0u8..12,
    ) {
        let symbol = Symbol::encode(&text, Level::M).unwrap();
        let modules = symbol.width() + 2 * usize::from(quiet_zone);
        let side = u32::try_from(modules).unwrap() * module + rest;
        let style = Style::new().quiet_zone(quiet_zone).size(Size::Picture(side));
        let png = Canvas::from_png(&symbol.to_png(&style).unwrap());
        let svg = Canvas::from_svg(&symbol.to_svg(&style).unwrap());
        let side = side as usize;
        prop_assert_eq!((png.side(), svg.side()), (side, side));
        let scale = side / modules;
        let margin = (side - symbol.width() * scale) / 2;
        let module_at = |pixel: usize| pixel.checked_sub(margin).map(|inside| inside / scale);
        for (x, y) in (0..side).flat_map(|y| (0..side).map(move |x| (x, y))) {
            let dark = module_at(x).zip(module_at(y)).is_some_and(|(x, y)| symbol.is_dark(x, y));
            prop_assert!(png.is_black(x, y) == dark && svg.is_black(x, y) == dark, "pixel {} {}", x, y);
        }
    }
}

#[test]
fn the_default_style_has_ten_pixels_a_module() {
    let symbol = Symbol::encode("http://weixin.qq.com/q/02Ck5lxPvycA310000g07a", Level::M).unwrap();
    let canvas = Canvas::from_png(&symbol.to_png(&Style::new()).unwrap());
    assert_eq!(canvas.side(), (symbol.width() + 8) * 10);
    canvas.assert_reads("http://weixin.qq.com/q/02Ck5lxPvycA310000g07a");
}
