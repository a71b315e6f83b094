use serde::{Serialize, Serializer};
use std::collections::HashMap;

/// Every leaf of a push under its path on the wire, in document order.
///
/// Paths join element names with dots; where siblings repeat they are numbered from 0:
/// `EventKey`, `ScanCodeInfo.ScanType`, `Articles.item[1].Title`. Names are case-sensitive, as on the wire.
/// In [`get`](Self::get) a name without a number means the first of its siblings.
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

    /// An element begins. Until it has children it counts as a leaf.
    pub fn open(&mut self, name: &str) {
        let parent = self.open.last().copied();
        if let Some(parent) = parent {
            self.fields.nodes[parent].is_leaf = false;
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

    fn append(&mut self, text: &str) -> Span {
        let start = self.fields.text.len();
        self.fields.text.push_str(text);
        Span { start, end: self.fields.text.len() }
    }
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
}
