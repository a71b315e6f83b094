use crate::proof::PictureError;
use resvg::usvg::{
    self, ImageHrefResolver, Options, Tree,
    roxmltree::{Document, Node, ParsingOptions},
};
use std::str;

/// The largest SVG, in bytes.
const MAX_BYTES: usize = 1024 * 1024;
/// Its elements and texts.
const MAX_NODES: u32 = 20_000;
/// How deep elements stand in each other.
const MAX_DEPTH: usize = 48;
/// How often something is drawn again; each `use` counts, and none leads to another.
const MAX_USES: usize = 64;

/// Everything that only draws. The names of a figure's parts and of editors' notes are passed over.
const DRAWS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "style",
    "title",
    "desc",
    "metadata",
    "switch",
];

/// The text, if the file may be an SVG at all.
pub(super) fn text(file: &[u8]) -> Option<&str> {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let text = str::from_utf8(file).ok()?;
    let is_svg = text.trim_start().starts_with('<') && text.contains("<svg");
    is_svg.then_some(text)
}

/// Reads it if it does nothing but draw.
pub(super) fn read(text: &str) -> Result<Tree, PictureError> {
    if text.len() > MAX_BYTES {
        return Err(refused(format!("it has {} bytes, at most {MAX_BYTES} are read", text.len())));
    }
    // No DTD, so no entities.
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| refused(error.to_string()))?;
    check(&document)?;
    Tree::from_xmltree(&document, &self::options()).map_err(|error| refused(error.to_string()))
}

/// The drawing as plain shapes.
pub(super) fn write(tree: &Tree) -> Vec<u8> {
    tree.to_string(&usvg::WriteOptions { indent: usvg::Indent::None, ..usvg::WriteOptions::default() })
        .into_bytes()
}

/// Neither files nor pictures within pictures nor fonts.
fn options() -> Options<'static> {
    Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}

fn check(document: &Document<'_>) -> Result<(), PictureError> {
    let mut uses = 0;
    for node in document.descendants().filter(Node::is_element) {
        if node.ancestors().take(MAX_DEPTH + 2).count() > MAX_DEPTH {
            return Err(refused(format!("its elements stand in each other more than {MAX_DEPTH} deep")));
        }
        let tag = node.tag_name();
        let is_svg = tag.namespace().is_none_or(|name| name == "http://www.w3.org/2000/svg");
        if is_svg && !DRAWS.contains(&tag.name()) {
            return Err(refused(format!(
                "<{}> is not allowed in a logo or background; turn it into plain paths",
                tag.name()
            )));
        }
        check_attributes(node)?;
        if is_svg && tag.name() == "style" {
            check_value(node.text().unwrap_or_default())?;
        }
        if tag.name() == "use" {
            uses += 1;
            check_use(document, node)?;
        }
    }
    if uses > MAX_USES {
        return Err(refused(format!("it has {uses} <use>, at most {MAX_USES} are drawn")));
    }
    Ok(())
}

fn check_attributes(node: Node<'_, '_>) -> Result<(), PictureError> {
    for attribute in node.attributes() {
        let (name, value) = (attribute.name(), attribute.value());
        if name.starts_with("on") {
            return Err(refused(format!("`{name}` is a script")));
        }
        if name == "href" && !value.starts_with('#') {
            return Err(refused("it refers to something outside of itself".to_owned()));
        }
        if matches!(name, "filter" | "mask" | "stroke-dasharray") && value != "none" {
            return Err(refused(format!(
                "`{name}` is not allowed in a logo or background; turn it into plain paths"
            )));
        }
        check_value(value)?;
    }
    Ok(())
}

/// Styles may refer to something, too.
fn check_value(value: &str) -> Result<(), PictureError> {
    let value: String = value.to_ascii_lowercase().split_whitespace().collect();
    let outside =
        value.split("url(").skip(1).any(|rest| !rest.trim_start_matches(['"', '\'']).starts_with('#'));
    if outside || value.contains("@import") || value.contains("@font-face") {
        return Err(refused("its style refers to something outside of itself".to_owned()));
    }
    if ["filter:", "mask:", "stroke-dasharray:"].iter().any(|name| value.contains(name)) {
        return Err(refused("its style has a filter, mask or dashes; turn them into plain paths".to_owned()));
    }
    Ok(())
}

/// What is used must not use anything, or ten lines draw a billion shapes.
fn check_use(document: &Document<'_>, node: Node<'_, '_>) -> Result<(), PictureError> {
    let target =
        node.attributes().find(|attribute| attribute.name() == "href").map(|attribute| attribute.value());
    let id = target.and_then(|target| target.strip_prefix('#')).unwrap_or_default();
    let target = document.descendants().find(|node| node.attribute("id") == Some(id));
    let nested =
        target.is_some_and(|target| target.descendants().any(|node| node.tag_name().name() == "use"));
    if nested { Err(refused("a <use> leads to another <use>".to_owned())) } else { Ok(()) }
}

fn refused(reason: String) -> PictureError {
    PictureError::Svg { reason }
}
