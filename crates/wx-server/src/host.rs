use axum::{
    extract::{Request, State},
    http::{StatusCode, header::HOST},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{net::IpAddr, sync::Arc};

/// Answers only requests that name this machine, so that a page from elsewhere cannot read the console by letting
/// its own name point here (DNS rebinding).
pub(crate) async fn check(State(name): State<Arc<Option<String>>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if is_ours(host, name.as_deref()) {
        return next.run(request).await;
    }
    let why = "the console answers to localhost, to addresses, and to the host name in its configuration";
    (StatusCode::MISDIRECTED_REQUEST, why).into_response()
}

fn is_ours(host: &str, name: Option<&str>) -> bool {
    let without_port = match host.rsplit_once(':') {
        Some((before, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => before,
        _ => host,
    };
    let address = without_port.trim_start_matches('[').trim_end_matches(']');
    let is_name = |name: &str| without_port.eq_ignore_ascii_case(name);
    address.parse::<IpAddr>().is_ok() || is_name("localhost") || name.is_some_and(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_elsewhere_are_not_ours() {
        for host in ["127.0.0.1:8081", "localhost", "LOCALHOST:8081", "[::1]:8081", "10.0.0.7"] {
            assert!(is_ours(host, None), "{host}");
        }
        for host in ["", "evil.test", "evil.test:8081", "localhost.evil.test", "127.0.0.1.evil.test:80"] {
            assert!(!is_ours(host, None), "{host}");
        }
        assert!(is_ours("Wx.Example.com:443", Some("wx.example.com")));
        assert!(!is_ours("x.example.com", Some("wx.example.com")));
    }
}
