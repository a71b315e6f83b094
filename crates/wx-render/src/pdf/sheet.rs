use super::{page_content::PageContent, pdf_file::PdfFile, points_per_pixel};
use crate::{ArtError, Drawing};
use std::{
    fmt,
    io::{self, Write},
    str::FromStr,
};

/// How codes lie on sheets of paper: columns and rows of equal places, and marks to cut along.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    columns: u16,
    rows: u16,
    paper: Paper,
    margin: f32,
    gap: f32,
    has_cut_marks: bool,
}

impl Sheet {
    /// So many columns and rows on A4, 12 mm of margin, 4 mm between places, with cut marks.
    pub fn new(columns: u16, rows: u16) -> Self {
        Self { columns, rows, paper: Paper::A4, margin: 12.0, gap: 4.0, has_cut_marks: true }
    }

    /// Another paper.
    pub fn paper(mut self, paper: Paper) -> Self {
        self.paper = paper;
        self
    }

    /// The margin in millimetres; cut marks need 6.
    pub fn margin(mut self, millimetres: f32) -> Self {
        self.margin = millimetres;
        self
    }

    /// What lies between two places, in millimetres. With 0, one cut parts two codes.
    pub fn gap(mut self, millimetres: f32) -> Self {
        self.gap = millimetres;
        self
    }

    /// Leaves the cut marks away.
    pub fn without_cut_marks(mut self) -> Self {
        self.has_cut_marks = false;
        self
    }

    /// How many codes a page takes.
    pub fn places(&self) -> usize {
        usize::from(self.columns) * usize::from(self.rows)
    }

    /// Width and height of a place in millimetres, if there is room for it.
    fn place(&self) -> Result<(f32, f32), ArtError> {
        let (width, height) = self.paper.size();
        let side = |whole: f32, count: u16| {
            (whole - 2.0 * self.margin - self.gap * (f32::from(count) - 1.0)) / f32::from(count)
        };
        let place = (side(width, self.columns), side(height, self.rows));
        let is_fine = self.columns > 0 && self.rows > 0 && self.margin >= 0.0 && self.gap >= 0.0;
        if !(is_fine && place.0 >= LEAST_PLACE && place.1 >= LEAST_PLACE) {
            return Err(ArtError::Value(format!(
                "{} x {} codes do not fit on the sheet, each would have less than {LEAST_PLACE} mm; take fewer, a smaller \
                 margin or gap, or larger paper",
                self.columns, self.rows
            )));
        }
        Ok(place)
    }
}

/// Codes below this many millimetres are hard to scan from a hand.
const LEAST_PLACE: f32 = 8.0;

/// `4x6`: columns, then rows.
impl FromStr for Sheet {
    type Err = ArtError;

    fn from_str(text: &str) -> Result<Self, ArtError> {
        let numbers = text
            .split_once(['x', '×'])
            .and_then(|(columns, rows)| Some((columns.trim().parse().ok()?, rows.trim().parse().ok()?)));
        numbers.map(|(columns, rows)| Self::new(columns, rows)).ok_or_else(|| {
            let text: String = text.chars().take(16).collect();
            ArtError::Value(format!("{text:?} is no sheet; write columns x rows, like 4x6"))
        })
    }
}

/// A size of paper, upright.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Paper {
    /// 297 x 420 mm
    A3,
    /// 210 x 297 mm
    A4,
    /// 148 x 210 mm
    A5,
    /// 8.5 x 11 inches
    Letter,
    /// Any other.
    Millimetres {
        /// From left to right.
        width: f32,
        /// From top to bottom.
        height: f32,
    },
}

impl Paper {
    fn size(self) -> (f32, f32) {
        match self {
            Self::A3 => (297.0, 420.0),
            Self::A4 => (210.0, 297.0),
            Self::A5 => (148.0, 210.0),
            Self::Letter => (215.9, 279.4),
            Self::Millimetres { width, height } => (width, height),
        }
    }
}

/// `A4`, `A3`, `A5`, `letter`, or `100x150mm`.
impl FromStr for Paper {
    type Err = ArtError;

    fn from_str(text: &str) -> Result<Self, ArtError> {
        let other = || {
            let (width, height) = text.strip_suffix("mm")?.split_once('x')?;
            let (width, height): (f32, f32) = (width.trim().parse().ok()?, height.trim().parse().ok()?);
            let is_fine = |side: f32| (20.0..=2000.0).contains(&side);
            (is_fine(width) && is_fine(height)).then_some(Self::Millimetres { width, height })
        };
        match text.to_ascii_lowercase().as_str() {
            "a3" => Ok(Self::A3),
            "a4" => Ok(Self::A4),
            "a5" => Ok(Self::A5),
            "letter" => Ok(Self::Letter),
            _ => other().ok_or_else(|| {
                let text: String = text.chars().take(16).collect();
                ArtError::Value(format!(
                    "{text:?} is no paper; there are A3, A4, A5, letter, or like 100x150mm"
                ))
            }),
        }
    }
}

/// Writes a PDF of sheets, page by page: however many codes there are, one page is in memory.
///
/// The drawings are not read here; prove them with [`Drawing::file`] before, or some of them by [`Proof`](crate::Proof).
pub struct SheetWriter<W: Write> {
    sheet: Sheet,
    /// In millimetres.
    place: (f32, f32),
    file: PdfFile<W>,
    page: Option<PageContent>,
    on_page: usize,
}

/// Points per millimetre.
const POINTS: f32 = 72.0 / 25.4;
/// How far a cut mark stands from the places, and how long it is, in millimetres.
const MARK: (f32, f32) = (2.0, 4.0);

impl<W: Write> SheetWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// [`ArtError::Value`] if the codes do not fit on the sheet, [`ArtError::File`] if it cannot be written.
    pub fn new(out: W, sheet: Sheet) -> Result<Self, ArtError> {
        let place = sheet.place()?;
        let file = PdfFile::new(out).map_err(not_written)?;
        Ok(Self { sheet, place, file, page: None, on_page: 0 })
    }

    /// Puts a code on the next place: in its true size if it has one on paper, else as large as fits.
    ///
    /// # Errors
    ///
    /// [`ArtError::Value`] if its true size is larger than a place, [`ArtError::File`] if it cannot be written.
    pub fn add(&mut self, drawing: &Drawing) -> Result<(), ArtError> {
        let (width, height) = drawing.page_size();
        let (across, down) = (self.place.0 * POINTS, self.place.1 * POINTS);
        let scale = match drawing.dpi {
            Some(_) => points_per_pixel(drawing),
            None => (across / width).min(down / height),
        };
        let (width, height) = (width * scale, height * scale);
        if width > across + 0.01 || height > down + 0.01 {
            return Err(ArtError::Value(format!(
                "the picture is {:.1} x {:.1} mm, a place of the sheet has {:.1} x {:.1} mm; make it smaller or take fewer \
                 columns and rows",
                width / POINTS,
                height / POINTS,
                self.place.0,
                self.place.1
            )));
        }
        let (column, row) = self.position();
        let x = self.left(column) * POINTS + (across - width) / 2.0;
        let y = self.top(row) * POINTS + (down - height) / 2.0;
        let sheet = self.sheet;
        let page = self.page.get_or_insert_with(|| {
            let (width, height) = sheet.paper.size();
            PageContent::new(width * POINTS, height * POINTS)
        });
        page.place(drawing, x, y, scale, &mut self.file).map_err(not_written)?;
        self.on_page += 1;
        if self.on_page == self.sheet.places() {
            self.end_page()?;
        }
        Ok(())
    }

    /// Writes the rest and gives back what was written to, and the number of pages.
    ///
    /// # Errors
    ///
    /// [`ArtError::File`] if it cannot be written.
    pub fn finish(mut self) -> Result<(W, usize), ArtError> {
        self.end_page()?;
        let pages = self.file.pages();
        Ok((self.file.finish().map_err(not_written)?, pages))
    }

    fn end_page(&mut self) -> Result<(), ArtError> {
        let Some(mut page) = self.page.take() else { return Ok(()) };
        if self.sheet.has_cut_marks {
            self.mark(&mut page);
        }
        self.on_page = 0;
        self.file.page(page).map_err(not_written)
    }

    /// Marks along all edges of places, in the margins only, so that none is left on a code.
    fn mark(&self, page: &mut PageContent) {
        let (width, height) = self.sheet.paper.size();
        let (near, far) = (MARK.0, MARK.0 + MARK.1);
        let bounds = (self.sheet.margin, width - self.sheet.margin, height - self.sheet.margin);
        let mut line = |from: (f32, f32), to: (f32, f32)| {
            page.line((from.0 * POINTS, from.1 * POINTS), (to.0 * POINTS, to.1 * POINTS));
        };
        let (least, right, bottom) = bounds;
        for column in 0..self.sheet.columns {
            let left = self.left(column);
            for x in [left, left + self.place.0] {
                line((x, least - near), (x, least - far));
                line((x, bottom + near), (x, bottom + far));
            }
        }
        for row in 0..self.sheet.rows {
            let top = self.top(row);
            for y in [top, top + self.place.1] {
                line((least - near, y), (least - far, y));
                line((right + near, y), (right + far, y));
            }
        }
    }

    fn position(&self) -> (u16, u16) {
        let place = u16::try_from(self.on_page).unwrap_or(0);
        (place % self.sheet.columns, place / self.sheet.columns)
    }

    fn left(&self, column: u16) -> f32 {
        self.sheet.margin + f32::from(column) * (self.place.0 + self.sheet.gap)
    }

    fn top(&self, row: u16) -> f32 {
        self.sheet.margin + f32::from(row) * (self.place.1 + self.sheet.gap)
    }
}

impl<W: Write> fmt::Debug for SheetWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SheetWriter").field("sheet", &self.sheet).finish_non_exhaustive()
    }
}

#[expect(clippy::needless_pass_by_value, reason = "called by map_err")]
fn not_written(error: io::Error) -> ArtError {
    ArtError::File { path: "the PDF".into(), reason: error.to_string() }
}
