use std::{fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

type Waiting = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How the client lets time pass.
#[derive(Clone)]
pub(crate) struct Pause(Arc<dyn Fn(Duration) -> Waiting + Send + Sync>);

impl Pause {
    pub(crate) fn new<F: Future<Output = ()> + Send + 'static>(
        wait: impl Fn(Duration) -> F + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(move |time| Box::pin(wait(time))))
    }

    /// By the timer of the runtime.
    pub(crate) fn of_tokio() -> Self {
        Self::new(tokio::time::sleep)
    }

    pub(crate) async fn wait(&self, time: Duration) {
        if !time.is_zero() {
            (self.0)(time).await;
        }
    }
}

impl fmt::Debug for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pause")
    }
}
