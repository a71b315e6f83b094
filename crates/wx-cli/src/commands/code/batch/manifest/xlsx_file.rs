use super::{HEAD, Line};
use crate::commands::code::batch::unfinished;
use crate::{failure::Outcome, print};
use rust_xlsxwriter::{Image, ObjectMovement, Workbook, Worksheet, XlsxError};
use std::path::{Path, PathBuf};

/// A sheet with pictures is held in memory until it is written, so a longer one has none.
const MOST_WITH_PICTURES: u64 = 10_000;
/// And so many bytes of pictures, which are held twice at the end: the platform's own are fifty times as large as ours.
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// Where the picture stands.
const PICTURE: u16 = 12;
const SIDE: u32 = 110;

/// A workbook with the picture of each code in its row.
pub(in super::super) struct XlsxFile {
    path: PathBuf,
    workbook: Workbook,
    row: u32,
    /// How many bytes of pictures it may still take.
    bytes_left: usize,
    /// How many pictures were too many.
    left_out: u64,
}

impl XlsxFile {
    pub(super) fn create(path: &Path, rows: u64) -> Outcome<Self> {
        let has_pictures = rows <= MOST_WITH_PICTURES;
        let bytes_left = if has_pictures { MOST_BYTES } else { 0 };
        let mut file =
            Self { path: path.to_owned(), workbook: Workbook::new(), row: 0, bytes_left, left_out: 0 };
        let begun = file.begin(has_pictures);
        begun.map_err(|error| unfinished::cannot(path, error))?;
        Ok(file)
    }

    fn begin(&mut self, has_pictures: bool) -> Result<(), XlsxError> {
        let sheet = if has_pictures {
            self.workbook.add_worksheet()
        } else {
            self.workbook.add_worksheet_with_constant_memory()?
        };
        for (column, width) in (0..).zip([6, 22, 24, 20, 20, 10, 30, 48, 26, 26, 30, 40, 16]) {
            sheet.set_column_width(column, width)?;
        }
        for (column, head) in (0..).zip(HEAD.into_iter().chain(["picture"])) {
            sheet.write_string(0, column, head)?;
        }
        Ok(())
    }

    pub(super) fn add(&mut self, line: &Line, picture: Option<&[u8]>) -> Outcome {
        self.row += 1;
        let row = self.row;
        let has_picture = picture.is_some();
        let picture = picture.filter(|picture| picture.len() <= self.bytes_left);
        self.left_out += u64::from(has_picture && picture.is_none());
        self.bytes_left -= picture.map_or(0, <[u8]>::len);
        let added = self.workbook.worksheet_from_index(0).and_then(|sheet| write(sheet, row, line, picture));
        added.map_err(|error| unfinished::cannot(&self.path, error))
    }

    pub(super) fn finish(mut self) -> Outcome {
        if self.left_out > 0 {
            print::note(&format!(
                "note: {} has no pictures in {} of its rows, because not all fit into the memory",
                self.path.display(),
                self.left_out
            ));
        }
        let mut file = unfinished::begin(&self.path)?;
        self.workbook.save_to_writer(&mut file).map_err(|error| unfinished::cannot(&self.path, error))?;
        unfinished::finish(file, &self.path)
    }
}

fn write(sheet: &mut Worksheet, row: u32, line: &Line, picture: Option<&[u8]>) -> Result<(), XlsxError> {
    if picture.is_some() {
        sheet.set_row_height_pixels(row, SIDE)?;
    }
    for (column, cell) in (0..).zip(line.cells()) {
        match cell.parse::<u32>() {
            Ok(number) if column == 0 => sheet.write_number(row, column, number)?,
            // A text stays a text, whatever it begins with.
            _ => sheet.write_string(row, column, cell)?,
        };
    }
    if let Some(picture) = picture {
        // It lies over its cell and goes with it; pictures inside of cells are shown by the newest Excel alone.
        let picture = Image::new_from_buffer(picture)?;
        let picture = picture.set_object_movement(ObjectMovement::MoveAndSizeWithCells);
        sheet.insert_image_fit_to_cell(row, PICTURE, &picture, true)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::code::batch::plan::PlanRow;
    use wx_model::{CreateRequest, PermanentScene};
    use wx_render::{Level, Style, Symbol};

    #[test]
    fn pictures_that_do_not_fit_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let request = CreateRequest::permanent(PermanentScene::id(7).unwrap());
        let row = PlanRow { line: 1, request, channel: None, file: None, caption: None };
        let picture = Symbol::encode("x", Level::M).unwrap().to_png(&Style::new()).unwrap();
        let mut file = XlsxFile::create(&folder.path().join("m.xlsx"), 3).unwrap();
        file.bytes_left = picture.len();
        let line = Line::new(&row, None, 0);
        for picture in [Some(picture.as_slice()), Some(&picture), None] {
            file.add(&line, picture).unwrap();
        }
        assert_eq!((file.left_out, file.bytes_left), (1, 0));
        file.finish().unwrap();
        assert!(folder.path().join("m.xlsx").is_file());
    }
}
