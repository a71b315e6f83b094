mod err_code_row;
mod err_code_table;

use anyhow::{Context, bail};
use std::{fs, path::Path};

const SOURCE: &str = "crates/wx-model/data/errcodes.tsv";
const TARGET: &str = "crates/wx-model/src/err_code/table.rs";

/// Writes the table of return codes.
pub(crate) fn write(root: &Path) -> anyhow::Result<()> {
    let path = root.join(TARGET);
    fs::write(&path, generate(root)?).with_context(|| format!("cannot write {}", path.display()))?;
    println!("wrote {TARGET}");
    Ok(())
}

/// Says whether the table is what `write` would make.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    let present = fs::read_to_string(root.join(TARGET)).unwrap_or_default();
    if present != generate(root)? {
        bail!("{TARGET} does not follow {SOURCE}; run `cargo xtask codegen`");
    }
    println!("{TARGET} is up to date");
    Ok(())
}

fn generate(root: &Path) -> anyhow::Result<String> {
    let source = fs::read_to_string(root.join(SOURCE)).with_context(|| format!("cannot read {SOURCE}"))?;
    err_code_table::generate(&source).with_context(|| format!("{SOURCE} is not as it should be"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn generated_files_are_up_to_date() {
        super::check(crate::root()).unwrap();
    }
}
