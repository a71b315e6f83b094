use super::{Answer, BoxError, RoutedPush, handler::Running, late_reply::custom_message};
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};
use wx_model::CustomMessage;

/// Customer-service messages (客服消息) that come after `success`: a future for the program to spawn.
///
/// Send what it yields with `POST /cgi-bin/message/custom/send`. The platform takes them for a while only (protocol
/// §10.4), counted from what the person did; past that it answers 45015 or 45047:
///
/// | The person | Within | Messages |
/// |---|---|---|
/// | sent a message | 48 hours | 5 |
/// | followed, scanned a code, or tapped a menu item (`CLICK`, `scancode_…`) | 1 minute | 3 |
///
/// A handler that was too late for its [`Reply`](wx_model::Reply) is one of these, too. Its text, picture, voice,
/// video (without a cover, which a reply has none of) or music becomes the message of that kind, of news the first
/// article, because such a message has one; a reply that has no such form is a [`NotSendable`](super::NotSendable).
///
/// # Panics
///
/// With the panic of the handler.
#[must_use = "spawn it: nothing runs, and the person hears nothing, unless it is polled"]
pub struct Later(Pin<Box<dyn Future<Output = Messages> + Send>>);

type Messages = Result<Vec<CustomMessage>, BoxError>;

impl Later {
    /// The messages that `future` yields, in the order in which they are to be sent.
    pub fn new<F>(future: F) -> Self
    where
        F: Future<Output = Result<Vec<CustomMessage>, BoxError>> + Send + 'static,
    {
        Self(Box::pin(future))
    }

    /// What a handler says after its time.
    pub(super) fn of_late(push: RoutedPush, running: Running) -> Self {
        Self::new(async move {
            match running.await {
                Answer::Now(reply) => Ok(custom_message(&push, reply)?.into_iter().collect()),
                Answer::Later(later) => later.await,
                Answer::Failed(error) => Err(error),
            }
        })
    }
}

impl Future for Later {
    type Output = Result<Vec<CustomMessage>, BoxError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Later")
    }
}
