use super::{Finding, Repository};
use std::path::Path;

/// What must not stand in a source, in two halves so that this file does not find itself.
const FORBIDDEN: &[(&str, &str, &str)] = &[
    ("#[ig", "nore", "run the test or delete it"),
    ("```ig", "nore", "let the example run, or mark it `text`"),
    ("to", "do!(", "write it"),
    ("unimpl", "emented!(", "write it"),
    ("db", "g!(", "take it out"),
];

/// Names of files, what must not stand in them, and READMEs that are the documentation of their crates.
pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in repository.files_of("rs") {
        findings.extend(name(file));
        findings.extend(text(file, &repository.text(file).unwrap_or_default()));
    }
    for package in repository.members() {
        let manifest = repository.manifest(package);
        if let Some(folder) =
            manifest.strip_suffix("/Cargo.toml").filter(|folder| folder.starts_with("crates/"))
        {
            findings.extend(readme(repository, folder));
        }
    }
    findings
}

fn name(file: &str) -> Option<Finding> {
    let advice = match Path::new(file).file_name()?.to_str()? {
        "mod.rs" => "name the file after its module and put it beside the folder",
        "utils.rs" | "util.rs" | "helpers.rs" => "name the file after what it holds",
        _ => return None,
    };
    Some(Finding::new(file, 1, advice))
}

fn text(file: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for (head, tail, advice) in FORBIDDEN {
            let forbidden = format!("{head}{tail}");
            if line.contains(&forbidden) {
                findings.push(Finding::new(file, number, format!("`{forbidden}`: {advice}")));
            }
        }
    }
    findings
}

fn readme(repository: &Repository, folder: &str) -> Option<Finding> {
    let files = [format!("{folder}/src/lib.rs"), format!("{folder}/src/main.rs")];
    let (file, text) = files.iter().find_map(|file| Some((file, repository.text(file)?)))?;
    let line = r#"#![doc = include_str!("../README.md")]"#;
    (!text.lines().any(|present| present == line))
        .then(|| Finding::new(file, 1, format!("begin with `{line}`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_words_are_found_at_their_line() {
        let source: Vec<_> = FORBIDDEN
            .iter()
            .map(|(head, tail, _)| {
                format!(
                    "fine
    {head}{tail}"
                )
            })
            .collect();
        let lines: Vec<String> = text("a.rs", &source.join("\n")).iter().map(ToString::to_string).collect();
        assert_eq!(lines.len(), FORBIDDEN.len());
        assert!(lines[0].starts_with("a.rs:2: `#[ig"), "{}", lines[0]);
        assert!(lines[4].starts_with("a.rs:10: "), "{}", lines[4]);
        assert!(text("a.rs", "let ignore = todo; // dbg").is_empty());
    }

    #[test]
    fn vague_file_names_are_found() {
        assert!(name("crates/a/src/mod.rs").is_some() && name("utils.rs").is_some());
        assert_eq!(name("crates/a/src/model.rs"), None);
    }
}
