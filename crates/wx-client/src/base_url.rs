use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use std::{fmt, str::FromStr};

/// Everything but the unreserved characters of RFC 3986 (protocol §14).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where addresses start: scheme, host, and perhaps a port and a path, such as `https://api.weixin.qq.com` or
/// `http://127.0.0.1:8080/wx` (protocol §5.1).
///
/// ```
/// use wx_client::BaseUrl;
///
/// let base: BaseUrl = "http://gateway.example/wx/".parse()?;
/// assert_eq!(base.url("/cgi-bin/showqrcode", &[("ticket", "a+b=")]),
///     "http://gateway.example/wx/cgi-bin/showqrcode?ticket=a%2Bb%3D");
/// # Ok::<(), wx_client::InvalidBaseUrl>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// The host of the API: `https://api.weixin.qq.com`.
    pub fn official_api() -> Self {
        Self("https://api.weixin.qq.com".to_owned())
    }

    /// All hosts of the API, in the order in which they are tried when there is no connection (protocol §5.1): the
    /// ordinary one, that for disasters, Shanghai, Shenzhen, Hong Kong.
    pub(crate) fn official_entries() -> Vec<Self> {
        let others =
            ["api2", "sh.api", "sz.api", "hk.api"].map(|name| Self(format!("https://{name}.weixin.qq.com")));
        std::iter::once(Self::official_api()).chain(others).collect()
    }

    /// The host of the pictures: `https://mp.weixin.qq.com` (protocol §3).
    pub fn official_images() -> Self {
        Self("https://mp.weixin.qq.com".to_owned())
    }

    /// The address without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a path, which starts with `/`, with these query pairs. Each name and value is percent-encoded
    /// exactly once, everything but letters, digits and `-._~`, whatever it looks like.
    pub fn url(&self, path: &str, query: &[(&str, &str)]) -> String {
        self.address(path, query.iter().copied())
    }

    /// The same. Most tokens need no encoding, so that one allocation of the exact size will do.
    pub(crate) fn address<'q>(
        &self,
        path: &str,
        query: impl Iterator<Item = (&'q str, &'q str)> + Clone,
    ) -> String {
        let length: usize = query.clone().map(|(name, value)| name.len() + value.len() + 2).sum();
        let mut url = String::with_capacity(self.0.len() + path.len() + length);
        url.push_str(&self.0);
        url.push_str(path);
        for (index, (name, value)) in query.enumerate() {
            url.push(if index == 0 { '?' } else { '&' });
            url.extend(encoded(name));
            url.push('=');
            url.extend(encoded(value));
        }
        url
    }
}

impl FromStr for BaseUrl {
    type Err = InvalidBaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidBaseUrl> {
        if text.contains(['?', '#']) {
            return Err(InvalidBaseUrl::Query);
        }
        let uri: http::Uri = text.parse().map_err(|_| InvalidBaseUrl::Malformed)?;
        if !matches!(uri.scheme_str(), Some("http" | "https")) {
            return Err(InvalidBaseUrl::Scheme);
        }
        match uri.authority() {
            Some(authority) if authority.as_str().contains('@') => Err(InvalidBaseUrl::Credentials),
            Some(authority) if authority.host().is_empty() => Err(InvalidBaseUrl::Malformed),
            Some(authority) if has_bad_port(authority) => Err(InvalidBaseUrl::Malformed),
            Some(_) => Ok(Self(text.trim_end_matches('/').to_owned())),
            None => Err(InvalidBaseUrl::Malformed),
        }
    }
}

/// Encoded once, whatever it looks like.
pub(crate) fn percent_encoded(text: &str) -> String {
    encoded(text).to_string()
}

fn encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, ENCODED)
}

/// `http` takes any digits after the colon; what does not fit 16 bits would fail only when connecting.
fn has_bad_port(authority: &http::uri::Authority) -> bool {
    authority.as_str().len() > authority.host().len() && authority.port_u16().is_none()
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no [`BaseUrl`]. The text itself is not repeated: it may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidBaseUrl {
    /// Neither `http://` nor `https://`.
    Scheme,
    /// With `?` or `#`.
    Query,
    /// With `user:password@`.
    Credentials,
    /// No address at all: no host, blanks, a wrong port.
    Malformed,
}

impl fmt::Display for InvalidBaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => {
                "a base address starts with http:// or https://, such as https://api.weixin.qq.com"
            }
            Self::Query => "a base address ends before the query; leave out everything from ? or # on",
            Self::Credentials => {
                "a base address holds no user name or password; leave out everything up to @"
            }
            Self::Malformed => {
                "a base address is written like https://api.weixin.qq.com or http://127.0.0.1:8080"
            }
        })
    }
}

impl std::error::Error for InvalidBaseUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_hosts_ports_and_paths() {
        for (text, base) in [
            ("https://api2.weixin.qq.com", "https://api2.weixin.qq.com"),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("HTTPS://gateway.example/wx//", "HTTPS://gateway.example/wx"),
        ] {
            assert_eq!(text.parse::<BaseUrl>().map(|base| base.0), Ok(base.to_owned()), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        use InvalidBaseUrl::*;
        for (text, error) in [
            ("", Malformed),
            ("api.weixin.qq.com", Scheme),
            ("/cgi-bin", Scheme),
            ("ftp://api.weixin.qq.com", Scheme),
            ("https://", Malformed),
            ("https://:80", Malformed),
            ("https://host:99999", Malformed),
            ("https://ho st", Malformed),
            ("https://host/?a=b", Query),
            ("https://host/#top", Query),
            ("https://me:pw@host", Credentials),
        ] {
            assert_eq!(text.parse::<BaseUrl>(), Err(error), "{text}");
        }
    }
}
