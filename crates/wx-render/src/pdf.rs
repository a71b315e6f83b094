//! Vector files for the printer.

mod page_content;
mod pdf_file;
mod pdf_picture;
mod pdf_svg;
mod resources;
mod shading;
mod sheet;

pub use sheet::{Paper, Sheet, SheetWriter};

use crate::Drawing;
use page_content::PageContent;
use pdf_file::PdfFile;

/// CSS pixels per inch, where a drawing has no size on paper.
const SCREEN: u32 = 96;

/// A file with one page of the drawing's size.
pub(crate) fn page(drawing: &Drawing) -> Vec<u8> {
    const NEVER_FAILS: &str = "a Vec takes all bytes";
    let scale = points_per_pixel(drawing);
    let (width, height) = drawing.page_size();
    let mut file = PdfFile::new(Vec::new()).expect(NEVER_FAILS);
    let mut content = PageContent::new(width * scale, height * scale);
    content.place(drawing, 0.0, 0.0, scale, &mut file).expect(NEVER_FAILS);
    file.page(content).expect(NEVER_FAILS);
    file.finish().expect(NEVER_FAILS)
}

#[expect(clippy::cast_precision_loss, reason = "a resolution has few digits")]
fn points_per_pixel(drawing: &Drawing) -> f32 {
    72.0 / drawing.dpi.unwrap_or(SCREEN) as f32
}
