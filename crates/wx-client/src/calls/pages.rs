use crate::Error;
use futures_core::Stream;
use std::{
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll, ready},
};
use wx_model::{FollowersResponse, OpenId, TagFollowersResponse};

/// A list of people in pages, each asked for when it is wanted: a [`Stream`] that ends after the last page or the first
/// error.
///
/// [`next`](Self::next) does without any crate for streams. To go on later, or after an error, keep
/// [`position`](Self::position) and begin [`from`](Self::from) it.
#[must_use = "no page is asked for until `next` is called"]
pub struct Pages<P> {
    fetch: Box<dyn Fn(Option<OpenId>) -> Fetching<P> + Send>,
    fetching: Option<Fetching<P>>,
    position: Option<OpenId>,
    is_done: bool,
}

type Fetching<P> = Pin<Box<dyn Future<Output = Result<P, Error>> + Send>>;

/// An answer that says where the next one begins.
pub trait Page {
    /// Where the next page begins; `None` after the last.
    fn next_page(&self) -> Option<OpenId>;
}

impl Page for FollowersResponse {
    fn next_page(&self) -> Option<OpenId> {
        (!self.is_last()).then(|| OpenId::new(&self.next_openid))
    }
}

impl Page for TagFollowersResponse {
    fn next_page(&self) -> Option<OpenId> {
        (!self.is_last()).then(|| OpenId::new(&self.next_openid))
    }
}

impl<P: Page> Pages<P> {
    pub(super) fn new<F: Future<Output = Result<P, Error>> + Send + 'static>(
        fetch: impl Fn(Option<OpenId>) -> F + Send + 'static,
    ) -> Self {
        let fetch = Box::new(move |next| Box::pin(fetch(next)) as Fetching<P>);
        Self { fetch, fetching: None, position: None, is_done: false }
    }

    /// Begins there instead of at the first page.
    pub fn from(mut self, position: impl Into<OpenId>) -> Self {
        self.position = Some(position.into());
        self
    }

    /// Where the next page begins; `None` at the very beginning.
    pub fn position(&self) -> Option<&OpenId> {
        self.position.as_ref()
    }

    /// The next page; `None` after the last one and after an error.
    pub async fn next(&mut self) -> Option<Result<P, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn turn(&mut self, page: &P) {
        match page.next_page() {
            // A page that leads to itself would never end.
            next if next.is_some() && next != self.position => self.position = next,
            _ => self.is_done = true,
        }
    }
}

impl<P: Page> Stream for Pages<P> {
    type Item = Result<P, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pages = &mut *self;
        if pages.is_done {
            return Poll::Ready(None);
        }
        let fetching = pages.fetching.get_or_insert_with(|| (pages.fetch)(pages.position.clone()));
        let answer = ready!(fetching.as_mut().poll(context));
        pages.fetching = None;
        match &answer {
            Ok(page) => pages.turn(page),
            Err(_) => pages.is_done = true,
        }
        Poll::Ready(Some(answer))
    }
}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("position", &self.position)
            .field("is_done", &self.is_done)
            .finish_non_exhaustive()
    }
}
