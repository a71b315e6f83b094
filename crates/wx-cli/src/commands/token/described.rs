use crate::{config::TokenSource, edge, print};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{fmt::Write, time::Duration};
use wx_model::AccessToken;

/// A token as it may be shown to anybody: by its fingerprint, unless the operator asks for it.
#[derive(Serialize)]
pub(super) struct Described {
    /// The first 12 hex digits of the SHA-256, enough to see whether two programs hold the same token.
    fingerprint: String,
    /// Absent if nobody knows.
    expires_in: Option<u64>,
    /// In seconds since 1970.
    expires: Option<i64>,
    /// Only if it was asked for.
    access_token: Option<String>,
}

impl Described {
    pub(super) fn new(token: &AccessToken, life: Option<Duration>, reveal: bool) -> Self {
        let fingerprint =
            Sha256::digest(token.expose()).iter().take(6).fold(String::new(), |mut hex, byte| {
                // A text takes everything.
                let _ = write!(hex, "{byte:02x}");
                hex
            });
        let expires_in: Option<u64> =
            life.map(|life| life.as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX));
        let end = |seconds: u64| edge::now().saturating_add(i64::try_from(seconds).unwrap_or(i64::MAX));
        let access_token = reveal.then(|| token.expose().to_owned());
        Self { fingerprint, expires_in, expires: expires_in.map(end), access_token }
    }

    /// `fingerprint d2a8…, lives 1 h 58 min, until …`
    pub(super) fn in_words(&self) -> String {
        let fingerprint = &self.fingerprint;
        match (self.expires_in, self.expires) {
            (Some(0), _) => format!("fingerprint {fingerprint}, ended 已过期"),
            (Some(left), Some(end)) => format!(
                "fingerprint {fingerprint}, lives {}, until {}",
                print::duration(left),
                print::beijing_time(end)
            ),
            _ => format!("fingerprint {fingerprint}, nobody knows how long it lives"),
        }
    }

    /// The token itself, if it was asked for.
    pub(super) fn print_token(&self) {
        if let Some(token) = &self.access_token {
            print::line(&format!("value   {}", print::harmless_line(token)));
        }
    }
}

/// Where the token comes from, for scripts.
pub(super) fn source_json(source: &TokenSource) -> Value {
    match source {
        TokenSource::Fixed(_) => json!({ "from": "fixed" }),
        TokenSource::Central { url, .. } => json!({ "from": "service", "url": url.as_str() }),
        TokenSource::Platform { kind, shared } => json!({
            "from": "platform",
            "kind": kind,
            "store": shared.as_ref().map(|shared| shared.address.to_string()),
            "mirror": shared.as_ref().and_then(|shared| shared.mirror.as_ref()).map(ToString::to_string),
        }),
    }
}
