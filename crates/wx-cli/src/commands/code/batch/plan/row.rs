use super::{Life, Problem};
use wx_channel::ChannelName;
use wx_model::{CreateRequest, PermanentScene, Scene};

/// A row of a plan: a code that is wanted.
#[derive(Debug, Clone)]
pub(crate) struct PlanRow {
    /// The line in the file, or the number of the range.
    pub(crate) line: u64,
    pub(crate) request: CreateRequest,
    pub(crate) channel: Option<ChannelName>,
    /// The name of its picture, if the row says one.
    pub(crate) file: Option<String>,
    /// What stands under its code, if the row says it.
    pub(crate) caption: Option<String>,
}

impl AsRef<CreateRequest> for PlanRow {
    fn as_ref(&self) -> &CreateRequest {
        &self.request
    }
}

/// The cells of a row as they stand there; empty ones are none.
#[derive(Debug, Default, Clone)]
pub(super) struct Cells {
    pub(super) line: u64,
    pub(super) scene: Option<String>,
    pub(super) scene_id: Option<String>,
    pub(super) scene_str: Option<String>,
    pub(super) lifetime: Option<String>,
    pub(super) channel: Option<String>,
    pub(super) file: Option<String>,
    pub(super) caption: Option<String>,
}

impl Cells {
    pub(super) fn row(self, default: Life) -> Result<PlanRow, Problem> {
        let line = self.line;
        self.checked(default).map_err(|text| Problem::new(line, text))
    }

    fn checked(self, default: Life) -> Result<PlanRow, String> {
        let life = self.lifetime.as_deref().map_or(Ok(default), Life::read)?;
        let request = match (self.scene_id, self.scene.or(self.scene_str)) {
            (Some(id), None) => by_number(&id, life),
            (None, Some(text)) => by_text(text, life),
            (Some(_), Some(_)) => Err("a code has one scene, not a number and a text".to_owned()),
            (None, None) => Err("there is no scene".to_owned()),
        }?;
        let channel = self.channel.map(ChannelName::new).transpose().map_err(|error| error.to_string())?;
        Ok(PlanRow { line: self.line, request, channel, file: self.file, caption: self.caption })
    }
}

fn by_number(text: &str, life: Life) -> Result<CreateRequest, String> {
    let id: u64 = text.trim().parse().map_err(|_| format!("scene_id is a whole number, not {text:?}"))?;
    match life {
        Life::Permanent => PermanentScene::id(id).map(CreateRequest::permanent),
        Life::Temporary(lifetime) => Scene::id(id).map(|scene| CreateRequest::temporary(scene, lifetime)),
    }
    .map_err(|error| error.to_string())
}

fn by_text(text: String, life: Life) -> Result<CreateRequest, String> {
    match life {
        Life::Permanent => PermanentScene::str(text).map(CreateRequest::permanent),
        Life::Temporary(lifetime) => Scene::str(text).map(|scene| CreateRequest::temporary(scene, lifetime)),
    }
    .map_err(|error| error.to_string())
}
