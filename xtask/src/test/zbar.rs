use super::{packages, report::Outcome};
use std::env;

/// Makes sure that zbar is there; otherwise says what became of the tests that need it.
pub(super) fn prepare(install: bool) -> Result<(), Outcome> {
    packages::ensure("the programs of zbar", &["zbar-tools"], install, is_installed)
}

fn is_installed() -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join("zbarimg").is_file())
}
