use crate::{TransportError, TransportErrorKind};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header::CONTENT_TYPE};

/// What a [`MockTransport`](crate::MockTransport) gives for one request.
#[derive(Debug)]
pub struct Answer(Given);

#[derive(Debug)]
enum Given {
    Response(Response<Bytes>),
    Error(TransportError),
    Nothing,
}

impl Answer {
    /// An empty answer with this status.
    pub fn status(status: StatusCode) -> Self {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status;
        Self::from(response)
    }

    /// Status 200, `content-type: application/json`, and this text.
    pub fn json(text: impl Into<Bytes>) -> Self {
        Self::bytes("application/json", text)
    }

    /// Status 200 with this content type and body.
    pub fn bytes(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self::status(StatusCode::OK).header(CONTENT_TYPE, HeaderValue::from_static(content_type)).body(body)
    }

    /// No answer at all: the future stays pending until it is dropped.
    pub fn never() -> Self {
        Self(Given::Nothing)
    }

    /// Sets a header. Does nothing to an error.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if let Given::Response(response) = &mut self.0 {
            response.headers_mut().insert(name, value);
        }
        self
    }

    /// Sets the body. Does nothing to an error.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        if let Given::Response(response) = &mut self.0 {
            *response.body_mut() = body.into();
        }
        self
    }

    pub(super) async fn give(self) -> Result<Response<Bytes>, TransportError> {
        match self.0 {
            Given::Response(response) => Ok(response),
            Given::Error(error) => Err(error),
            Given::Nothing => std::future::pending().await,
        }
    }
}

impl From<Response<Bytes>> for Answer {
    fn from(response: Response<Bytes>) -> Self {
        Self(Given::Response(response))
    }
}

impl From<StatusCode> for Answer {
    fn from(status: StatusCode) -> Self {
        Self::status(status)
    }
}

impl From<TransportError> for Answer {
    fn from(error: TransportError) -> Self {
        Self(Given::Error(error))
    }
}

impl From<TransportErrorKind> for Answer {
    fn from(kind: TransportErrorKind) -> Self {
        Self::from(TransportError::new(kind))
    }
}
