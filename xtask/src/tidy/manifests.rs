use super::{Finding, Repository};

/// What every member takes over from the workspace.
const INHERITED: &[&str] = &["version", "edition", "rust-version", "license", "publish"];

/// Members inherit what the workspace decides, and the workspace forbids `unsafe`.
pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in repository.members() {
        let file = repository.manifest(package);
        let text = repository.text(&file).unwrap_or_default();
        findings.extend(missing(&text).into_iter().map(|advice| Finding::new(file.as_str(), 1, advice)));
    }
    let root = repository.text("Cargo.toml").unwrap_or_default();
    if !root.lines().any(|line| line == r#"unsafe_code = "forbid""#) {
        findings.push(Finding::at(
            "Cargo.toml",
            &root,
            "[workspace.lints.rust]",
            r#"add `unsafe_code = "forbid"`"#,
        ));
    }
    findings
}

fn missing(manifest: &str) -> Vec<String> {
    let lines: Vec<&str> = manifest.lines().collect();
    let keys = INHERITED.iter().map(|key| format!("{key}.workspace = true"));
    let mut missing: Vec<String> =
        keys.filter(|line| !lines.contains(&line.as_str())).map(|line| format!("add `{line}`")).collect();
    if !lines.windows(2).any(|pair| pair == ["[lints]", "workspace = true"]) {
        missing.push("add `[lints]` with `workspace = true`".to_owned());
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_lines_are_named() {
        assert_eq!(missing("").len(), 6);
        let keys: Vec<_> = INHERITED.iter().map(|key| format!("{key}.workspace = true")).collect();
        let mut manifest = keys.join(
            "
",
        );
        assert_eq!(missing(&manifest), ["add `[lints]` with `workspace = true`"]);
        manifest.push_str("\n[lints]\nworkspace = true\n");
        assert!(missing(&manifest).is_empty());
    }
}
