//! What the elements on the path of a leaf are called.

/// Whether the leaf is `Encrypt`, the sealed second copy of a push in compatible mode (兼容模式), or lies in one.
pub(crate) fn is_encrypt(path: &str) -> bool {
    names(path).any(|name| name == "Encrypt")
}

/// Whether the leaf is a credential of a third-party platform (第三方平台) or lies in one. Capitals and underscores do
/// not count, because notices and answers spell the same thing in two ways.
pub(crate) fn is_credential(path: &str) -> bool {
    names(path).any(|name| CREDENTIALS.iter().any(|credential| same(name, credential)))
}

/// Protocol §1.7. Whoever holds one of them acts for other accounts, and some cannot be fetched again or revoked.
const CREDENTIALS: [&str; 7] = [
    "component_verify_ticket",
    "component_appsecret",
    "component_access_token",
    "pre_auth_code",
    "authorization_code",
    "authorizer_access_token",
    "authorizer_refresh_token",
];

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
            assert!(is_credential(path) && !is_encrypt(path), "{path}");
        }
        for path in ["Encrypt", "Encrypt[1]", "Info.Encrypt", "Encrypt.x[0]"] {
            assert!(is_encrypt(path) && !is_credential(path), "{path}");
        }
        for path in ["", "AuthorizationCodeExpiredTime", "encrypt", "EncryptType", "Event", "[0]", "Ticket"] {
            assert!(!is_encrypt(path) && !is_credential(path), "{path}");
        }
    }
}
