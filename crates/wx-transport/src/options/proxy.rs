use crate::{TransportError, TransportErrorKind, outgoing::is_reachable};
use http::Uri;
use std::fmt;

/// Which proxies requests go through.
#[derive(Clone)]
pub(crate) enum Proxy {
    None,
    Environment,
    /// Anything the user has written.
    Address(String),
}

impl Proxy {
    /// The HTTP libraries ignore some addresses that they do not understand, and would send everything directly.
    pub(crate) fn check(&self) -> Result<(), TransportError> {
        match self {
            Self::Address(address) if !is_usable(address) => {
                Err(TransportError::new(TransportErrorKind::Request).with_source(
                    "the address of the proxy is not valid; write it as http://host:port or \
                     http://user:password@host:port",
                ))
            }
            _ => Ok(()),
        }
    }
}

fn is_usable(address: &str) -> bool {
    address.parse::<Uri>().is_ok_and(|uri| {
        uri.scheme_str() == Some("http")
            && uri.authority().is_some_and(is_reachable)
            && uri.path_and_query().is_none_or(|target| target == "/")
    })
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Environment => "environment",
            // It may hold a password.
            Self::Address(_) => "[redacted]",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_http_proxies_are_usable() {
        for address in ["http://127.0.0.1:3128", "http://user:p%40ss@proxy.example/", "http://[::1]:8080"] {
            assert!(is_usable(address), "{address}");
        }
        for address in [
            "",
            "proxy.example:3128",
            "http://",
            "http://u:p@",
            "https://h:1",
            "socks5://h",
            "http://h/?a",
            "/p",
            "http://h:99999",
        ] {
            assert!(!is_usable(address), "{address}");
        }
    }
}
