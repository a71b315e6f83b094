mod piece;

use crate::{DrawError, Style, Symbol, layout::Layout};
use piece::{MOVES, NUMBERS, Piece, RUNS};
use std::io::Write;

impl Symbol {
    /// Draws the symbol as an SVG document: a white square and one black path.
    ///
    /// # Errors
    ///
    /// [`DrawError`] if the size of the style is out of range.
    pub fn to_svg(&self, style: &Style) -> Result<String, DrawError> {
        Ok(document(self, Layout::new(self, style)?))
    }
}

fn document(symbol: &Symbol, Layout { side, module, margin }: Layout) -> String {
    let mut svg = Vec::with_capacity(512 + symbol.width() * symbol.width() * 4);
    write!(
        svg,
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">
<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>
<path fill="#000" transform="translate({margin} {margin})scale({module})" d=""##
    )
    .expect("a Vec takes all bytes");
    write_path(symbol, &mut svg);
    svg.extend(b"\"/>\n</svg>\n");
    String::from_utf8(svg).expect("all of it is ASCII")
}

/// One rectangle for every run of dark modules in a row; one module is one unit. Filling closes each.
fn write_path(symbol: &Symbol, svg: &mut Vec<u8>) {
    for (y, row) in NUMBERS.iter().enumerate().take(symbol.width()) {
        let mut previous = None;
        for (x, length) in symbol.runs(y) {
            if let Some(previous) = previous.replace(x) {
                push(svg, &MOVES[x - previous]);
            } else {
                svg.push(b'M');
                push(svg, &NUMBERS[x]);
                svg.push(b' ');
                push(svg, row);
            }
            push(svg, &RUNS[length]);
        }
    }
}

/// All bytes of a piece are copied, which takes less time than to copy only its own.
fn push(svg: &mut Vec<u8>, piece: &Piece) {
    let start = svg.len();
    svg.extend(piece.bytes);
    svg.truncate(start + piece.length);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;

    #[test]
    fn draws_runs() {
        let dark = [true, true, false, true, false, false, false, true, true];
        let symbol = Symbol::from_modules(3, Level::M, dark.into_iter());
        insta::assert_snapshot!(symbol.to_svg(&Style::new()).unwrap(), @r##"
        <svg xmlns="http://www.w3.org/2000/svg" width="110" height="110" viewBox="0 0 110 110" shape-rendering="crispEdges">
        <path fill="#fff" d="M0 0h110v110h-110z"/>
        <path fill="#000" transform="translate(40 40)scale(10)" d="M0 0h2v1h-2M0 1h1v1h-1M1 2h2v1h-2"/>
        </svg>
        "##);
    }

    #[test]
    fn runs_after_the_first_start_from_the_one_before() {
        let dark = [[true, false, true, true, false], [false; 5], [false; 5], [false; 5], [false; 5]];
        let symbol = Symbol::from_modules(5, Level::M, dark.into_iter().flatten());
        let mut path = Vec::new();
        write_path(&symbol, &mut path);
        assert_eq!(path, b"M0 0h1v1h-1m2-1h2v1h-2");
    }
}
