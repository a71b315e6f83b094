use super::custom_news::WireNews;
use crate::{CustomContent, MessageMenu, OpenId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The body of `POST /cgi-bin/message/custom/send` (客服消息, protocol §10.4): a message outside of a reply.
///
/// Allowed only for a while after the user did something: 3 within a minute of a follow or a scan, 5 within 48 hours
/// of a message. Past that the platform answers 45015 or 45047.
///
/// ```
/// use wx_model::CustomMessage;
///
/// let message = CustomMessage::text("oK7tV5xA2bQm9Lr0PzYc3NdEfGhI", "Welcome");
/// assert_eq!(
///     serde_json::to_string(&message)?,
///     r#"{"touser":"oK7tV5xA2bQm9Lr0PzYc3NdEfGhI","msgtype":"text","text":{"content":"Welcome"}}"#,
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
#[non_exhaustive]
pub struct CustomMessage {
    /// Who gets it.
    pub touser: OpenId,
    /// What it says.
    pub content: CustomContent,
    /// The desk in whose name it is sent, if not the account's.
    pub customservice: Option<CustomService>,
    /// Marks a text that a machine wrote.
    pub aimsgcontext: Option<AiContext>,
}

impl CustomMessage {
    /// A message of any kind.
    pub fn new(touser: impl Into<OpenId>, content: CustomContent) -> Self {
        Self { touser: touser.into(), content, customservice: None, aimsgcontext: None }
    }

    /// A text message.
    pub fn text(touser: impl Into<OpenId>, content: impl Into<String>) -> Self {
        Self::new(touser, CustomContent::Text { content: content.into() })
    }

    /// Marks it as written by a machine.
    pub fn by_machine(mut self) -> Self {
        self.aimsgcontext = Some(AiContext { is_ai_msg: 1 });
        self
    }

    /// Sends it in the name of that desk (客服账号), `desk3@account`.
    pub fn from_desk(mut self, kf_account: impl Into<String>) -> Self {
        self.customservice = Some(CustomService { kf_account: kf_account.into() });
        self
    }
}

/// The desk in whose name a message is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CustomService {
    /// Its name with the account's, `desk3@account`.
    pub kf_account: String,
}

/// Whether a machine wrote the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AiContext {
    /// 1 when it did.
    pub is_ai_msg: u8,
}

/// The message as it is written: the content stands under the name of its kind.
#[derive(Serialize, Deserialize)]
struct Wire {
    touser: OpenId,
    msgtype: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<WireText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    msgmenu: Option<MessageMenu>,
    #[serde(skip_serializing_if = "Option::is_none")]
    news: Option<WireNews>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customservice: Option<CustomService>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aimsgcontext: Option<AiContext>,
    #[serde(flatten)]
    other: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Serialize, Deserialize)]
struct WireText {
    content: String,
}

impl From<CustomMessage> for Wire {
    fn from(message: CustomMessage) -> Self {
        let mut wire = Self {
            touser: message.touser,
            msgtype: message.content.msgtype().to_owned(),
            text: None,
            msgmenu: None,
            news: None,
            customservice: message.customservice,
            aimsgcontext: message.aimsgcontext,
            other: BTreeMap::new(),
        };
        match message.content {
            CustomContent::Text { content } => wire.text = Some(WireText { content }),
            CustomContent::MsgMenu(menu) => wire.msgmenu = Some(menu),
            CustomContent::News(article) => wire.news = Some(article.into()),
            CustomContent::Other { msgtype, fields } => wire.other = BTreeMap::from([(msgtype, fields)]),
        }
        wire
    }
}

impl TryFrom<Wire> for CustomMessage {
    type Error = String;

    fn try_from(mut wire: Wire) -> Result<Self, String> {
        let content = match wire.msgtype.as_str() {
            "text" => wire.text.map(|WireText { content }| CustomContent::Text { content }),
            "msgmenu" => wire.msgmenu.map(CustomContent::MsgMenu),
            "news" => wire.news.map(|news| CustomContent::News(news.into())),
            msgtype => {
                let fields = wire.other.remove(msgtype);
                fields.map(|fields| CustomContent::Other { msgtype: msgtype.to_owned(), fields })
            }
        };
        Ok(Self {
            touser: wire.touser,
            content: content.ok_or_else(|| {
                format!("the content of a message of msgtype {:?} is missing", wire.msgtype)
            })?,
            customservice: wire.customservice,
            aimsgcontext: wire.aimsgcontext,
        })
    }
}
