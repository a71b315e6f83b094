use crate::{DrawError, Style, Symbol, layout::Layout};
use std::fmt::Write;

impl Symbol {
    /// Draws the symbol as an SVG document: a white square and one black path.
    ///
    /// # Errors
    ///
    /// [`DrawError`] if the size of the style is out of range.
    pub fn to_svg(&self, style: &Style) -> Result<String, DrawError> {
        let Layout { side, module, margin } = Layout::new(self, style)?;
        let path = path(self);
        Ok(format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">
<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>
<path fill="#000" transform="translate({margin} {margin})scale({module})" d="{path}"/>
</svg>
"##
        ))
    }
}

/// One rectangle for every run of dark modules in a row; one module is one unit.
fn path(symbol: &Symbol) -> String {
    let mut path = String::new();
    for y in 0..symbol.width() {
        for (x, length) in symbol.runs(y) {
            write!(path, "M{x} {y}h{length}v1h-{length}z").expect("a String takes all text");
        }
    }
    path
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
        <path fill="#000" transform="translate(40 40)scale(10)" d="M0 0h2v1h-2zM0 1h1v1h-1zM1 2h2v1h-2z"/>
        </svg>
        "##);
    }
}
