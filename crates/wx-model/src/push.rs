use crate::{
    Event, Fields, Message, MsgId, Notice, OpenId, OriginalId, PushClass, SceneKey, SceneScan,
    fields::trim_blanks, leaves::Leaves,
};
use std::fmt;

/// One push of the platform (推送): somebody did or sent something (protocol §7).
///
/// ```
/// use wx_model::{FieldsBuilder, Push};
///
/// let mut fields = FieldsBuilder::default();
/// for (name, text) in [
///     ("ToUserName", "gh_3f9a1c77be20"),
///     ("FromUserName", "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI"),
///     ("CreateTime", "1767229600"),
///     ("MsgType", "event"),
///     ("Event", "SCAN"),
///     ("EventKey", "2026"),
/// ] {
///     fields.leaf(name, text);
/// }
/// let push = Push::from_fields(fields.finish())?;
/// let scan = push.scene_scan().expect("a scan of a code");
/// assert_eq!(scan.scene.as_str(), "2026");
/// assert!(!scan.is_new_follower());
/// # Ok::<(), wx_model::InvalidPush>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Push {
    /// The account that receives it. Empty in pushes to a third-party platform (第三方平台).
    pub to_user: OriginalId,
    /// Who sent it: the person it is about, or a sender of the platform; [`person`](Self::person) tells them apart.
    /// Empty in pushes to a third-party platform.
    pub from_user: OpenId,
    /// When it happened: seconds since 1970, UTC.
    pub create_time: i64,
    /// What happened.
    pub kind: PushKind,
    /// Every leaf of the payload under its path.
    pub fields: Fields,
}

/// What a push is about.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum PushKind {
    /// `MsgType` = `event`.
    Event(Event),
    /// Any other `MsgType`.
    Message(Message),
    /// No `MsgType` at all: a notice to a third-party platform (第三方平台), named by its `InfoType`.
    Notice(Notice),
}

/// A push that is not modelled. Its name is opaque on purpose: a later version may model it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownPush {
    name: String,
}

impl UnknownPush {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned() }
    }

    /// The name of the event, message or notice, in the letters of the wire.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Push {
    /// Types the fields of a payload. Unknown events, messages and fields are kept, not refused.
    ///
    /// Spaces, tabs and line ends around names, numbers and ids are layout of senders that indent, so they do not
    /// count. What a person typed is taken exactly, and so is everything in [`fields`](Self::fields).
    ///
    /// # Errors
    ///
    /// [`InvalidPush`], if an element that every push of its kind has is absent, empty or blank, or `CreateTime` is
    /// no number.
    pub fn from_fields(fields: Fields) -> Result<Self, InvalidPush> {
        let kind = PushKind::read(&fields)?;
        let from_user = match fields.word("FromUserName") {
            None if !matches!(kind, PushKind::Notice(_)) => return Err(missing("FromUserName")),
            sender => OpenId::from(sender.unwrap_or_default()),
        };
        Ok(Self {
            to_user: OriginalId::from(fields.word("ToUserName").unwrap_or_default()),
            from_user,
            create_time: create_time(&fields)?,
            kind,
            fields,
        })
    }

    /// The name on the wire: of the event, else of the message type, else of the third-party notice.
    pub fn name(&self) -> &str {
        let field = match self.kind {
            PushKind::Event(_) => "Event",
            PushKind::Message(_) => "MsgType",
            PushKind::Notice(_) => "InfoType",
        };
        self.fields.word(field).unwrap_or_default()
    }

    /// The exact text of any leaf of the payload, by its path (see [`Fields`]).
    pub fn field(&self, path: &str) -> Option<&str> {
        self.fields.get(path)
    }

    /// The event, if this is one.
    pub fn event(&self) -> Option<&Event> {
        match &self.kind {
            PushKind::Event(event) => Some(event),
            _ => None,
        }
    }

    /// The message, if this is one.
    pub fn message(&self) -> Option<&Message> {
        match &self.kind {
            PushKind::Message(message) => Some(message),
            _ => None,
        }
    }

    /// Whom the push is about, when that is certain.
    ///
    /// | Push | Person |
    /// |---|---|
    /// | message | [`from_user`](Self::from_user) |
    /// | [`Event::UserData`] | its `openid`; the sender is the platform |
    /// | [`Event::is_from_platform`] | none: a job, a review or the account, and the sender is the platform (protocol §7.3) |
    /// | [`Event::Unknown`], [`Event::DebugDemo`] | none: what their sender is, is not known |
    /// | any other event | [`from_user`](Self::from_user) |
    /// | notice to a third-party platform (第三方平台) | none |
    pub fn person(&self) -> Option<&OpenId> {
        match &self.kind {
            PushKind::Message(_) => Some(&self.from_user),
            PushKind::Event(Event::UserData(data)) => data.openid.as_ref(),
            PushKind::Event(Event::Unknown(_) | Event::DebugDemo(_)) | PushKind::Notice(_) => None,
            PushKind::Event(event) => (!event.is_from_platform()).then_some(&self.from_user),
        }
    }

    /// The number of the message, of whatever kind. `None` for events, which have none, and for a message whose `MsgId`
    /// is no such number; [`field`](Self::field) then has its text.
    pub fn msg_id(&self) -> Option<MsgId> {
        self.message().and_then(|_| MsgId::read(&self.fields))
    }

    /// What the scan or follow says about its origin; `None` for everything else.
    pub fn scene_key(&self) -> Option<&SceneKey> {
        match self.event()? {
            Event::Subscribe(subscribe) => Some(&subscribe.key),
            Event::Scan(scan) => Some(&scan.key),
            _ => None,
        }
    }

    /// One act, two wire events: somebody scanned a code with parameters, and either followed through it
    /// (`subscribe`) or followed already (`SCAN`).
    pub fn scene_scan(&self) -> Option<SceneScan<'_>> {
        SceneScan::of(self)
    }

    /// The class for counting and routing.
    pub fn class(&self) -> PushClass {
        PushClass::of(self)
    }
}

impl PushKind {
    fn read(fields: &Fields) -> Result<Self, InvalidPush> {
        let Some(msg_type) = fields.get("MsgType").map(trim_blanks) else {
            return match fields.get("InfoType") {
                Some(_) => Ok(Self::Notice(Notice::read(required(fields, "InfoType")?, fields))),
                None => Err(missing("MsgType")),
            };
        };
        Ok(match msg_type {
            "" => return Err(missing("MsgType")),
            _ if msg_type.eq_ignore_ascii_case("event") => {
                Self::Event(Event::read(required(fields, "Event")?, fields))
            }
            _ => Self::Message(Message::read(msg_type, fields)),
        })
    }
}

fn required<'a>(fields: &'a Fields, field: &'static str) -> Result<&'a str, InvalidPush> {
    fields.word(field).ok_or(missing(field))
}

fn missing(field: &'static str) -> InvalidPush {
    InvalidPush::Missing { field }
}

fn create_time(fields: &Fields) -> Result<i64, InvalidPush> {
    required(fields, "CreateTime")?.parse().map_err(|_| InvalidPush::CreateTime)
}

/// Why a payload is no push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidPush {
    /// An element that every push of its kind has is absent, empty or blank.
    Missing {
        /// Its name.
        field: &'static str,
    },
    /// `CreateTime` is not a number of seconds.
    CreateTime,
}

impl fmt::Display for InvalidPush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { field } => write!(f, "the push has no {field}, which every push of its kind has"),
            Self::CreateTime => {
                f.write_str("the push has a CreateTime that is not a whole number of seconds")
            }
        }
    }
}

impl std::error::Error for InvalidPush {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldsBuilder;

    const EVENT: [(&str, &str); 8] = [
        ("ToUserName", "gh_1"),
        ("FromUserName", "o1"),
        ("CreateTime", "7"),
        ("MsgType", "event"),
        ("Event", "SCAN"),
        ("EventKey", "2026"),
        ("Ticket", "t"),
        ("InfoType", "n"),
    ];

    fn read(leaves: impl IntoIterator<Item = (&'static str, String)>) -> Result<Push, InvalidPush> {
        let mut fields = FieldsBuilder::default();
        leaves.into_iter().for_each(|(name, text)| fields.leaf(name, &text));
        Push::from_fields(fields.finish())
    }

    /// The event above, with `text` in place of the text of `field`.
    fn with(field: &str, text: &str) -> Result<Push, InvalidPush> {
        read(EVENT.map(|(name, old)| (name, if name == field { text } else { old }.to_owned())))
    }

    #[test]
    fn layout_around_names_numbers_and_ids_does_not_count() {
        let indented = read(EVENT.map(|(name, text)| (name, format!("\r\n\t {text} \n")))).unwrap();
        let plain = with("", "").unwrap();
        assert_eq!((&indented.to_user, &indented.from_user), (&plain.to_user, &plain.from_user));
        assert_eq!((indented.create_time, indented.name()), (7, "SCAN"));
        assert_eq!(indented.kind, plain.kind);
        assert_eq!(indented.field("Event"), Some("\r\n\t SCAN \n"));

        let notice =
            read([("InfoType", " authorized\n".to_owned()), ("CreateTime", "1".to_owned())]).unwrap();
        assert_eq!(notice.kind, PushKind::Notice(Notice::read("authorized", &notice.fields)));
        assert_eq!(notice.name(), "authorized");
        let unknown = with("Event", " of_tomorrow ").unwrap();
        assert_eq!(unknown.event(), Some(&Event::Unknown(UnknownPush::new("of_tomorrow"))));
    }

    #[test]
    fn what_a_person_typed_is_exact() {
        let text = [
            ("MsgType", "\ttext "),
            ("FromUserName", "o"),
            ("CreateTime", "1"),
            ("Content", " \n a \u{3000}"),
        ];
        let push = read(text.map(|(name, text)| (name, text.to_owned()))).unwrap();
        let Some(Message::Text(message)) = push.message() else { panic!("{push:?}") };
        assert_eq!((message.content.as_str(), push.name()), (" \n a \u{3000}", "text"));
    }

    #[test]
    fn what_every_push_has_is_missing_when_it_is_blank() {
        for field in ["MsgType", "Event", "FromUserName", "CreateTime"] {
            for blank in ["", " ", "\r\n\t"] {
                assert_eq!(with(field, blank), Err(InvalidPush::Missing { field }), "{blank:?}");
            }
        }
        assert_eq!(read([]), Err(InvalidPush::Missing { field: "MsgType" }));
        let nameless = [("InfoType", String::new()), ("CreateTime", "1".to_owned())];
        assert_eq!(read(nameless), Err(InvalidPush::Missing { field: "InfoType" }));
        assert_eq!(with("CreateTime", "\u{3000}1"), Err(InvalidPush::CreateTime));
        assert_eq!(with("Ticket", " \n").unwrap().scene_scan().unwrap().ticket, None);
    }
}
