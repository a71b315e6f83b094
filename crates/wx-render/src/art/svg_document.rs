use super::{
    Drawing,
    item::{Fill, Item},
    picture::Kind,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use resvg::tiny_skia::{Path, PathSegment, Point};
use std::fmt::Write;

const NEVER_FAILS: &str = "a String takes all text";

/// The drawing as an SVG document.
pub(crate) fn write(drawing: &Drawing) -> String {
    let (width, height) = drawing.size();
    let mut document = String::new();
    // On paper an SVG has its true size.
    let [across, down] = [width, height].map(|pixels| match drawing.dpi {
        Some(dpi) => format!("{}mm", number(f64::from(pixels) * 25.4 / f64::from(dpi))),
        None => pixels.to_string(),
    });
    writeln!(
        document,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{across}" height="{down}" viewBox="0 0 {width} {height}">"#
    )
    .expect(NEVER_FAILS);
    for (number, item) in drawing.items.iter().enumerate() {
        push(&mut document, number, item);
    }
    document.push_str("</svg>\n");
    document
}

fn push(document: &mut String, name: usize, item: &Item) {
    match item {
        Item::Shape { path, fill, is_ring } => {
            let paint = paint(document, name, *fill);
            let rule = if *is_ring { r#" fill-rule="evenodd""# } else { "" };
            writeln!(document, r#"<path fill="{paint}"{rule} d="{}"/>"#, data(path)).expect(NEVER_FAILS);
        }
        Item::Picture { area, picture } => {
            let kind = match picture.kind() {
                Kind::Png => "png",
                Kind::Jpeg => "jpeg",
                Kind::Svg => "svg+xml",
            };
            let [x, y, width, height] = [area.x, area.y, area.width, area.height].map(|at| number(at.into()));
            let bytes = STANDARD.encode(picture.bytes());
            writeln!(
                document,
                r#"<image x="{x}" y="{y}" width="{width}" height="{height}" preserveAspectRatio="none" href="data:image/{kind};base64,{bytes}"/>"#
            )
            .expect(NEVER_FAILS);
        }
    }
}

/// What stands in `fill`; a gradient is defined first.
fn paint(document: &mut String, name: usize, fill: Fill) -> String {
    let pair = |(x, y): (f32, f32)| [number(x.into()), number(y.into())];
    let (tag, place, colors) = match fill {
        Fill::Solid(color) => return color.to_string(),
        Fill::Linear { from, to, colors } => {
            let ([x1, y1], [x2, y2]) = (pair(from), pair(to));
            ("linearGradient", format!(r#"x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}""#), colors)
        }
        Fill::Radial { centre, radius, colors } => {
            let [x, y] = pair(centre);
            ("radialGradient", format!(r#"cx="{x}" cy="{y}" r="{}""#, number(radius.into())), colors)
        }
    };
    let [from, to] = colors;
    writeln!(
        document,
        r#"<{tag} id="g{name}" gradientUnits="userSpaceOnUse" {place}><stop offset="0" stop-color="{from}"/><stop offset="1" stop-color="{to}"/></{tag}>"#
    )
    .expect(NEVER_FAILS);
    format!("url(#g{name})")
}

fn data(path: &Path) -> String {
    let mut data = String::new();
    let mut push = |letter: char, points: &[Point]| {
        data.push(letter);
        for (index, point) in points.iter().enumerate() {
            let blank = if index == 0 { "" } else { " " };
            write!(data, "{blank}{} {}", number(point.x.into()), number(point.y.into())).expect(NEVER_FAILS);
        }
    };
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(to) => push('M', &[to]),
            PathSegment::LineTo(to) => push('L', &[to]),
            PathSegment::QuadTo(by, to) => push('Q', &[by, to]),
            PathSegment::CubicTo(first, second, to) => push('C', &[first, second, to]),
            PathSegment::Close => push('Z', &[]),
        }
    }
    data
}

/// With two digits after the point, and no more of them than needed.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
