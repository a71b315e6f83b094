//! A thousand payloads at every level and several sizes, read by both decoders.

use crate::{canvas::Canvas, read_back::text};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngSeed, TestRunner},
};
use wx_render::{Level, Size, Style, Symbol};

#[test]
fn a_thousand_payloads_are_read_at_every_level() {
    // The seed is fixed because finding a symbol is a heuristic of the decoder: what is tested is our drawing.
    let config = Config { rng_seed: RngSeed::Fixed(1000), ..Config::default() };
    let mut runner = TestRunner::new(config);
    let texts: Vec<String> = (0..1_000).map(|_| text().new_tree(&mut runner).unwrap().current()).collect();
    // Mostly small, because rqrr takes its time for every pixel.
    let sizes = [3, 4, 3, 5, 3, 4, 3, 6, 3].map(Size::Module).into_iter().chain([Size::Picture(430)]).cycle();
    for (text, size) in texts.iter().zip(sizes) {
        for level in Level::ALL {
            let symbol = Symbol::encode(text, level).unwrap();
            let file = symbol.to_png(&Style::new().size(size)).unwrap();
            Canvas::from_png(&file).assert_reads(text);
        }
    }
}
