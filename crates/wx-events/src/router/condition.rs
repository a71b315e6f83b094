use super::Pattern;
use std::fmt;
use wx_model::{Event, Fields, Message, Push, PushKind, SceneKey};

/// One thing that a rule asks of a push.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    Follow,
    OrganicFollow,
    FollowViaCode,
    Unfollow,
    Scan,
    Event(String),
    Message(String),
    AnyMessage,
    Notice(String),
    Scene(Pattern),
    AnyScene,
    Text(Pattern),
    NewFollower,
    Follower,
    Field(String, Pattern),
}

impl Condition {
    pub(super) fn holds(&self, push: &Push) -> bool {
        let is_named = |name: &String| push.name().eq_ignore_ascii_case(name.trim());
        match self {
            Self::Follow | Self::NewFollower => is_follow(push),
            Self::OrganicFollow => is_follow(push) && push.scene_key() == Some(&SceneKey::Organic),
            Self::FollowViaCode => is_follow(push) && push.scene_scan().is_some(),
            Self::Unfollow => matches!(push.event(), Some(Event::Unsubscribe(_))),
            Self::Scan => matches!(push.event(), Some(Event::Scan(_))),
            Self::Event(name) => push.event().is_some() && is_named(name),
            Self::Message(name) => push.message().is_some() && is_named(name),
            Self::AnyMessage => push.message().is_some(),
            Self::Notice(name) => matches!(push.kind, PushKind::Notice(_)) && is_named(name),
            Self::Scene(pattern) => {
                push.scene_scan().is_some_and(|scan| pattern.matches(scan.scene.as_str()))
            }
            Self::AnyScene => push.scene_scan().is_some(),
            Self::Text(pattern) => text(push).is_some_and(|text| pattern.matches(text)),
            Self::Follower => !is_follow(push),
            Self::Field(path, pattern) => push.field(path).is_some_and(|text| pattern.matches(text)),
        }
    }

    /// What the push says to this, whether it holds or not.
    pub(super) fn seen(&self, push: &Push) -> String {
        match self {
            Self::Scene(_) | Self::AnyScene => match push.scene_scan() {
                Some(scan) => format!("the scene is {}", quoted(scan.scene.as_str())),
                None => format!("there is no scene in {}", kind(push)),
            },
            Self::Text(_) => match text(push) {
                Some(text) => format!("the text is {}", quoted(text)),
                None => format!("it is {}", kind(push)),
            },
            Self::NewFollower | Self::Follower if is_follow(push) => {
                "the person is a new follower".to_owned()
            }
            Self::NewFollower | Self::Follower => "the person is no new follower".to_owned(),
            Self::Field(path, _) => match push.field(path) {
                Some(_) if Fields::is_credential(path) => format!("{path} is [redacted]"),
                Some(text) => format!("{path} is {}", quoted(text)),
                None => format!("there is no {path}"),
            },
            _ => format!("it is {}", kind(push)),
        }
    }
}

fn is_follow(push: &Push) -> bool {
    matches!(push.event(), Some(Event::Subscribe(_)))
}

fn text(push: &Push) -> Option<&str> {
    match push.message()? {
        Message::Text(message) => Some(message.content.trim()),
        _ => None,
    }
}

/// The push in words.
fn kind(push: &Push) -> String {
    let name = quoted(push.name());
    match (&push.kind, push.scene_key()) {
        (PushKind::Event(Event::Subscribe(_)), Some(key)) => follow(key).to_owned(),
        (PushKind::Event(_), _) => format!("the event {name}"),
        (PushKind::Message(_), _) => format!("a message of type {name}"),
        _ => format!("the notice {name}"),
    }
}

fn follow(key: &SceneKey) -> &'static str {
    match key {
        SceneKey::Organic => "an organic follow",
        SceneKey::Scene(_) => "a follow through a code",
        SceneKey::Payment(_) => "a follow after a payment",
        _ => "a follow with a key of another origin",
    }
}

/// As much of a text as a person wants to see, without control characters.
fn quoted(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{:?}…", &text[..end]),
        None => format!("{text:?}"),
    }
}

/// In characters; a scene has at most 64 bytes.
const MAX_SHOWN: usize = 64;

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Follow => f.write_str("follow"),
            Self::OrganicFollow => f.write_str("organic follow"),
            Self::FollowViaCode => f.write_str("follow via code"),
            Self::Unfollow => f.write_str("unfollow"),
            Self::Scan => f.write_str("scan"),
            Self::Event(name) => write!(f, "event {name:?}"),
            Self::Message(name) => write!(f, "message {name:?}"),
            Self::AnyMessage => f.write_str("any message"),
            Self::Notice(name) => write!(f, "notice {name:?}"),
            Self::Scene(pattern) => write!(f, "scene {pattern}"),
            Self::AnyScene => f.write_str("any scene"),
            Self::Text(pattern) => write!(f, "text {pattern}"),
            Self::NewFollower => f.write_str("new followers only"),
            Self::Follower => f.write_str("followers only"),
            Self::Field(path, pattern) => write!(f, "{path} {pattern}"),
        }
    }
}
