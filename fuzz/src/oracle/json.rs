use super::{Element, MAX_DEPTH, MAX_ELEMENTS, MAX_TAG, MAX_TEXT, Reading, is_character, text};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use std::fmt;

/// A value without parts. What a number is called in JSON is lost, what it is worth is not.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Scalar {
    /// `null`, and an object without members.
    #[default]
    Nothing,
    Bool(bool),
    Natural(u64),
    Negative(i64),
    Fraction(f64),
    Text(String),
}

impl Scalar {
    /// Of the text; numbers are short.
    fn bytes(&self) -> usize {
        match self {
            Self::Text(text) => text.chars().filter(|c| is_character(*c)).map(char::len_utf8).sum(),
            _ => 0,
        }
    }

    /// Whether a leaf with that text says this.
    pub(crate) fn is_said_by(&self, text: &str) -> bool {
        match self {
            Self::Nothing => text.is_empty(),
            Self::Bool(value) => text == if *value { "true" } else { "false" },
            Self::Natural(value) => text.parse() == Ok(*value),
            Self::Negative(value) => text.parse() == Ok(*value),
            Self::Fraction(value) => {
                serde_json::from_str::<f64>(text).is_ok_and(|said| said.to_bits() == value.to_bits())
            }
            Self::Text(value) => value.chars().filter(|c| is_character(*c)).eq(text.chars()),
        }
    }
}

/// Reads a body as a JSON object, or refuses it.
///
/// A number too large for a fraction is refused here alone, and so the reading is odd: it is nothing.
pub(crate) fn read_json(body: &[u8]) -> Option<Reading<Scalar>> {
    let text = text(body)?;
    let json = serde_json::from_str(text);
    let is_out_of_range =
        json.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range"));
    let members = match json {
        Ok(Json::Object(members)) => members,
        Ok(_) => return None,
        Err(_) if is_out_of_range => Vec::new(),
        Err(_) => return None,
    };
    let mut tree = Tree { elements: 0, is_beyond_limits: false, has_bad_name: false };
    let root = Element { name: String::new(), value: Scalar::Nothing, children: tree.members(members, 1) };
    if tree.has_bad_name {
        return None;
    }
    Some(Reading {
        root,
        is_within_limits: !tree.is_beyond_limits,
        is_odd: is_out_of_range,
        inside: text.find('{').map(|at| body.len() - text.len() + at + 1),
    })
}

/// Turns values into the elements that XML would have.
struct Tree {
    elements: usize,
    is_beyond_limits: bool,
    /// One with a character that XML forbids everywhere.
    has_bad_name: bool,
}

impl Tree {
    /// `depth` counts the objects and arrays around.
    fn members(&mut self, members: Vec<(String, Json)>, depth: usize) -> Vec<Element<Scalar>> {
        let mut children = Vec::new();
        members.into_iter().for_each(|(name, value)| self.value(&name, value, depth, &mut children));
        children
    }

    fn value(&mut self, name: &str, value: Json, depth: usize, siblings: &mut Vec<Element<Scalar>>) {
        self.is_beyond_limits |= depth > MAX_DEPTH;
        let (value, children) = match value {
            Json::Array(items) => {
                self.elements += 1;
                self.is_beyond_limits |= self.elements > MAX_ELEMENTS;
                return items.into_iter().for_each(|item| self.value(name, item, depth + 1, siblings));
            }
            Json::Object(members) => {
                self.count(name);
                (Scalar::Nothing, self.members(members, depth + 1))
            }
            Json::Scalar(value) => {
                self.count(name);
                self.is_beyond_limits |= value.bytes() > MAX_TEXT;
                (value, Vec::new())
            }
        };
        siblings.push(Element { name: name.to_owned(), value, children });
    }

    fn count(&mut self, name: &str) {
        self.elements += 1;
        self.is_beyond_limits |= self.elements > MAX_ELEMENTS || name.len() > MAX_TAG;
        self.has_bad_name |= !name.chars().all(is_character);
    }
}

/// As `serde_json::Value`, but members stay in their order and may stand there twice.
enum Json {
    Scalar(Scalar),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything)
    }
}

struct Anything;

impl<'de> Visitor<'de> for Anything {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Scalar(Scalar::Nothing))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Scalar(Scalar::Bool(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Scalar(Scalar::Natural(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Scalar(Scalar::Negative(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Scalar(Scalar::Fraction(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Scalar(Scalar::Text(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element()? {
            all.push(item);
        }
        Ok(Json::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        let mut all = Vec::new();
        while let Some(member) = members.next_entry()? {
            all.push(member);
        }
        Ok(Json::Object(all))
    }
}
