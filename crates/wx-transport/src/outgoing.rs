use crate::{TransportError, TransportErrorKind};
use bytes::Bytes;
use http::{
    HeaderValue, Method, Request, Uri, Version,
    header::{CONTENT_LENGTH, TRANSFER_ENCODING, USER_AGENT},
    uri::Authority,
};

/// Makes a request one that can be sent, the same for each HTTP library: an absolute http or https address, HTTP/1.1,
/// and no length but that of the body.
pub(crate) fn prepare(request: &mut Request<Bytes>, user_agent: &HeaderValue) -> Result<(), TransportError> {
    if let Some(reason) = obstacle(request.method(), request.uri()) {
        return Err(TransportError::new(TransportErrorKind::Request).with_source(reason));
    }
    let is_empty = request.body().is_empty();
    let may_have_body = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    *request.version_mut() = Version::HTTP_11;
    let headers = request.headers_mut();
    headers.remove(TRANSFER_ENCODING);
    // Without it, some servers refuse an empty body.
    if is_empty && may_have_body {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    } else {
        headers.remove(CONTENT_LENGTH);
    }
    headers.entry(USER_AGENT).or_insert_with(|| user_agent.clone());
    Ok(())
}

/// The reasons quote nothing: the address may hold secrets.
fn obstacle(method: &Method, uri: &Uri) -> Option<&'static str> {
    let Some(authority) = uri.authority().filter(|authority| is_reachable(authority)) else {
        return Some("its address has no host or a wrong port; write it as https://host/path");
    };
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        Some("its address begins neither with http:// nor with https://")
    } else if authority.as_str().contains('@') {
        Some("its address holds a user name; send an authorization header in its place")
    } else if *method == Method::CONNECT {
        Some("CONNECT is for proxies; set one in the options of the transport")
    } else {
        None
    }
}

/// Whether there is a host, and a port that is none or a number: a wrong one would silently mean port 80.
pub(crate) fn is_reachable(authority: &Authority) -> bool {
    let has_port = !authority.as_str().ends_with(authority.host());
    !authority.host().is_empty() && (authority.port_u16().is_some() || !has_port)
}

/// The `user-agent` header of the options.
pub(crate) fn user_agent(name: &str) -> Result<HeaderValue, TransportError> {
    HeaderValue::from_str(name)
        .map_err(|error| TransportError::new(TransportErrorKind::Request).with_source(error))
}
