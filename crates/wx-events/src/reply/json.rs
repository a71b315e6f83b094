use super::Element;
use serde_json::{Map, Value};

/// Writes a JSON object of the same names and paths as the XML; siblings of one name become an array.
pub(super) fn write(elements: &[Element<'_>]) -> String {
    object(elements).to_string()
}

fn object(elements: &[Element<'_>]) -> Value {
    let mut object = Map::new();
    for element in elements {
        let (name, value) = match element {
            Element::Text(name, text) => (name, Value::from(*text)),
            Element::Number(name, number) => (name, Value::from(*number)),
            Element::Group(name, elements) => (name, self::object(elements)),
        };
        insert(&mut object, name, value);
    }
    Value::Object(object)
}

fn insert(object: &mut Map<String, Value>, name: &str, value: Value) {
    match object.get_mut(name) {
        None => {
            object.insert(name.to_owned(), value);
        }
        Some(Value::Array(items)) => items.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}
