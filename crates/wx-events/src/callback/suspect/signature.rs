use super::Inquiry;
use crate::Suspicion;
use wx_crypto::Inside;

impl Inquiry<'_> {
    pub(super) fn of_signature(&self) -> Vec<Suspicion> {
        if let Some(found) =
            self.of_query().or_else(|| self.of_mistaken_signature()).or_else(|| self.of_repair())
        {
            return vec![found];
        }
        match (self.token_holds(), &self.inside) {
            (true, Some(Ok(inside))) if inside.app_id == self.app_id() => vec![Suspicion::new(
                "another_request",
                "the Token is right and the body opens with the key, so query and body belong to two different \
                 requests; take both from the same one",
            )],
            (true, Some(_)) => vec![Suspicion::new(
                "body_changed",
                "the Token is right, but the msg_signature does not cover this Encrypt text: the body was changed or \
                 cut on the way, or belongs to another request",
            )],
            (true, None) => {
                vec![Suspicion::new("msg_signature_changed", "the Token is right, the msg_signature is not")]
            }
            (false, Some(Ok(inside))) => self.of_token_with_key(inside),
            (false, inside) => self.of_token(inside.is_some()),
        }
    }

    /// Something is missing in the query, or was cut.
    fn of_query(&self) -> Option<Suspicion> {
        let query = self.query;
        let claimed = if self.is_encrypted() { &query.msg_signature } else { &query.signature };
        let name = if self.is_encrypted() { "msg_signature" } else { "signature" };
        let all = [&query.signature, &query.msg_signature, &query.timestamp, &query.nonce];
        if all.iter().all(|value| value.is_empty()) {
            return Some(Suspicion::new(
                "no_query",
                "the query has nothing of signature, timestamp and nonce; give the query string of the same request, \
                 all of it, and mind that a shell cuts it at & unless it is quoted",
            ));
        }
        let parameters = [(name, claimed), ("timestamp", &query.timestamp), ("nonce", &query.nonce)];
        let missing: Vec<_> =
            parameters.iter().filter(|(_, value)| value.is_empty()).map(|(name, _)| *name).collect();
        if missing == ["msg_signature"] && self.token_holds() {
            return Some(Suspicion::new(
                "no_msg_signature",
                "the query has no msg_signature; its signature holds, so the Token is right: a proxy or a log dropped \
                 the parameters behind it, or the console stands in plain mode",
            ));
        }
        if !missing.is_empty() {
            let sentence = format!(
                "the query has no {}; pass the query string on unchanged, and mind that a shell cuts it at & unless \
                 it is quoted",
                missing.join(", ")
            );
            return Some(Suspicion::new("missing_parameters", sentence));
        }
        let is_hex = claimed.len() == 40 && claimed.bytes().all(|byte| byte.is_ascii_hexdigit());
        (!is_hex).then(|| {
            let sentence = format!(
                "the {name} has {} characters, but a signature is 40 hex digits; it was cut or changed",
                claimed.chars().count()
            );
            Suspicion::new("no_signature", sentence)
        })
    }

    /// A signature that holds, but over the wrong text or in the wrong place.
    fn of_mistaken_signature(&self) -> Option<Suspicion> {
        let query = self.query;
        let encrypt = self.encrypt.as_deref().unwrap_or_default();
        let body = std::str::from_utf8(self.body).unwrap_or_default();
        if self.is_encrypted() && self.holds_over(&query.msg_signature, "") {
            return Some(Suspicion::new(
                "signature_without_encrypt",
                "the msg_signature was made without the Encrypt text: it is the signature of a clear push; whoever \
                 signs must sort and join Token, timestamp, nonce and Encrypt",
            ));
        }
        let inside = match &self.inside {
            Some(Ok(inside)) => std::str::from_utf8(&inside.message).unwrap_or_default(),
            _ => "",
        };
        let covers = |text: &str| {
            let claims = [&query.msg_signature, &query.signature];
            !text.is_empty() && claims.into_iter().any(|claimed| self.holds_over(claimed, text))
        };
        if covers(inside) {
            return Some(Suspicion::new(
                "signature_of_clear_text",
                "the signature was made over the clear message; whoever signs must take the Encrypt text",
            ));
        }
        if covers(body) || covers(body.trim()) {
            return Some(Suspicion::new(
                "signature_of_body",
                "the signature was made over the whole body; whoever signs must take the Encrypt text alone, and \
                 nothing of a clear body",
            ));
        }
        if encrypt.is_empty() {
            return None;
        }
        if self.holds_over(&query.signature, encrypt) {
            return Some(Suspicion::new(
                "signatures_swapped",
                "signature holds what belongs into msg_signature: it covers the Encrypt text",
            ));
        }
        (!self.is_encrypted() && self.holds_over(&query.msg_signature, encrypt)).then(|| {
            Suspicion::new(
                "signature_changed",
                "the msg_signature holds, so the Token is right: signature was changed on the way, and the console does \
                 not stand in plain mode",
            )
        })
    }

    /// The signature holds over the text as it was before something on the way changed it.
    fn of_repair(&self) -> Option<Suspicion> {
        let encrypt = self.encrypt.as_deref()?;
        let before =
            |repaired: &str| repaired != encrypt && self.holds_over(&self.query.msg_signature, repaired);
        let repair = REPAIRS.iter().find(|repair| before(&(repair.undo)(encrypt)))?;
        Some(Suspicion::new(repair.name, repair.sentence))
    }

    fn of_token_with_key(&self, inside: &Inside) -> Vec<Suspicion> {
        let mut found = vec![Suspicion::new(
            "token",
            "the EncodingAESKey opens the body, but the Token does not sign the query: the Token is another one than \
             in the console, or timestamp or nonce were changed on the way",
        )];
        if inside.app_id != self.app_id() {
            found.push(self.other_app_id(inside));
        }
        found
    }

    fn of_token(&self, has_key: bool) -> Vec<Suspicion> {
        let token = self.callback.token.current().expose();
        if let Some(found) = impossible_token(token) {
            return vec![found];
        }
        let is_secret = token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
        let secret = "the Token has 32 hex digits, as an AppSecret has; were the two confused?";
        let mut found: Vec<_> =
            is_secret.then(|| Suspicion::new("token_is_secret", secret)).into_iter().collect();
        found.push(Suspicion::new(
            "token",
            "the Token is another one than in the console; compare letter by letter, and mind blanks at its ends",
        ));
        if has_key {
            found.push(Suspicion::new(
                "another_account",
                "neither the Token nor the EncodingAESKey fits: the push is probably another account's",
            ));
        }
        found.push(Suspicion::new(
            "query_changed",
            "timestamp or nonce were changed on the way, or the query belongs to another request",
        ));
        found
    }

    fn is_encrypted(&self) -> bool {
        self.callback.envelope_for(self.query).is_some()
    }
}

/// What a Token cannot be (protocol §6.1).
fn impossible_token(token: &str) -> Option<Suspicion> {
    let is_alphanumeric = token.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match token.len() {
        43 => Some(Suspicion::new(
            "token_is_key",
            "the Token has 43 characters, as an EncodingAESKey has; were the two confused?",
        )),
        3..=32 if is_alphanumeric => None,
        _ => Some(Suspicion::new("token_shape", "a Token has 3 to 32 letters and digits, this one has not")),
    }
}

/// A change on the way that can be undone.
struct Repair {
    name: &'static str,
    undo: fn(&str) -> String,
    sentence: &'static str,
}

const REPAIRS: &[Repair] = &[
    Repair {
        name: "plus_became_blank",
        undo: |text| text.replace(' ', "+"),
        sentence: "the Encrypt text had + where it has blanks now; look for a proxy or a framework that reads the body \
                   as a form",
    },
    Repair {
        name: "wrapped",
        undo: |text| text.replace(|c: char| c.is_ascii_whitespace(), ""),
        sentence: "the Encrypt text was broken into lines on the way; pass the body on as it is",
    },
    Repair {
        name: "percent_encoded",
        undo: percent_decoded,
        sentence: "the Encrypt text was percent-encoded on the way; pass the body on as it is",
    },
    Repair {
        name: "url_safe_base64",
        undo: |text| text.replace('-', "+").replace('_', "/"),
        sentence: "the Encrypt text was changed into the URL-safe alphabet of base64; pass the body on as it is",
    },
];

/// As far as base64 needs it.
fn percent_decoded(text: &str) -> String {
    let escapes = [("%2B", "+"), ("%2b", "+"), ("%2F", "/"), ("%2f", "/"), ("%3D", "="), ("%3d", "=")];
    escapes.into_iter().fold(text.to_owned(), |text, (escape, character)| text.replace(escape, character))
}
