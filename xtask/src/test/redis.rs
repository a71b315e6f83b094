use super::{packages, report::Outcome};

/// Makes sure that Redis is there; otherwise says what became of the tests that need it.
pub(super) fn prepare(install: bool) -> Result<(), Outcome> {
    packages::ensure("the programs of Redis", &["redis-server"], install, || packages::has("redis-server"))
}
