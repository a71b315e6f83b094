//! A second reading of bodies: other parsers, other code, the same documentation.
//!
//! Where a sentence of the documentation leaves a verdict open, a reading is marked as odd and either verdict is right;
//! what is read must then still be the same.

mod json;
mod xml;

pub(crate) use json::{Scalar, read_json};
use std::collections::HashMap;
pub(crate) use xml::read_xml;

/// The limits that `wx_events::Limits` documents as usual.
const MAX_DEPTH: usize = 16;
const MAX_ELEMENTS: usize = 1024;
/// Of a tag with its attributes; in JSON, of a name.
const MAX_TAG: usize = 256;
const MAX_TEXT: usize = 64 * 1024;

/// A document that was read.
#[derive(Debug)]
pub(crate) struct Reading<T> {
    root: Element<T>,
    /// Whether it keeps to all limits; only then is it kept whole.
    pub(crate) is_within_limits: bool,
    /// Whether a strict reader may refuse it.
    pub(crate) is_odd: bool,
    /// Where the first element below the root may be put in, if there is room for one.
    pub(crate) inside: Option<usize>,
}

/// What the names of the elements are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Plain,
    /// One has a dot or a bracket, which would read as a path.
    LikePaths,
}

#[derive(Debug)]
struct Element<T> {
    name: String,
    value: T,
    children: Vec<Element<T>>,
}

impl<T: Default> Element<T> {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), value: T::default(), children: Vec::new() }
    }
}

impl<T> Reading<T> {
    /// Every leaf below the root under its path, in document order.
    pub(crate) fn leaves(&self) -> Vec<(String, &T)> {
        let mut leaves = Vec::new();
        self.root.collect("", &mut leaves);
        leaves
    }

    pub(crate) fn names(&self) -> Names {
        if self.is_within_limits && !self.is_odd && self.root.has_plain_names() {
            Names::Plain
        } else {
            Names::LikePaths
        }
    }
}

impl<T> Element<T> {
    /// Below it.
    fn has_plain_names(&self) -> bool {
        self.children.iter().all(|child| !child.name.contains(['.', '[', ']']) && child.has_plain_names())
    }

    fn collect<'a>(&'a self, path: &str, leaves: &mut Vec<(String, &'a T)>) {
        let mut totals: HashMap<&str, usize> = HashMap::new();
        self.children.iter().for_each(|child| *totals.entry(&child.name).or_default() += 1);
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for child in &self.children {
            let number = seen.entry(&child.name).or_default();
            let path = match totals[child.name.as_str()] {
                1 => format!("{path}{}", child.name),
                _ => format!("{path}{}[{number}]", child.name),
            };
            *number += 1;
            if child.children.is_empty() {
                leaves.push((path, &child.value));
            } else {
                child.collect(&(path + "."), leaves);
            }
        }
    }
}

/// The document without a byte order mark, if it is UTF-8 without NUL.
fn text(body: &[u8]) -> Option<&str> {
    let body = Some(body).filter(|body| !body.contains(&0))?;
    std::str::from_utf8(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)).ok()
}

/// Whether XML 1.0 allows the character at all (§2.2).
pub(crate) fn is_character(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
