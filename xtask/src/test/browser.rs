use super::{packages, report::Outcome};
use std::env;

const PROGRAMS: [&str; 2] = ["chromium", "chromedriver"];
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];

/// Makes sure that a browser and its driver are there; otherwise says what became of the suite.
pub(super) fn prepare(install: bool) -> Result<(), Outcome> {
    packages::ensure(&PROGRAMS.join(" and "), &PACKAGES, install, is_installed)
}

fn is_installed() -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    PROGRAMS.iter().all(|program| env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}
