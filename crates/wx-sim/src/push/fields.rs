use super::{FieldValue, PushShape};
use crate::Error;

/// The elements of a push in their order, the nested ones in theirs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, Node)>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Leaf(FieldValue),
    Group(Fields),
}

impl Fields {
    pub(crate) fn with(mut self, name: &str, value: impl Into<FieldValue>) -> Self {
        self.0.push((name.to_owned(), Node::Leaf(value.into())));
        self
    }

    pub(crate) fn and(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }

    /// Sets the field at a path such as `ScanCodeInfo.ScanType` or `SubscribeMsgPopupEvent.List[1].TemplateId`; what is
    /// missing on the way is made.
    pub(crate) fn set(&mut self, path: &str, value: FieldValue) -> Result<(), Error> {
        value.check()?;
        if self.leaves() >= MOST_FIELDS {
            return Err(Error::Field { reason: "a push has 200 fields at most" });
        }
        let steps =
            path.split('.').map(step).collect::<Option<Vec<_>>>().filter(|steps| steps.len() <= DEEPEST);
        let steps = steps
            .ok_or(Error::Field { reason: "a path is up to five names and dots, such as `List[1].Name`" })?;
        if steps.iter().any(|(name, _)| RESERVED.contains(name)) {
            return Err(Error::Field {
                reason: "the addresses, the time and the type of a push are the simulator's",
            });
        }
        self.set_at(&steps, value)
    }

    /// The text of a top-level field.
    pub(crate) fn text_of(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.and_then(|(_, node)| match node {
            Node::Leaf(value) => Some(value.text()),
            Node::Group(_) => None,
        })
    }

    /// The whole document.
    pub(crate) fn document(&self, shape: PushShape) -> String {
        let (indent, end) = match shape {
            PushShape::SingleLine => ("", ""),
            PushShape::Indented => ("  ", "\n"),
            _ => ("", "\n"),
        };
        let mut lines: Vec<_> = self.0.iter().map(|(name, node)| element(name, node, shape)).collect();
        match shape {
            PushShape::Reordered => lines.reverse(),
            PushShape::UnknownFields => {
                lines.insert(0, "<URL><![CDATA[http://203.0.113.9/]]></URL>".to_owned());
                lines.push("<Unknown><Inner>1</Inner><Inner/></Unknown>".to_owned());
            }
            _ => {}
        }
        let lines: String = lines.iter().flat_map(|line| [indent, line, end]).collect();
        format!("<xml>{end}{lines}</xml>")
    }

    fn set_at(&mut self, steps: &[(&str, usize)], value: FieldValue) -> Result<(), Error> {
        let Some(((name, place), rest)) = steps.split_first() else { return Ok(()) };
        let node = self.nth(name, *place)?;
        if rest.is_empty() {
            *node = Node::Leaf(value);
            return Ok(());
        }
        if matches!(node, Node::Leaf(_)) {
            *node = Node::Group(Self::default());
        }
        match node {
            Node::Group(group) => group.set_at(rest, value),
            Node::Leaf(_) => Ok(()),
        }
    }

    /// The field of that name and place among its namesakes, made where it is the next.
    fn nth(&mut self, name: &str, place: usize) -> Result<&mut Node, Error> {
        let namesakes = self.0.iter().filter(|(known, _)| known == name).count();
        if place > namesakes {
            return Err(Error::Field { reason: "fields of one name are counted from 0 without gaps" });
        }
        if place == namesakes {
            self.0.push((name.to_owned(), Node::Group(Self::default())));
        }
        let mut found = self.0.iter_mut().filter(|(known, _)| known == name);
        found.nth(place).map(|(_, node)| node).ok_or(Error::Field { reason: "there is no such field" })
    }

    fn leaves(&self) -> usize {
        let count = |node: &Node| match node {
            Node::Leaf(_) => 1,
            Node::Group(group) => group.leaves(),
        };
        self.0.iter().map(|(_, node)| count(node)).sum()
    }
}

const MOST_FIELDS: usize = 200;
const DEEPEST: usize = 5;
const RESERVED: [&str; 5] = ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Event"];

/// `List[1]` is the second field of that name; without a number the first is meant.
fn step(text: &str) -> Option<(&str, usize)> {
    let (name, place) = match text.split_once('[') {
        None => (text, 0),
        Some((name, rest)) => (name, rest.strip_suffix(']')?.parse().ok()?),
    };
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let good =
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.len() <= 64 && name.chars().all(letters);
    good.then_some((name, place))
}

fn element(name: &str, node: &Node, shape: PushShape) -> String {
    match node {
        Node::Leaf(value) => format!("<{name}>{}</{name}>", value.xml(shape)),
        Node::Group(group) => {
            let inner: String = group.0.iter().map(|(name, node)| element(name, node, shape)).collect();
            format!("<{name}>{inner}</{name}>")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(paths: &[(&str, FieldValue)]) -> Result<String, Error> {
        let mut fields = Fields::default();
        for (path, value) in paths {
            fields.set(path, value.clone())?;
        }
        Ok(fields.document(PushShape::SingleLine))
    }

    #[test]
    fn a_path_makes_what_is_missing_and_replaces_what_is_there() {
        let document = set(&[
            ("Count", 1_i64.into()),
            ("A.List[0].Id", "x".into()),
            ("A.List[1].Id", "y".into()),
            ("A.List.Id", "z".into()),
            ("Count", "2".into()),
        ]);
        let expected = "<xml><Count><![CDATA[2]]></Count><A><List><Id><![CDATA[z]]></Id></List>\
                        <List><Id><![CDATA[y]]></Id></List></A></xml>";
        assert_eq!(document.unwrap(), expected);
    }

    #[test]
    fn hostile_fields_are_refused() {
        for (path, value) in [
            ("", "a".into()),
            ("a b", "a".into()),
            ("<a>", "a".into()),
            ("1a", "a".into()),
            ("A[2]", "a".into()),
            ("A[x]", "a".into()),
            ("A[18446744073709551616]", "a".into()),
            ("a.b.c.d.e.f", "a".into()),
            ("Event", "a".into()),
            ("A", FieldValue::number("1e9")),
            ("A", FieldValue::number("")),
            ("A", "\0".into()),
            ("A", "a".repeat(8193).into()),
        ] {
            assert!(matches!(set(&[(path, value)]), Err(Error::Field { .. })), "{path}");
        }
        let many: Vec<_> = (0..=200).map(|number| (format!("F{number}"), FieldValue::from("a"))).collect();
        let many: Vec<_> = many.iter().map(|(path, value)| (path.as_str(), value.clone())).collect();
        assert!(set(&many[..200]).is_ok() && set(&many).is_err());
    }

    #[test]
    fn shapes_differ_in_everything_but_the_meaning() {
        let fields = Fields::default().with("A", "1 & <b>").with("B", 2_i64);
        for (shape, expected) in [
            (PushShape::Usual, "<xml>\n<A><![CDATA[1 & <b>]]></A>\n<B>2</B>\n</xml>"),
            (PushShape::SingleLine, "<xml><A><![CDATA[1 & <b>]]></A><B>2</B></xml>"),
            (PushShape::Indented, "<xml>\n  <A><![CDATA[1 & <b>]]></A>\n  <B>2</B>\n</xml>"),
            (PushShape::Reordered, "<xml>\n<B>2</B>\n<A><![CDATA[1 & <b>]]></A>\n</xml>"),
            (PushShape::Undecorated, "<xml>\n<A>1 &amp; &lt;b&gt;</A>\n<B>2</B>\n</xml>"),
        ] {
            assert_eq!(fields.document(shape), expected);
        }
        let unknown = fields.document(PushShape::UnknownFields);
        assert!(
            unknown.starts_with("<xml>\n<URL>") && unknown.contains("<A>") && unknown.contains("<Unknown>")
        );
    }
}
