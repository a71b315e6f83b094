use anyhow::{Context, bail, ensure};

/// One line of `errcodes.tsv`, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ErrCodeRow<'a> {
    pub(super) code: i64,
    pub(super) name: &'a str,
    pub(super) meaning_en: &'a str,
    pub(super) meaning_zh: &'a str,
    /// Variant of `ErrClass`.
    pub(super) class: &'static str,
    pub(super) wire: Option<&'a str>,
    /// Variant of `Retry`.
    pub(super) retry: &'static str,
}

impl<'a> ErrCodeRow<'a> {
    pub(super) const HEADER: &'static str =
        "code\tname\tmeaning_en\tmeaning_zh\tclass\terrmsg_wire\tretry\tsource";

    pub(super) fn read(line: &'a str) -> anyhow::Result<Self> {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[code, name, meaning_en, meaning_zh, class, wire, retry, _source] = columns.as_slice() else {
            bail!("{} columns instead of 8", columns.len());
        };
        ensure!(is_name(name), "{name:?} is no name: lower-case words with underscores");
        ensure!(!meaning_en.is_empty() && !meaning_zh.is_empty(), "both meanings are needed");
        Ok(Self {
            code: code.parse().with_context(|| format!("{code:?} is no number"))?,
            name,
            meaning_en,
            meaning_zh,
            class: variant(class, &["Retry", "Token", "Quota", "Param", "Permission", "Other"])?,
            wire: (wire != "-").then_some(wire),
            retry: variant(retry, &["Backoff", "Refresh", "Window", "No"])?,
        })
    }

    /// The name of the constant.
    pub(super) fn constant(&self) -> String {
        self.name.to_ascii_uppercase()
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

fn variant(word: &str, variants: &[&'static str]) -> anyhow::Result<&'static str> {
    let known = |variant: &&&str| variant.to_ascii_lowercase() == word;
    variants
        .iter()
        .find(known)
        .copied()
        .with_context(|| format!("{word:?} is none of {variants:?} in lower case"))
}
