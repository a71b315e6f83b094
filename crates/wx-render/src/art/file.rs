use super::ArtError;
use std::{
    fs::File,
    io::{Error, ErrorKind, Read},
    path::Path,
};

/// Reads a file of at most so many bytes.
pub(super) fn read(path: &Path, most: u64) -> Result<Vec<u8>, ArtError> {
    let mut bytes = Vec::new();
    let failed = |source: Error| ArtError::File { path: path.to_owned(), reason: source.to_string() };
    let file = File::open(path).map_err(failed)?;
    file.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > most {
        let reason = format!("it has more than {most} bytes");
        return Err(failed(Error::new(ErrorKind::FileTooLarge, reason)));
    }
    Ok(bytes)
}
