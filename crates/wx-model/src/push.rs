use crate::{Event, Fields, Message, OpenId, OriginalId, PushClass, SceneKey, SceneScan};
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
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Push {
    /// The account that receives it. Empty in pushes to a third-party platform (第三方平台).
    pub to_user: OriginalId,
    /// The person it is about, or a system sender. Empty in pushes to a third-party platform.
    pub from_user: OpenId,
    /// When it happened: seconds since 1970, UTC.
    pub create_time: i64,
    /// What happened.
    pub kind: PushKind,
    /// Every leaf of the payload under its path.
    pub fields: Fields,
}

/// What a push is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PushKind {
    /// `MsgType` = `event`.
    Event(Event),
    /// Any other `MsgType`.
    Message(Message),
    /// No `MsgType` at all: a notice to a third-party platform, named by its `InfoType`.
    Unknown(UnknownPush),
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

    /// The name of the event, message or notice, as it stood on the wire.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Push {
    /// Types the fields of a payload. Unknown events, messages and fields are kept, not refused.
    pub fn from_fields(fields: Fields) -> Result<Self, InvalidPush> {
        let kind = match (fields.get("MsgType"), fields.get("InfoType")) {
            (Some(event), _) if event.eq_ignore_ascii_case("event") => {
                PushKind::Event(Event::read(required(&fields, "Event")?, &fields))
            }
            (Some(msg_type), _) => PushKind::Message(Message::read(msg_type, &fields)),
            (None, Some(info_type)) => PushKind::Unknown(UnknownPush::new(info_type)),
            (None, None) => return Err(InvalidPush::Missing { field: "MsgType" }),
        };
        let is_from_somebody = !matches!(kind, PushKind::Unknown(_));
        if is_from_somebody {
            required(&fields, "FromUserName")?;
        }
        Ok(Self {
            to_user: OriginalId::from(fields.get("ToUserName").unwrap_or_default()),
            from_user: OpenId::from(fields.get("FromUserName").unwrap_or_default()),
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
            PushKind::Unknown(_) => "InfoType",
        };
        self.field(field).unwrap_or_default()
    }

    /// The text of any leaf of the payload, by its path (see [`Fields`]).
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

fn required<'a>(fields: &'a Fields, field: &'static str) -> Result<&'a str, InvalidPush> {
    fields.get(field).filter(|text| !text.is_empty()).ok_or(InvalidPush::Missing { field })
}

fn create_time(fields: &Fields) -> Result<i64, InvalidPush> {
    required(fields, "CreateTime")?.trim().parse().map_err(|_| InvalidPush::CreateTime)
}

/// Why a payload is no push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidPush {
    /// An element that every push of its kind has is absent or empty.
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
