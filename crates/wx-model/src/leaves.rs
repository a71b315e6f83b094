use crate::{Fields, fields::trim_blanks};
use std::str::FromStr;

/// Leaves as what they mean. Whatever is absent or odd is `None` or empty and never an error: a push is not lost
/// because of one element, and its exact text stays in the fields.
pub(crate) trait Leaves {
    /// The exact text of the leaf at `path`.
    fn exact(&self, path: &str) -> Option<&str>;

    /// A name, a number or an id: without the layout of senders that indent. `None` if it is blank.
    fn word(&self, path: &str) -> Option<&str> {
        self.exact(path).map(trim_blanks).filter(|word| !word.is_empty())
    }

    /// The first of the spellings that is there.
    fn word_of(&self, paths: &[&str]) -> Option<&str> {
        paths.iter().find_map(|path| self.word(path))
    }

    /// A word as its type.
    fn id<'a, T: From<&'a str>>(&'a self, path: &str) -> Option<T> {
        self.word(path).map(T::from)
    }

    /// A word that its kind of push always has; empty if not.
    fn name(&self, path: &str) -> String {
        self.word(path).unwrap_or_default().to_owned()
    }

    /// What somebody wrote: exact, blanks included; empty if it is absent.
    fn text(&self, path: &str) -> String {
        self.exact(path).unwrap_or_default().to_owned()
    }

    /// A number that fits its type.
    fn number<T: FromStr>(&self, path: &str) -> Option<T> {
        self.word(path)?.parse().ok()
    }

    /// A decimal fraction; `NaN` and `inf`, which the standard library reads too, are none.
    fn decimal(&self, path: &str) -> Option<f64> {
        self.number(path).filter(|number: &f64| number.is_finite())
    }

    /// `1` or `0`, in JSON perhaps `true` or `false`.
    fn flag(&self, path: &str) -> Option<bool> {
        match self.word(path)? {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        }
    }
}

impl Leaves for Fields {
    fn exact(&self, path: &str) -> Option<&str> {
        self.get(path)
    }
}
