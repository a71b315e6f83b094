mod catalogue;
mod envelope;
mod field_value;
mod fields;
mod notice;
mod shape;

pub(crate) use catalogue::{Kind, Sender};
pub(crate) use envelope::Envelope;
pub use field_value::FieldValue;
pub(crate) use field_value::is_xml_text;
pub(crate) use fields::Fields;
pub(crate) use notice::{Authorized, Notice};
pub use shape::{PushShape, UnknownShape};

use crate::{Error, xml::Element};

/// What the platform tells the account's server (事件推送): one event or message, in its clear form (protocol §7).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Push {
    /// 1 for the first push of this simulator, and so on.
    pub number: u64,
    /// Whom it is about.
    pub openid: String,
    /// The `Event` (`subscribe`, `SCAN`, …), the `MsgType` of a message (`text`, …), or the `InfoType` of what is pushed
    /// to a third-party platform.
    pub kind: String,
    /// The `EventKey` as it stands in the XML; empty where there is none.
    pub event_key: String,
    /// The clear XML. Every delivery of this push carries exactly this text, encrypted or not.
    pub xml: String,
    pub(crate) nature: Nature,
}

/// What may answer a push (protocol §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    /// A person wrote it (接收普通消息).
    Message,
    /// A person did something.
    Event,
    /// Nobody is there to see a reply.
    Notice,
}

/// What every push begins with.
pub(crate) struct Head<'a> {
    pub(crate) number: u64,
    pub(crate) openid: &'a str,
    pub(crate) account: &'a str,
    pub(crate) now: i64,
    pub(crate) shape: PushShape,
}

/// `FromUserName` of what no person did: [`Act::account_event`](crate::Act::account_event).
pub const SYSTEM_SENDER: &str = "oK7tV5zzSYSTEMzzSYSTEMzzSYST";

impl Push {
    /// A follow without a code. The key is there and empty, which is where naive receivers stumble (§0.1, fact 5).
    pub(crate) fn subscribe(head: &Head<'_>) -> Self {
        head.event("subscribe", Fields::default().with("EventKey", ""))
    }

    pub(crate) fn subscribe_through(head: &Head<'_>, scene: &str, ticket: &str) -> Self {
        head.event("subscribe", scanned(format!("qrscene_{scene}"), ticket))
    }

    /// The key of a follow that was offered after a payment (§7.1).
    pub(crate) fn subscribe_after_payment(head: &Head<'_>, transaction: &str) -> Self {
        head.event("subscribe", Fields::default().with("EventKey", format!("last_trade_no_{transaction}")))
    }

    pub(crate) fn scan(head: &Head<'_>, scene: &str, ticket: &str) -> Self {
        head.event("SCAN", scanned(scene.to_owned(), ticket))
    }

    pub(crate) fn unsubscribe(head: &Head<'_>) -> Self {
        let push = head.event("unsubscribe", Fields::default().with("EventKey", ""));
        Self { nature: Nature::Notice, ..push }
    }

    pub(crate) fn text(head: &Head<'_>, text: &str, menu_item: Option<&str>) -> Result<Self, Error> {
        if !is_message_text(text) || menu_item.is_some_and(|item| !is_message_text(item)) {
            return Err(Error::Text);
        }
        let push = head.message("text", Fields::default().with("Content", text), |fields| match menu_item {
            Some(item) => fields.with("bizmsgmenuid", item),
            None => fields,
        });
        Ok(push)
    }

    /// What somebody else wrote as XML, as it is. Its kind is read from it where it can be.
    pub(crate) fn raw(head: &Head<'_>, xml: &str) -> Result<Self, Error> {
        if xml.is_empty() {
            return Err(Error::Field { reason: "the XML of a push has 1 to 65536 bytes" });
        }
        let root = Element::read(xml);
        let text = |name| root.as_ref().map(|root| root.text_of(name).to_owned()).unwrap_or_default();
        let message_type = text("MsgType");
        let is_message = !message_type.is_empty() && message_type != "event";
        let kind = if is_message { message_type } else { text("Event") };
        Ok(Self {
            number: head.number,
            openid: head.openid.to_owned(),
            kind: if kind.is_empty() { "raw".to_owned() } else { kind },
            event_key: text("EventKey"),
            xml: xml.to_owned(),
            nature: if is_message { Nature::Message } else { Nature::Event },
        })
    }

    /// Nothing longer is to be expected of the platform (§6.4).
    pub(crate) fn check_length(self) -> Result<Self, Error> {
        let is_short = self.xml.len() <= LONGEST_XML;
        is_short.then_some(self).ok_or(Error::Field { reason: "the XML of a push has 1 to 65536 bytes" })
    }

    /// Whether a person wrote it (接收普通消息); all else are events.
    pub(crate) fn is_message(&self) -> bool {
        self.nature == Nature::Message
    }
}

impl Head<'_> {
    pub(crate) fn event(&self, event: &str, fields: Fields) -> Push {
        let event = match self.shape {
            PushShape::LowerCaseEvents => event.to_lowercase(),
            _ => event.to_owned(),
        };
        let key = fields.text_of("EventKey").unwrap_or_default().to_owned();
        let document = self.fields("event").with("Event", event.clone()).and(fields);
        self.push(event, key, &document, Nature::Event)
    }

    /// A message, whose id comes after its fields and before what else there is.
    pub(crate) fn message(
        &self,
        message_type: &str,
        fields: Fields,
        more: impl FnOnce(Fields) -> Fields,
    ) -> Push {
        let id = FieldValue::from(FIRST_MESSAGE_ID + self.number);
        let document = more(self.fields(message_type).and(fields).with("MsgId", id));
        self.push(message_type.to_owned(), String::new(), &document, Nature::Message)
    }

    fn fields(&self, message_type: &str) -> Fields {
        Fields::default()
            .with("ToUserName", self.account)
            .with("FromUserName", self.openid)
            .with("CreateTime", self.now)
            .with("MsgType", message_type)
    }

    fn push(&self, kind: String, event_key: String, document: &Fields, nature: Nature) -> Push {
        let xml = document.document(self.shape);
        Push { number: self.number, openid: self.openid.to_owned(), kind, event_key, xml, nature }
    }
}

fn scanned(key: String, ticket: &str) -> Fields {
    Fields::default().with("EventKey", key).with("Ticket", ticket)
}

fn is_message_text(text: &str) -> bool {
    (1..=2048).contains(&text.len()) && is_xml_text(text)
}

const LONGEST_XML: usize = 65_536;
/// Message ids have 17 digits and do not fit a double (§7.4).
const FIRST_MESSAGE_ID: u64 = 24_900_000_000_000_000;
