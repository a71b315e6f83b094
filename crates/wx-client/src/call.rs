mod repeat;

pub use repeat::Repeat;

use crate::{BaseUrl, Error};
use bytes::Bytes;
use http::{HeaderValue, Method, Request, Uri, header::CONTENT_TYPE};
use serde::Serialize;
use std::fmt;
use wx_model::AccessToken;

/// One call of the API: where, what, and how often it may be sent. Nothing about who calls.
///
/// [`Client::call`](crate::Client::call) makes it. The shorter [`post_json`](crate::Client::post_json) and
/// [`get_json`](crate::Client::get_json) do where nothing has to be said about repeats.
///
/// ```
/// use wx_client::{Call, Repeat};
///
/// let publish = Call::post("/cgi-bin/freepublish/submit", &serde_json::json!({ "media_id": "M" }))?
///     .repeat(Repeat::Never);
/// # Ok::<(), wx_client::Error>(())
/// ```
#[derive(Clone)]
pub struct Call<'a> {
    method: Method,
    path: &'a str,
    query: &'a [(&'a str, &'a str)],
    body: Bytes,
    repeat: Repeat,
    allowance: Option<&'static str>,
    pub(crate) target: Target,
}

/// Which server a call is for, and whether it carries the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Api,
    ApiWithoutToken,
    Images,
}

impl<'a> Call<'a> {
    /// A call with GET and these query pairs. It only reads, so it may be repeated always.
    ///
    /// The path starts with `/` and has no query, such as `/cgi-bin/tags/get`. The values are percent-encoded here.
    ///
    /// # Errors
    ///
    /// Kind [`Request`](crate::ErrorKind::Request) if the path is not like that.
    pub fn get(path: &'a str, query: &'a [(&'a str, &'a str)]) -> Result<Self, Error> {
        Self::new(Method::GET, path, query, Bytes::new(), Repeat::Always)
    }

    /// A call with POST and a JSON body, in raw UTF-8 as the platform wants it (protocol §14). It may be repeated if it
    /// surely was not done; where it only reads or may be done twice, say so with [`repeat`](Self::repeat).
    ///
    /// # Errors
    ///
    /// Kind [`Request`](crate::ErrorKind::Request) if the path is not as in [`get`](Self::get), or the body cannot be
    /// written as JSON.
    pub fn post(path: &'a str, body: &(impl Serialize + ?Sized)) -> Result<Self, Error> {
        let body = serde_json::to_vec(body).map_err(|error| {
            Error::request(path, "its body cannot be written as JSON", Some(error.into()))
        })?;
        Self::new(Method::POST, path, &[], body.into(), Repeat::IfNotDone)
    }

    /// Whether it may be sent again after a failure that may pass.
    pub fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }

    /// Names an allowance that the call uses up and that never comes back, such as the places of permanent codes. After
    /// the platform has said once that it is used up (45029), the client sends no call with this name any more.
    pub fn allowance(mut self, name: &'static str) -> Self {
        self.allowance = Some(name);
        self
    }

    /// The path.
    pub fn path(&self) -> &'a str {
        self.path
    }

    pub(crate) fn repeats(&self) -> Repeat {
        self.repeat
    }

    pub(crate) fn allowance_name(&self) -> Option<&'static str> {
        self.allowance
    }

    pub(crate) fn to(mut self, target: Target) -> Self {
        self.target = target;
        self
    }

    /// The same with these query pairs.
    pub(crate) fn with_query<'b>(self, query: &'b [(&'b str, &'b str)]) -> Call<'b>
    where
        'a: 'b,
    {
        Call { query, ..self }
    }

    pub(crate) fn request(
        &self,
        base: &BaseUrl,
        token: Option<&AccessToken>,
    ) -> Result<Request<Bytes>, Error> {
        let token = token.map(|token| ("access_token", token.expose()));
        let address = base.address(self.path, token.into_iter().chain(self.query.iter().copied()));
        let mut request = Request::new(self.body.clone());
        *request.method_mut() = self.method.clone();
        // The reason is left out: nothing says that it will never quote the address.
        *request.uri_mut() = Uri::try_from(address)
            .map_err(|_| Error::request(self.path, "its address is not valid or too long", None))?;
        if self.method == Method::POST {
            request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        Ok(request)
    }

    fn new(
        method: Method,
        path: &'a str,
        query: &'a [(&'a str, &'a str)],
        body: Bytes,
        repeat: Repeat,
    ) -> Result<Self, Error> {
        check(path)?;
        Ok(Self { method, path, query, body, repeat, allowance: None, target: Target::Api })
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

/// Without query and body: secrets may stand there.
impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("repeat", &self.repeat)
            .finish_non_exhaustive()
    }
}
