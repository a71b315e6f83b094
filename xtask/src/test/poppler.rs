use super::{packages, report::Outcome};

/// Makes sure that poppler is there, which shows PDFs; otherwise says what became of the tests that need it.
pub(super) fn prepare(install: bool) -> Result<(), Outcome> {
    packages::ensure("the programs of poppler", &["poppler-utils"], install, || packages::has("pdftoppm"))
}
