use crate::Error;
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};

/// An error of a control route: a status and a sentence.
pub(super) struct Refused {
    status: StatusCode,
    sentence: String,
}

impl Refused {
    /// Something in the body or the query is not what this route takes.
    pub(super) fn invalid(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, sentence)
    }

    /// A word that is none of those that are known, which its error lists.
    pub(super) fn word(error: &(impl std::error::Error + ?Sized)) -> Self {
        Self::invalid(error.to_string())
    }

    pub(super) fn body(error: &serde_json::Error) -> Self {
        Self::invalid(format!("the body is not the JSON this route takes: {error}; see GET /"))
    }

    pub(super) fn slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "the body did not arrive in time; send it at once")
    }

    pub(super) fn long(most: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the body is longer than {most} bytes; send a shorter one"),
        )
    }

    pub(super) fn origin() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "a page of another address may not use the control routes; open the page from here, \
             by an IP address or as localhost",
        )
    }

    pub(super) fn no_picture() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no code of this number has a picture; GET /sim/codes lists the codes",
        )
    }

    pub(super) fn of(error: &Error) -> Self {
        let status = match error {
            Error::AlreadyFollowing
            | Error::NotFollowing
            | Error::ExpiredTicket
            | Error::NoCallback
            | Error::NoComponent
            | Error::NotAuthorized
            | Error::TooManyHeld
            | Error::TooManyPeople { .. }
            | Error::ClockRuns => StatusCode::CONFLICT,
            Error::UnknownTicket | Error::UnknownPush => StatusCode::NOT_FOUND,
            _ => StatusCode::BAD_REQUEST,
        };
        Self::new(status, error.to_string())
    }

    fn new(status: StatusCode, sentence: impl Into<String>) -> Self {
        Self { status, sentence: sentence.into() }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        respond(self.status, &json!({ "error": self.sentence }))
    }
}

pub(super) async fn unknown_route() -> Refused {
    Refused::new(StatusCode::NOT_FOUND, "there is no such control route; GET / lists them")
}

pub(super) async fn wrong_method() -> Refused {
    Refused::new(StatusCode::METHOD_NOT_ALLOWED, "this route takes another method; GET / lists them")
}

/// `{"done":true}`.
pub(super) fn done() -> Response {
    ok(&json!({ "done": true }))
}

pub(super) fn ok(body: &Value) -> Response {
    respond(StatusCode::OK, body)
}

fn respond(status: StatusCode, body: &Value) -> Response {
    let mut response = Response::new(Body::from(format!("{body}\n")));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
