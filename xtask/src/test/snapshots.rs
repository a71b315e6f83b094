use anyhow::{Context, bail};
use std::{
    collections::HashSet,
    env, fs, io,
    path::{Path, PathBuf},
    process,
};

/// Snapshots of the browser tests; nobody looks at them when those are skipped.
const BROWSER: &str = "tests/tests/browser";

/// The file in which the tests note every snapshot that they look at.
#[derive(Debug)]
pub(super) struct References {
    path: PathBuf,
}

impl References {
    pub(super) fn new() -> Self {
        Self { path: env::temp_dir().join(format!("wx-snapshot-references-{}", process::id())) }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Says which snapshots are not accepted yet, and which no test looks at any more.
    pub(super) fn check(&self, root: &Path, with_browser: bool) -> anyhow::Result<()> {
        let noted = fs::read_to_string(&self.path).unwrap_or_default();
        let referenced = noted.lines().filter_map(|line| Path::new(line).canonicalize().ok()).collect();
        let root = root.canonicalize().context("the repository has gone")?;
        let mut files = Vec::new();
        walk(&root, &mut files).context("cannot list the snapshots")?;
        let wrong = wrong(&files, &referenced, |file| with_browser || !file.starts_with(root.join(BROWSER)));
        if !wrong.is_empty() {
            bail!("snapshots are pending or unreferenced\n{}", wrong.join("\n"));
        }
        Ok(())
    }
}

impl Drop for References {
    fn drop(&mut self) {
        // It lies in the folder for temporary files; nothing depends on its going.
        let _ = fs::remove_file(&self.path);
    }
}

fn wrong(files: &[PathBuf], referenced: &HashSet<PathBuf>, was_run: impl Fn(&Path) -> bool) -> Vec<String> {
    let judge = |file: &PathBuf| {
        let name = file.to_string_lossy();
        let unseen = || !referenced.contains(file) && was_run(file);
        if name.ends_with(".snap.new") || name.ends_with(".pending-snap") {
            Some(format!("{name}: pending; accept it with `cargo insta review` or delete it"))
        } else if name.ends_with(".snap") && unseen() {
            Some(format!("{name}: no test looks at it; delete it"))
        } else {
            None
        }
    };
    files.iter().filter_map(judge).collect()
}

/// All files below, without build output and version control.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            files.push(entry.path());
        } else if entry.file_name() != "target" && entry.file_name() != ".git" {
            walk(&entry.path(), files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said about a repository of these files when the tests looked at `seen`.
    fn complaints(files: &[&str], seen: &str, with_browser: bool) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for file in files {
            let file = root.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        let references = References { path: root.join("references") };
        fs::write(references.path(), format!("{}\n", root.join(seen).display())).unwrap();
        let result = references.check(folder.path(), with_browser);
        let text = result.map_or_else(|error| error.to_string(), |()| String::new());
        let mut lines: Vec<String> = text.lines().skip(1).map(str::to_owned).collect();
        lines.sort();
        let prefix = format!("{}/", root.display());
        lines.iter().map(|line| line.replace(&prefix, "")).collect()
    }

    #[test]
    fn pending_and_unreferenced_ones_are_named() {
        let files = [
            "a/seen.snap",
            "a/old.snap",
            "a/new.snap.new",
            "a/.it.rs.pending-snap",
            "target/x.snap",
            "a/it.rs",
        ];
        let said = [
            "a/.it.rs.pending-snap: pending; accept it with `cargo insta review` or delete it",
            "a/new.snap.new: pending; accept it with `cargo insta review` or delete it",
            "a/old.snap: no test looks at it; delete it",
        ];
        assert_eq!(complaints(&files, "a/seen.snap", true), said);
    }

    #[test]
    fn those_of_the_browser_count_only_when_it_was_started() {
        let files = ["a/seen.snap", "tests/tests/browser/page.snap"];
        assert_eq!(complaints(&files, "a/seen.snap", false), [""; 0]);
        assert_eq!(
            complaints(&files, "a/seen.snap", true),
            ["tests/tests/browser/page.snap: no test looks at it; delete it"]
        );
    }
}
