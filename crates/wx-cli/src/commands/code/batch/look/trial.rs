//! What no picture of the plan could be drawn with is found before anything is sent.

use super::{Look, Picture};
use crate::{
    commands::code::batch::plan::{PlanRow, PlanSource, Problem, Problems},
    failure::{Failure, Outcome, sentence},
};
use std::{collections::BTreeSet, io, sync::Arc};
use unicode_width::UnicodeWidthStr;
use wx_render::{ArtError, Sheet, SheetWriter, Style};

/// As long as the platform's (protocol §2.3).
const URL: &str = "http://weixin.qq.com/q/02ZyXwVuTsRqP10000M03k";

/// So many rows with long texts are tried.
const WIDEST: usize = 16;

impl Look {
    /// Draws and reads a picture as the first row wants it, draws those with the longest texts, lays both on the sheet, and
    /// looks whether the fonts have the characters of all rows. Gives the size of a picture in bytes.
    pub(in super::super) fn check(&self, source: &PlanSource, sheet: Option<Sheet>) -> Outcome<usize> {
        if self.is_short {
            return Ok(self.trial(&self.style, true)?.bytes.len());
        }
        let mut rows = source.rows().map_while(Result::ok);
        let first = rows.next();
        let style = first.as_ref().map_or_else(|| Arc::clone(&self.style), |row| self.of(row));
        let picture = self.trial(&style, true)?;
        place(&picture, sheet).map_err(|error| Failure::invalid(sentence(&error)))?;
        if !self.places.is_none() {
            let mut texts = Texts::default();
            first.into_iter().chain(rows).for_each(|row| texts.see(self, row));
            self.check_fonts(source, &texts)?;
            self.check_widest(source, &texts, sheet)?;
        }
        Ok(picture.bytes.len())
    }

    fn trial(&self, style: &Style, is_proven: bool) -> Outcome<Picture> {
        self.draw(style, URL, is_proven).map_err(|error| Failure::invalid(sentence(&error)))
    }

    /// A font that has everything has also what each row needs; only where none does, the rows are looked at one by one.
    fn check_fonts(&self, source: &PlanSource, texts: &Texts) -> Outcome {
        let mut characters = texts.characters.iter();
        let all = (*self.style).clone().map_texts(|_| characters.next().into_iter().flatten().collect());
        if all.check_fonts().is_ok() {
            return Ok(());
        }
        let mut problems = Problems::default();
        for row in source.rows().map_while(Result::ok) {
            if let Err(error) = self.of(&row).check_fonts() {
                problems.add(Problem::new(row.line, sentence(&error)));
            }
        }
        problems.end(source)
    }

    fn check_widest(&self, source: &PlanSource, texts: &Texts, sheet: Option<Sheet>) -> Outcome {
        let mut problems = Problems::default();
        for (_, row) in &texts.widest {
            let drawn = self.draw(&self.of(row), URL, false);
            if let Err(error) = drawn.and_then(|picture| place(&picture, sheet)) {
                problems.add(Problem::new(row.line, sentence(&error)));
            }
        }
        problems.end(source)
    }
}

/// Whether a picture fits into a place.
fn place(picture: &Picture, sheet: Option<Sheet>) -> Result<(), ArtError> {
    let (Some(sheet), Some(drawing)) = (sheet, &picture.drawing) else { return Ok(()) };
    SheetWriter::new(io::sink(), sheet)?.add(drawing)
}

/// What the texts of all rows hold.
#[derive(Default)]
struct Texts {
    /// The characters of each text of the style.
    characters: Vec<BTreeSet<char>>,
    /// The rows with the longest lines or the most of them.
    widest: Vec<(usize, PlanRow)>,
}

impl Texts {
    fn see(&mut self, look: &Look, row: PlanRow) {
        let style = look.of(&row);
        let mut width = 0;
        for (number, text) in style.texts().enumerate() {
            if self.characters.len() <= number {
                self.characters.push(BTreeSet::new());
            }
            // A line feed is no character of a font.
            self.characters[number].extend(text.chars().filter(|c| !c.is_control()));
            let longest = text.lines().map(UnicodeWidthStr::width).max().unwrap_or_default();
            width = width.max(longest.max(text.lines().count() * LINE));
        }
        let least = self.widest.last().map_or(0, |(width, _)| *width);
        if self.widest.len() < WIDEST || width > least {
            let at = self.widest.partition_point(|(known, _)| *known >= width);
            self.widest.insert(at, (width, row));
            self.widest.truncate(WIDEST);
        }
    }
}

/// How many characters a line counts for: a few lines are too many, as a long one is too long.
const LINE: usize = 16;
