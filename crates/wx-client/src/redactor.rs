use crate::base_url::percent_encoded;

/// How much of a text of the other side may stand in an error, in bytes.
const LONGEST: usize = 200;
/// How much of it is looked at: a secret that is cut off at the end of the excerpt must be seen whole.
const WINDOW: usize = 64 * 1024;
/// Shorter texts are no real secrets, and replacing them would only spoil the message.
const SHORTEST_SECRET: usize = 6;

/// Cleans what the other side wrote before it may stand in an error: it may repeat our secrets.
#[derive(Clone, Copy)]
pub(crate) struct Redactor<'a> {
    /// What was sent.
    pub(crate) secrets: &'a [&'a str],
    /// For answers that hold a new token.
    pub(crate) hides_bodies: bool,
}

impl Redactor<'_> {
    /// One line of at most 200 bytes, with each known secret replaced.
    pub(crate) fn clean(&self, text: &str) -> String {
        let mut text = head(text, WINDOW).to_owned();
        for secret in self.secrets {
            if secret.len() >= SHORTEST_SECRET {
                text = text.replace(secret, "[redacted]");
                text = text.replace(&percent_encoded(secret), "[redacted]");
            }
        }
        let line = text.replace(char::is_control, " ");
        let short = head(line.trim(), LONGEST);
        if short.len() < line.trim().len() { format!("{short}…") } else { short.to_owned() }
    }

    /// The start of a body, unless it may hold a secret that is not known here, as a page that repeats an address.
    pub(crate) fn excerpt(&self, body: &[u8]) -> Option<String> {
        if self.hides_bodies {
            return None;
        }
        let text = String::from_utf8_lossy(&body[..body.len().min(WINDOW)]);
        let lower = text.to_lowercase();
        let suspect = lower.contains("access_token") || lower.contains("secret");
        (!suspect).then(|| self.clean(&text))
    }
}

/// The first bytes of a text, whole characters only.
fn head(text: &str, longest: usize) -> &str {
    &text[..text.floor_char_boundary(longest)]
}
