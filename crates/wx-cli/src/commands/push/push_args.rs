use super::StampArgs;
use crate::{
    config::Settings,
    failure::{Failure, Outcome},
    input,
};
use std::path::PathBuf;
use wx_model::SceneStr;

/// The push that is meant: a file, or one that is made up.
#[derive(Debug, clap::Args)]
pub(crate) struct PushArgs {
    /// The clear body of the push, XML or JSON; `-` reads it from stdin
    #[arg(group = "source")]
    file: Option<PathBuf>,

    /// Makes up a follow (关注) through the code with this scene; without SCENE through none
    #[arg(long, value_name = "SCENE", group = "source", num_args = 0..=1, default_missing_value = "")]
    follow: Option<String>,

    /// Makes up a scan (扫码) of the code with this scene by a follower
    #[arg(long, value_name = "SCENE", group = "source")]
    scan: Option<String>,

    /// Makes up an unfollow (取消关注)
    #[arg(long, group = "source")]
    unfollow: bool,

    /// Makes up a text message (文本消息)
    #[arg(long, value_name = "TEXT", group = "source")]
    text: Option<String>,

    /// Who does it: an OpenID
    #[arg(long, value_name = "OPENID", default_value = FOLLOWER, conflicts_with = "file")]
    from: String,

    /// The account it is done to: an original id (原始 ID) [default: that of wx.toml, else gh_000000000000]
    #[arg(long, value_name = "ID", conflicts_with = "file")]
    to: Option<String>,

    /// The ticket of the scanned code
    #[arg(long, value_name = "TICKET", default_value = TICKET, conflicts_with = "file")]
    ticket: String,
}

const FOLLOWER: &str = "oTestFollower_wx_push_send_0";
const TICKET: &str = "gQTestTicket_of_wx_push_send";

impl PushArgs {
    /// The clear body.
    pub(crate) fn body(&self, settings: &Settings, stamp: &StampArgs) -> Outcome<Vec<u8>> {
        if let Some(file) = &self.file {
            return input::read(file);
        }
        let elements = self.elements().ok_or_else(|| {
            Failure::invalid("no push is given; name a file, or use --follow, --scan, --unfollow or --text")
        })?;
        let followed = self.follow.as_ref().filter(|scene| !scene.is_empty());
        if let Some(scene) = followed.or(self.scan.as_ref()) {
            SceneStr::new(scene.as_str()).map_err(|error| Failure::invalid(error.to_string()))?;
        }
        let account = settings.callback.original_id.as_ref().map_or("gh_000000000000", |id| id.as_str());
        let people = [("ToUserName", self.to.as_deref().unwrap_or(account)), ("FromUserName", &self.from)];
        let people: String = people.iter().map(|(name, text)| element(name, text)).collect();
        let elements: String = elements.iter().map(|(name, text)| element(name, text)).collect();
        let now = stamp.now();
        let id = if self.text.is_some() { message_id(now, stamp.number()?) } else { String::new() };
        Ok(format!("<xml>{people}<CreateTime>{now}</CreateTime>{elements}{id}</xml>").into_bytes())
    }

    /// What such a push has beyond people and time (protocol §7.1, §7.4).
    fn elements(&self) -> Option<Vec<(&'static str, String)>> {
        let event = |name: &str, key: String, has_ticket: bool| {
            let mut elements =
                vec![("MsgType", "event".to_owned()), ("Event", name.to_owned()), ("EventKey", key)];
            elements.extend(has_ticket.then(|| ("Ticket", self.ticket.clone())));
            elements
        };
        match (&self.follow, &self.scan, &self.text) {
            (Some(scene), ..) if scene.is_empty() => Some(event("subscribe", String::new(), false)),
            (Some(scene), ..) => Some(event("subscribe", format!("qrscene_{scene}"), true)),
            (_, Some(scene), _) => Some(event("SCAN", scene.clone(), true)),
            (.., Some(text)) => Some(vec![("MsgType", "text".to_owned()), ("Content", text.clone())]),
            _ => self.unfollow.then(|| event("unsubscribe", String::new(), false)),
        }
    }
}

/// 17 digits, as the platform's are (protocol §7.4), and another one for each message of a second.
fn message_id(now: i64, number: u32) -> String {
    format!("<MsgId>{now}{:07}</MsgId>", number % 10_000_000)
}

/// An XML element; `]]>` would end the section, so it is divided between two.
pub(crate) fn element(name: &str, text: &str) -> String {
    format!("<{name}><![CDATA[{}]]></{name}>", text.replace("]]>", "]]]]><![CDATA[>"))
}
