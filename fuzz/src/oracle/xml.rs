use super::{Element, MAX_DEPTH, MAX_ELEMENTS, MAX_TAG, MAX_TEXT, Reading, is_character, text};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::collections::HashSet;

/// Reads a body as XML, or refuses it.
pub(crate) fn read_xml(body: &[u8]) -> Option<Reading<String>> {
    // One byte order mark is none of the document; quick-xml would pass over a second one.
    let text = text(body).filter(|text| !text.starts_with('\u{feff}'))?;
    let before = body.len() - text.len();
    let mut reader = Reader::from_str(text);
    let mut walk = Walk::default();
    loop {
        let start = position(&reader);
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                let end = position(&reader);
                walk.open(&tag, end - start, Some(before + end))?;
            }
            Event::Empty(tag) => {
                walk.open(&tag, position(&reader) - start, None)?;
                walk.close();
            }
            Event::End(_) => walk.close(),
            Event::Text(text) => walk.bare(&text.into_inner())?,
            Event::CData(text) => walk.text(&text.into_inner())?,
            Event::GeneralRef(name) => walk.character(character(&name.into_inner())?)?,
            Event::Comment(text) => walk.is_odd |= !is_comment(&text.into_inner()),
            Event::PI(pi) => walk.is_odd |= !is_instruction(pi.target(), pi.content()),
            Event::Decl(declaration) => walk.is_odd |= start > 0 || !is_declaration(&declaration),
            Event::DocType(_) => return None,
            Event::Eof => return walk.finish(),
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).expect("a body fits into memory")
}

/// Open elements stand in a stack, so that depth costs no stack of the machine.
#[derive(Default)]
struct Walk {
    /// The root first. Elements beyond a limit are counted and not kept.
    open: Vec<Element<String>>,
    beyond: usize,
    root: Option<Element<String>>,
    elements: usize,
    /// Bytes of text since the last tag.
    text: usize,
    is_beyond_limits: bool,
    is_odd: bool,
    inside: Option<usize>,
}

impl Walk {
    /// `bytes` are those of the tag with its brackets.
    fn open(&mut self, tag: &BytesStart<'_>, bytes: usize, inside: Option<usize>) -> Option<()> {
        let name = tag.name().into_inner();
        self.is_odd |= name_kind(name)? == Name::Odd || !are_attributes(tag.attributes_raw());
        self.is_beyond_limits |= bytes - "<>".len() > MAX_TAG;
        self.text = 0;
        if self.open.is_empty() {
            if self.root.is_some() {
                return None;
            }
            self.inside = inside;
            self.open.push(Element::new(name));
            return Some(());
        }
        self.elements += 1;
        self.is_beyond_limits |= self.open.len() > MAX_DEPTH || self.elements > MAX_ELEMENTS;
        if self.is_beyond_limits {
            self.beyond += 1;
        } else {
            self.open.push(Element::new(name));
        }
        Some(())
    }

    fn close(&mut self) {
        self.text = 0;
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let closed = self.open.pop().expect("quick-xml has matched the tags");
        match self.open.last_mut() {
            Some(parent) => parent.children.push(closed),
            None => self.root = Some(closed),
        }
    }

    fn bare(&mut self, text: &str) -> Option<()> {
        self.is_odd |= text.contains("]]>");
        if self.open.is_empty() && text.chars().all(is_blank) { Some(()) } else { self.text(text) }
    }

    /// Line ends are one character, characters that XML forbids are none.
    fn text(&mut self, text: &str) -> Option<()> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        text.chars().try_for_each(|c| self.character(c)).filter(|()| !self.open.is_empty())
    }

    fn character(&mut self, character: char) -> Option<()> {
        let element = self.open.last_mut()?;
        if is_character(character) {
            element.value.push(character);
            self.text += character.len_utf8();
            self.is_beyond_limits |= self.text > MAX_TEXT;
        }
        Some(())
    }

    fn finish(self) -> Option<Reading<String>> {
        let root = self.root.filter(|_| self.open.is_empty() && self.beyond == 0)?;
        Some(Reading {
            root,
            is_within_limits: !self.is_beyond_limits,
            is_odd: self.is_odd,
            inside: self.inside,
        })
    }
}

/// What a reference stands for: a character of a number, or one of the five entities that XML itself declares.
fn character(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        let declared = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
        return declared.into_iter().find(|(known, _)| *known == name).map(|(_, character)| character);
    };
    let (digits, radix) = match number.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    if digits.is_empty() {
        return None;
    }
    digits
        .chars()
        .try_fold(0_u32, |sum, digit| add(sum, digit.to_digit(radix)?, radix))
        .and_then(char::from_u32)
}

fn add(sum: u32, digit: u32, radix: u32) -> Option<u32> {
    sum.checked_mul(radix)?.checked_add(digit)
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

#[derive(PartialEq)]
enum Name {
    Good,
    /// Its letters beyond ASCII are none that XML allows there.
    Odd,
}

/// XML 1.0 §2.3; nothing if the letters of ASCII are wrong already.
fn name_kind(name: &str) -> Option<Name> {
    let starts = |c: char| matches!(c, 'A'..='Z' | 'a'..='z' | '_' | ':') || !c.is_ascii();
    let goes_on = |c: char| starts(c) || matches!(c, '0'..='9' | '-' | '.');
    if !name.starts_with(starts) || !name.chars().all(goes_on) || !name.chars().all(is_character) {
        return None;
    }
    let is_letter = |c: char| c.is_ascii() || is_name_start(c);
    let is_good = name.starts_with(is_letter)
        && name
            .chars()
            .all(|c| is_letter(c) || matches!(c, '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}'));
    Some(if is_good { Name::Good } else { Name::Odd })
}

/// Beyond ASCII.
fn is_name_start(c: char) -> bool {
    matches!(c,
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
        | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

/// Attributes without references, each after a blank, none twice.
fn are_attributes(mut rest: &str) -> bool {
    let mut names = HashSet::new();
    loop {
        let start = rest.trim_start_matches(is_blank);
        if start.is_empty() {
            return true;
        }
        let Some((name, after)) = attribute(start).filter(|_| start.len() < rest.len()) else { return false };
        if !names.insert(name) {
            return false;
        }
        rest = after;
    }
}

/// The name of the first attribute, and what stands behind it.
fn attribute(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.split_once('=')?;
    let name = name.trim_end_matches(is_blank);
    let rest = rest.trim_start_matches(is_blank);
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, rest) = rest[1..].split_once(quote)?;
    let is_plain =
        name_kind(name)? == Name::Good && value.chars().all(|c| is_character(c) && !matches!(c, '<' | '&'));
    is_plain.then_some((name, rest))
}

fn is_comment(text: &str) -> bool {
    !text.contains("--") && !text.ends_with('-') && text.chars().all(is_character)
}

fn is_instruction(target: &str, content: &str) -> bool {
    name_kind(target) == Some(Name::Good)
        && !target.eq_ignore_ascii_case("xml")
        && (content.is_empty() || content.starts_with(is_blank))
        && content.chars().all(is_character)
}

/// `xml version="1.0"`, perhaps with an encoding.
fn is_declaration(text: &str) -> bool {
    let attributes = text.strip_prefix("xml").unwrap_or_default();
    attributes.trim_start_matches(is_blank).starts_with("version") && are_attributes(attributes)
}
