use super::Element;
use crate::document::is_forbidden;
use std::fmt::Write;

/// Writes a document without blanks between the elements: texts as CDATA, numbers bare.
pub(super) fn write(elements: &[Element<'_>]) -> String {
    let mut xml = String::with_capacity(512);
    xml.push_str("<xml>");
    write_all(&mut xml, elements);
    xml.push_str("</xml>");
    xml
}

fn write_all(xml: &mut String, elements: &[Element<'_>]) {
    for element in elements {
        let name = match element {
            Element::Text(name, _) | Element::Number(name, _) | Element::Group(name, _) => *name,
        };
        xml.extend(["<", name, ">"]);
        match element {
            Element::Text(_, text) => write_cdata(xml, text),
            Element::Number(_, number) => write!(xml, "{number}").expect("a String takes every text"),
            Element::Group(_, elements) => write_all(xml, elements),
        }
        xml.extend(["</", name, ">"]);
    }
}

/// `]]>` would end the section, so it is split over two; what XML forbids is dropped, before that could join a `]]>`.
fn write_cdata(xml: &mut String, text: &str) {
    let clean: String;
    let text = if text.contains(is_forbidden) {
        clean = text.replace(is_forbidden, "");
        &clean
    } else {
        text
    };
    xml.push_str("<![CDATA[");
    for (index, piece) in text.split("]]>").enumerate() {
        if index > 0 {
            xml.push_str("]]]]><![CDATA[>");
        }
        xml.push_str(piece);
    }
    xml.push_str("]]>");
}
