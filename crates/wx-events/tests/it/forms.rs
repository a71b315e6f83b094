//! One push in several forms is one push.

use insta::assert_snapshot;
use std::{collections::BTreeMap, fs, path::Path};
use wx_events::parse_unverified;
use wx_model::{Fields, Push, PushKey, PushKind};

/// The samples by the names of their files.
fn samples() -> Vec<(String, Push)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pushes");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: &Path| parse_unverified(&fs::read(path).unwrap()).unwrap();
    let mut samples: Vec<_> =
        files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), read(&path))).collect();
    samples.sort_by(|(one, _), (other, _)| one.cmp(other));
    assert!(samples.len() >= 69, "only {} samples", samples.len());
    samples
}

fn read_json(elements: &Elements) -> Push {
    parse_unverified(elements.json().as_bytes()).unwrap()
}

#[test]
fn every_sample_is_the_same_push_as_json() {
    for (file, push) in samples() {
        for are_numbers_bare in [false, true] {
            let read = read_json(&Elements::of(&push.fields, are_numbers_bare));
            assert_eq!(read, push, "{file}");
            assert_eq!(read.dedupe_key(), push.dedupe_key(), "{file}");
        }
    }
}

#[test]
fn no_name_depends_on_the_case_of_its_letters() {
    for (file, push) in samples() {
        for turn in [str::to_uppercase, str::to_lowercase] {
            let mut elements = Elements::of(&push.fields, false);
            elements.turn(&["MsgType", "Event", "InfoType"], turn);
            let read = read_json(&elements);
            if file != "push_unknown_event.xml" {
                assert_eq!(read.kind, push.kind, "{file}");
            }
            assert_eq!((read.class(), read.person()), (push.class(), push.person()), "{file}");
        }
    }
}

/// The second copy of a push in compatible mode has other bytes in every delivery. Notices never have one.
#[test]
fn the_second_copy_is_no_part_of_the_push() {
    for (file, push) in samples().into_iter().filter(|(_, push)| push.notice().is_none()) {
        let mut elements = Elements::of(&push.fields, false);
        elements.0.push(("Encrypt".to_owned(), vec![Element::Leaf("\"AAAA\"".to_owned())]));
        let read = read_json(&elements);
        assert_eq!((&read.kind, read.dedupe_key()), (&push.kind, push.dedupe_key()), "{file}");
    }
}

/// Three ways to write the same organic follow, and two messages that the samples give one `MsgId`.
#[test]
fn samples_that_are_one_push_have_one_key() {
    let mut keys: BTreeMap<PushKey, Vec<String>> = BTreeMap::new();
    for (file, push) in samples() {
        keys.entry(push.dedupe_key()).or_default().push(file);
    }
    let several = keys.iter().filter(|(_, files)| files.len() > 1);
    let told: Vec<_> = several.map(|(key, files)| format!("{key}\n  {}", files.join("\n  "))).collect();
    assert_snapshot!(told.join("\n"));
}

#[test]
fn no_credential_of_a_sample_is_printed() {
    let notices = samples().into_iter().filter(|(_, push)| matches!(push.kind, PushKind::Notice(_)));
    let printed: Vec<_> = notices.map(|(_, push)| format!("{push:?} {:?}", push.dedupe_key())).collect();
    assert_eq!(printed.len(), 3);
    assert!(printed.iter().all(|text| !text.contains("@@@")), "{printed:?}");
    assert!(printed.iter().any(|text| text.contains("VerifyTicket([redacted])")), "{printed:?}");
}

/// The members of a JSON object, siblings of one name together.
#[derive(Default)]
struct Elements(Vec<(String, Vec<Element>)>);

enum Element {
    /// A text or a number, as JSON.
    Leaf(String),
    Parent(Elements),
}

impl Elements {
    fn of(fields: &Fields, are_numbers_bare: bool) -> Self {
        let mut elements = Self::default();
        for (path, text) in fields.iter() {
            let is_number = text.parse::<u64>().is_ok_and(|number| number.to_string() == text);
            let text = if is_number && are_numbers_bare { text.to_owned() } else { quoted(text) };
            elements.add(&path, text);
        }
        elements
    }

    fn add(&mut self, path: &str, text: String) {
        let (segment, rest) = match path.split_once('.') {
            Some((segment, rest)) => (segment, Some(rest)),
            None => (path, None),
        };
        let (name, number) =
            segment.strip_suffix(']').and_then(|s| s.split_once('[')).unwrap_or((segment, "0"));
        let at = self.0.iter().position(|(other, _)| other == name).unwrap_or_else(|| {
            self.0.push((name.to_owned(), Vec::new()));
            self.0.len() - 1
        });
        let siblings = &mut self.0[at].1;
        let Some(rest) = rest else { return siblings.push(Element::Leaf(text)) };
        if siblings.len() <= number.parse().unwrap() {
            siblings.push(Element::Parent(Self::default()));
        }
        let Some(Element::Parent(inner)) = siblings.last_mut() else {
            panic!("{path} is a leaf and a parent")
        };
        inner.add(rest, text);
    }

    fn turn(&mut self, names: &[&str], turn: fn(&str) -> String) {
        for (_, siblings) in self.0.iter_mut().filter(|(name, _)| names.contains(&name.as_str())) {
            for sibling in siblings {
                if let Element::Leaf(text) = sibling {
                    *text = turn(text);
                }
            }
        }
    }

    fn json(&self) -> String {
        let members = self.0.iter().map(|(name, siblings)| {
            let siblings = siblings.iter().map(|sibling| match sibling {
                Element::Leaf(text) => text.clone(),
                Element::Parent(inner) => inner.json(),
            });
            let siblings: Vec<_> = siblings.collect();
            match &siblings[..] {
                [one] => format!("{}:{one}", quoted(name)),
                several => format!("{}:[{}]", quoted(name), several.join(",")),
            }
        });
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}
