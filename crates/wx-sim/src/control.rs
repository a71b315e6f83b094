//! The control routes: what people and the operator do, from outside the process. The platform has none of them.

mod answers;
mod callback;
mod clock;
mod codes;
mod component;
mod entries;
mod faults;
mod index;
mod lists;
mod options;
mod people;
mod pushes;
mod read;

use crate::{Error, console, stage::Stage};
use answers::Refused;
use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::header;
use std::net::IpAddr;

type Answered = Result<Response, Refused>;

/// Everything under `/sim/`, and the index page at `/`.
pub(crate) fn router(stage: Stage) -> Router {
    Router::new()
        .route("/", get(index::index))
        .merge(people::routes())
        .merge(pushes::routes())
        .merge(component::routes())
        .route("/sim/callback", post(callback::configure))
        .route("/sim/verify", post(callback::verify))
        .merge(codes::routes())
        .merge(console::routes())
        .route("/sim/options", get(options::show).post(options::change))
        .route("/sim/clock", get(clock::show).post(clock::turn))
        .route("/sim/tokens/revoke", post(revoke_tokens))
        .route("/sim/faults", get(faults::list).post(faults::add).delete(faults::clear))
        .route("/sim/codes", get(lists::codes))
        .route("/sim/followers", get(lists::followers))
        .route("/sim/messages", get(lists::messages))
        .route("/sim/transcript", get(entries::transcript))
        .route("/sim/{*path}", axum::routing::any(answers::unknown_route))
        .method_not_allowed_fallback(answers::wrong_method)
        .layer(from_fn(same_origin))
        .with_state(stage)
}

/// A page of another address that a browser shows must not play with the simulator. Its scripts send an `Origin`, and
/// when a name was made to lead here, the name as `Host`.
async fn same_origin(request: Request, next: Next) -> Response {
    if is_foreign(&request) {
        return Refused::origin().into_response();
    }
    next.run(request).await
}

fn is_foreign(request: &Request) -> bool {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let host = header(header::HOST).unwrap_or_default();
    // A GET from a page under such a name carries no `Origin`, and over bare HTTP no `Sec-Fetch-Site` either.
    let is_browser = header(header::ORIGIN).is_some()
        || request.headers().contains_key("sec-fetch-site")
        || header(header::USER_AGENT).is_some_and(|agent| agent.starts_with("Mozilla/"));
    let is_elsewhere =
        header(header::ORIGIN).is_some_and(|origin| origin.strip_prefix("http://") != Some(host));
    is_elsewhere || (is_browser && !is_this_machine(host))
}

/// An address, or the one name that nobody can make lead elsewhere.
fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).map_or(host, |(name, _)| name);
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || address.parse::<IpAddr>().is_ok()
}

async fn revoke_tokens(State(stage): State<Stage>) -> Response {
    stage.platform.revoke_tokens();
    answers::done()
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::of(&error)
    }
}
