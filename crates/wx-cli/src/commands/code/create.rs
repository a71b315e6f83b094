use crate::{
    commands::Context,
    config::{ClientArgs, DatabaseArgs, account},
    edge,
    failure::{Failure, Outcome},
    print,
};
use clap::{ArgAction, ArgGroup};
use serde::Serialize;
use serde_json::Value;
use wx_channel::{ChannelName, Code, CodeStore};
use wx_model::{
    ActionName, CreateRequest, CreateResponse, InvalidLifetime, InvalidScene, Lifetime, PermanentScene, Scene,
};
use wx_qrcode::QrCodes;
use wx_store::SqliteStore;

/// A temporary code (临时二维码) lives for a chosen time of at most 30 days; a permanent one (永久二维码) for ever, and an
/// account has 100000 of them. Print permanent codes only.
#[derive(Debug, clap::Args)]
#[command(
    group = ArgGroup::new("life").required(true).args(["temporary", "permanent"]),
    group = ArgGroup::new("scene").required(true).args(["scene_id", "scene_str"]),
)]
pub(crate) struct Create {
    /// Makes a code that lives so long: seconds, or 90s, 15m, 12h, 30d
    #[arg(long, value_name = "LIFETIME", allow_hyphen_values = true)]
    temporary: Option<String>,

    /// Makes a code that never expires
    #[arg(long, action = ArgAction::SetTrue)]
    permanent: bool,

    /// Scene (场景值) as a number: 1..=4294967295, permanent 1..=100000
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    scene_id: Option<i128>,

    /// Scene (场景值) as a text of 1..=64 bytes
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    scene_str: Option<String>,

    /// Books the code under this channel (渠道) in the database
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,

    /// Prints the request body and sends nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    client: ClientArgs,

    #[command(flatten)]
    database: DatabaseArgs,
}

impl Create {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let request = self.request()?;
        let channel = self.channel.as_deref().map(ChannelName::new).transpose();
        let channel = channel.map_err(|error| Failure::invalid(error.to_string()))?;
        warn_of_digits(&request);
        if self.dry_run {
            print::json(&request);
            return Ok(());
        }
        let client = self.client.client(&context.settings).await?;
        let account = account(client.app_id());
        // Opened before anything is created: a code that cannot be booked is not made.
        let store = match (self.database.asked(&context.settings), &channel) {
            (None, None) => None,
            _ => Some(SqliteStore::open(self.database.path(&context.settings))?),
        };
        let codes = QrCodes::new(client);
        let response = codes.create(&request).await.map_err(|error| not_created(&request, error))?;
        let code = Code::new(account, &request, &response, edge::now()).channel(channel.clone());
        if let Some(store) = store {
            store.put_code(&code).await.map_err(|error| not_booked(&response, &error))?;
        }
        let created = Created {
            action_name: request.action_name().as_str(),
            scene: scene_json(&request),
            ticket: response.ticket.as_str().to_owned(),
            url: response.url.clone(),
            expires: code.expires,
            show_url: codes.show_url(&response.ticket),
            channel: channel.map(|name| name.to_string()),
        };
        if context.json {
            print::json(&created);
        } else {
            created.print();
        }
        Ok(())
    }

    fn request(&self) -> Outcome<CreateRequest> {
        let invalid = |error: InvalidScene| Failure::invalid(error.to_string());
        let Some(lifetime) = &self.temporary else {
            let scene = match (self.scene_id, &self.scene_str) {
                (Some(id), _) => PermanentScene::id(scene_id(id)?),
                (None, text) => PermanentScene::str(text.as_deref().unwrap_or_default()),
            };
            return Ok(CreateRequest::permanent(scene.map_err(invalid)?));
        };
        let scene = match (self.scene_id, &self.scene_str) {
            (Some(id), _) => Scene::id(scene_id(id)?),
            (None, text) => Scene::str(text.as_deref().unwrap_or_default()),
        };
        let lifetime: Lifetime =
            lifetime.parse().map_err(|error: InvalidLifetime| Failure::invalid(error.to_string()))?;
        Ok(CreateRequest::temporary(scene.map_err(invalid)?, lifetime))
    }
}

/// What is printed about a new code.
#[derive(Serialize)]
struct Created {
    action_name: &'static str,
    scene: Value,
    ticket: String,
    url: Option<String>,
    expires: Option<i64>,
    show_url: String,
    channel: Option<String>,
}

impl Created {
    fn print(&self) {
        print::line(&format!("{} with scene {}", self.action_name, self.scene));
        print::line(&format!("ticket   {}", self.ticket));
        if let Some(url) = &self.url {
            print::line(&format!("url      {url}"));
        }
        print::line(&format!("picture  {}", self.show_url));
        match self.expires {
            Some(time) => print::line(&format!("expires  {}; do not print it", print::beijing_time(time))),
            None => print::line("expires  never"),
        }
        if let Some(channel) = &self.channel {
            print::line(&format!("channel  {channel}"));
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

fn scene_id(id: i128) -> Outcome<u64> {
    u64::try_from(id).map_err(|_| {
        Failure::invalid(format!("a scene id is 1..=4294967295, permanent 1..=100000, not {id}"))
    })
}

/// A permanent code whose answer was lost may exist and have taken one of the 100000 places: nothing to repeat blindly.
fn not_created(request: &CreateRequest, error: wx_qrcode::Error) -> Failure {
    if request.action_name().is_permanent() && error.may_have_been_done() {
        return Failure::failed(format!(
            "it is not known whether the platform created the code, because its answer was lost; look into the console \
             before you try again, a permanent code takes one of 100000 places for ever: {}",
            crate::failure::sentence(&error)
        ));
    }
    error.into()
}

fn warn_of_digits(request: &CreateRequest) {
    let is_text = matches!(request.action_name(), ActionName::QrStrScene | ActionName::QrLimitStrScene);
    let scene = request.scene_value();
    if is_text && scene.as_str().bytes().all(|byte| byte.is_ascii_digit()) {
        print::note(&format!(
            "note: pushes of the text \"{scene}\" and of the number {scene} look alike; put a letter in front"
        ));
    }
}

fn not_booked(response: &CreateResponse, error: &wx_channel::StoreError) -> Failure {
    Failure::failed(format!(
        "the code was created (ticket {}) but could not be booked: {}",
        response.ticket,
        crate::failure::sentence(error)
    ))
}
