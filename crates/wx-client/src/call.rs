use crate::{BaseUrl, Error};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, header::CONTENT_TYPE};
use serde::Serialize;
use wx_model::AccessToken;

/// One call: where, what, and nothing about who calls.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    method: Method,
    path: &'a str,
    query: &'a [(&'a str, &'a str)],
    body: Bytes,
}

impl<'a> Call<'a> {
    pub(crate) fn get(path: &'a str, query: &'a [(&'a str, &'a str)]) -> Result<Self, Error> {
        check(path)?;
        Ok(Self { method: Method::GET, path, query, body: Bytes::new() })
    }

    /// The body is JSON in raw UTF-8, never `\uXXXX` (protocol §2).
    pub(crate) fn post(path: &'a str, body: &(impl Serialize + ?Sized)) -> Result<Self, Error> {
        check(path)?;
        let body = serde_json::to_vec(body).map_err(|error| {
            Error::request(path, "its body cannot be written as JSON", Some(error.into()))
        })?;
        Ok(Self { method: Method::POST, path, query: &[], body: body.into() })
    }

    pub(crate) fn path(&self) -> &str {
        self.path
    }

    pub(crate) fn request(
        &self,
        base: &BaseUrl,
        token: Option<&AccessToken>,
    ) -> Result<Request<Bytes>, Error> {
        let token = token.map(|token| ("access_token", token.expose()));
        let query: Vec<_> = token.into_iter().chain(self.query.iter().copied()).collect();
        let mut request = Request::builder().method(self.method.clone()).uri(base.url(self.path, &query));
        if self.method == Method::POST {
            request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        // The reason is left out: nothing says that it will never quote the address.
        request
            .body(self.body.clone())
            .map_err(|_| Error::request(self.path, "its address is not valid or too long", None))
    }
}

/// Everything else about an address is written by this crate.
fn check(path: &str) -> Result<(), Error> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'?' | b'#');
    if path.starts_with('/') && path.bytes().all(is_plain) {
        return Ok(());
    }
    // A query may hold a secret.
    let shown = path.split(['?', '#']).next().unwrap_or_default();
    let why = "its path must start with / and hold no query, no blank and nothing but ASCII; give the query as pairs";
    Err(Error::request(shown, why, None))
}
