use super::ArtError;
use std::{
    fs::File,
    io::{Error, ErrorKind, Read},
    path::Path,
};

/// Reads a file of at most so many bytes.
pub(super) fn read(path: &Path, most: u64) -> Result<Vec<u8>, ArtError> {
    read_if(path, most, |_| true).map(Option::unwrap_or_default)
}

/// The same if its first four bytes are right, else nothing: what is something else is not read whole.
pub(super) fn read_if(
    path: &Path,
    most: u64,
    is_right: impl Fn(&[u8]) -> bool,
) -> Result<Option<Vec<u8>>, ArtError> {
    let mut bytes = Vec::new();
    let failed = |source: Error| ArtError::File { path: path.to_owned(), reason: source.to_string() };
    let too_large = || {
        let reason = format!("it has more than {}", in_words(most));
        failed(Error::new(ErrorKind::FileTooLarge, reason))
    };
    let mut file = File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.len() > most {
        return Err(too_large());
    }
    file.by_ref().take(4).read_to_end(&mut bytes).map_err(failed)?;
    if !is_right(&bytes) {
        return Ok(None);
    }
    file.take(most - 3).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(Some(bytes)) }
}

fn in_words(bytes: u64) -> String {
    const KB: u64 = 1024;
    if bytes >= KB * KB { format!("{} MB", bytes / KB / KB) } else { format!("{} KB", bytes / KB) }
}
