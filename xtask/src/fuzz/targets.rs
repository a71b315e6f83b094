use anyhow::Context;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A program below `fuzz/fuzz_targets/`, and where its inputs lie.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) name: String,
    /// Its first line.
    pub(super) about: String,
    /// Inputs under version control: its own, and the samples of `wx-events`, which `wx_fuzz::seeds` names as well.
    pub(super) seeds: [PathBuf; 2],
    /// Inputs that were found here; libFuzzer writes into it.
    pub(super) corpus: PathBuf,
    /// Inputs that were the slowest so far in the last run.
    pub(super) slow: PathBuf,
    pub(super) dictionary: PathBuf,
}

/// In the order of their names.
pub(super) fn all(root: &Path) -> anyhow::Result<Vec<Target>> {
    let folder = root.join("fuzz/fuzz_targets");
    let mut targets = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
        targets.push(target(root, &entry?.path())?);
    }
    targets.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(targets)
}

fn target(root: &Path, file: &Path) -> anyhow::Result<Target> {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let about = text.lines().next().and_then(|line| line.strip_prefix("//! ")).unwrap_or_default().to_owned();
    let fuzz = root.join("fuzz");
    let own_dictionary = fuzz.join(format!("{name}.dict"));
    Ok(Target {
        seeds: [fuzz.join("seeds").join(&name), root.join("crates/wx-events/tests/fixtures")],
        corpus: fuzz.join("corpus").join(&name),
        slow: fuzz.join("slow").join(&name),
        dictionary: if own_dictionary.exists() { own_dictionary } else { fuzz.join("xml.dict") },
        name,
        about,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_target_says_what_it_is_and_has_seeds_and_a_dictionary() {
        let targets = super::all(crate::root()).unwrap();
        let names: Vec<_> = targets.iter().map(|target| target.name.as_str()).collect();
        let expected =
            ["envelope_open", "event_key", "json_push", "push_parse", "reply_roundtrip", "xml_fields"];
        assert_eq!(names, expected);
        for target in &targets {
            assert!(target.about.ends_with('.'), "{target:?}");
            assert!(target.seeds.iter().all(|folder| folder.is_dir()), "{target:?}");
            assert!(target.dictionary.is_file(), "{target:?}");
        }
    }
}
