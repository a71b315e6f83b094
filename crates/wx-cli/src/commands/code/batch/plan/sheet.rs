use super::Problem;
use calamine::{DataRef, Reader, Xlsx, XlsxError};
use std::{fs::File, io::BufReader, path::Path};
use tempfile::NamedTempFile;

/// The column of the copy that holds the row of the sheet.
pub(super) const LINE: &str = "#line";

/// A workbook of a million short rows has some 20 MB.
const MOST_BYTES: u64 = 32 * 1024 * 1024;
/// What its parts may unpack to.
const MOST_UNPACKED: u64 = 512 * 1024 * 1024;
/// The texts of a workbook are held in memory.
const MOST_TEXTS: u64 = 64 * 1024 * 1024;
const MOST_COLUMNS: u32 = 64;

/// Copies the first sheet of an XLSX file into a CSV file, a cell at a time.
pub(super) fn copy(path: &Path) -> Result<NamedTempFile, Problem> {
    check_sizes(path)?;
    let unreadable = |error: XlsxError| Problem::new(1, format!("no XLSX workbook: {error}"));
    let failed = |error: std::io::Error| Problem::new(1, format!("cannot be copied: {error}"));
    let file = File::open(path).map_err(failed)?;
    let mut workbook: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(unreadable)?;
    let sheet = workbook.sheet_names().first().cloned();
    let sheet = sheet.ok_or_else(|| Problem::new(1, "the workbook has no sheet"))?;
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(unreadable)?;

    let copy = NamedTempFile::new().map_err(failed)?;
    let mut table = csv::WriterBuilder::new()
        .flexible(true)
        .from_path(copy.path())
        .map_err(|error| Problem::new(1, format!("cannot be copied: {error}")))?;
    let mut row = SheetRow::default();
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (line, column) = cell.get_position();
        if line != row.line {
            row.write(&mut table)?;
            row.line = line;
        }
        row.put(column, text(cell.get_value()));
    }
    row.write(&mut table)?;
    table.flush().map_err(failed)?;
    Ok(copy)
}

/// A small file can unpack to one that fills the memory; so it is unpacked into nothing first.
fn check_sizes(path: &Path) -> Result<(), Problem> {
    let refused = |text: &str| Problem::new(1, text.to_owned());
    let file = File::open(path).map_err(|error| Problem::new(1, error.to_string()))?;
    if file.metadata().is_ok_and(|found| found.len() > MOST_BYTES) {
        return Err(refused("the workbook is larger than 32 MB; save the sheet as CSV UTF-8"));
    }
    let mut parts = zip::ZipArchive::new(BufReader::new(file))
        .map_err(|error| Problem::new(1, format!("no XLSX workbook: {error}")))?;
    let mut left = MOST_UNPACKED;
    for index in 0..parts.len() {
        let part =
            parts.by_index(index).map_err(|error| Problem::new(1, format!("no XLSX workbook: {error}")))?;
        let most = if part.name().is_ok_and(|name| name.ends_with("sharedStrings.xml")) {
            MOST_TEXTS.min(left)
        } else {
            left
        };
        let unpacked = std::io::copy(&mut std::io::Read::take(part, most + 1), &mut std::io::sink())
            .map_err(|error| Problem::new(1, format!("the workbook is damaged: {error}")))?;
        if unpacked > most {
            return Err(refused(
                "the workbook unpacks to more than a plan needs; save the sheet as CSV UTF-8",
            ));
        }
        left -= unpacked;
    }
    Ok(())
}

/// A row of the sheet, counted from 0; the first one names the columns.
#[derive(Debug, Default)]
struct SheetRow {
    line: u32,
    cells: Vec<String>,
    /// How many columns there are, once the first row was written.
    columns: Option<usize>,
}

impl SheetRow {
    fn put(&mut self, column: u32, text: String) {
        if column < MOST_COLUMNS {
            let column = column as usize;
            self.cells.resize(self.cells.len().max(column + 1), String::new());
            self.cells[column] = text;
        }
    }

    /// An empty row is left out.
    fn write(&mut self, table: &mut csv::Writer<File>) -> Result<(), Problem> {
        let mut cells = std::mem::take(&mut self.cells);
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        let line = u64::from(self.line) + 1;
        let head = if self.columns.is_none() { LINE.to_owned() } else { line.to_string() };
        cells.resize(*self.columns.get_or_insert(cells.len()), String::new());
        let written = table.write_record(std::iter::once(head).chain(cells));
        written.map_err(|error| Problem::new(line, format!("cannot be copied: {error}")))
    }
}

/// Begins a cell that holds no text, before what it holds; no cell of a workbook can begin so.
const NO_TEXT: char = '\u{0}';

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        // A number of a sheet is a float; 2026 is meant, not 2026.0.
        DataRef::Float(number) => number.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
            format!("{NO_TEXT}a cell is a date, which looks different everywhere; make it a text")
        }
        DataRef::Error(error) => format!("{NO_TEXT}a cell shows the error {error}"),
        DataRef::Empty => String::new(),
    }
}

/// Why a cell of the copy holds no text, if it does not.
pub(super) fn no_text(cell: &str) -> Option<&str> {
    cell.strip_prefix(NO_TEXT)
}
