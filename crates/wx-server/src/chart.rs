use std::fmt::Write;

/// One day of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bars {
    /// What stands below the bars.
    pub(crate) label: String,
    /// Heights, in the order of [`SERIES`].
    pub(crate) values: [u64; 3],
}

/// CSS classes of the bars of a day, from left to right.
pub(crate) const SERIES: [&str; 3] = ["scans", "gained", "lost"];

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 48.0;
const BOTTOM: f64 = 28.0;
const TOP: f64 = 12.0;
const MOST_LABELS: usize = 12;

/// Draws grouped bars as SVG. Colours come from the style sheet; labels are escaped.
pub(crate) fn svg(days: &[Bars]) -> String {
    let top = nice_ceiling(days.iter().flat_map(|day| day.values).max().unwrap_or(0));
    let mut svg = format!(
        r#"<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="chart-title">"#
    );
    grid(&mut svg, top);
    let step = (WIDTH - LEFT) / to_f64(days.len().max(1) as u64);
    let every = days.len().div_ceil(MOST_LABELS).max(1);
    for (index, day) in days.iter().enumerate() {
        let x = LEFT + step * to_f64(index as u64);
        bars(&mut svg, day, x, step, top);
        if index % every == 0 {
            text(&mut svg, x + step / 2.0, HEIGHT - 8.0, "middle", &day.label);
        }
    }
    svg.push_str("</svg>");
    svg
}

fn grid(svg: &mut String, top: u64) {
    for quarter in 0..=4 {
        let y = height_of(top * quarter / 4, top);
        let _ = write!(svg, r#"<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1}" y2="{y:.1}"/>"#);
        text(svg, LEFT - 8.0, y + 4.0, "end", &(top * quarter / 4).to_string());
    }
}

fn bars(svg: &mut String, day: &Bars, x: f64, step: f64, top: u64) {
    let width = (step * 0.8 / 3.0).min(28.0);
    let start = x + (step - width * 3.0) / 2.0;
    for (index, (value, series)) in day.values.into_iter().zip(SERIES).enumerate() {
        let y = height_of(value, top);
        let _ = write!(
            svg,
            r#"<rect class="{series}" x="{:.1}" y="{y:.1}" width="{width:.1}" height="{:.1}"><title>{} {series} {value}</title></rect>"#,
            start + width * to_f64(index as u64),
            HEIGHT - BOTTOM - y,
            escape(&day.label),
        );
    }
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let _ = write!(svg, r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{}</text>"#, escape(words));
}

fn height_of(value: u64, top: u64) -> f64 {
    TOP + (HEIGHT - BOTTOM - TOP) * (1.0 - to_f64(value) / to_f64(top))
}

/// The smallest 4, 8, 20, 40, 80, 200 … that holds the value, so that the four grid lines have whole numbers.
fn nice_ceiling(value: u64) -> u64 {
    let mut power = 1_u64;
    loop {
        for step in [4, 8, 20] {
            let ceiling = power.saturating_mul(step);
            if ceiling >= value {
                return ceiling;
            }
        }
        power = power.saturating_mul(10);
    }
}

#[expect(clippy::cast_precision_loss, reason = "a pixel needs no 53 bits")]
fn to_f64(value: u64) -> f64 {
    value as f64
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_on_a_number_that_four_lines_divide() {
        for (value, ceiling) in [(0, 4), (4, 4), (5, 8), (9, 20), (21, 40), (81, 200), (1_999, 2_000)] {
            assert_eq!(nice_ceiling(value), ceiling, "{value}");
        }
        assert!(nice_ceiling(u64::MAX) >= u64::MAX / 2, "ends");
    }

    #[test]
    fn draws_three_bars_a_day_and_escapes_labels() {
        let day = Bars { label: "<01-02>".to_owned(), values: [8, 4, 0] };
        let svg = svg(&[day.clone(), day]);
        assert_eq!(svg.matches("<rect").count(), 6);
        assert!(svg.contains("&lt;01-02&gt;") && !svg.contains("<01-02>"));
        assert!(svg.contains(r#"class="scans" x="#) && svg.contains(r#"height="220.0""#), "{svg}");
    }
}
