use super::{Answer, RoutedPush};
use std::{pin::Pin, sync::Arc};

/// A handler with something that it works with, such as a client or a pool: each push gets a clone of `state`.
///
/// It saves closures that clone what they capture for each future they make.
///
/// ```
/// use std::sync::Arc;
/// use wx_events::{RoutedPush, Router, Rule, with_state};
/// use wx_model::Reply;
///
/// struct Shops(Vec<&'static str>);
///
/// async fn list(push: RoutedPush, shops: Arc<Shops>) -> Reply {
///     Reply::text(shops.0.join("\n"))
/// }
///
/// let shops = Arc::new(Shops(vec!["上海", "北京"]));
/// let router = Router::new()
///     .on(Rule::text("shops"), with_state(shops, list))
///     .on(Rule::text("hello"), async |_| Reply::text("Hello"));
/// ```
pub fn with_state<S, F, T>(state: S, handler: F) -> impl Fn(RoutedPush) -> T
where
    S: Clone,
    F: Fn(RoutedPush, S) -> T,
{
    move |push| handler(push, state.clone())
}

/// A handler of any type.
pub(super) type Handler = Arc<dyn Fn(RoutedPush) -> Running + Send + Sync>;

/// A handler at work.
pub(super) type Running = Pin<Box<dyn Future<Output = Answer> + Send>>;

pub(super) fn erase<F, T>(handler: F) -> Handler
where
    F: Fn(RoutedPush) -> T + Send + Sync + 'static,
    T: Future<Output: Into<Answer>> + Send + 'static,
{
    Arc::new(move |push| {
        let running = handler(push);
        Box::pin(async move { running.await.into() })
    })
}
