use super::{Pattern, condition::Condition};
use std::fmt;
use wx_model::Push;

/// Which pushes a handler answers.
///
/// It begins with what happened; [`only_new_followers`](Self::only_new_followers),
/// [`only_followers`](Self::only_followers) and [`field`](Self::field) ask for more. Names of events, message types
/// and notices match without regard to case. Unless it is [`named`](Self::named), a rule is called what it says.
///
/// ```
/// use wx_events::{Pattern, Rule};
///
/// let rule = Rule::scene(Pattern::prefix("shop-")).only_new_followers();
/// assert_eq!(rule.name(), r#"scene prefix "shop-", new followers only"#);
/// assert_eq!(Rule::event("CLICK").field("EventKey", "menu_help").named("help").name(), "help");
/// ```
#[derive(Debug, Clone)]
pub struct Rule {
    conditions: Vec<Condition>,
    name: Option<String>,
}

impl Rule {
    /// Somebody follows (关注), whatever from.
    pub fn follow() -> Self {
        Self::of(Condition::Follow)
    }

    /// Somebody follows without a code: the push has no event key (protocol §7.1). A follow that was offered after a
    /// payment has one, so it is only a [`follow`](Self::follow).
    pub fn organic_follow() -> Self {
        Self::of(Condition::OrganicFollow)
    }

    /// Somebody follows through a code with parameters.
    pub fn follow_via_code() -> Self {
        Self::of(Condition::FollowViaCode)
    }

    /// Somebody stops following (取消关注). No reply reaches them.
    pub fn unfollow() -> Self {
        Self::of(Condition::Unfollow)
    }

    /// A follower scans a code with parameters (已关注扫码): the event `SCAN` alone. [`scene`](Self::scene) is one rule
    /// for this and for follows through the same code.
    pub fn scan() -> Self {
        Self::of(Condition::Scan)
    }

    /// Somebody scans a code whose scene (场景值) is like this, and follows through it (`subscribe`) or followed before
    /// (`SCAN`).
    pub fn scene(scene: impl Into<Pattern>) -> Self {
        Self::of(Condition::Scene(scene.into()))
    }

    /// Somebody scans any code with parameters, and follows through it or followed before.
    pub fn any_scene() -> Self {
        Self::of(Condition::AnyScene)
    }

    /// The event of this name (事件推送, protocol §7), such as `CLICK`.
    pub fn event(name: impl Into<String>) -> Self {
        Self::of(Condition::Event(name.into()))
    }

    /// A message of this type (protocol §7.4), such as `image`.
    pub fn message(msg_type: impl Into<String>) -> Self {
        Self::of(Condition::Message(msg_type.into()))
    }

    /// Any message.
    pub fn any_message() -> Self {
        Self::of(Condition::AnyMessage)
    }

    /// A text message like this. Blanks around the text do not count here, because keyboards add them; to compare
    /// exactly, ask for `Rule::message("text").field("Content", …)`.
    pub fn text(text: impl Into<Pattern>) -> Self {
        Self::of(Condition::Text(text.into()))
    }

    /// The notice of this name to a third-party platform (第三方平台, protocol §1.7), such as
    /// `component_verify_ticket`.
    pub fn notice(info_type: impl Into<String>) -> Self {
        Self::of(Condition::Notice(info_type.into()))
    }

    /// Only if the person follows by this act.
    pub fn only_new_followers(self) -> Self {
        self.and(Condition::NewFollower)
    }

    /// Only if the person does not follow by this act, but did before. The platform takes messages and menu taps from
    /// followers alone, so it makes a difference to scans.
    pub fn only_followers(self) -> Self {
        self.and(Condition::Follower)
    }

    /// Only if the field at this path is there and like this. Paths are those of [`Fields`](wx_model::Fields), texts
    /// are exact.
    pub fn field(self, path: impl Into<String>, text: impl Into<Pattern>) -> Self {
        self.and(Condition::Field(path.into(), text.into()))
    }

    /// Sets the name, which stands in outcomes, dry runs and your logs.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The name, or what the rule says.
    pub fn name(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.to_string())
    }

    /// Whether a push is of this kind.
    pub fn matches(&self, push: &Push) -> bool {
        self.conditions.iter().all(|condition| condition.holds(push))
    }

    /// What makes the rule match `push`, or keeps it from that.
    pub(super) fn why(&self, push: &Push) -> String {
        match self.conditions.iter().find(|condition| !condition.holds(push)) {
            Some(failed) => failed.seen(push),
            None => join(self.conditions.iter().map(|condition| condition.seen(push)), " and "),
        }
    }

    fn of(condition: Condition) -> Self {
        Self { conditions: vec![condition], name: None }
    }

    fn and(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }
}

/// What it says, whatever its name.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&join(self.conditions.iter().map(ToString::to_string), ", "))
    }
}

fn join(texts: impl Iterator<Item = String>, between: &str) -> String {
    texts.collect::<Vec<_>>().join(between)
}
