mod finding;
mod floors;
mod links;
mod manifests;
mod repository;
mod sources;
mod trees;

use anyhow::bail;
use finding::Finding;
use repository::Repository;
use std::path::Path;

/// Checks the rules of the repository and prints what breaks them.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    let findings = findings(root)?;
    if !findings.is_empty() {
        let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
        bail!("places to tidy up: {}\n{}", findings.len(), lines.join("\n"));
    }
    println!("tidy");
    Ok(())
}

fn findings(root: &Path) -> anyhow::Result<Vec<Finding>> {
    let repository = Repository::read(root)?;
    let mut findings = floors::check(&repository);
    findings.extend(trees::check(root)?);
    findings.extend(manifests::check(&repository));
    findings.extend(sources::check(&repository));
    findings.extend(links::check(&repository));
    Ok(findings)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_is_tidy() {
        let findings = super::findings(crate::root()).unwrap();
        let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
    }
}
