use regex::{Regex, RegexBuilder};
use std::fmt;

/// What a text must look like: a scene, a message, or a field.
///
/// | | Matches | |
/// |---|---|---|
/// | [`exact`](Self::exact) | the whole text, nothing else | also `"shop-042".into()` |
/// | [`prefix`](Self::prefix) | the beginning of the text | `""` matches every text |
/// | [`glob`](Self::glob) | the whole text | `*` any characters or none, `?` any one character, `\` takes the next one as it is |
/// | [`regex`](Self::regex) | any part of the text | syntax of the `regex` crate; `^` and `$` are the ends of the text |
///
/// Letters match in their case; a regular expression ignores it with `(?i)` at its start. A character is a Unicode
/// scalar value, so one Chinese character is one `?`. Matching takes time linear in the text.
///
/// ```
/// use wx_events::Pattern;
///
/// assert!(Pattern::prefix("shop-").matches("shop-042"));
/// assert!(Pattern::glob("上海-??-*")?.matches("上海-徐汇-7"));
/// assert!(Pattern::glob(r"50\*")?.matches("50*"));
/// assert!(Pattern::regex(r"^table-\d+$")?.matches("table-7"));
/// assert_eq!(
///     Pattern::glob(r"shop-\").unwrap_err().to_string(),
///     r#"the glob "shop-\" ends with a \ that has nothing to escape; write \\ for one"#,
/// );
/// # Ok::<(), wx_events::InvalidPattern>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pattern(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Exact(String),
    Prefix(String),
    Glob(String, Regex),
    Regex(Regex),
}

impl Pattern {
    /// This text.
    pub fn exact(text: impl Into<String>) -> Self {
        Self(Kind::Exact(text.into()))
    }

    /// Every text that begins so.
    pub fn prefix(text: impl Into<String>) -> Self {
        Self(Kind::Prefix(text.into()))
    }

    /// Every text that is as a whole like `glob`, with `*`, `?` and `\` as above. There are no other signs.
    ///
    /// # Errors
    ///
    /// [`InvalidPattern`] for a `\` at the end, or a pattern that is too large.
    pub fn glob(glob: &str) -> Result<Self, InvalidPattern> {
        Ok(Self(Kind::Glob(glob.to_owned(), glob_as_regex(glob)?)))
    }

    /// Every text with a part that this regular expression describes.
    ///
    /// # Errors
    ///
    /// [`InvalidPattern`] for what is no regular expression, or one that takes more than 1 MiB when compiled.
    pub fn regex(regex: &str) -> Result<Self, InvalidPattern> {
        match compile(regex) {
            Ok(regex) => Ok(Self(Kind::Regex(regex))),
            Err(error) => Err(invalid(regex, Reason::Regex(error))),
        }
    }

    /// Whether `text` is like this.
    pub fn matches(&self, text: &str) -> bool {
        match &self.0 {
            Kind::Exact(exact) => text == exact,
            Kind::Prefix(prefix) => text.starts_with(prefix),
            Kind::Glob(_, regex) | Kind::Regex(regex) => regex.is_match(text),
        }
    }
}

/// As a rule describes itself: `"shop-042"`, `prefix "shop-"`, `glob "shop-*"`, `regex "^shop-"`.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Exact(text) => write!(f, "{text:?}"),
            Kind::Prefix(text) => write!(f, "prefix {text:?}"),
            Kind::Glob(text, _) => write!(f, "glob {}", raw(text)),
            Kind::Regex(regex) => write!(f, "regex {}", raw(regex.as_str())),
        }
    }
}

/// Exactly this text.
impl From<&str> for Pattern {
    fn from(text: &str) -> Self {
        Self::exact(text)
    }
}

/// Exactly this text.
impl From<String> for Pattern {
    fn from(text: String) -> Self {
        Self::exact(text)
    }
}

/// More than any pattern for a scene of 64 bytes needs.
const MAX_COMPILED_BYTES: usize = 1 << 20;

fn compile(regex: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(regex).size_limit(MAX_COMPILED_BYTES).build()
}

fn glob_as_regex(glob: &str) -> Result<Regex, InvalidPattern> {
    let mut regex = String::from(r"(?s)\A");
    let mut characters = glob.chars();
    while let Some(character) = characters.next() {
        match character {
            '*' => regex.push_str(".*"),
            '?' => regex.push('.'),
            '\\' => {
                let escaped = characters.next().ok_or_else(|| invalid(glob, Reason::Escape))?;
                push_literal(&mut regex, escaped);
            }
            literal => push_literal(&mut regex, literal),
        }
    }
    regex.push_str(r"\z");
    compile(&regex).map_err(|_| invalid(glob, Reason::GlobSize))
}

fn invalid(pattern: &str, reason: Reason) -> InvalidPattern {
    InvalidPattern { pattern: pattern.to_owned(), reason }
}

fn push_literal(regex: &mut String, literal: char) {
    regex.push_str(&regex::escape(literal.encode_utf8(&mut [0; 4])));
}

/// Why a text is no [`Pattern`]. For a regular expression the source is what its parser says, with the place.
#[derive(Debug, Clone, PartialEq)]
pub struct InvalidPattern {
    pattern: String,
    reason: Reason,
}

#[derive(Debug, Clone, PartialEq)]
enum Reason {
    Escape,
    GlobSize,
    Regex(regex::Error),
}

impl fmt::Display for InvalidPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { pattern, reason } = self;
        match reason {
            Reason::Escape => {
                write!(
                    f,
                    r"the glob {} ends with a \ that has nothing to escape; write \\ for one",
                    raw(pattern)
                )
            }
            Reason::GlobSize => {
                write!(f, "the glob of {} bytes is too long; use a shorter one", pattern.len())
            }
            Reason::Regex(regex::Error::CompiledTooBig(limit)) => {
                write!(f, "the regex takes more than {limit} bytes when compiled; use smaller repetitions")
            }
            Reason::Regex(error) => write!(f, "the regex {} is not valid: {}", raw(pattern), gist(error)),
        }
    }
}

impl std::error::Error for InvalidPattern {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.reason {
            Reason::Regex(error) => Some(error),
            _ => None,
        }
    }
}

/// In quotes and on one line, with backslashes as they were typed.
fn raw(pattern: &str) -> String {
    let shown = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    format!("\"{}\"", pattern.chars().map(shown).collect::<String>())
}

/// The last line of what the parser says; the lines before it show the place.
fn gist(error: &regex::Error) -> String {
    let told = error.to_string();
    let last = told.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}
