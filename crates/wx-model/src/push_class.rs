use crate::{Event, Push, PushKind};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a push means for a channel (渠道): the coarse class by which pushes are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PushClass {
    /// A follow through a code with parameters.
    FollowViaQr,
    /// A follow of any other origin.
    Follow,
    /// A follower left.
    Unfollow,
    /// A follower scanned a code with parameters.
    Scan,
    /// Any other event or notice.
    OtherEvent,
    /// A message.
    Message,
}

impl PushClass {
    const ALL: [Self; 6] =
        [Self::FollowViaQr, Self::Follow, Self::Unfollow, Self::Scan, Self::OtherEvent, Self::Message];

    pub(crate) fn of(push: &Push) -> Self {
        match &push.kind {
            PushKind::Message(_) => Self::Message,
            PushKind::Event(Event::Subscribe(subscribe)) if subscribe.key.scene().is_some() => {
                Self::FollowViaQr
            }
            PushKind::Event(Event::Subscribe(_)) => Self::Follow,
            PushKind::Event(Event::Unsubscribe(_)) => Self::Unfollow,
            PushKind::Event(Event::Scan(_)) => Self::Scan,
            PushKind::Event(_) | PushKind::Notice(_) => Self::OtherEvent,
        }
    }

    /// The name in JSON and in the database: `follow_via_qr`, `follow`, `unfollow`, `scan`, `other_event`, `message`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FollowViaQr => "follow_via_qr",
            Self::Follow => "follow",
            Self::Unfollow => "unfollow",
            Self::Scan => "scan",
            Self::OtherEvent => "other_event",
            Self::Message => "message",
        }
    }
}

impl fmt::Display for PushClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads the name that [`as_str`](PushClass::as_str) gives.
impl FromStr for PushClass {
    type Err = InvalidPushClass;

    fn from_str(name: &str) -> Result<Self, InvalidPushClass> {
        Self::ALL.into_iter().find(|class| class.as_str() == name).ok_or(InvalidPushClass(()))
    }
}

/// A text that names no [`PushClass`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidPushClass(());

impl fmt::Display for InvalidPushClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a push class is follow_via_qr, follow, unfollow, scan, other_event or message")
    }
}

impl std::error::Error for InvalidPushClass {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_read_by_the_name_that_it_has_in_json_and_in_text() {
        for class in PushClass::ALL {
            assert_eq!(class.to_string().parse(), Ok(class));
            assert_eq!(serde_json::to_string(&class).unwrap(), format!("\"{class}\""));
            assert!(InvalidPushClass(()).to_string().contains(class.as_str()));
        }
        assert_eq!("Scan".parse::<PushClass>(), Err(InvalidPushClass(())));
    }
}
