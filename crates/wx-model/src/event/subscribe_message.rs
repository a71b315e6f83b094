use crate::{
    Fields,
    entries::{Entry, entries},
    leaves::Leaves,
    wire_text::wire_text,
};

/// `subscribe_msg_popup_event` (订阅通知弹窗): the person answered the question whether the account may send them
/// subscription messages (订阅通知).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubscribeMsgPopup {
    /// One answer per template.
    pub choices: Vec<SubscribeMsgChoice>,
}

/// `subscribe_msg_change_event` (管理订阅通知): the person changed such answers in the settings. Comes only for
/// refusals (protocol §7.2).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubscribeMsgChange {
    /// One answer per template.
    pub choices: Vec<SubscribeMsgChoice>,
}

/// `subscribe_msg_sent_event` (发送订阅通知): subscription messages of the account arrived or did not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubscribeMsgSent {
    /// One result per message.
    pub results: Vec<SubscribeMsgResult>,
}

/// What a person answered for one template.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubscribeMsgChoice {
    /// The template (`TemplateId`).
    pub template_id: String,
    /// The answer (`SubscribeStatusString`).
    pub status: Option<SubscribeMsgStatus>,
    /// Where the question was asked (`PopupScene`); only in [`SubscribeMsgPopup`].
    pub scene: Option<PopupScene>,
}

/// What became of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubscribeMsgResult {
    /// The template (`TemplateId`).
    pub template_id: String,
    /// The number that the sending call answered (`MsgID`).
    pub msg_id: Option<u64>,
    /// 0 when it arrived.
    pub error_code: Option<i64>,
    /// The same in words, `success` when it arrived.
    pub error_status: String,
}

wire_text! {
    /// A person's answer for one template (`SubscribeStatusString`).
    SubscribeMsgStatus {
        /// The account may send.
        Accept = "accept",
        /// It may not.
        Reject = "reject",
    }
}

wire_text! {
    /// Where a person was asked for subscription messages (`PopupScene`).
    PopupScene {
        /// In a mini program (小程序).
        MiniProgram = "0",
        /// On an H5 page.
        WebPage = "1",
        /// In an article (图文).
        Article = "2",
    }
}

impl SubscribeMsgPopup {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { choices: choices(fields, &[POPUP, BARE]) }
    }
}

impl SubscribeMsgChange {
    /// The official sample long had the wrapper of the other event (protocol §15).
    pub(super) fn read(fields: &Fields) -> Self {
        Self { choices: choices(fields, &["SubscribeMsgChangeEvent.List", POPUP, BARE]) }
    }
}

impl SubscribeMsgSent {
    pub(super) fn read(fields: &Fields) -> Self {
        let results = first_of(fields, &["SubscribeMsgSentEvent.List", BARE]);
        Self { results: results.iter().map(SubscribeMsgResult::read).collect() }
    }
}

const POPUP: &str = "SubscribeMsgPopupEvent.List";
/// In JSON the list stands without a wrapper.
const BARE: &str = "List";

fn choices(fields: &Fields, paths: &[&str]) -> Vec<SubscribeMsgChoice> {
    first_of(fields, paths).iter().map(SubscribeMsgChoice::read).collect()
}

fn first_of<'a>(fields: &'a Fields, paths: &[&str]) -> Vec<Entry<'a>> {
    paths.iter().map(|path| entries(fields, path)).find(|found| !found.is_empty()).unwrap_or_default()
}

impl SubscribeMsgChoice {
    fn read(entry: &Entry<'_>) -> Self {
        Self {
            template_id: entry.name("TemplateId"),
            status: entry.id("SubscribeStatusString"),
            scene: entry.id("PopupScene"),
        }
    }
}

impl SubscribeMsgResult {
    fn read(entry: &Entry<'_>) -> Self {
        Self {
            template_id: entry.name("TemplateId"),
            msg_id: entry.number("MsgID"),
            error_code: entry.number("ErrorCode"),
            error_status: entry.text("ErrorStatus"),
        }
    }
}
