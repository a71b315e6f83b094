use crate::failure::{Failure, Outcome};
use std::{
    fs::{self, File},
    io::{self, BufReader, Cursor, Read},
    path::{Path, PathBuf},
};
use wx_render::Found;

/// What a pipe may bring, which is held in memory; a file is read where it lies.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The files, and the pictures in the folders among them, by name.
pub(super) fn all(paths: &[PathBuf]) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(pictures(path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn pictures(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let failed =
        |error: io::Error| Failure::invalid(format!("cannot read the folder {}: {error}", folder.display()));
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>().map_err(failed)?;
    let is_picture = |file: &PathBuf| {
        let extension = file.extension().unwrap_or_default();
        ["png", "jpg", "jpeg"].iter().any(|known| extension.eq_ignore_ascii_case(known)) && file.is_file()
    };
    files.retain(is_picture);
    files.sort();
    if files.is_empty() {
        let folder = folder.display();
        return Err(Failure::invalid(format!(
            "in the folder {folder} there is no picture; its files would end in .png, .jpg or .jpeg"
        )));
    }
    Ok(files)
}

/// The codes in a picture, or what is wrong with it.
pub(super) fn read(path: &Path) -> Result<Vec<Found>, String> {
    let unreadable = |error: io::Error| format!("cannot read the file: {error}");
    if path == Path::new("-") {
        return piped(io::stdin().lock());
    }
    let file = File::open(path).map_err(unreadable)?;
    if !file.metadata().map_err(unreadable)?.is_file() {
        return piped(file);
    }
    wx_render::read_file(BufReader::new(file)).map_err(|error| error.to_string())
}

fn piped(pipe: impl Read) -> Result<Vec<Found>, String> {
    let mut bytes = Vec::new();
    pipe.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot read it: {error}"))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!(
            "more than {} MB come through the pipe; name the file",
            MOST_BYTES / 1024 / 1024
        ));
    }
    wx_render::read_file(Cursor::new(bytes)).map_err(|error| error.to_string())
}
