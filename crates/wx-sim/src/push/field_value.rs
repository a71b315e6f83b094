use super::PushShape;
use crate::Error;

/// The text of one field of a push: [`Act::field`](crate::Act::field).
///
/// A number is written bare; a text stands in a CDATA section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldValue(Leaf);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Leaf {
    Text(String),
    Number(String),
}

impl FieldValue {
    /// A decimal number as it stands in the XML, such as `31.230416`.
    pub fn number(text: impl Into<String>) -> Self {
        Self(Leaf::Number(text.into()))
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        let good = match &self.0 {
            Leaf::Text(text) => text.len() <= LONGEST_TEXT && is_xml_text(text),
            Leaf::Number(text) => {
                (1..=40).contains(&text.len()) && text.bytes().all(|byte| b"0123456789.-".contains(&byte))
            }
        };
        if good {
            Ok(())
        } else {
            Err(Error::Field {
                reason: "a number has digits, a text 8192 bytes at most and no control characters",
            })
        }
    }

    pub(super) fn xml(&self, shape: PushShape) -> String {
        match &self.0 {
            Leaf::Number(text) => text.clone(),
            Leaf::Text(text) if shape == PushShape::Undecorated => escape(text),
            // `]]>` would end the section, so it is divided between two.
            Leaf::Text(text) => format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>")),
        }
    }

    pub(super) fn text(&self) -> &str {
        match &self.0 {
            Leaf::Text(text) | Leaf::Number(text) => text,
        }
    }
}

impl From<&str> for FieldValue {
    fn from(text: &str) -> Self {
        Self(Leaf::Text(text.to_owned()))
    }
}

impl From<String> for FieldValue {
    fn from(text: String) -> Self {
        Self(Leaf::Text(text))
    }
}

impl From<i64> for FieldValue {
    fn from(number: i64) -> Self {
        Self::number(number.to_string())
    }
}

impl From<u64> for FieldValue {
    fn from(number: u64) -> Self {
        Self::number(number.to_string())
    }
}

const LONGEST_TEXT: usize = 8192;

/// Characters that XML 1.0 allows, without the C1 controls.
pub(crate) fn is_xml_text(text: &str) -> bool {
    let forbidden = |c: char| c.is_control() && !"\t\n\r".contains(c) || "\u{fffe}\u{ffff}".contains(c);
    !text.contains(forbidden)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
