use super::{
    Malformed,
    bounded::{Bounded, Sink, is_forbidden},
};
use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};

/// Reads a JSON object as if it were the XML that the platform would send instead: members are elements, the items
/// of an array are siblings of one name, `null` is an empty element, numbers keep the digits they were written with.
pub(super) fn read<S: Sink>(text: &str, sink: &mut Bounded<'_, S>) -> Result<(), Malformed> {
    let mut failure = None;
    let mut json = serde_json::Deserializer::from_str(text);
    let members = Members { sink, depth: 1, failure: &mut failure };
    let result = json.deserialize_map(members).and_then(|()| json.end());
    result.map_err(|error| failure.unwrap_or(Malformed::Json(error)))
}

/// The `Encrypt` text of an envelope: the first, as in XML. A value of another kind than those that are text in
/// [`read`] is none.
pub(super) fn encrypt(text: &str) -> Result<Option<Cow<'_, str>>, Malformed> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = json.deserialize_map(FirstEncrypt).and_then(|value| json.end().map(|()| value));
    match value.map_err(Malformed::Json)?.map(RawValue::get) {
        None | Some("null") => Ok(None),
        Some(value) if value.starts_with(['{', '[']) => Ok(None),
        Some(value) => scalar(value).map(Some),
    }
}

/// Finds the value of `Encrypt` and reads past the others.
struct FirstEncrypt;

impl<'de> Visitor<'de> for FirstEncrypt {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some((Name(name), value)) = members.next_entry::<Name<'de>, &RawValue>()? {
            if name == "Encrypt" {
                found = found.or(Some(value));
            }
        }
        Ok(found)
    }
}

/// The members of an object. What goes wrong below is put aside in `failure`, because serde's errors hold text only.
struct Members<'a, 'l, S> {
    sink: &'a mut Bounded<'l, S>,
    depth: usize,
    failure: &'a mut Option<Malformed>,
}

impl<'de, S: Sink> Visitor<'de> for Members<'_, '_, S> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some((Name(name), value)) = members.next_entry::<Name<'de>, &RawValue>()? {
            if let Err(malformed) = read_value(&name, value.get(), self.depth, self.sink) {
                *self.failure = Some(malformed);
                return Err(A::Error::custom("see failure"));
            }
        }
        Ok(())
    }
}

/// Borrowed from the document unless it has escapes.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// The items of an array, each under the name of the array.
struct Items<'a, 'l, S> {
    name: &'a str,
    sink: &'a mut Bounded<'l, S>,
    depth: usize,
    failure: &'a mut Option<Malformed>,
}

impl<'de, S: Sink> Visitor<'de> for Items<'_, '_, S> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(value) = items.next_element::<&RawValue>()? {
            if let Err(malformed) = read_value(self.name, value.get(), self.depth, self.sink) {
                *self.failure = Some(malformed);
                return Err(A::Error::custom("see failure"));
            }
        }
        Ok(())
    }
}

/// `depth` counts objects and arrays, so that arrays inside arrays end as well.
fn read_value<S: Sink>(
    name: &str,
    value: &str,
    depth: usize,
    sink: &mut Bounded<'_, S>,
) -> Result<(), Malformed> {
    sink.check_depth(depth)?;
    let mut failure = None;
    let mut json = serde_json::Deserializer::from_str(value);
    let result = match value.as_bytes().first() {
        Some(b'[') => {
            sink.count()?;
            json.deserialize_seq(Items { name, sink, depth: depth + 1, failure: &mut failure })
        }
        Some(b'{') => {
            sink.open(name)?;
            let result = json.deserialize_map(Members { sink, depth: depth + 1, failure: &mut failure });
            sink.close();
            result
        }
        _ => return read_scalar(name, value, sink),
    };
    result.map_err(|error| failure.unwrap_or(Malformed::Json(error)))
}

fn read_scalar<S: Sink>(name: &str, value: &str, sink: &mut Bounded<'_, S>) -> Result<(), Malformed> {
    sink.open(name)?;
    if value != "null" {
        read_text(&scalar(value)?, sink)?;
    }
    sink.close();
    Ok(())
}

/// What a string says, and a number or a truth value as it is written.
fn scalar(value: &str) -> Result<Cow<'_, str>, Malformed> {
    match value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Ok(plain.into()),
        Some(_) => serde_json::from_str::<String>(value).map(Cow::Owned).map_err(|_| Malformed::JsonText),
        None => Ok(value.into()),
    }
}

fn read_text<S: Sink>(text: &str, sink: &mut Bounded<'_, S>) -> Result<(), Malformed> {
    text.split(is_forbidden).try_for_each(|piece| sink.text(piece))
}
