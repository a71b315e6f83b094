use super::{
    Malformed,
    bounded::{Bounded, Sink},
};
use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use std::fmt;

/// Reads a JSON object as if it were the XML that the platform would send instead: members are elements, the items
/// of an array are siblings of one name, `null` is an empty element, numbers keep the digits they were written with.
pub(super) fn read<S: Sink>(text: &str, sink: &mut Bounded<'_, S>) -> Result<(), Malformed> {
    let mut failure = None;
    let mut json = serde_json::Deserializer::from_str(text);
    let members = Members { sink, depth: 1, failure: &mut failure };
    let result = json.deserialize_map(members).and_then(|()| json.end());
    result.map_err(|error| failure.unwrap_or(Malformed::Json(error)))
}

/// The `Encrypt` text of an envelope.
pub(super) fn encrypt(text: &str) -> Result<Option<String>, Malformed> {
    #[derive(Deserialize)]
    struct Envelope {
        #[serde(rename = "Encrypt")]
        encrypt: Option<String>,
    }
    serde_json::from_str(text).map(|envelope: Envelope| envelope.encrypt).map_err(Malformed::Json)
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
        while let Some((name, value)) = members.next_entry::<String, &RawValue>()? {
            if let Err(malformed) = read_value(&name, value.get(), self.depth, self.sink) {
                *self.failure = Some(malformed);
                return Err(A::Error::custom("see failure"));
            }
        }
        Ok(())
    }
}

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
        Some(b'[') => json.deserialize_seq(Items { name, sink, depth: depth + 1, failure: &mut failure }),
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
    match value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => sink.text(plain),
        Some(_) => sink.text(&serde_json::from_str::<String>(value).map_err(Malformed::Json)?),
        None if value == "null" => {}
        None => sink.text(value),
    }
    sink.close();
    Ok(())
}
