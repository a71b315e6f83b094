mod answer;
mod condition;
mod dry_run;
mod handler;
mod late_reply;
mod later;
mod outcome;
mod pattern;
mod routed_push;
mod rule;

pub use answer::{Answer, BoxError};
pub use dry_run::{DryRun, Tried};
pub use handler::with_state;
pub use late_reply::NotSendable;
pub use later::Later;
pub use outcome::Outcome;
pub use pattern::{InvalidPattern, Pattern};
pub use routed_push::RoutedPush;
pub use rule::Rule;

use handler::{Handler, Running};
use std::{
    fmt,
    future::poll_fn,
    pin::pin,
    sync::Arc,
    task::Poll,
    time::{Duration, Instant},
};
use wx_model::Push;

/// Gives every push to the first rule that matches it, in the order of registration, and keeps the platform's time.
///
/// Handlers are async functions of a [`RoutedPush`]. They return anything that becomes an [`Answer`]: a `Reply`, an
/// `Answer`, nothing at all, or an `Option` or a `Result` of these. [`with_state`] gives them what they share.
///
/// ```
/// use wx_events::{Pattern, RoutedPush, Router, Rule};
/// use wx_model::Reply;
///
/// async fn shop(push: RoutedPush) -> Result<Reply, std::num::ParseIntError> {
///     let scan = push.scene_scan().expect("the rule is about scenes");
///     let number: u32 = scan.scene.as_str()["shop-".len()..].parse()?;
///     Ok(Reply::text(format!("Welcome to shop {number}")))
/// }
///
/// let router = Router::new()
///     .on(Rule::scene(Pattern::regex(r"^shop-\d+$")?), shop)
///     .on(Rule::follow(), async |_| Reply::text("Welcome"))
///     .fallback(async |_| Reply::none());
/// # Ok::<(), wx_events::InvalidPattern>(())
/// ```
#[derive(Clone, Default)]
pub struct Router {
    routes: Vec<Route>,
    fallback: Option<Handler>,
}

#[derive(Clone)]
struct Route {
    rule: Rule,
    name: Arc<str>,
    handler: Handler,
}

impl Router {
    /// A good time to answer within: the platform closes the connection after 5 s (protocol §8), and the way there
    /// and back takes some of it.
    pub const ANSWER_WITHIN: Duration = Duration::from_secs(4);

    /// A router that answers every push with `success`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets `handler` answer the pushes that match `rule` and no rule before it.
    pub fn on<F, T>(mut self, rule: Rule, handler: F) -> Self
    where
        F: Fn(RoutedPush) -> T + Send + Sync + 'static,
        T: Future<Output: Into<Answer>> + Send + 'static,
    {
        let name = rule.name().into();
        self.routes.push(Route { rule, name, handler: handler::erase(handler) });
        self
    }

    /// Lets `handler` answer the pushes that match no rule. Without it they are answered with `success`.
    pub fn fallback<F, T>(mut self, handler: F) -> Self
    where
        F: Fn(RoutedPush) -> T + Send + Sync + 'static,
        T: Future<Output: Into<Answer>> + Send + 'static,
    {
        self.fallback = Some(handler::erase(handler));
        self
    }

    /// Runs the handler of the first rule that matches, but not beyond `timer`.
    ///
    /// `timer` is any future that ends when the answer must go out, such as `tokio::time::sleep_until(deadline.into())`;
    /// `deadline` is the same moment as a value, for the handlers to look at. Take
    /// [`ANSWER_WITHIN`](Self::ANSWER_WITHIN) from the arrival of the request.
    ///
    /// If the timer ends first, the outcome is `success`, and the handler, which still runs, is in
    /// [`Outcome::later`]: spawn it, and send what it yields. Dropping the future of this function drops the handler
    /// too. A handler that blocks its thread cannot be interrupted by anything.
    ///
    /// # Panics
    ///
    /// With the panic of a handler, which is neither caught nor hidden here. The router is as good as before: it
    /// keeps nothing between two pushes. Servers answer such a request with 500 or close it, and the platform
    /// delivers the push again.
    pub async fn answer(&self, push: &Push, deadline: Instant, timer: impl Future) -> Outcome {
        let Some((name, handler)) = self.find(push) else { return Outcome::unrouted() };
        let push = RoutedPush::new(push.clone(), Arc::clone(&name), deadline);
        match race(handler(push.clone()), timer).await {
            Ok(answer) => Outcome::now(name, answer),
            Err(running) => Outcome::running(name, Later::of_late(push, running)),
        }
    }

    /// Says which rule would answer and why, and why each rule before it would not. Calls no handler.
    ///
    /// It tells what people sent, so it is for the operator, not for logs.
    pub fn dry_run(&self, push: &Push) -> DryRun {
        let mut tried = Vec::new();
        for route in &self.routes {
            tried.push(Tried::of(&route.rule, push));
            if route.rule.matches(push) {
                return DryRun::answered(tried);
            }
        }
        DryRun::unmatched(tried, self.fallback.is_some())
    }

    /// The rules in the order in which they are tried.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.routes.iter().map(|route| &route.rule)
    }

    fn find(&self, push: &Push) -> Option<(Arc<str>, &Handler)> {
        let route = self.routes.iter().find(|route| route.rule.matches(push));
        let matched = route.map(|route| (Arc::clone(&route.name), &route.handler));
        matched.or_else(|| Some((FALLBACK.into(), self.fallback.as_ref()?)))
    }
}

/// What the fallback is called in outcomes and dry runs.
const FALLBACK: &str = "fallback";

/// The answer, or the handler as far as it is when the timer ends.
async fn race(mut running: Running, timer: impl Future) -> Result<Answer, Running> {
    let mut timer = pin!(timer);
    let answer = poll_fn(|context| match running.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(Some(answer)),
        Poll::Pending => timer.as_mut().poll(context).map(|_| None),
    });
    answer.await.ok_or(running)
}

impl fmt::Debug for Router {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rules = self.routes.iter().map(|route| &route.rule);
        f.debug_list().entries(rules).entries(self.fallback.as_ref().map(|_| FALLBACK)).finish()
    }
}
