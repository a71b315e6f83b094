//! Parameters and answers as the transcript shows them.

/// What the platform knows about secrets that turn up in a text.
pub(crate) trait Labels {
    /// The name of a token, such as `<stable 2>`, or `<unknown token>`.
    fn token(&self, text: &str) -> String;
    /// The name of a code, such as `<code 7>`, where the text is the ticket of one.
    fn ticket(&self, text: &str) -> Option<String>;
    /// Secrets that must not be shown wherever they stand.
    fn secrets(&self) -> Vec<&str>;
}

/// A query as decoded pairs.
pub(crate) fn redact_query(pairs: &[(String, String)], labels: &dyn Labels) -> String {
    let shown = pairs.iter().map(|(key, value)| {
        let value = replacement(key, value, labels).unwrap_or_else(|| value.clone());
        format!("{key}={value}")
    });
    finish(&shown.collect::<Vec<_>>().join("&"), labels)
}

/// A path as it came.
pub(crate) fn redact_path(path: &str, labels: &dyn Labels) -> String {
    finish(path, labels)
}

/// A JSON text as it came, whether whole or broken: values of secret fields are replaced. Of anything else that
/// speaks of secrets only the length is shown.
pub(crate) fn redact_body(text: &str, labels: &dyn Labels) -> String {
    if !text.trim_start().starts_with(['{', '[']) && (text.contains("secret") || text.contains("token")) {
        return format!("({} bytes)", text.len());
    }
    let mut shown = String::new();
    let mut key = "";
    let mut rest = text;
    while let Some((before, inside, after)) = next_string(rest) {
        let is_key = after.trim_start().starts_with(':');
        let value = if is_key { None } else { replacement(key, inside, labels) };
        shown.extend([before, "\"", value.as_deref().unwrap_or(inside), "\""]);
        key = if is_key { inside } else { "" };
        rest = after;
    }
    let is_cut = replacement(key, rest, labels).is_some() && rest.contains('"');
    finish(&(shown + if is_cut { REDACTED } else { rest }), labels)
}

/// Fields that hold secrets and have no name to show instead.
const SECRET: &[&str] = &[
    "secret",
    "appsecret",
    "component_appsecret",
    "component_verify_ticket",
    "authorizer_refresh_token",
    "authorization_code",
    "pre_auth_code",
];
const TOKEN: &[&str] = &["access_token", "component_access_token", "authorizer_access_token"];
const LONGEST: usize = 1000;
const REDACTED: &str = "[redacted]";

fn replacement(key: &str, value: &str, labels: &dyn Labels) -> Option<String> {
    if TOKEN.contains(&key) && !value.is_empty() {
        return Some(labels.token(value));
    }
    if key == "ticket" {
        return labels.ticket(value);
    }
    (SECRET.contains(&key) && !value.is_empty()).then(|| REDACTED.to_owned())
}

/// The text before the next quoted string, the string, and the text behind it.
fn next_string(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('"')?;
    let mut is_escaped = false;
    let end = rest.bytes().position(|byte| {
        let ends = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        ends
    })?;
    Some((before, &rest[..end], &rest[end + 1..]))
}

/// One line, cut, without any known secret and without anything that reads as a token.
fn finish(text: &str, labels: &dyn Labels) -> String {
    let mut text = text.to_owned();
    for secret in labels.secrets() {
        text = text.replace(secret, REDACTED);
    }
    let text = without_tokens(&text, labels);
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let visible: String = one_line.chars().filter(|c| !c.is_control()).take(LONGEST + 1).collect();
    match visible.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &visible[..end]),
        None => visible,
    }
}

/// Tokens of the platform begin with `76_` and are long.
fn without_tokens(text: &str, labels: &dyn Labels) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("76_") {
        let end = rest[start + 3..].find(|c: char| !c.is_ascii_alphanumeric());
        let end = end.map_or(rest.len(), |end| start + 3 + end);
        let token = &rest[start..end];
        shown += &rest[..start];
        shown += &if token.len() > 40 { labels.token(token) } else { token.to_owned() };
        rest = &rest[end..];
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Known;

    impl Labels for Known {
        fn token(&self, _: &str) -> String {
            "<token>".to_owned()
        }
        fn ticket(&self, text: &str) -> Option<String> {
            (text == "gQ").then(|| "<code 1>".to_owned())
        }
        fn secrets(&self) -> Vec<&str> {
            vec!["00aa"]
        }
    }

    #[test]
    fn secrets_leave_every_shape_of_text() {
        for (text, expected) in [
            (r#"{"appid":"wx1","secret":"5\"5"}"#, r#"{"appid":"wx1","secret":"[redacted]"}"#),
            ("{ \"secret\" :\n \"x", "{ \"secret\"[redacted]"),
            ("{'secret':'00aa'}", "{'secret':'[redacted]'}"),
            ("secret=11bb", "(11 bytes)"),
            (
                r#"{"access_token":"abc","expires_in":7200}"#,
                r#"{"access_token":"<token>","expires_in":7200}"#,
            ),
            (r#"[{"ticket":"gQ"},{"ticket":"gR"}]"#, r#"[{"ticket":"<code 1>"},{"ticket":"gR"}]"#),
            ("", ""),
        ] {
            assert_eq!(redact_body(text, &Known), expected);
        }
        let token = format!("76_{}", "x".repeat(100));
        assert_eq!(redact_body(&format!("see {token}, 76_abc"), &Known), "see <token>, 76_abc");
    }

    #[test]
    fn a_query_is_shown_decoded_and_long_texts_are_cut() {
        let pairs = [("access_token", "a"), ("openid", "b c"), ("secret", "")];
        let pairs = pairs.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(redact_query(&pairs, &Known), "access_token=<token>&openid=b c&secret=");
        assert_eq!(redact_body(&"渠".repeat(2000), &Known).chars().count(), 1001);
    }
}
