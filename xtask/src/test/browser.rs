use super::{packages, report::Outcome};

const PROGRAMS: [&str; 2] = ["chromium", "chromedriver"];
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-noto-cjk"];

/// Makes sure that a browser and its driver are there; otherwise says what became of the suite.
pub(super) fn prepare(install: bool) -> Result<(), Outcome> {
    packages::ensure(&PROGRAMS.join(" and "), &PACKAGES, install, is_installed)
}

fn is_installed() -> bool {
    PROGRAMS.into_iter().all(packages::has)
}
