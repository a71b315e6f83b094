mod forms;

use aho_corasick::AhoCorasick;
use forms::forms;
use percent_encoding::percent_decode;
use std::{borrow::Cow, fmt::Debug};

/// Secrets, each of a text that stands nowhere else, and a search for them in everything that leaves a process.
///
/// A secret is found plain, backwards, in base64 and in hex, and all of that percent-encoded once or twice; also where only
/// its first or last 16 bytes are there, or 23 in a row from its middle.
///
/// ```
/// use scenarios::Canaries;
///
/// let canaries = Canaries::new([("AppSecret", "5ec7e75ec7e75ec7e75ec7e75ec7e7ab")]);
/// assert!(canaries.find("GET /cgi-bin/token?appid=wx1").is_none());
/// assert_eq!(canaries.find("secret=5ec7e75ec7e75ec7e7…").as_deref(), Some("AppSecret, plain: …secret=5ec7e75ec7e75ec7e7…"));
/// ```
#[derive(Debug)]
pub struct Canaries {
    /// What each pattern of the searcher is.
    labels: Vec<String>,
    searcher: AhoCorasick,
}

impl Canaries {
    /// Looks for these secrets, which have a name each.
    pub fn new<'a>(secrets: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let (mut labels, mut patterns) = (Vec::new(), Vec::new());
        for (name, secret) in secrets {
            assert!(secret.len() >= 16, "{name} is too short to stand nowhere else");
            for (form, pattern) in forms(secret.as_bytes()) {
                labels.push(format!("{name}, {form}"));
                patterns.push(pattern);
            }
        }
        Self { labels, searcher: AhoCorasick::new(patterns).expect("some short patterns") }
    }

    /// What is found first, and what stands around it.
    pub fn find(&self, text: impl AsRef<[u8]>) -> Option<String> {
        let mut text = Cow::Borrowed(text.as_ref());
        for encoded in ["", ", percent-encoded", ", percent-encoded twice"] {
            if let Some(found) = self.searcher.find(&*text) {
                let label = &self.labels[found.pattern().as_usize()];
                let before = found.start().saturating_sub(120);
                let around = String::from_utf8_lossy(&text[before..(found.end() + 20).min(text.len())]);
                return Some(format!("{label}{encoded}: …{around}"));
            }
            match Cow::from(percent_decode(&text)) {
                Cow::Borrowed(_) => return None,
                Cow::Owned(decoded) => text = Cow::Owned(decoded),
            }
        }
        None
    }

    /// Stops the test if one of them is there.
    #[track_caller]
    pub fn assert_absent(&self, place: impl Debug, text: impl AsRef<[u8]>) {
        if let Some(found) = self.find(text) {
            panic!("a secret got out at {place:?}: {found}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{
        Engine,
        engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
    };

    const SECRET: &str = "7c_cAnAry+5ec12e7/0123456789=Qz~";

    fn percent(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    }

    /// The negative control: each form that anybody may write it in is found, between anything else.
    #[test]
    fn every_form_is_found() {
        let canaries = Canaries::new([("other", "0123456789abcdef0123456789abcdef"), ("secret", SECRET)]);
        let secret = SECRET.as_bytes();
        let mut written = vec![
            ("plain", SECRET.to_owned()),
            ("plain", format!("{}…", &SECRET[..16])),
            ("plain", format!("…{}", &SECRET[16..])),
            ("plain", SECRET.to_uppercase()),
            ("plain, percent-encoded", percent(secret)),
            ("plain, percent-encoded", SECRET.replace('+', "%2b").replace('/', "%2F").replace('=', "%3d")),
            ("plain, percent-encoded twice", percent(secret).replace('%', "%25")),
            ("hex", hex(secret)),
            ("hex", hex(secret).to_uppercase()),
            ("reversed", SECRET.chars().rev().collect()),
        ];
        for before in ["", "x", "xy", "xyz"] {
            let text = format!("{before}{SECRET}end");
            written.push(("base64", STANDARD.encode(&text)));
            written.push(("base64", URL_SAFE_NO_PAD.encode(&text)));
            written.push(("base64, percent-encoded", percent(STANDARD.encode(&text).as_bytes())));
        }
        for (form, text) in written {
            for around in [["", ""], ["{\"a\":\"", "\"}"], ["100% of ", "%"]] {
                let text = around.join(&text);
                let found = canaries.find(&text).unwrap_or_else(|| panic!("{form} is not found: {text}"));
                assert!(found.starts_with("secret, "), "{found}");
                assert!(
                    form == "reversed" || found.starts_with(&format!("secret, {form}")),
                    "{form}: {found}"
                );
            }
        }
    }

    #[test]
    fn what_is_no_secret_is_not_found() {
        let canaries = Canaries::new([("secret", SECRET)]);
        for text in ["", "7c_cAnAry+5ec12", "%%%7c%5", &"%25".repeat(1_000), &hex(b"7c_cAnAry")] {
            assert_eq!(canaries.find(text), None);
        }
    }

    #[test]
    #[should_panic(expected = "a secret got out at \"stderr\": secret, plain")]
    fn a_test_is_stopped() {
        Canaries::new([("secret", SECRET)]).assert_absent("stderr", SECRET);
    }
}
