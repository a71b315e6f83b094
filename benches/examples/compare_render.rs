//! `wx-render` as `cargo xtask compare render` measures it.
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use benches::serve;
use std::{env, hint::black_box};
use wx_render::{Level, Size, Style, Symbol};

fn main() {
    let url = env::var("WX_URL").unwrap();
    let symbol = || Symbol::encode(black_box(&url), Level::M).unwrap();
    let style = Style::new().size(Size::Picture(430));
    let svg = || symbol().to_svg(&style).unwrap();
    let png = || symbol().to_png(&style).unwrap();
    assert_eq!(symbol().width(), 33);
    assert!(svg().starts_with("<svg") && png().starts_with(b"\x89PNG"));
    let modes: [(&str, &dyn Fn(usize)); 2] =
        [("svg", &|_| drop(black_box(svg()))), ("png", &|_| drop(black_box(png())))];
    serve("wx-render", env!("CARGO_PKG_VERSION"), &modes);
}
