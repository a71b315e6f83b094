use serde_json::Value;

/// A JSON pointer to the first place where two values are not the same; `/` for the whole. It holds names alone.
pub(crate) fn json_difference(one: &Value, other: &Value) -> Option<String> {
    compare(one, other, true)
}

/// The same, but fields that only the other one has do not count.
#[cfg(feature = "mock")]
pub(crate) fn missing_json(part: &Value, whole: &Value) -> Option<String> {
    compare(part, whole, false)
}

fn compare(one: &Value, other: &Value, is_exact: bool) -> Option<String> {
    let below = |name: &str, one: Option<&Value>, other: Option<&Value>| match (one, other) {
        (Some(one), Some(other)) => match compare(one, other, is_exact)?.as_str() {
            "/" => Some(format!("/{name}")),
            rest => Some(format!("/{name}{rest}")),
        },
        _ => Some(format!("/{name}")),
    };
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let more = other.keys().filter(|name| is_exact && !one.contains_key(*name));
            one.keys().chain(more).find_map(|name| below(name, one.get(name), other.get(name)))
        }
        (Value::Array(one), Value::Array(other)) => (0..one.len().max(other.len()))
            .find_map(|index| below(&index.to_string(), one.get(index), other.get(index))),
        (one, other) => (one != other).then(|| "/".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_difference_is_named() {
        for (one, other, difference) in [
            (json!({"a": [1, {"b": 2}]}), json!({"a": [1, {"b": 2}]}), None),
            (json!({"a": [1, {"b": 2}]}), json!({"a": [1, {"b": "2"}]}), Some("/a/1/b")),
            (json!({"a": 1}), json!({"a": 1, "b": null}), Some("/b")),
            (json!({"a": 1, "b": null}), json!({"a": 1}), Some("/b")),
            (json!([1]), json!([1, 2]), Some("/1")),
            (json!(1), json!({}), Some("/")),
        ] {
            assert_eq!(json_difference(&one, &other).as_deref(), difference);
        }
    }

    #[test]
    #[cfg(feature = "mock")]
    fn a_part_may_leave_fields_out() {
        assert_eq!(missing_json(&json!({"a": {"b": 1}}), &json!({"a": {"b": 1, "c": 2}, "d": 3})), None);
        assert_eq!(missing_json(&json!({"a": {"b": 1}}), &json!({"a": {"c": 2}})).as_deref(), Some("/a/b"));
    }
}
