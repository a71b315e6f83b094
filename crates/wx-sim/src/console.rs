//! The console page: one page in a browser, without any build step, whose scripts use the control routes.

use crate::stage::Stage;
use axum::{
    Router,
    extract::Path,
    middleware::map_response,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{HeaderName, HeaderValue, StatusCode, header};

/// The page and its files. They are the same for everybody and hold nothing of the account.
pub(crate) fn routes() -> Router<Stage> {
    Router::new()
        .route("/sim/console", get(|| async { file("page.html") }))
        .route("/sim/console/{file}", get(|Path(name): Path<String>| async move { file(&name) }))
        .layer(map_response(protect))
}

/// A file of the page, by its name.
fn file(name: &str) -> Response {
    match FILES.iter().find(|file| file.0 == name) {
        Some((_, kind, text)) => ([(header::CONTENT_TYPE, *kind)], *text).into_response(),
        None => (StatusCode::NOT_FOUND, "the console has no such file; open /sim/console\n").into_response(),
    }
}

macro_rules! files {
    ($($name:literal: $kind:ident),* $(,)?) => {
        &[$(($name, $kind, include_str!(concat!("console/", $name)))),*]
    };
}

const HTML: &str = "text/html; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const ICON: &str = "image/svg+xml";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Name, label and text.
const FILES: &[(&str, &str, &str)] = files! {
    "page.html": HTML,
    "style.css": STYLE,
    "parts.css": STYLE,
    "icon.svg": ICON,
    "main.js": SCRIPT,
    "api.js": SCRIPT,
    "chat.js": SCRIPT,
    "codes.js": SCRIPT,
    "dom.js": SCRIPT,
    "people.js": SCRIPT,
    "status.js": SCRIPT,
    "stream.js": SCRIPT,
    "words.js": SCRIPT,
};

/// Everything from this address and nothing from elsewhere; no script or style inside the page; nobody frames it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

async fn protect(mut response: Response) -> Response {
    for (name, value) in PROTECTION {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

const PROTECTION: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
];
