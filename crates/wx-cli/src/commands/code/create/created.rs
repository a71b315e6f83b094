use crate::{commands::code::list::expiry, print};
use serde::Serialize;
use serde_json::Value;
use wx_channel::Code;
use wx_model::{CreateRequest, PermanentScene, Scene};

/// What is printed about a code.
#[derive(Serialize)]
pub(super) struct Created {
    action_name: &'static str,
    scene: Value,
    ticket: String,
    url: Option<String>,
    expires: Option<i64>,
    show_url: String,
    channel: Option<String>,
    /// Whether the platform was asked; otherwise it stood in the ledger.
    #[serde(rename = "created")]
    is_new: bool,
    #[serde(skip)]
    expires_in: String,
    /// The code in half blocks, if it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) drawing: Option<String>,
}

impl Created {
    pub(super) fn new(
        request: &CreateRequest,
        code: &Code,
        is_new: bool,
        show_url: String,
        now: i64,
    ) -> Self {
        Self {
            action_name: code.action_name.as_str(),
            scene: scene_json(request),
            ticket: code.ticket.as_str().to_owned(),
            url: code.url.clone(),
            expires: code.expires,
            show_url,
            channel: code.channel.as_ref().map(ToString::to_string),
            is_new,
            expires_in: expiry(code, now),
            drawing: None,
        }
    }

    pub(super) fn print(&self) {
        print::line(&format!("{} with scene {}", self.action_name, self.scene));
        if !self.is_new {
            print::line("known    it stands in the ledger; the platform was not asked");
        }
        print::line(&format!("ticket   {}", self.ticket));
        if let Some(url) = &self.url {
            print::line(&format!("url      {url}"));
        }
        print::line(&format!("picture  {}", self.show_url));
        match self.expires {
            Some(time) => print::line(&format!(
                "expires  {} ({}); do not print it",
                self.expires_in,
                print::beijing_time(time)
            )),
            None => print::line("expires  never"),
        }
        if let Some(channel) = &self.channel {
            print::line(&format!("channel  {channel}"));
        }
        if let Some(drawing) = &self.drawing {
            print::line(drawing);
        }
    }
}

/// A number for `scene_id`, a text for `scene_str`.
pub(crate) fn scene_json(request: &CreateRequest) -> Value {
    match request {
        CreateRequest::Temporary { scene: Scene::Id(id), .. } => id.get().into(),
        CreateRequest::Permanent { scene: PermanentScene::Id(id) } => id.get().into(),
        _ => request.scene_value().as_str().into(),
    }
}
