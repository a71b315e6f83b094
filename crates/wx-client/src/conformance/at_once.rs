use std::{future::poll_fn, pin::Pin, task::Poll};

/// Polls all calls in turn until each has answered, so that they run into each other wherever they wait.
pub(super) async fn at_once<C: Future + Unpin>(calls: impl IntoIterator<Item = C>) -> Vec<C::Output> {
    let mut calls: Vec<_> = calls.into_iter().map(|call| (call, None)).collect();
    poll_fn(|context| {
        for (call, answer) in calls.iter_mut().filter(|(_, answer)| answer.is_none()) {
            if let Poll::Ready(output) = Pin::new(call).poll(context) {
                *answer = Some(output);
            }
        }
        if calls.iter().all(|(_, answer)| answer.is_some()) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    calls.into_iter().filter_map(|(_, answer)| answer).collect()
}
