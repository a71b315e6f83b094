use crate::{Limits, server::Shared};
use axum::{
    Router,
    body::Body,
    extract::{RawQuery, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CONNECTION, CONTENT_ENCODING, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    },
    middleware::map_response,
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body as _;
use std::{error::Error as _, fmt, sync::Arc};
use tokio::time::timeout;
use tower_http::catch_panic::CatchPanicLayer;
use wx_channel::{ScanEvent, StoreError};
use wx_events::{Callback, CallbackQuery, Error, ErrorKind, ReceivedPush};
use wx_model::Reply;

/// One callback address: a path, and how its pushes are verified and opened.
#[derive(Debug, Clone)]
pub struct CallbackRoute {
    path: String,
    callback: Arc<Callback>,
}

impl CallbackRoute {
    /// Pushes to `path`: it starts with `/`, holds letters, digits and `/-._~`, and is not `/healthz`.
    pub fn new(path: impl Into<String>, callback: Callback) -> Result<Self, InvalidPath> {
        let path = path.into();
        let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte));
        if !path.starts_with('/') || !plain || path == HEALTH {
            return Err(InvalidPath { path });
        }
        Ok(Self { path, callback: Arc::new(callback) })
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }
}

/// A path that cannot be a callback address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPath {
    path: String,
}

impl fmt::Display for InvalidPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        write!(
            f,
            "a callback path starts with /, holds letters, digits and /-._~ and is not {HEALTH}; {path:?} is none"
        )
    }
}

impl std::error::Error for InvalidPath {}

const HEALTH: &str = "/healthz";

/// The public side: the callback addresses and `GET /healthz`.
pub(crate) fn router(routes: Vec<CallbackRoute>, shared: &Shared, limits: Limits) -> Router {
    let mut service = Router::new().route(HEALTH, get(async || "ok"));
    for route in routes {
        let state = CallbackState { callback: route.callback, shared: shared.clone(), limits };
        service = service.route(&route.path, get(echo).post(receive).with_state(state));
    }
    service.layer(CatchPanicLayer::new()).layer(map_response(end_after_refusal))
}

/// Whoever is refused does not keep the connection.
async fn end_after_refusal(mut response: Response) -> Response {
    if response.status().is_client_error() {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

#[derive(Clone)]
struct CallbackState {
    callback: Arc<Callback>,
    shared: Shared,
    limits: Limits,
}

/// The check that the platform makes when the address is saved (protocol §6.2).
async fn echo(State(state): State<CallbackState>, RawQuery(query): RawQuery) -> Answer {
    let query = CallbackQuery::parse(query.as_deref().unwrap_or_default());
    state.callback.echo(&query).map_or_else(|error| Answer::from(&error), Answer::text)
}

/// One delivery of a push, within the time that the platform waits for its answer.
async fn receive(
    State(state): State<CallbackState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    timeout(state.limits.answer, deliver(&state, query.as_deref(), &headers, body)).await.unwrap_or_else(
        |_| {
            tracing::error!("the store was too slow; the platform will deliver again");
            Answer::unavailable()
        },
    )
}

/// Verified, stored, answered; in this order.
async fn deliver(state: &CallbackState, query: Option<&str>, headers: &HeaderMap, body: Body) -> Answer {
    if headers.contains_key(CONTENT_ENCODING) {
        return Answer::refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send the body without content encoding");
    }
    let body = match read(body, state.limits).await {
        Ok(body) => body,
        Err(answer) => return answer,
    };
    let query = CallbackQuery::parse(query.unwrap_or_default());
    let now = (state.shared.clock)();
    match state.callback.open(&query, &body, now) {
        Ok(push) => {
            tell_rotation(&push);
            record_and_reply(state, push, now).await
        }
        Err(error) => {
            tracing::info!(%error, "push refused");
            Answer::from(&error)
        }
    }
}

/// When no push tells this any more, the exchange of the secret is over.
fn tell_rotation(push: &ReceivedPush) {
    let (token, key) = (push.used_previous_token(), push.used_previous_key());
    if token || key {
        tracing::info!(token, key, "push came under the previous Token or EncodingAESKey");
    }
}

async fn read(body: Body, limits: Limits) -> Result<Bytes, Answer> {
    let too_large =
        || Err(Answer::refused(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large for a push"));
    if body.size_hint().lower() > limits.body_bytes as u64 {
        return too_large();
    }
    match timeout(limits.body, Limited::new(body, limits.body_bytes).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => too_large(),
        Ok(Err(_)) => Err(Answer::refused(StatusCode::BAD_REQUEST, "the body broke off")),
        Err(_) => Err(Answer::refused(StatusCode::REQUEST_TIMEOUT, "the body took too long")),
    }
}

async fn record_and_reply(state: &CallbackState, push: ReceivedPush, now: i64) -> Answer {
    let event = ScanEvent::from_push(&state.shared.account, &push, now);
    if let Err(error) = state.shared.store.append(std::slice::from_ref(&event)).await {
        tracing::error!(%error, cause = error.source(), "push not stored; the platform will deliver again");
        if error.is_fatal() {
            state.shared.store_failed.notify_one();
        }
        return Answer::unavailable();
    }
    let reply = reply(state, &push).await.unwrap_or_else(|error| {
        // The push is safe; a missing welcome is no reason to have it delivered again.
        tracing::error!(%error, "no reply: the channel could not be read");
        Reply::none()
    });
    match state.callback.seal(&push, reply, now) {
        Ok(body) => Answer::xml(body),
        Err(error) => {
            tracing::error!(%error, "the reply of the channel cannot be sent");
            Answer::text("success".to_owned())
        }
    }
}

/// The reply that the scanned channel has for new followers or for followers.
async fn reply(state: &CallbackState, push: &ReceivedPush) -> Result<Reply, StoreError> {
    let Some(scan) = push.scene_scan() else { return Ok(Reply::none()) };
    let channel = state.shared.store.channel_of(&state.shared.account, scan.scene, scan.ticket).await?;
    Ok(channel.map(|channel| channel.reply(&scan)).unwrap_or_default())
}

/// What the platform, or whoever pretends to be it, is told.
struct Answer {
    status: StatusCode,
    content_type: &'static str,
    body: String,
}

impl Answer {
    fn text(body: String) -> Self {
        Self { status: StatusCode::OK, content_type: "text/plain; charset=utf-8", body }
    }

    fn xml(body: String) -> Self {
        let content_type =
            if body.starts_with('<') { "text/xml; charset=utf-8" } else { "text/plain; charset=utf-8" };
        Self { content_type, ..Self::text(body) }
    }

    fn refused(status: StatusCode, why: &str) -> Self {
        Self { status, ..Self::text(why.to_owned()) }
    }

    fn unavailable() -> Self {
        Self::refused(StatusCode::SERVICE_UNAVAILABLE, "try again")
    }
}

impl From<&Error> for Answer {
    fn from(error: &Error) -> Self {
        let status = match error.kind() {
            ErrorKind::Refused | ErrorKind::Stale => StatusCode::FORBIDDEN,
            ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::BAD_REQUEST,
        };
        Self::refused(status, &error.to_string())
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let headers = [(CONTENT_TYPE, self.content_type), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
        (self.status, headers, self.body).into_response()
    }
}
