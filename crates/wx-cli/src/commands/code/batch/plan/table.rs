use super::{
    Life, PlanSource, Problem, Rows,
    row::Cells,
    sheet::{self, LINE},
};
use csv::StringRecord;
use encoding_rs::Encoding;
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// A line longer than this is none of a plan, and is not read whole.
const LONGEST_LINE: u64 = 64 * 1024;

/// UTF-8 if all of it is, else GBK (GB 18030), as older Excel writes. A byte order mark is heeded when reading.
pub(super) fn encoding(path: &Path) -> io::Result<&'static Encoding> {
    let mut file = File::open(path)?;
    let mut decoder = encoding_rs::UTF_8.new_decoder();
    let (mut bytes, mut text) = (vec![0; 64 * 1024], vec![0; 256 * 1024]);
    loop {
        let read = file.read(&mut bytes)?;
        let (_, _, _, was_wrong) = decoder.decode_to_utf8(&bytes[..read], &mut text, read == 0);
        if was_wrong {
            return Ok(encoding_rs::GB18030);
        }
        if read == 0 {
            return Ok(encoding_rs::UTF_8);
        }
    }
}

type Reader = csv::Reader<Bounded<DecodeReaderBytes<File, Vec<u8>>>>;

/// Between cells stands a comma, or what spreadsheets of other countries and tables of text have there.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

pub(super) fn rows(path: &Path, encoding: &'static Encoding, life: Life) -> Result<Rows, Problem> {
    let mut reader = reader(path, encoding)?;
    let columns = Columns::of(headers(&mut reader)?)?;
    Ok(Box::new(TableRows { reader, columns, record: StringRecord::new(), life, is_over: false }))
}

/// The columns that are called something else than what a plan has.
pub(super) fn unused_columns(path: &Path, encoding: &'static Encoding) -> Vec<String> {
    let Ok(mut reader) = reader(path, encoding) else { return Vec::new() };
    let unused = headers(&mut reader).into_iter().flatten().map(str::trim);
    unused
        .filter(|header| !header.is_empty() && !is_known(&header.to_lowercase()))
        .map(str::to_owned)
        .collect()
}

/// With the separator by which a column holds scenes, else the first one.
fn reader(path: &Path, encoding: &'static Encoding) -> Result<Reader, Problem> {
    let fits = |separator: &u8| {
        let found = separated(path, encoding, *separator);
        found.is_ok_and(|mut reader| headers(&mut reader).is_ok_and(Columns::have_scenes))
    };
    separated(path, encoding, SEPARATORS.into_iter().find(fits).unwrap_or(SEPARATORS[0]))
}

fn headers(reader: &mut Reader) -> Result<&StringRecord, Problem> {
    reader.headers().map_err(|error| PlanSource::problem(&error))
}

fn separated(path: &Path, encoding: &'static Encoding, separator: u8) -> Result<Reader, Problem> {
    let file = File::open(path).map_err(|error| Problem::new(1, format!("cannot read it: {error}")))?;
    let decoded = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_override(true).build(file);
    let reader = Bounded { inner: decoded, since_newline: 0 };
    Ok(csv::ReaderBuilder::new().delimiter(separator).from_reader(reader))
}

struct TableRows {
    reader: Reader,
    columns: Columns,
    record: StringRecord,
    life: Life,
    is_over: bool,
}

impl Iterator for TableRows {
    type Item = Result<super::PlanRow, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        match self.reader.read_record(&mut self.record) {
            Ok(true) => {
                let cells = self.columns.cells(&self.record);
                if self.record.iter().any(|cell| cell.contains(char::REPLACEMENT_CHARACTER)) {
                    let text = "it holds bytes that are neither UTF-8 nor GBK; save the file as CSV UTF-8";
                    return Some(Err(Problem::new(cells.line, text)));
                }
                match self.columns.no_text(&self.record) {
                    Some(reason) => Some(Err(Problem::new(cells.line, reason))),
                    None => Some(cells.row(self.life)),
                }
            }
            Ok(false) => None,
            Err(error) => {
                self.is_over = !matches!(error.kind(), csv::ErrorKind::UnequalLengths { .. });
                Some(Err(PlanSource::problem(&error)))
            }
        }
    }
}

/// What columns of a plan are called; one of the first three is needed.
const KNOWN: [&str; 7] = ["scene", "scene_id", "scene_str", "lifetime", "channel", "file", "caption"];

fn is_known(header: &str) -> bool {
    header == LINE || KNOWN.contains(&header)
}

/// The name that may be meant: what is nearly a name and is not used would make other codes than are wanted, for ever.
fn meant(header: &str) -> Option<&'static str> {
    let distance = |known: &str| strsim::osa_distance(header, known);
    let nearest = KNOWN.into_iter().min_by_key(|known| distance(known))?;
    (distance(nearest) <= if nearest.len() > 5 { 2 } else { 1 }).then_some(nearest)
}

/// Which column holds what.
#[derive(Debug, Default)]
struct Columns {
    line: Option<usize>,
    scene: Option<usize>,
    scene_id: Option<usize>,
    scene_str: Option<usize>,
    lifetime: Option<usize>,
    channel: Option<usize>,
    file: Option<usize>,
    caption: Option<usize>,
}

impl Columns {
    fn of(headers: &StringRecord) -> Result<Self, Problem> {
        let mut columns = Self::default();
        for (index, header) in headers.iter().enumerate() {
            let header = header.trim().to_lowercase();
            let column = match header.as_str() {
                LINE => &mut columns.line,
                "scene" => &mut columns.scene,
                "scene_id" => &mut columns.scene_id,
                "scene_str" => &mut columns.scene_str,
                "lifetime" => &mut columns.lifetime,
                "channel" => &mut columns.channel,
                "file" => &mut columns.file,
                "caption" => &mut columns.caption,
                other => match meant(other) {
                    Some(meant) => {
                        let text = format!("no column is called {other}; did you mean {meant}?");
                        return Err(Problem::new(1, text));
                    }
                    None => continue,
                },
            };
            if column.replace(index).is_some() {
                return Err(Problem::new(1, format!("two columns are called {header}")));
            }
        }
        if Self::have_scenes(headers) {
            return Ok(columns);
        }
        let what = if headers.is_empty() {
            "it is empty"
        } else {
            "no column is called scene, scene_id or scene_str"
        };
        Err(Problem::new(1, format!("{what}; the first line names the columns")))
    }

    fn have_scenes(headers: &StringRecord) -> bool {
        headers.iter().any(|header| KNOWN[..3].contains(&header.trim().to_lowercase().as_str()))
    }

    /// Why a cell that is wanted holds no text; only cells of a workbook can be so.
    fn no_text<'a>(&self, record: &'a StringRecord) -> Option<&'a str> {
        self.line?;
        let Self { line: _, scene, scene_id, scene_str, lifetime, channel, file, caption } = self;
        let wanted = [scene, scene_id, scene_str, lifetime, channel, file, caption];
        wanted.into_iter().flatten().filter_map(|index| record.get(*index)).find_map(sheet::no_text)
    }

    fn cells(&self, record: &StringRecord) -> Cells {
        let raw = |column: Option<usize>| column.and_then(|index| record.get(index));
        let filled = |column| raw(column).filter(|cell| !cell.trim().is_empty()).map(str::to_owned);
        let trimmed = |column| filled(column).map(|cell| cell.trim().to_owned());
        let own_line = raw(self.line).and_then(|line| line.parse().ok());
        Cells {
            line: own_line.or(record.position().map(csv::Position::line)).unwrap_or_default(),
            // A space at its end is a mistake that only the author can mend.
            scene: filled(self.scene),
            scene_id: trimmed(self.scene_id),
            scene_str: filled(self.scene_str),
            lifetime: trimmed(self.lifetime),
            channel: trimmed(self.channel),
            file: trimmed(self.file),
            caption: trimmed(self.caption),
        }
    }
}

/// Ends with an error where a line has no end.
struct Bounded<R> {
    inner: R,
    since_newline: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let read = &buffer[..count];
        self.since_newline = match read.iter().rposition(|byte| *byte == b'\n') {
            Some(at) => (count - at) as u64,
            None => self.since_newline + count as u64,
        };
        if self.since_newline > LONGEST_LINE {
            return Err(io::Error::other("a line is longer than 64 KB; this is no CSV"));
        }
        Ok(count)
    }
}
