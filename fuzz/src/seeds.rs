use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Where the first inputs of a target lie: its own folder, and the samples of `wx-events`, which every target starts
/// from, because bytes that are a push are something for the others, too.
pub fn seeds(target: &str) -> [PathBuf; 2] {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR"));
    [fuzz.join("seeds").join(target), fuzz.join("../crates/wx-events/tests/fixtures")]
}

/// The file at `path`, or all files below the folder at `path`, in the order of their names.
pub fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut inside = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    inside.sort();
    let mut all = Vec::new();
    for path in inside {
        all.extend(files(&path)?);
    }
    Ok(all)
}
