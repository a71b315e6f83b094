use super::Finding;
use crate::cargo;
use anyhow::ensure;
use std::{collections::BTreeSet, path::Path};

/// Families of crates that must not be built in, and why; `deny.toml` says the same.
const BANNED: &[(&str, &str)] = &[
    ("chrono", "time is jiff's"),
    ("native-tls", "TLS is rustls"),
    ("openssl-sys", "TLS is rustls"),
    ("paste", "unmaintained"),
    ("ring", "one TLS provider only, aws-lc-rs"),
    ("rustls-pemfile", "unmaintained"),
    ("rustybuzz", "unmaintained"),
    ("serde_yaml", "unmaintained"),
    ("sqlx", "the store is rusqlite"),
    ("ttf-parser", "unmaintained"),
];

/// It brings chrono, for the time at which something was read, and offers no way to leave it out; nobody else may.
const DECODER: &str = "rxing";

/// What would make `wx-events` more than functions from bytes to values.
const NOT_IN_EVENTS: &[&str] =
    &["async-std", "axum", "h2", "http", "hyper", "hyper-util", "reqwest", "smol", "tokio", "tower", "ureq"];

/// `wx-events` is built with fewer crates than this, itself counted, unless a feature asks for more.
const MAX_IN_EVENTS: usize = 35;

/// What only a feature of `wx-events` may bring.
const BY_FEATURE_IN_EVENTS: &[&str] = &["aho-corasick", "globset", "regex", "regex-automata", "regex-syntax"];

/// What somebody is spared who takes `wx-client` on hyper alone.
const NOT_WITH_HYPER: &[&str] = &["idna", "reqwest", "tower-http", "url"];

/// `wx-render` without features, itself counted: who only draws black on white gets no graphics, fonts or decoders.
const MAX_IN_PLAIN_RENDER: usize = 5;

/// serde and what it is made of.
const SERDE: &[&str] =
    &["serde", "serde_core", "serde_derive", "proc-macro2", "quote", "syn", "unicode-ident"];

/// What is built into our crates is what it should be. Tests may use more.
pub(super) fn check(root: &Path) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let mut add = |file: &str, advice: Vec<String>| {
        findings.extend(advice.into_iter().map(|advice| Finding::new(file, 1, advice)));
    };
    add("Cargo.toml", banned(&tree(root, &["--workspace", "--prune", DECODER])?));
    add("crates/wx-model/Cargo.toml", beside_serde(&tree(root, &["--package", "wx-model"])?));
    let events = ["--package", "wx-events"];
    add("crates/wx-events/Cargo.toml", outside_world(&tree(root, &events)?));
    add("crates/wx-events/Cargo.toml", too_much(&tree_without_features(root, &events)?));
    let client = ["--package", "wx-client", "--no-default-features", "--features", "hyper"];
    add("crates/wx-client/Cargo.toml", reqwest(&tree_without_features(root, &client)?));
    let plain = ["--package", "wx-render", "--no-default-features"];
    add("crates/wx-render/Cargo.toml", beside_plain(&tree_without_features(root, &plain)?));
    Ok(findings)
}

fn banned(tree: &BTreeSet<String>) -> Vec<String> {
    let ban = |name: &str| BANNED.iter().find(|(family, _)| is_or_belongs_to(name, family));
    let named = tree.iter().filter_map(|name| Some((name, ban(name)?.1)));
    named
        .map(|(name, why)| {
            format!("{name} is built in ({why}); find out by whom with `cargo tree -e normal -i {name}`")
        })
        .collect()
}

fn beside_serde(tree: &BTreeSet<String>) -> Vec<String> {
    let others = tree.iter().filter(|name| *name != "wx-model" && !SERDE.contains(&name.as_str()));
    others
        .map(|name| format!("wx-model is built with {name}; it needs serde only, drop the dependency"))
        .collect()
}

fn beside_plain(tree: &BTreeSet<String>) -> Vec<String> {
    let count = tree.len();
    let advice = || {
        format!(
            "wx-render without features is built with {count} crates, at most {MAX_IN_PLAIN_RENDER} are allowed; let a \
             feature bring the others"
        )
    };
    (count > MAX_IN_PLAIN_RENDER).then(advice).into_iter().collect()
}

fn outside_world(tree: &BTreeSet<String>) -> Vec<String> {
    let wrong = tree.iter().filter(|name| NOT_IN_EVENTS.contains(&name.as_str()));
    wrong
        .map(|name| format!("wx-events is built with {name}; move what needs it to wx-client or wx-server"))
        .collect()
}

fn too_much(tree: &BTreeSet<String>) -> Vec<String> {
    let by_feature = tree.iter().filter(|name| BY_FEATURE_IN_EVENTS.contains(&name.as_str()));
    let mut advice: Vec<String> = by_feature
        .map(|name| format!("wx-events is always built with {name}; let a feature bring it"))
        .collect();
    let count = tree.len();
    if count >= MAX_IN_EVENTS {
        advice.push(format!(
            "wx-events is built with {count} crates, under {MAX_IN_EVENTS} are allowed; drop one"
        ));
    }
    advice
}

fn reqwest(tree: &BTreeSet<String>) -> Vec<String> {
    let wrong = tree.iter().filter(|name| NOT_WITH_HYPER.contains(&name.as_str()));
    wrong
        .map(|name| {
            format!("wx-client is built with {name} though only hyper is asked for; let `reqwest` bring it")
        })
        .collect()
}

/// The crate of that name, or one of its companions: `sqlx` and `sqlx-core`, not `ringbuf` for `ring`.
fn is_or_belongs_to(name: &str, family: &str) -> bool {
    name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Everything that is built with all features for any system, without what only tests use. The resolved graph of
/// `cargo metadata` names more: also what no enabled feature asks for.
fn tree(root: &Path, packages: &[&str]) -> anyhow::Result<BTreeSet<String>> {
    let args = ["--edges", "normal,build", "--all-features", "--target", "all"];
    list(root, &[&args, packages].concat())
}

/// What somebody gets who asks for no feature, on this system.
fn tree_without_features(root: &Path, packages: &[&str]) -> anyhow::Result<BTreeSet<String>> {
    list(root, &[&["--edges", "normal"], packages].concat())
}

fn list(root: &Path, args: &[&str]) -> anyhow::Result<BTreeSet<String>> {
    let output = cargo(root).args(["tree", "--prefix", "none"]).args(args).output()?;
    ensure!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr).trim());
    let lines = String::from_utf8_lossy(&output.stdout);
    Ok(lines.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(tree: &[&str]) -> BTreeSet<String> {
        tree.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn banned_crates_and_their_companions_are_named() {
        let advice = banned(&names(&["sqlx-core", "ring", "ringbuf", "rusqlite", "chrono-tz"]));
        let first: Vec<_> = advice.iter().filter_map(|advice| advice.split(' ').next()).collect();
        assert_eq!(first, ["chrono-tz", "ring", "sqlx-core"]);
    }

    #[test]
    fn small_crates_stay_small() {
        assert!(beside_serde(&names(&["wx-model", "serde", "serde_core", "syn"])).is_empty());
        assert_eq!(beside_serde(&names(&["wx-model", "serde", "serde_json"])).len(), 1);
        assert!(outside_world(&names(&["wx-events", "quick-xml", "form_urlencoded"])).is_empty());
        assert_eq!(outside_world(&names(&["tokio", "hyper"])).len(), 2);
        assert!(reqwest(&names(&["wx-client", "hyper"])).is_empty());
        assert_eq!(reqwest(&names(&["wx-client", "reqwest"])).len(), 1);
        assert!(too_much(&names(&["wx-events", "memchr"])).is_empty());
        assert_eq!(too_much(&names(&["regex"])).len(), 1);
        let many: BTreeSet<String> = (0..MAX_IN_EVENTS).map(|number| number.to_string()).collect();
        assert_eq!(too_much(&many).len(), 1);
        assert_eq!(beside_plain(&many).len(), 1);
        assert!(beside_plain(&names(&["wx-render", "fast_qr"])).is_empty());
    }

    #[test]
    fn tests_may_use_more_than_the_crate() {
        let tree = tree(crate::root(), &["--package", "wx-model"]).unwrap();
        assert!(tree.contains("serde_derive") && !tree.contains("insta"), "{tree:?}");
    }
}
