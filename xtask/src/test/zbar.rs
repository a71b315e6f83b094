use super::{packages, report::Outcome};

/// Makes sure that zbar is there; otherwise says what became of the tests that need it.
pub(super) fn prepare(install: bool) -> Result<(), Outcome> {
    packages::ensure("the programs of zbar", &["zbar-tools"], install, || packages::has("zbarimg"))
}
