use super::Inquiry;
use crate::Suspicion;
use wx_crypto::{Inside, OpenFailure, Padding};

/// The signature holds here: the Token is right, and the text is what the sender made.
impl Inquiry<'_> {
    pub(super) fn of_envelope(&self, failure: OpenFailure) -> Vec<Suspicion> {
        let encrypt = self.encrypt.as_deref().unwrap_or_default();
        match (failure, &self.inside) {
            (OpenFailure::Base64, _) => vec![of_base64(encrypt)],
            (_, Some(Ok(inside))) if failure == OpenFailure::AppId => vec![self.other_app_id(inside)],
            (_, Some(Ok(inside))) if inside.padding == Padding::To16 => vec![padded_to_16()],
            (_, Some(Ok(_))) => vec![Suspicion::new(
                "padding",
                "the key is right and a message stands inside, but the padding is wrong: whoever encrypts must fill up \
                 to a multiple of 32 bytes with 1 to 32 bytes that each hold their number",
            )],
            (OpenFailure::Length, _) => of_length(encrypt),
            _ => vec![key()],
        }
    }

    pub(super) fn other_app_id(&self, inside: &Inside) -> Suspicion {
        let inside: String = inside.app_id.chars().take(LONGEST_APP_ID).collect();
        let sentence = format!(
            "the push was encrypted for {}, this callback is for {:?}: another account's push, or a third-party \
             platform's, where the component_appid stands inside",
            if inside.is_empty() { "no appid at all".to_owned() } else { format!("{inside:?}") },
            self.app_id(),
        );
        Suspicion::new("another_app_id", sentence)
    }
}

/// Appids have 18 characters; whatever else stands there is not repeated whole.
const LONGEST_APP_ID: usize = 40;

fn of_base64(encrypt: &str) -> Suspicion {
    let is_odd = |c: &char| !c.is_ascii_alphanumeric() && !"+/=".contains(*c);
    match encrypt.chars().find(is_odd) {
        Some(' ') => Suspicion::new(
            "plus_became_blank",
            "the Encrypt text has blanks where base64 has +; it was signed so, so the sender made it from a form",
        ),
        Some('-' | '_') => Suspicion::new(
            "url_safe_base64",
            "the Encrypt text is in the URL-safe alphabet of base64; whoever encrypts must use the ordinary one, + and /",
        ),
        Some('%') => Suspicion::new(
            "percent_encoded",
            "the Encrypt text is percent-encoded; whoever encrypts must send it as it is",
        ),
        Some(odd) => Suspicion::new("no_base64", format!("the Encrypt text is no base64: it has a {odd:?}")),
        None => Suspicion::new(
            "no_base64",
            "the Encrypt text is no base64: characters are missing or = stand in its middle",
        ),
    }
}

fn of_length(encrypt: &str) -> Vec<Suspicion> {
    let bytes =
        encrypt.trim_end_matches('=').len() / 4 * 3 + [0, 0, 1, 2][encrypt.trim_end_matches('=').len() % 4];
    match bytes {
        0 => vec![Suspicion::new("empty_encrypt", "the Encrypt element is empty")],
        _ if !bytes.is_multiple_of(16) => vec![Suspicion::new(
            "cut",
            format!(
                "the envelope has {bytes} bytes, which are no whole AES blocks of 16; it was cut before it was signed"
            ),
        )],
        _ if !bytes.is_multiple_of(32) => vec![key(), padded_to_16()],
        _ => vec![key()],
    }
}

fn padded_to_16() -> Suspicion {
    Suspicion::new(
        "padded_to_16",
        "whoever encrypts fills up to a multiple of 16 bytes, which AES libraries do on their own; the platform does it \
         to 32",
    )
}

fn key() -> Suspicion {
    Suspicion::new(
        "key",
        "the signature holds, so the Token is right and the text is whole: the EncodingAESKey is another one than in \
         the console; copy it again, and if it was changed lately, try the previous one, which the platform goes on \
         using for a while",
    )
}
