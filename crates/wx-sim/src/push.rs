mod envelope;

pub(crate) use envelope::Envelope;

use crate::Error;

/// What the platform tells the account's server (事件推送): one event or message, in its clear form (protocol §7).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Push {
    /// 1 for the first push of this simulator, and so on.
    pub number: u64,
    /// Whom it is about.
    pub openid: String,
    /// `subscribe`, `SCAN`, `unsubscribe` or `text`.
    pub kind: &'static str,
    /// The `EventKey` as it stands in the XML; empty where there is none.
    pub event_key: String,
    /// The clear XML. Every delivery of this push carries exactly this text, encrypted or not.
    pub xml: String,
}

/// What every push begins with.
pub(crate) struct Head<'a> {
    pub(crate) number: u64,
    pub(crate) openid: &'a str,
    pub(crate) account: &'a str,
    pub(crate) now: i64,
}

impl Push {
    /// A follow without a code. The key is there and empty, which is where naive receivers stumble (§0.1, fact 5).
    pub(crate) fn subscribe(head: &Head<'_>) -> Self {
        head.event("subscribe", "", None)
    }

    pub(crate) fn subscribe_through(head: &Head<'_>, scene: &str, ticket: &str) -> Self {
        head.event("subscribe", &format!("qrscene_{scene}"), Some(ticket))
    }

    pub(crate) fn scan(head: &Head<'_>, scene: &str, ticket: &str) -> Self {
        head.event("SCAN", scene, Some(ticket))
    }

    pub(crate) fn unsubscribe(head: &Head<'_>) -> Self {
        head.event("unsubscribe", "", None)
    }

    pub(crate) fn text(head: &Head<'_>, text: &str) -> Result<Self, Error> {
        let forbidden = |c: char| c.is_control() && !"\t\n\r".contains(c) || "\u{fffe}\u{ffff}".contains(c);
        if text.is_empty() || text.len() > 2048 || text.contains(forbidden) {
            return Err(Error::Text);
        }
        let message_id = FIRST_MESSAGE_ID + head.number;
        let tail = format!("{}<MsgId>{message_id}</MsgId>\n", element("Content", text));
        Ok(head.push("text", "text", "", &tail))
    }

    /// Whether a person wrote it (接收普通消息); all else are events.
    pub(crate) fn is_message(&self) -> bool {
        self.kind == "text"
    }
}

impl Head<'_> {
    fn event(&self, event: &'static str, key: &str, ticket: Option<&str>) -> Push {
        let mut tail = element("Event", event) + &element("EventKey", key);
        if let Some(ticket) = ticket {
            tail += &element("Ticket", ticket);
        }
        self.push("event", event, key, &tail)
    }

    fn push(&self, message_type: &str, kind: &'static str, key: &str, tail: &str) -> Push {
        let to = element("ToUserName", self.account);
        let from = element("FromUserName", self.openid);
        let time = format!("<CreateTime>{}</CreateTime>\n", self.now);
        let kind_of_message = element("MsgType", message_type);
        let xml = format!("<xml>\n{to}{from}{time}{kind_of_message}{tail}{CLOSE}");
        Push { number: self.number, openid: self.openid.to_owned(), kind, event_key: key.to_owned(), xml }
    }
}

const CLOSE: &str = "</xml>";
/// Message ids have 17 digits and do not fit a double (§7.4).
const FIRST_MESSAGE_ID: u64 = 24_900_000_000_000_000;

/// `]]>` would end the section, so it is divided between two.
fn element(name: &str, text: &str) -> String {
    format!("<{name}><![CDATA[{}]]></{name}>\n", text.replace("]]>", "]]]]><![CDATA[>"))
}
