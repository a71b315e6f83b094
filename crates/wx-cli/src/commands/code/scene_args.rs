use crate::failure::{Failure, Outcome};
use clap::ArgGroup;
use wx_model::{ActionName, CreateRequest, InvalidScene, Lifetime, PermanentScene, Scene};

/// The scene of a code, as a number or as a text.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("a_scene").required(true).args(["scene_id", "scene_str"]))]
pub(crate) struct SceneArgs {
    /// Scene (场景值) as a number: 1..=4294967295, permanent 1..=100000
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    scene_id: Option<i128>,

    /// Scene (场景值) as a text of 1..=64 bytes
    #[arg(long, value_name = "S", allow_hyphen_values = true)]
    scene_str: Option<String>,
}

impl SceneArgs {
    /// What to ask for: a temporary code if there is a lifetime.
    pub(crate) fn request(&self, lifetime: Option<Lifetime>) -> Outcome<CreateRequest> {
        let text = self.scene_str.as_deref().unwrap_or_default();
        let request = match (lifetime, self.scene_id) {
            (None, Some(id)) => PermanentScene::id(scene_id(id)?).map(CreateRequest::permanent),
            (None, None) => PermanentScene::str(text).map(CreateRequest::permanent),
            (Some(lifetime), Some(id)) => {
                Scene::id(scene_id(id)?).map(|scene| CreateRequest::temporary(scene, lifetime))
            }
            (Some(lifetime), None) => Scene::str(text).map(|scene| CreateRequest::temporary(scene, lifetime)),
        };
        request.map_err(|error: InvalidScene| Failure::invalid(error.to_string()))
    }
}

fn scene_id(id: i128) -> Outcome<u64> {
    u64::try_from(id).map_err(|_| {
        Failure::invalid(format!("a scene id is 1..=4294967295, permanent 1..=100000, not {id}"))
    })
}

/// Whether the pushes of this code look like those of a number although its scene is a text.
pub(crate) fn is_text_of_digits(request: &CreateRequest) -> bool {
    let is_text = matches!(request.action_name(), ActionName::QrStrScene | ActionName::QrLimitStrScene);
    is_text && request.scene_value().as_str().bytes().all(|byte| byte.is_ascii_digit())
}
