use super::{Finding, Repository};
use std::path::Path;

/// Links from Markdown to files of the repository lead somewhere.
pub(super) fn check(repository: &Repository) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in repository.files_of("md") {
        let folder = repository.root.join(file).parent().unwrap_or(&repository.root).to_owned();
        let text = repository.text(file).unwrap_or_default();
        for (line, target) in local_links(&text) {
            if !folder.join(&target).exists() {
                findings.push(Finding::new(file, line, format!("there is no {target}; correct the link")));
            }
        }
    }
    findings
}

/// Targets of `[text](target)` that are paths, without their fragment, with their line. Code blocks do not count.
fn local_links(text: &str) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    let mut in_code = false;
    for (number, line) in (1..).zip(text.lines()) {
        in_code ^= line.trim_start().starts_with("```");
        let targets = line.split("](").skip(1).filter_map(|rest| rest.split([')', ' ', '#']).next());
        let paths = targets.filter(|target| !in_code && is_path(target));
        links.extend(paths.map(|path| (number, path.to_owned())));
    }
    links
}

/// Not a web address, not a fragment, not a Rust path.
fn is_path(target: &str) -> bool {
    !target.is_empty()
        && !target.contains(':')
        && (target.contains('/') || Path::new(target).extension().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_paths_and_nothing_else() {
        let text = "[a](docs/a.md#part) and [b](LICENSE-MIT.txt)\n\
                    [web](https://example.com/a.md), [top](#top), [item](Callback::open), [call](open)\n\
                    ```\n[in code](no.md)\n```\n[c](../c/)";
        let found = [(1, "docs/a.md"), (1, "LICENSE-MIT.txt"), (6, "../c/")];
        assert_eq!(local_links(text), found.map(|(line, path)| (line, path.to_owned())));
    }
}
