use super::{packages, report::Outcome};
use std::{env, fs, path::PathBuf};

/// The tests start a server of their own with these.
const PROGRAMS: [&str; 3] = ["initdb", "postgres", "createdb"];

/// Makes sure that PostgreSQL is there; otherwise says what became of the tests that need it.
pub(super) fn prepare(install: bool) -> Result<(), Outcome> {
    packages::ensure("the programs of PostgreSQL", &["postgresql"], install, is_installed)
}

/// Debian keeps the programs of a server out of the path.
fn is_installed() -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    folders.iter().any(|folder| PROGRAMS.iter().all(|program| folder.join(program).is_file()))
}
