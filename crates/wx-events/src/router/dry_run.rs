use super::{FALLBACK, Rule};
use serde::Serialize;
use std::fmt;
use wx_model::Push;

/// Who would answer a push, and why. Printed, it is one line for each rule that was tried:
///
/// ```
/// use wx_events::{Pattern, Router, Rule, parse_unverified};
/// use wx_model::Reply;
///
/// let router = Router::new()
///     .on(Rule::scene(Pattern::prefix("shop-")).named("shops"), async |_| Reply::none())
///     .on(Rule::scan(), async |_| Reply::none());
/// let push = parse_unverified(
///     br#"{"FromUserName":"o1","CreateTime":1767229600,"MsgType":"event","Event":"SCAN","EventKey":"2026"}"#,
/// )?;
/// assert_eq!(
///     router.dry_run(&push).to_string(),
///     "no: shops (scene prefix \"shop-\"), because the scene is \"2026\"\n\
///      yes: scan, because it is the event \"SCAN\"\n",
/// );
/// # Ok::<(), wx_events::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DryRun {
    /// The name of the rule that would answer, or `fallback`; `None` if nobody would, which means `success`.
    pub rule: Option<String>,
    /// What was tried, in order, up to the rule that would answer.
    pub tried: Vec<Tried>,
}

/// One rule that was held against a push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Tried {
    /// The name of the rule.
    pub rule: String,
    /// What the rule says; the same as its name, unless it was given one.
    pub says: String,
    /// Whether it matches.
    pub matches: bool,
    /// What the push has that makes it match, or keeps it from that. Long texts are cut.
    pub why: String,
}

impl Tried {
    pub(super) fn of(rule: &Rule, push: &Push) -> Self {
        Self { rule: rule.name(), says: rule.to_string(), matches: rule.matches(push), why: rule.why(push) }
    }

    fn fallback(exists: bool) -> Self {
        let why = if exists { "no rule matches" } else { "there is none, so the answer is success" };
        Self { rule: FALLBACK.to_owned(), says: FALLBACK.to_owned(), matches: exists, why: why.to_owned() }
    }
}

impl DryRun {
    pub(super) fn answered(tried: Vec<Tried>) -> Self {
        Self { rule: tried.last().map(|tried| tried.rule.clone()), tried }
    }

    pub(super) fn unmatched(mut tried: Vec<Tried>, has_fallback: bool) -> Self {
        tried.push(Tried::fallback(has_fallback));
        Self { rule: has_fallback.then(|| FALLBACK.to_owned()), tried }
    }
}

impl fmt::Display for Tried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, says, matches, why } = self;
        write!(f, "{}: {rule}", if *matches { "yes" } else { "no" })?;
        if rule != says {
            write!(f, " ({says})")?;
        }
        write!(f, ", because {why}")
    }
}

impl fmt::Display for DryRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tried.iter().try_for_each(|tried| writeln!(f, "{tried}"))
    }
}
