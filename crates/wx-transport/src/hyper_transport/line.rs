use crate::{TransportError, TransportErrorKind, answer_body::AnswerBody, failure};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::{
    body::{Body, Incoming},
    client::conn::http1::{self, SendRequest},
};
use hyper_rustls::MaybeHttpsStream;
use hyper_util::rt::TokioIo;
use std::{
    future::poll_fn,
    pin::{Pin, pin},
    task::{Context, Poll},
};
use tokio::net::TcpStream;

pub(super) type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// A connection to a server. No task works for it: it moves on while somebody asks something on it. So a request takes
/// its turn in one task and not in three, and when it is given up, its connection is closed with it.
pub(super) struct Line {
    sender: SendRequest<Full<Bytes>>,
    /// `None` once it has ended.
    work: Option<Box<http1::Connection<Stream, Full<Bytes>>>>,
}

/// Why there is no answer.
pub(super) enum Unanswered {
    /// The connection ended before the request was begun, so it may be sent on another one.
    Unsent(Box<Request<Full<Bytes>>>, TransportError),
    /// For all that is known the server has it.
    Sent(TransportError),
}

impl Line {
    pub(super) async fn open(stream: Stream) -> Result<Self, TransportError> {
        // Head and body are one piece then: bodies are small, and one write of one piece is cheaper than one of two.
        let (sender, work) = http1::Builder::new().writev(false).handshake(stream).await.map_err(failed)?;
        Ok(Self { sender, work: Some(Box::new(work)) })
    }

    /// Sends a request and waits for the whole answer, with a body of at most so many bytes.
    pub(super) async fn ask(
        &mut self,
        request: Request<Full<Bytes>>,
        limit: usize,
    ) -> Result<Response<Bytes>, Unanswered> {
        let Self { sender, work } = self;
        let sending = sender.try_send_request(request);
        let mut answer = pin!(async {
            let answer = sending.await.map_err(|mut error| match error.take_message() {
                Some(request) => Unanswered::Unsent(Box::new(request), failed(error.into_error())),
                None => Unanswered::Sent(failed(error.into_error())),
            })?;
            received(answer, limit).await.map_err(Unanswered::Sent)
        });
        poll_fn(|context| {
            advance(work, context);
            answer.as_mut().poll(context)
        })
        .await
    }

    /// Whether it takes another request now: its server has not closed it, and nothing of the last one is left over.
    pub(super) async fn is_free(&mut self) -> bool {
        poll_fn(|context| {
            advance(&mut self.work, context);
            Poll::Ready(self.work.is_some() && self.sender.is_ready())
        })
        .await
    }
}

/// Reads and writes what can be read and written. What waits for the connection learns from it why it ended.
fn advance(work: &mut Option<Box<http1::Connection<Stream, Full<Bytes>>>>, context: &mut Context<'_>) {
    if work.as_mut().is_some_and(|work| Pin::new(work).poll(context).is_ready()) {
        *work = None;
    }
}

async fn received(answer: Response<Incoming>, limit: usize) -> Result<Response<Bytes>, TransportError> {
    let (mut head, mut incoming) = answer.into_parts();
    let mut body = AnswerBody::new(limit, incoming.size_hint().lower())?;
    while let Some(frame) = incoming.frame().await {
        // Trailers are of no interest.
        if let Ok(piece) = frame.map_err(broken)?.into_data() {
            body.push(piece)?;
        }
    }
    let body = body.finish(&mut head.headers)?;
    Ok(Response::from_parts(head, body))
}

fn failed(error: hyper::Error) -> TransportError {
    TransportError::new(failure::exchanging(&error)).with_source(error)
}

fn broken(error: hyper::Error) -> TransportError {
    TransportError::new(TransportErrorKind::BrokenAnswer).with_source(error)
}
