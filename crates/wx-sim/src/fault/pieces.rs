use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::time::Sleep;

/// A body that comes in pieces, each after a pause, behind some blanks; a cut one promises more than it holds.
pub(super) struct Pieces {
    blanks: usize,
    rest: Bytes,
    promised: u64,
    /// Whether the end is an error, which waits until what came before has gone out.
    is_cut: bool,
    has_waited: bool,
    piece: usize,
    pause: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Pieces {
    pub(super) fn of(body: &Bytes, piece: usize, pause: Duration) -> Self {
        let promised = body.len() as u64;
        Self {
            blanks: 0,
            rest: body.clone(),
            promised,
            is_cut: false,
            has_waited: false,
            piece,
            pause,
            sleep: None,
        }
    }

    /// All at once, behind so many blanks.
    pub(super) fn behind(blanks: usize, body: &Bytes) -> Self {
        Self { blanks, ..Self::of(body, usize::MAX, Duration::ZERO) }
    }

    /// The first half of what is promised.
    pub(super) fn half(body: &Bytes) -> Self {
        let mut pieces = Self::of(body, usize::MAX, Duration::ZERO);
        pieces.rest.truncate(body.len() / 2);
        pieces.is_cut = true;
        pieces
    }

    fn next(&mut self) -> Option<io::Result<Bytes>> {
        if self.blanks > 0 {
            let blanks = self.blanks.min(BLANK.len());
            self.blanks -= blanks;
            return Some(Ok(Bytes::from_static(&BLANK[..blanks])));
        }
        if self.rest.is_empty() {
            return self.is_cut.then(|| Err(io::Error::other("cut")));
        }
        Some(Ok(self.rest.split_to(self.piece.min(self.rest.len()))))
    }
}

const BLANK: &[u8] = &[b' '; 16 * 1024];

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let pieces = self.get_mut();
        if !pieces.pause.is_zero() && !pieces.rest.is_empty() {
            let sleep = pieces.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(pieces.pause)));
            ready!(sleep.as_mut().poll(context));
            pieces.sleep = None;
        }
        if pieces.is_cut && pieces.rest.is_empty() && !pieces.has_waited {
            pieces.has_waited = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(pieces.next().map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised + self.blanks as u64)
    }
}
