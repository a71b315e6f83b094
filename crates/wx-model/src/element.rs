//! What the elements on the path of a leaf are called.

use crate::Fields;

impl Fields {
    /// Whether the leaf at `path` is a credential of a third-party platform (第三方平台, protocol §1.7) or lies in one:
    /// whoever holds it acts for other accounts. Keep it out of logs and records.
    ///
    /// Capitals and underscores do not count, because notices and answers spell the same thing in two ways.
    ///
    /// ```
    /// use wx_model::Fields;
    ///
    /// assert!(Fields::is_credential("ComponentVerifyTicket"));
    /// assert!(!Fields::is_credential("Ticket"));
    /// ```
    pub fn is_credential(path: &str) -> bool {
        let may_be = |name: &&str| name.len() >= SHORTEST_CREDENTIAL;
        names(path).filter(may_be).any(|name| CREDENTIALS.iter().any(|credential| same(name, credential)))
    }

    /// Whether the leaf at `path` is `Encrypt` or lies in one: the sealed second copy of a push in compatible mode
    /// (兼容模式). Its bytes differ in every delivery.
    pub fn is_sealed_copy(path: &str) -> bool {
        names(path).any(|name| name == "Encrypt")
    }
}

const CREDENTIALS: [&str; 7] = [
    "component_verify_ticket",
    "component_appsecret",
    "component_access_token",
    "pre_auth_code",
    "authorization_code",
    "authorizer_access_token",
    "authorizer_refresh_token",
];

/// Letters of the shortest. A path may be long and of short names, and nothing about it should cost much.
const SHORTEST_CREDENTIAL: usize = "preauthcode".len();

/// Without the numbers of siblings.
fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('.').map(|segment| match segment.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
        Some((name, _)) => name,
        None => segment,
    })
}

fn same(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldsBuilder;

    #[test]
    fn an_element_is_found_wherever_it_stands() {
        for path in [
            "PreAuthCode",
            "PreAuthCode[1]",
            "Info.PreAuthCode",
            "Info[0].pre_auth_code[12]",
            "PreAuthCode.Value",
            "authorizerRefreshToken",
        ] {
            assert!(Fields::is_credential(path) && !Fields::is_sealed_copy(path), "{path}");
        }
        for path in ["Encrypt", "Encrypt[1]", "Info.Encrypt", "Encrypt.x[0]"] {
            assert!(Fields::is_sealed_copy(path) && !Fields::is_credential(path), "{path}");
        }
        for path in ["", "AuthorizationCodeExpiredTime", "encrypt", "EncryptType", "Event", "[0]", "Ticket"] {
            assert!(!Fields::is_sealed_copy(path) && !Fields::is_credential(path), "{path}");
        }
    }

    #[test]
    fn no_credential_is_shorter_than_the_shortest() {
        let lengths = CREDENTIALS.map(|credential| letters(credential).count());
        assert_eq!(lengths.into_iter().min(), Some(SHORTEST_CREDENTIAL));
    }

    #[test]
    fn printing_shows_what_was_written_but_no_credential() {
        let mut fields = FieldsBuilder::default();
        fields.leaf("Content", "hello");
        fields.open("Info");
        fields.leaf("PreAuthCode", "preauthcode@@@x");
        fields.leaf("PreAuthCode", "preauthcode@@@y");
        let printed = r#"{"Content": "hello", "Info.PreAuthCode[0]": "[redacted]", "Info.PreAuthCode[1]": "[redacted]"}"#;
        assert_eq!(format!("{:?}", fields.finish()), printed);
    }
}
