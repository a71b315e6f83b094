use crate::failure::{Failure, Outcome};
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// More than any push or reply has, so that a device or a film given by mistake is not read into memory.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// Reads a file, or stdin for `-`.
pub(crate) fn read(path: &Path) -> Outcome<Vec<u8>> {
    let mut body = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(MOST_BYTES).read_to_end(&mut body)
    } else {
        File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut body))
    };
    read.map_err(|error| Failure::invalid(format!("cannot read {}: {error}", name(path))))?;
    Ok(body)
}

/// What the file is called in a sentence.
pub(crate) fn name(path: &Path) -> String {
    if path == Path::new("-") { "stdin".to_owned() } else { path.display().to_string() }
}
