use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, Visitor},
};
use std::{collections::HashMap, fmt};

/// Every leaf of a push under its path on the wire, in document order.
///
/// Paths join element names with dots; where siblings repeat they are numbered from 0:
/// `EventKey`, `ScanCodeInfo.ScanType`, `Articles.item[1].Title`. Names are case-sensitive, as on the wire.
/// In [`get`](Self::get) a name without a number means the first of its siblings.
///
/// Texts are exact: blanks at their ends are kept, because a person may have typed them.
///
/// ```
/// use wx_model::FieldsBuilder;
///
/// let mut builder = FieldsBuilder::default();
/// builder.leaf("Event", "SCAN");
/// builder.open("List");
/// builder.leaf("Id", "a");
/// builder.close();
/// builder.open("List");
/// builder.leaf("Id", "b");
/// builder.close();
/// let fields = builder.finish();
///
/// assert_eq!(fields.get("Event"), Some("SCAN"));
/// assert_eq!(fields.get("List[1].Id"), Some("b"));
/// assert_eq!(fields.get("List.Id"), Some("a"));
/// assert_eq!(fields.iter().map(|(path, _)| path).collect::<Vec<_>>(), ["Event", "List[0].Id", "List[1].Id"]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// Names and values one after another: one allocation for all of them.
    text: String,
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Node {
    parent: Option<usize>,
    name: Span,
    value: Span,
    is_leaf: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
}

impl Fields {
    /// The text of the leaf at `path`, or `None` if there is no such leaf. A present but empty element is `""`.
    pub fn get(&self, path: &str) -> Option<&str> {
        let mut parent = None;
        for segment in path.split('.') {
            let (name, index) = split_index(segment);
            parent = Some(self.children(parent, name).nth(index)?);
        }
        let node = self.nodes.get(parent?)?;
        node.is_leaf.then(|| self.slice(node.value))
    }

    /// The text of a leaf that is a name, a number or an id, without the blanks of senders that indent.
    pub(crate) fn trimmed(&self, path: &str) -> Option<&str> {
        self.get(path).map(trim_blanks)
    }

    /// All leaves as path and text, in document order.
    pub fn iter(&self) -> impl Iterator<Item = (String, &str)> {
        let paths = self.paths();
        self.nodes
            .iter()
            .zip(paths)
            .filter(|(node, _)| node.is_leaf)
            .map(|(node, path)| (path, self.slice(node.value)))
    }

    /// Whether there is no element at all.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    fn children(&self, parent: Option<usize>, name: &str) -> impl Iterator<Item = usize> {
        let matches = move |node: &Node| node.parent == parent && self.slice(node.name) == name;
        self.nodes.iter().enumerate().filter(move |(_, node)| matches(node)).map(|(index, _)| index)
    }

    fn paths(&self) -> Vec<String> {
        let mut siblings: HashMap<(Option<usize>, &str), (usize, usize)> = HashMap::new();
        for node in &self.nodes {
            siblings.entry((node.parent, self.slice(node.name))).or_default().1 += 1;
        }
        let mut paths: Vec<String> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let name = self.slice(node.name);
            let (next, count) = siblings.entry((node.parent, name)).or_default();
            let mut path = node.parent.map(|parent| format!("{}.", paths[parent])).unwrap_or_default();
            path.push_str(name);
            if *count > 1 {
                path.extend(["[", &next.to_string(), "]"]);
                *next += 1;
            }
            paths.push(path);
        }
        paths
    }

    fn slice(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }
}

/// As a map from path to text.
impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// Reads a map from path to text back, in the order in which it was written: what [`Fields::iter`] then gives is that
/// map again. A map that no document leads to is refused: a path twice, numbers that do not count up from 0 or stand
/// alone, an element that goes on after another one began, more than 64 elements inside each other.
///
/// Element names with a dot or a bracket of their own, which the platform has none of, are not told from paths.
impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Leaves)
    }
}

struct Leaves;

impl<'de> Visitor<'de> for Leaves {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map from path to text")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut leaves: A) -> Result<Fields, A::Error> {
        let mut reader = PathReader::default();
        while let Some((path, text)) = leaves.next_entry::<String, String>()? {
            reader.leaf(path, &text).map_err(A::Error::custom)?;
        }
        reader.finish().map_err(A::Error::custom)
    }
}

/// Turns paths back into the elements that lie on them.
#[derive(Default)]
struct PathReader {
    builder: FieldsBuilder,
    paths: Vec<String>,
}

/// Far deeper than any push (protocol §7); every level costs time and memory.
const MAX_DEPTH: usize = 64;

impl PathReader {
    fn leaf(&mut self, path: String, text: &str) -> Result<(), &'static str> {
        let depth = path.split('.').count();
        if depth > MAX_DEPTH {
            return Err("a path has more than 64 elements; no push is that deep");
        }
        let parents = self.builder.depth().min(depth - 1);
        let before = self.paths.last().map_or("", String::as_str);
        let pairs = path.split('.').zip(before.split('.')).take(parents);
        let shared = pairs.take_while(|(segment, other)| segment == other).count();
        while self.builder.depth() > shared {
            self.builder.close();
        }
        path.split('.').skip(shared).for_each(|segment| self.builder.open(split_index(segment).0));
        self.builder.text(text);
        self.builder.close();
        self.paths.push(path);
        Ok(())
    }

    /// The elements alone decide their numbers, so whatever did not follow comes out different.
    fn finish(self) -> Result<Fields, &'static str> {
        let fields = self.builder.finish();
        if fields.iter().map(|(path, _)| path).eq(self.paths) {
            Ok(fields)
        } else {
            Err("the paths are not those of one document in its order; write them as Fields does")
        }
    }
}

/// Collects [`Fields`] while a document is read.
#[derive(Debug, Default)]
pub struct FieldsBuilder {
    fields: Fields,
    open: Vec<usize>,
}

impl FieldsBuilder {
    /// Room for a document of `bytes` with about `elements` elements, so that building allocates twice.
    pub fn with_capacity(bytes: usize, elements: usize) -> Self {
        let fields = Fields { text: String::with_capacity(bytes), nodes: Vec::with_capacity(elements) };
        Self { fields, open: Vec::new() }
    }

    /// An element begins. Until it has children it counts as a leaf; with the first one its text was layout.
    pub fn open(&mut self, name: &str) {
        let parent = self.open.last().copied();
        if let Some(parent) = parent {
            self.drop_text(parent);
        }
        let name = self.append(name);
        let value = Span { start: name.end, end: name.end };
        self.open.push(self.fields.nodes.len());
        self.fields.nodes.push(Node { parent, name, value, is_leaf: true });
    }

    /// Text of the innermost open element; several pieces are joined.
    pub fn text(&mut self, text: &str) {
        let Some(&index) = self.open.last() else { return };
        if self.fields.nodes[index].is_leaf {
            self.fields.nodes[index].value.end = self.append(text).end;
        }
    }

    /// The text so far of the innermost open element.
    pub fn current_text(&self) -> &str {
        self.open.last().map_or("", |index| self.fields.slice(self.fields.nodes[*index].value))
    }

    /// The innermost open element ends.
    pub fn close(&mut self) {
        self.open.pop();
    }

    /// An element with nothing but text.
    pub fn leaf(&mut self, name: &str, text: &str) {
        self.open(name);
        self.text(text);
        self.close();
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.fields.nodes.len()
    }

    /// Whether nothing was added yet.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// What was collected.
    pub fn finish(self) -> Fields {
        self.fields
    }

    /// What a leaf has is the last that was appended, so the layout of a document leaves no trace.
    fn drop_text(&mut self, index: usize) {
        let node = &mut self.fields.nodes[index];
        if std::mem::replace(&mut node.is_leaf, false) {
            self.fields.text.truncate(node.value.start);
            node.value.end = node.value.start;
        }
    }

    fn append(&mut self, text: &str) -> Span {
        let start = self.fields.text.len();
        self.fields.text.push_str(text);
        Span { start, end: self.fields.text.len() }
    }
}

/// Takes the four blanks of XML off both ends. Any other blank, such as U+3000, is part of a value.
pub(crate) fn trim_blanks(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}

fn split_index(segment: &str) -> (&str, usize) {
    let numbered = segment.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
    match numbered.map(|(name, index)| (name, index.parse())) {
        Some((name, Ok(index))) => (name, index),
        _ => (segment, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*, sample::select};

    #[test]
    fn text_around_children_is_layout_and_not_a_value() {
        let mut builder = FieldsBuilder::default();
        builder.open("Outer");
        builder.text("\n  ");
        builder.leaf("Inner", "x");
        builder.text("\n");
        builder.close();
        builder.leaf("Empty", "");
        let fields = builder.finish();
        assert_eq!(
            fields.iter().collect::<Vec<_>>(),
            [("Outer.Inner".to_owned(), "x"), ("Empty".to_owned(), "")]
        );
        assert_eq!((fields.get("Outer"), fields.get("Empty"), fields.get("No")), (None, Some(""), None));

        let mut builder = FieldsBuilder::default();
        builder.open("Outer");
        builder.leaf("Inner", "x");
        builder.close();
        builder.leaf("Empty", "");
        assert_eq!(fields, builder.finish());
    }

    #[test]
    fn pieces_of_text_are_joined() {
        let mut builder = FieldsBuilder::default();
        builder.open("A");
        builder.text("1");
        builder.text("2");
        assert_eq!(builder.current_text(), "12");
        builder.close();
        assert_eq!(builder.finish().get("A"), Some("12"));
    }

    /// An element and what is in it.
    #[derive(Debug, Clone)]
    enum Element {
        Leaf(&'static str, String),
        Parent(&'static str, Vec<Element>),
    }

    fn element() -> impl Strategy<Value = Element> {
        let name = || select(vec!["Event", "List", "item", "店"]);
        let leaf = (name(), any::<String>()).prop_map(|(name, text)| Element::Leaf(name, text));
        leaf.prop_recursive(5, 40, 5, move |inner| {
            (name(), vec(inner, 1..5)).prop_map(|(name, children)| Element::Parent(name, children))
        })
    }

    fn build(builder: &mut FieldsBuilder, elements: &[Element]) {
        for element in elements {
            match element {
                Element::Leaf(name, text) => builder.leaf(name, text),
                Element::Parent(name, children) => {
                    builder.open(name);
                    build(builder, children);
                    builder.close();
                }
            }
        }
    }

    fn read(json: &str) -> Result<Fields, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(elements in vec(element(), 0..6)) {
            let mut builder = FieldsBuilder::default();
            build(&mut builder, &elements);
            let fields = builder.finish();
            prop_assert_eq!(read(&serde_json::to_string(&fields).unwrap()), Ok(fields));
        }

        /// Whoever wrote the map: it is refused, or written again as it was.
        #[test]
        fn a_map_is_refused_or_kept(paths in vec("[ab.\\[\\]01]{0,8}", 0..6)) {
            let leaves: Vec<_> = paths.iter().map(|path| format!("{path:?}:\"\"")).collect();
            let json = format!("{{{}}}", leaves.join(","));
            if let Ok(fields) = read(&json) {
                prop_assert_eq!(serde_json::to_string(&fields).unwrap(), json);
            }
        }
    }

    #[test]
    fn maps_that_no_document_leads_to_are_refused() {
        for json in [
            r#"{"a":"","a":""}"#,
            r#"{"a[0]":""}"#,
            r#"{"a[1]":"","a[0]":""}"#,
            r#"{"a[0]":"","a[2]":""}"#,
            r#"{"a[00]":"","a[1]":""}"#,
            r#"{"a":"","a[1]":""}"#,
            r#"{"a.x":"","b":"","a.y":""}"#,
            r#"{"a":"","a.x":""}"#,
            r#"{"a.x":"","a":""}"#,
            r#"{"a[18446744073709551615]":"","a[18446744073709551616]":""}"#,
        ] {
            assert!(read(json).is_err_and(|error| error.contains("document")), "{json}");
        }
        for json in [r#"{"a":1}"#, "[]", "null"] {
            assert!(read(json).is_err(), "{json}");
        }
    }

    #[test]
    fn paths_have_64_elements_at_most() {
        let json = |depth| format!("{{\"{}\":\"x\"}}", vec!["a"; depth].join("."));
        assert_eq!(read(&json(64)).unwrap().get(&vec!["a"; 64].join(".")), Some("x"));
        for depth in [65, 1_000_000] {
            assert!(read(&json(depth)).unwrap_err().contains("64"), "{depth}");
        }
    }
}
