use super::{
    ArtError, Caption, Color,
    font::Line,
    item::{Fill, Item},
};

/// The lines of a caption, laid out.
#[derive(Debug)]
pub(crate) struct CaptionBlock {
    lines: Vec<Option<Line>>,
    /// The height of a character.
    size: f32,
    /// The height of the block.
    pub(crate) height: f32,
}

/// From line to line, by the height of a character.
const PITCH: f32 = 1.34;
/// How far the baseline stands below the middle of a character.
const BASELINE: f32 = 0.37;
/// Room below the last line (or above the first one, if the caption is above).
const MARGIN: f32 = 0.5;
/// A long line becomes smaller, down to this part of its size.
const SMALLEST: f32 = 0.5;
/// Lines.
const MOST_LINES: usize = 4;

impl CaptionBlock {
    /// Under or above a tile of that width, with so much room from left to right.
    pub(crate) fn new(caption: &Caption, width: f32, room: f32) -> Result<Self, ArtError> {
        let Caption { text, size, font, .. } = caption;
        let texts: Vec<&str> = text.trim_end().lines().collect();
        if texts.len() > MOST_LINES {
            return Err(ArtError::Value(format!(
                "the caption has {} lines, at most {MOST_LINES} fit; join some",
                texts.len()
            )));
        }
        let lines = texts.iter().map(|text| font.line(text)).collect::<Result<Vec<_>, _>>()?;
        let wanted = width * size / 100.0;
        let widest = lines.iter().flatten().map(Line::width).fold(0.0, f32::max);
        let size = if widest * wanted > room { room / widest } else { wanted };
        if size < wanted * SMALLEST {
            return Err(ArtError::Value(
                "the caption is too long for one line even at half its size; break it with a line feed, or make its \
                 size smaller"
                    .to_owned(),
            ));
        }
        let height =
            if lines.is_empty() { 0.0 } else { (size * (PITCH * count(lines.len()) + MARGIN)).ceil() };
        Ok(Self { lines, size, height })
    }

    /// What the block is higher than its lines.
    pub(crate) fn margin(&self) -> f32 {
        self.size * MARGIN
    }

    /// The lines around that middle, below that edge.
    pub(crate) fn items(&self, middle: f32, top: f32, color: Color) -> impl Iterator<Item = Item> {
        let mut items = Vec::new();
        for (number, line) in self.lines.iter().enumerate() {
            let baseline = top + self.size * (PITCH * (count(number) + 0.5) + BASELINE);
            let Some(line) = line else { continue };
            let left = middle - line.width() * self.size / 2.0;
            if let Some(path) = line.at(left, baseline, self.size) {
                items.push(Item::Shape { path, fill: Fill::Solid(color), is_ring: false });
            }
        }
        items.into_iter()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a caption has few lines")]
fn count(lines: usize) -> f32 {
    lines as f32
}
