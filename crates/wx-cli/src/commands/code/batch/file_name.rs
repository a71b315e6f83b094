use super::plan::PlanRow;
use crate::failure::{Failure, Outcome};
use std::{
    collections::HashSet,
    fmt::Write,
    hash::{DefaultHasher, Hash, Hasher},
};
use wx_render::Format;

/// The longest name without its extension, in bytes; file systems take 255.
const LONGEST: usize = 120;
/// Names of devices on Windows, with whatever extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Other files of the folder.
const OURS: [&str; 2] = ["manifest", "sheet"];

/// Names the pictures of a plan: by a pattern, each different from all others also where case does not count, and none of
/// them leading out of its folder. What had to be changed carries the mark of its code, so that two stay two.
#[derive(Debug)]
pub(crate) struct FileNames {
    pattern: String,
    /// What the end of the pattern says.
    format: Option<Format>,
    /// Fingerprints of all names, while the plan is checked.
    seen: Vec<u64>,
    /// Those that came more than once.
    shared: HashSet<u64>,
}

impl FileNames {
    /// A pattern with `{scene}`, `{channel}`, `{line}` and `{kind}`; the extension of a picture at its end says its format.
    pub(crate) fn new(pattern: &str) -> Outcome<Self> {
        let (stem, format) = parts(pattern);
        let left = ["{scene}", "{channel}", "{line}", "{kind}"]
            .iter()
            .fold(stem.to_owned(), |text, place| text.replace(place, ""));
        if stem.is_empty() || left.contains(['{', '}']) {
            return Err(Failure::invalid(format!(
                "a pattern of file names has {{scene}}, {{channel}}, {{line}} and {{kind}} in it and no other braces, as in \
                 {{channel}}-{{scene}}.png, not {pattern}"
            )));
        }
        Ok(Self { pattern: stem.to_owned(), format, seen: Vec::new(), shared: HashSet::new() })
    }

    /// The format that the pattern says.
    pub(crate) fn format(&self) -> Option<Format> {
        self.format
    }

    /// Looks at a row of the plan.
    pub(crate) fn see(&mut self, row: &PlanRow) {
        self.seen.push(fingerprint(&self.wished(row).0));
    }

    /// The whole plan was looked at.
    pub(crate) fn seen(&mut self) {
        let mut seen = std::mem::take(&mut self.seen);
        seen.sort_unstable();
        self.shared = seen.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    }

    /// The name of the row's picture, without an extension.
    pub(crate) fn name(&self, row: &PlanRow) -> String {
        let (name, was_changed) = self.wished(row);
        if was_changed || self.shared.contains(&fingerprint(&name)) {
            return format!("{name}~{}", mark(row));
        }
        name
    }

    /// The pattern; of a row without a channel, also without the stroke between that and the next.
    fn pattern_of(&self, row: &PlanRow) -> String {
        if row.channel.is_some() {
            return self.pattern.clone();
        }
        ["{channel}-", "-{channel}", "{channel}_", "_{channel}"]
            .iter()
            .fold(self.pattern.clone(), |pattern, place| pattern.replace(place, ""))
    }

    /// The name by the pattern or the row, made safe, and whether that changed it.
    fn wished(&self, row: &PlanRow) -> (String, bool) {
        let raw = match &row.file {
            Some(file) => parts(file).0.to_owned(),
            None => self
                .pattern_of(row)
                .replace("{line}", &row.line.to_string())
                .replace("{kind}", row.request.action_name().as_str())
                .replace("{channel}", row.channel.as_ref().map_or("", |name| name.as_str()))
                // Last, because a scene may hold braces.
                .replace("{scene}", row.request.scene_value().as_str()),
        };
        let safe = safe(&raw);
        let was_changed = safe != raw;
        (safe, was_changed)
    }
}

/// The name without the extension of a picture, and what that says.
fn parts(name: &str) -> (&str, Option<Format>) {
    let cut = name.rsplit_once('.').and_then(|(stem, end)| Some((stem, end.parse().ok()?)));
    cut.map_or((name, None), |(stem, format)| (stem, Some(format)))
}

/// A name that every file system takes as one name in its folder.
fn safe(raw: &str) -> String {
    let is_bad = |c: char| {
        c.is_control()
            || "/\\:*?\"<>|~".contains(c)
            // Marks of direction make a name look like another one.
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let mut name = String::new();
    for c in raw.chars() {
        let c = if is_bad(c) { '_' } else { c };
        if name.len() + c.len_utf8() > LONGEST {
            break;
        }
        name.push(c);
    }
    let name = name.trim_end_matches([' ', '.']);
    let name = name.trim_start_matches([' ', '.']);
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_port = |stem: &str| {
        let number = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
        number.is_some_and(|number| number.chars().count() == 1 && number.chars().all(char::is_numeric))
    };
    if name.is_empty() {
        "code".to_owned()
    } else if DEVICES.contains(&stem.as_str()) || is_port(&stem) || OURS.contains(&stem.as_str()) {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

/// Case does not count on many systems.
fn fingerprint(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.to_lowercase().hash(&mut hasher);
    hasher.finish()
}

/// Tells a code from all others of its plan.
fn mark(row: &PlanRow) -> String {
    let mut hasher = DefaultHasher::new();
    (row.request.action_name(), row.request.scene_value()).hash(&mut hasher);
    let mut mark = String::new();
    let _ = write!(mark, "{:016x}", hasher.finish());
    mark
}

#[cfg(test)]
mod tests {
    use super::*;
    use wx_model::{CreateRequest, PermanentScene};

    fn row(scene: &str, file: Option<&str>) -> PlanRow {
        let request = CreateRequest::permanent(PermanentScene::str(scene).unwrap());
        let channel = Some(wx_channel::ChannelName::new("门店").unwrap());
        PlanRow { line: 2, request, channel, file: file.map(str::to_owned), caption: None }
    }

    #[test]
    fn a_plain_name_stays_and_a_tricky_one_stays_in_the_folder() {
        let names = FileNames::new("{channel}-{scene}.png").unwrap();
        assert_eq!(names.name(&row("shop-042", None)), "门店-shop-042");
        let long = "x".repeat(300);
        let tricks = [
            "../../etc/passwd",
            "..",
            ".",
            "a/b",
            "a\\b",
            "C:x",
            "nul",
            "NUL.png",
            "com1.txt",
            "LPT¹",
            "a\0b",
            "a\nb",
            "x ",
            "x.",
            " x",
            ".hidden",
            "a\u{202e}gnp.exe",
            &long,
            "",
            "~",
            "manifest.png",
            "Sheet.pdf",
        ];
        let mut seen = HashSet::new();
        for (number, trick) in tricks.into_iter().enumerate() {
            for scene in [format!("one-{number}"), format!("two-{number}")] {
                let name = names.name(&row(&scene, Some(trick)));
                let path = std::path::Path::new(&name);
                assert!(
                    path.components().count() == 1 && path.file_name().is_some(),
                    "{trick:?} -> {name:?}"
                );
                assert!(!name.contains(['/', '\\', ':', '\0', '\n', '\u{202e}']), "{trick:?} -> {name:?}");
                assert!(!name.starts_with('.') && !name.ends_with([' ', '.']), "{trick:?} -> {name:?}");
                assert!(name.len() < 150 && seen.insert(name.to_lowercase()), "{trick:?} -> {name:?}");
            }
        }
    }

    #[test]
    fn names_that_differ_in_case_alone_are_told_apart() {
        let mut names = FileNames::new("{scene}").unwrap();
        let rows = [row("Shop", None), row("shop", None), row("other", None)];
        for row in &rows {
            names.see(row);
        }
        names.seen();
        let [one, two, other] = rows.each_ref().map(|row| names.name(row).to_lowercase());
        assert!(one != two && one.starts_with("shop~") && two.starts_with("shop~"), "{one} {two}");
        assert_eq!(other, "other");
    }

    #[test]
    fn patterns_with_other_places_are_refused() {
        for pattern in ["{scen}", "{", "", ".png", "{scene}{ticket}"] {
            assert!(FileNames::new(pattern).is_err(), "{pattern}");
        }
    }
}
