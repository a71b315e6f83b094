use crate::print;
use serde::Serialize;
use wx_crypto::InvalidKey;
use wx_events::{Diagnosis, Error, ErrorKind, Suspicion};

/// What is wrong with a push: the object of `--fields` when it fails.
#[derive(Serialize)]
pub(super) struct Problem {
    outcome: &'static str,
    /// The platform's own number for the failure, or the step where it has none.
    code: serde_json::Value,
    step: Option<&'static str>,
    message: String,
    /// What is probably the cause, the most probable first.
    causes: Vec<Cause>,
}

#[derive(Serialize)]
struct Cause {
    name: &'static str,
    message: String,
}

/// "XML cannot be parsed" and "bad EncodingAESKey" among the platform's local numbers (protocol §6.5).
const MALFORMED: i32 = -40002;
const BAD_KEY: i32 = -40004;

impl Problem {
    pub(super) fn of_diagnosis(diagnosis: &Diagnosis, suspicions: &[Suspicion], raw_query: &str) -> Self {
        let step = diagnosis.step().as_str();
        let code = diagnosis.code().map_or_else(|| step.into(), Into::into);
        let escaped = raw_query.contains("&amp;").then(|| {
            Cause::new("query_escaped", "the query is escaped for a web page; write & in place of &amp;")
        });
        let causes = escaped.into_iter().chain(suspicions.iter().map(Cause::of)).collect();
        Self { outcome: "error", code, step: Some(step), message: diagnosis.to_string(), causes }
    }

    pub(super) fn of_unverified(error: &Error, body: &[u8]) -> Self {
        let has_envelope = || body.windows(7).any(|window| window == b"Encrypt");
        let encrypted = (error.kind() == ErrorKind::InvalidPush && has_envelope()).then(|| {
            Cause::new(
                "encrypted",
                "only the envelope is there; give --mode safe, --token, --aes-key, --app-id and --query",
            )
        });
        let causes = encrypted.or_else(|| Suspicion::of_body(body).as_ref().map(Cause::of));
        let causes = causes.into_iter().collect();
        Self { outcome: "error", code: MALFORMED.into(), step: None, message: error.to_string(), causes }
    }

    /// An EncodingAESKey that is none; `step` says which.
    pub(super) fn of_key(error: InvalidKey, key: Option<&str>, step: &'static str) -> Self {
        let causes = key_cause(key.unwrap_or_default()).into_iter().collect();
        let message = error.to_string();
        Self { outcome: "error", code: BAD_KEY.into(), step: Some(step), message, causes }
    }

    pub(super) fn print_for_scripts(&self) {
        print::json(self);
    }

    /// The failure, and below it what is probably the cause.
    pub(super) fn for_people(&self) -> String {
        let step = self.step.map(|step| format!(", step {step}")).unwrap_or_default();
        let code = self.code.as_i64().map(|code| format!(" ({code}{step})")).unwrap_or_default();
        let causes = self.causes.iter().enumerate().map(|(index, cause)| {
            let label = if index == 0 { "probably" } else { "or" };
            format!("\n  {label:<9} {}", cause.message)
        });
        format!("{}{code}{}", self.headline(), causes.collect::<String>())
    }

    /// Without its general advice, where the causes have better.
    fn headline(&self) -> &str {
        match self.message.split_once("; ") {
            Some((fact, _)) if !self.causes.is_empty() => fact,
            _ => &self.message,
        }
    }
}

impl Cause {
    fn new(name: &'static str, message: &str) -> Self {
        Self { name, message: message.to_owned() }
    }

    fn of(suspicion: &Suspicion) -> Self {
        Self { name: suspicion.name(), message: suspicion.to_string() }
    }
}

/// What was given in place of a key, as far as its form tells.
fn key_cause(key: &str) -> Option<Cause> {
    let is_hex = key.bytes().all(|byte| byte.is_ascii_hexdigit());
    Some(match key.len() {
        44 if key.ends_with('=') => {
            Cause::new("key_with_padding", "the = at its end does not belong to it; leave it out")
        }
        32 if is_hex => Cause::new("key_is_secret", "32 hex digits are an AppSecret, not an EncodingAESKey"),
        18 if key.starts_with("wx") => Cause::new("key_is_app_id", "this is an AppID, not an EncodingAESKey"),
        64 if is_hex => {
            Cause::new("key_in_hex", "this is the key in hex; give the 43 characters of the console")
        }
        3..=32 => Cause::new("key_is_token", "3 to 32 characters have a Token; were the two confused?"),
        33..=42 => Cause::new("key_cut", "its end was cut when it was copied"),
        44.. => Cause::new("key_too_long", "something beside it was copied with it"),
        _ => return None,
    })
}
