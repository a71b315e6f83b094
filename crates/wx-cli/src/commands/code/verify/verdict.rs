use crate::{
    commands::code::{booked::Booked, list::expiry},
    edge,
    failure::Outcome,
    print,
};
use serde::Serialize;
use wx_channel::{Code, CodeState};
use wx_render::Found;

/// What a symbol says, and which code it is.
#[derive(Serialize)]
pub(super) struct Verdict {
    text: String,
    /// `platform` (protocol §2.3), `altered` (nearly that: such a code may not work), or `other`.
    kind: &'static str,
    read_by: Vec<&'static str>,
    inverted: bool,
    /// What is booked about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    booked: Option<Known>,
    /// Whether a ledger was asked.
    #[serde(skip)]
    is_asked: bool,
}

/// A code of the ledger, as it is said.
#[derive(Serialize)]
struct Known {
    action_name: &'static str,
    scene: String,
    ticket: String,
    channel: Option<String>,
    state: CodeState,
    created: i64,
    /// Nothing if it never expires.
    expires: Option<i64>,
    expired: bool,
    /// `never`, `in 3 days`, `2 hours ago`.
    expires_in: String,
    retired: Option<i64>,
}

impl Verdict {
    pub(super) async fn new(found: Found, booked: &Booked) -> Outcome<Self> {
        let code = booked.code(&found.text).await?;
        let readers = [("rqrr", found.by_rqrr), ("rxing", found.by_rxing)];
        Ok(Self {
            kind: kind(&found.text),
            read_by: readers.into_iter().filter(|(_, read)| *read).map(|(name, _)| name).collect(),
            inverted: found.is_inverted,
            booked: code.map(|code| Known::new(&code, edge::now())),
            is_asked: booked.is_there(),
            text: found.text,
        })
    }

    pub(super) fn print(&self) {
        print::line(&format!("  {}", print::harmless_line(&self.text)));
        print::line(&format!("    {}", self.kind_in_words()));
        print::line(&format!("    read by {}", self.read_by.join(" and ")));
        if self.inverted {
            print::line("    light on dark: many phones do not read that");
        }
        match &self.booked {
            Some(known) => known.print(),
            None if self.is_asked && self.kind == "platform" => print::line(
                "    not in the ledger: it belongs to another account, or was created without this database",
            ),
            None => {}
        }
    }

    fn kind_in_words(&self) -> &'static str {
        match self.kind {
            "platform" => "a url of the platform",
            "altered" => {
                "nearly a url of the platform; draw exactly what the platform gave, http is not https"
            }
            _ => "no url of the platform, so scans of it are not pushed",
        }
    }
}

/// Whether the platform may have given this url.
pub(in crate::commands::code) fn is_of_platform(url: &str) -> bool {
    kind(url) != "other"
}

/// What the platform gives: `http://weixin.qq.com/q/` and an id of 20 or 22 characters (protocol §2.3).
fn kind(text: &str) -> &'static str {
    const HOST: &str = "weixin.qq.com/q/";
    let is_id = |id: &str| {
        matches!(id.len(), 20 | 22)
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    if text.strip_prefix("http://").and_then(|rest| rest.strip_prefix(HOST)).is_some_and(is_id) {
        "platform"
    } else if text.to_ascii_lowercase().contains(HOST) {
        "altered"
    } else {
        "other"
    }
}

impl Known {
    fn new(code: &Code, now: i64) -> Self {
        Self {
            action_name: code.action_name.as_str(),
            scene: code.scene.as_str().to_owned(),
            ticket: code.ticket.as_str().to_owned(),
            channel: code.channel.as_ref().map(ToString::to_string),
            state: code.state(now),
            created: code.created,
            expires: code.expires,
            expired: code.expires.is_some_and(|expires| expires <= now),
            expires_in: expiry(code, now),
            retired: code.retired,
        }
    }

    fn print(&self) {
        print::line(&format!("    {} with scene {}", self.action_name, print::harmless_line(&self.scene)));
        if let Some(channel) = &self.channel {
            print::line(&format!("    channel {}", print::harmless_line(channel)));
        }
        let time = self.expires.map(print::beijing_time).unwrap_or_default();
        print::line(&match (self.expires, self.expired) {
            (None, _) => "    never expires".to_owned(),
            (Some(_), false) => format!("    expires {}, {time}", self.expires_in),
            (Some(_), true) => format!("    EXPIRED {}, {time}; it does not work any more", self.expires_in),
        });
        if let Some(retired) = self.retired {
            let works = if self.expired { "" } else { "; whoever scans it still comes to you" };
            print::line(&format!("    RETIRED {}{works}", print::beijing_time(retired)));
        }
    }
}
