use super::Later;
use std::error::Error;
use wx_model::{CustomMessage, Reply};

/// Why a handler could not answer: its own error, as it came.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// What a handler says to a push.
///
/// ```
/// use wx_events::{Answer, RoutedPush};
/// use wx_model::{CustomMessage, Reply};
///
/// async fn hello(_: RoutedPush) -> Reply {
///     Reply::text("Hello")
/// }
///
/// async fn look_up(push: RoutedPush) -> Answer {
///     let openid = push.from_user.clone();
///     Answer::later(async move {
///         let found = "…"; // whatever takes long
///         Ok(vec![CustomMessage::text(openid, found)])
///     })
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Answer {
    /// This reply, in the answer to the request.
    Now(Reply),
    /// `success` in the answer to the request, customer-service messages (客服消息) afterwards.
    Later(Later),
    /// `success` in the answer to the request; the error goes to the caller of the router, never to the person.
    Failed(BoxError),
}

impl Answer {
    /// `success` now, and afterwards the messages that `future` yields. See [`Later`] for how many and how long.
    pub fn later<F>(future: F) -> Self
    where
        F: Future<Output = Result<Vec<CustomMessage>, BoxError>> + Send + 'static,
    {
        Self::Later(Later::new(future))
    }
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Self::Now(reply)
    }
}

impl From<Later> for Answer {
    fn from(later: Later) -> Self {
        Self::Later(later)
    }
}

/// `None` is nothing to say.
impl<T: Into<Self>> From<Option<T>> for Answer {
    fn from(answer: Option<T>) -> Self {
        answer.map_or(Self::Now(Reply::None), Into::into)
    }
}

/// Nothing to say.
impl From<()> for Answer {
    fn from((): ()) -> Self {
        Self::Now(Reply::None)
    }
}

impl<T: Into<Self>, E: Into<BoxError>> From<Result<T, E>> for Answer {
    fn from(result: Result<T, E>) -> Self {
        result.map_or_else(|error| Self::Failed(error.into()), Into::into)
    }
}
