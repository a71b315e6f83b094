//! The kinds of pushes of protocol §7 with the fields that each has and values that could be true.

mod account;
mod cards;
mod messages;
mod people;

use super::{FieldValue, Fields};
use crate::platform::Trigger;

/// One kind.
pub(crate) struct Kind {
    /// The `Event`, or the `MsgType` of a message.
    pub(crate) name: &'static str,
    pub(crate) sender: Sender,
    /// What it allows the account to send.
    pub(crate) trigger: Option<Trigger>,
    fields: &'static [(&'static str, Value)],
}

/// Who stands in `FromUserName`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    /// Somebody who follows.
    Follower,
    /// Anybody, or the platform itself.
    Anybody,
    /// The platform; the person stands in `OpenID` (§7.2).
    Platform,
}

enum Value {
    Text(&'static str),
    Number(&'static str),
}

impl Kind {
    /// An event by its name.
    pub(crate) fn event(name: &str) -> Option<&'static Self> {
        Self::events().find(|kind| kind.name == name)
    }

    /// A message by its type.
    pub(crate) fn message(name: &str) -> Option<&'static Self> {
        messages::KINDS.iter().find(|kind| kind.name == name)
    }

    pub(crate) fn events() -> impl Iterator<Item = &'static Self> {
        people::KINDS.iter().chain(account::KINDS).chain(cards::KINDS)
    }

    pub(crate) fn messages() -> impl Iterator<Item = &'static Self> {
        messages::KINDS.iter()
    }

    /// The fields behind those that every push has.
    pub(crate) fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        for (path, value) in self.fields {
            let value = match value {
                Value::Text(text) => FieldValue::from(*text),
                Value::Number(text) => FieldValue::number(*text),
            };
            fields.set(path, value).expect("the paths of the catalogue are good, as a test checks");
        }
        fields
    }
}

/// Something that only a follower does.
const fn by_follower(name: &'static str, fields: &'static [(&'static str, Value)]) -> Kind {
    Kind { name, sender: Sender::Follower, trigger: None, fields }
}

/// A tap on the menu that allows messages (§10.4).
const fn by_menu(name: &'static str, fields: &'static [(&'static str, Value)]) -> Kind {
    Kind { name, sender: Sender::Follower, trigger: Some(Trigger::Menu), fields }
}

const fn by_anybody(name: &'static str, fields: &'static [(&'static str, Value)]) -> Kind {
    Kind { name, sender: Sender::Anybody, trigger: None, fields }
}

const fn by_platform(name: &'static str, fields: &'static [(&'static str, Value)]) -> Kind {
    Kind { name, sender: Sender::Platform, trigger: None, fields }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_stands_there_once_with_good_fields() {
        let names: Vec<_> = Kind::events().map(|kind| kind.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        for kind in Kind::events().chain(Kind::messages()) {
            kind.fields();
        }
    }
}
