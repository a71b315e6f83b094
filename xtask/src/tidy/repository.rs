use anyhow::{Context, ensure};
use cargo_metadata::{Metadata, MetadataCommand, Package};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What the rules are checked against: cargo's view and the files under version control.
#[derive(Debug)]
pub(super) struct Repository {
    pub(super) root: PathBuf,
    pub(super) metadata: Metadata,
    /// Paths from the root, including new files that are not ignored.
    files: Vec<String>,
}

impl Repository {
    pub(super) fn read(root: &Path) -> anyhow::Result<Self> {
        let metadata = MetadataCommand::new().manifest_path(root.join("Cargo.toml")).no_deps().exec();
        let metadata = metadata.context("cargo metadata failed")?;
        Ok(Self { root: root.to_owned(), metadata, files: files(root)? })
    }

    pub(super) fn members(&self) -> Vec<&Package> {
        self.metadata.workspace_packages()
    }

    /// A text file; nothing when it has just been deleted or is no text.
    pub(super) fn text(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.root.join(file)).ok()
    }

    /// The files with that extension.
    pub(super) fn files_of(&self, extension: &str) -> impl Iterator<Item = &str> {
        let is_one = move |file: &&str| Path::new(file).extension().is_some_and(|it| it == extension);
        self.files.iter().map(String::as_str).filter(is_one)
    }

    /// The path of a package's manifest from the root.
    pub(super) fn manifest(&self, package: &Package) -> String {
        let path = package.manifest_path.as_std_path();
        path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().into_owned()
    }
}

fn files(root: &Path) -> anyhow::Result<Vec<String>> {
    let args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(args).current_dir(root).output().context("git did not start")?;
    ensure!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr).trim());
    let names = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
    let names = names.split_terminator('\0').map(str::to_owned);
    Ok(names.filter(|file| root.join(file).is_file()).collect())
}
