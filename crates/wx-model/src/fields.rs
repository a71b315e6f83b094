use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, Visitor},
};
use std::{collections::HashMap, fmt, ops::Range};

/// Every leaf of a push under its path on the wire, in document order.
///
/// Paths join element names with dots; where siblings repeat they are numbered from 0:
/// `EventKey`, `ScanCodeInfo.ScanType`, `Articles.item[1].Title`. Names are case-sensitive, as on the wire.
/// In [`get`](Self::get) a name without a number means the first of its siblings. A name with a dot or a bracket of
/// its own, which the platform has none of, stands in a path as it is; where that reads in two ways, as elements first.
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
#[derive(Clone, Default)]
pub struct Fields {
    /// The document that was read, and behind it what does not stand in it letter for letter: one allocation for all
    /// names and values.
    text: String,
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    parent: Option<usize>,
    name: Span,
    value: Span,
    is_leaf: bool,
}

/// A part of the text.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: usize,
    end: usize,
}

impl Fields {
    /// The text of the leaf at `path`, or `None` if there is no such leaf. A present but empty element is `""`.
    pub fn get(&self, path: &str) -> Option<&str> {
        let is_name = !path.bytes().any(|byte| matches!(byte, b'.' | b']'));
        if is_name {
            self.leaf(self.children(None, path).next()?)
        } else {
            self.walk(path).or_else(|| self.listed(path))
        }
    }

    /// Where a name has a dot or a bracket of its own, only the whole list tells what is meant. It may be long, so it is
    /// made only if a leaf has a name at the end of the path.
    fn listed(&self, path: &str) -> Option<&str> {
        self.nodes.iter().find(|node| self.slice(node.name).contains(['.', ']']))?;
        let numberless = path.rsplit_once('[').map_or(path, |(before, _)| before);
        let may_end = |name: &str| path.ends_with(name) || numberless.ends_with(name);
        self.nodes.iter().find(|node| node.is_leaf && may_end(self.slice(node.name)))?;
        self.iter().find(|(own, _)| own == path).map(|(_, text)| text)
    }

    fn walk(&self, path: &str) -> Option<&str> {
        let mut parent = None;
        for segment in path.split('.') {
            let (name, index) = split_index(segment);
            parent = Some(self.children(parent, name).nth(index)?);
        }
        self.leaf(parent?)
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

    /// For each leaf in the same order, whether a name on its path is one of those. Each name is looked at once; in
    /// paths it stands as often as it has leaves.
    pub(crate) fn lie_in(&self, is_one: impl Fn(&str) -> bool) -> Vec<bool> {
        let mut all: Vec<bool> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let is_inside = node.parent.is_some_and(|parent| all[parent]);
            all.push(is_inside || is_one(self.slice(node.name)));
        }
        let leaves = self.nodes.iter().zip(all).filter(|(node, _)| node.is_leaf);
        leaves.map(|(_, is_inside)| is_inside).collect()
    }

    /// Whether there is no element at all.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    fn leaf(&self, index: usize) -> Option<&str> {
        let node = self.nodes.get(index)?;
        node.is_leaf.then(|| self.slice(node.value))
    }

    fn children(&self, parent: Option<usize>, name: &str) -> impl Iterator<Item = usize> {
        let text = self.text.as_bytes();
        let is_named = move |span: Span| &text[span.start..span.end] == name.as_bytes();
        let matches = move |node: &Node| node.parent == parent && is_named(node.name);
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

/// The same elements with the same texts, whatever the document around them looked like.
impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Node, &Node)| {
            (a.parent, a.is_leaf) == (b.parent, b.is_leaf)
                && self.slice(a.name) == other.slice(b.name)
                && self.slice(a.value) == other.slice(b.value)
        };
        self.nodes.len() == other.nodes.len() && self.nodes.iter().zip(&other.nodes).all(same)
    }
}

impl Eq for Fields {}

/// As a map from path to text, with `[redacted]` in place of [credentials](Fields::is_credential). What people wrote
/// and who they are is printed.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self
            .iter()
            .zip(self.lie_in(Self::is_credential))
            .map(|((path, text), is_credential)| (path, if is_credential { "[redacted]" } else { text }));
        f.debug_map().entries(shown).finish()
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
    /// Where the document ends and what was put together begins.
    source: usize,
    innermost: Option<usize>,
    depth: usize,
}

impl FieldsBuilder {
    /// A builder for what stands in `source`, with room for about `elements` elements. Names and texts that stand
    /// there letter for letter are given as ranges of it ([`open_at`](Self::open_at), [`text_at`](Self::text_at)) and
    /// not copied one by one.
    ///
    /// ```
    /// use wx_model::FieldsBuilder;
    ///
    /// let mut builder = FieldsBuilder::over("<Event>SCAN</Event>", 1);
    /// builder.open_at(1..6);
    /// builder.text_at(7..11);
    /// builder.close();
    /// assert_eq!(builder.finish().get("Event"), Some("SCAN"));
    /// ```
    pub fn over(source: &str, elements: usize) -> Self {
        let fields = Fields { text: source.to_owned(), nodes: Vec::with_capacity(elements) };
        Self { fields, source: source.len(), ..Self::default() }
    }

    /// An element begins. Until it has children it counts as a leaf; with the first one its text was layout.
    pub fn open(&mut self, name: &str) {
        self.drop_layout();
        let name = self.append(name);
        self.begin(name);
    }

    /// [`open`](Self::open) with a name that stands in the source.
    ///
    /// # Panics
    ///
    /// If the range does not lie in the source or cuts a character.
    pub fn open_at(&mut self, name: Range<usize>) {
        self.drop_layout();
        let name = self.in_source(name);
        self.begin(name);
    }

    /// Text of the innermost open element; several pieces are joined.
    pub fn text(&mut self, text: &str) {
        let Some(leaf) = self.innermost.filter(|index| self.fields.nodes[*index].is_leaf) else { return };
        self.move_behind_source(leaf);
        self.fields.nodes[leaf].value.end = self.append(text).end;
    }

    /// [`text`](Self::text) that stands in the source.
    ///
    /// # Panics
    ///
    /// If the range does not lie in the source or cuts a character.
    pub fn text_at(&mut self, text: Range<usize>) {
        let Some(leaf) = self.innermost.filter(|index| self.fields.nodes[*index].is_leaf) else { return };
        let text = self.in_source(text);
        if self.fields.nodes[leaf].value.is_empty() {
            self.fields.nodes[leaf].value = text;
        } else if !text.is_empty() {
            self.move_behind_source(leaf);
            self.fields.text.extend_from_within(text.start..text.end);
            self.fields.nodes[leaf].value.end = self.fields.text.len();
        }
    }

    /// The text so far of the innermost open element.
    pub fn current_text(&self) -> &str {
        self.innermost.map_or("", |index| self.fields.slice(self.fields.nodes[index].value))
    }

    /// The innermost open element ends.
    pub fn close(&mut self) {
        if let Some(index) = self.innermost {
            self.innermost = self.fields.nodes[index].parent;
            self.depth -= 1;
        }
    }

    /// An element with nothing but text.
    pub fn leaf(&mut self, name: &str, text: &str) {
        self.open(name);
        self.text(text);
        self.close();
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
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

    fn begin(&mut self, name: Span) {
        let value = Span { start: name.end, end: name.end };
        self.fields.nodes.push(Node { parent: self.innermost, name, value, is_leaf: true });
        self.innermost = Some(self.fields.nodes.len() - 1);
        self.depth += 1;
    }

    /// Whoever has children has no text. What was put together for it is the last that was, so it goes.
    fn drop_layout(&mut self) {
        let Some(parent) = self.innermost else { return };
        let node = &mut self.fields.nodes[parent];
        if std::mem::replace(&mut node.is_leaf, false) {
            if node.value.start >= self.source && !node.value.is_empty() {
                self.fields.text.truncate(node.value.start);
            }
            node.value.end = node.value.start;
        }
    }

    /// What follows can then be appended to the text of a leaf.
    fn move_behind_source(&mut self, leaf: usize) {
        let value = self.fields.nodes[leaf].value;
        if value.start < self.source || value.is_empty() {
            let start = self.fields.text.len();
            self.fields.text.extend_from_within(value.start..value.end);
            self.fields.nodes[leaf].value = Span { start, end: self.fields.text.len() };
        }
    }

    fn in_source(&self, range: Range<usize>) -> Span {
        let lies_there = range.end <= self.source && self.fields.text.get(range.clone()).is_some();
        assert!(lies_there, "the range {range:?} is no part of the source");
        Span { start: range.start, end: range.end }
    }

    fn append(&mut self, text: &str) -> Span {
        let start = self.fields.text.len();
        self.fields.text.push_str(text);
        Span { start, end: self.fields.text.len() }
    }
}

impl Span {
    fn is_empty(self) -> bool {
        self.start == self.end
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
    fn what_stands_in_the_source_reads_as_what_was_put_together() {
        let source = "Ab c";
        let mut builder = FieldsBuilder::over(source, 3);
        builder.open_at(0..1);
        builder.text_at(1..2);
        builder.open("P");
        builder.text_at(2..3);
        builder.text("&");
        builder.open_at(0..1);
        builder.close();
        builder.close();
        builder.open_at(1..2);
        builder.text_at(2..2);
        builder.text_at(3..4);
        builder.text("\n");
        builder.text_at(0..2);
        builder.close();
        builder.close();
        let fields = builder.finish();
        assert_eq!(format!("{fields:?}"), r#"{"A.P.A": "", "A.b": "c\nAb"}"#);

        let mut same = FieldsBuilder::default();
        same.open("A");
        same.open("P");
        same.leaf("A", "");
        same.close();
        same.leaf("b", "c\nAb");
        same.close();
        assert_eq!(fields, same.finish());
        assert_ne!(fields, Fields::default());
    }

    #[test]
    fn a_name_like_a_path_is_found_by_it() {
        let fields = read(r#"{"a.b":"1"}"#).unwrap();
        assert_eq!((fields.get("a.b"), fields.get("a.c"), fields.get("a")), (Some("1"), None, None));

        let mut builder = FieldsBuilder::default();
        builder.leaf("a.b", "1");
        builder.leaf("c[0]", "2");
        builder.leaf("]", "3");
        builder.open("d.");
        builder.leaf(".e", "4");
        builder.leaf(".e", "5");
        builder.close();
        let fields = builder.finish();
        for (path, text) in fields.iter() {
            assert_eq!(fields.get(&path), Some(text), "{path}");
        }
        assert_eq!((fields.get("d...e[1]"), fields.get("d.e"), fields.get("c[1]")), (Some("5"), None, None));

        let mut builder = FieldsBuilder::default();
        builder.leaf("a.b", "1");
        builder.open("a");
        builder.leaf("b", "2");
        assert_eq!(builder.finish().get("a.b"), Some("2"));
    }

    #[test]
    fn a_name_at_the_end_of_the_source_costs_no_other_text() {
        let mut builder = FieldsBuilder::over("List", 3);
        builder.leaf("Id", "x");
        builder.open_at(0..4);
        builder.leaf("Id", "y");
        let fields = builder.finish();
        assert_eq!((fields.get("Id"), fields.get("List.Id")), (Some("x"), Some("y")));
    }

    #[test]
    fn ranges_lie_in_the_source() {
        for (start, end) in [(0, 4), (1, 3), (2, 1), (4, 4)] {
            let mut builder = FieldsBuilder::over("a中", 1);
            builder.text("behind the source");
            let at = std::panic::AssertUnwindSafe(|| builder.open_at(start..end));
            assert_eq!(
                std::panic::catch_unwind(at).is_err(),
                (start, end) != (0, 4) && (start, end) != (4, 4),
                "{start}..{end}"
            );
        }
    }

    #[test]
    fn credentials_of_notices_are_not_shown() {
        let mut builder = FieldsBuilder::default();
        for name in ["ComponentVerifyTicket", "AuthorizationCode", "PreAuthCode"] {
            builder.leaf(name, "ticket@@@x");
        }
        let fields = builder.finish();
        assert!(!format!("{fields:?}").contains("@@@"), "{fields:?}");
        assert_eq!(fields.get("ComponentVerifyTicket"), Some("ticket@@@x"));
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
