use crate::{
    commands::reply::{Form, StandIn},
    config::account,
    edge,
    failure::Outcome,
};
use serde::Serialize;
use std::path::Path;
use wx_channel::CodeStore;
use wx_events::Callback;
use wx_model::{AppId, CallbackToken, Push, Reply};
use wx_store::SqliteStore;

/// What `wx serve` would answer to a push: the reply of the channel whose code was scanned.
#[derive(Serialize)]
pub(super) struct ServiceAnswer {
    /// The channel (渠道), if the scene belongs to one.
    pub(super) channel: Option<String>,
    /// The text of its reply, if there is one.
    pub(super) text: Option<String>,
    /// The clear body of the answer.
    pub(super) body: String,
    /// Why the reply of the channel cannot be sent.
    pub(super) problem: Option<String>,
}

impl ServiceAnswer {
    /// Looks it up without writing.
    pub(super) async fn find(database: &Path, app_id: &AppId, push: &Push) -> Outcome<Self> {
        let store = SqliteStore::open_read_only(database)?;
        let nothing = Self { channel: None, text: None, body: "success".to_owned(), problem: None };
        let Some(scan) = push.scene_scan() else { return Ok(nothing) };
        let Some(channel) = store.channel_of(&account(app_id), scan.scene, scan.ticket).await? else {
            return Ok(nothing);
        };
        let reply = channel.reply(&scan);
        let text = match &reply {
            Reply::Text { content } => Some(content.clone()),
            _ => None,
        };
        let found = Self { channel: Some(channel.name.to_string()), text, ..nothing };
        let callback = Callback::plain(CallbackToken::from("none"));
        Ok(match StandIn::of(push, Form::Xml).answer(&callback, &reply, edge::now()) {
            Ok(body) => Self { body, ..found },
            Err(error) => Self { problem: Some(error.to_string()), ..found },
        })
    }

    /// In one line.
    pub(super) fn in_words(&self) -> String {
        match (&self.channel, &self.text, &self.problem) {
            (None, ..) => "success, because no channel (渠道) has this scene".to_owned(),
            (Some(channel), _, Some(problem)) => {
                format!("success, because the reply of the channel {channel} cannot be sent: {problem}")
            }
            (Some(channel), None, None) => {
                format!("success, because the channel {channel} has no reply for this")
            }
            (Some(channel), Some(text), None) => format!("the text of the channel {channel}: {text:?}"),
        }
    }
}
