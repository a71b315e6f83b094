use crate::{ActionName, InvalidLifetime, InvalidScene, Lifetime, PermanentScene, Scene, SceneValue};
use serde::{Deserialize, Serialize, Serializer, de, ser::SerializeStruct};
use std::fmt;

/// The body of `POST /cgi-bin/qrcode/create` (生成带参数的二维码, protocol §2.1). Only bodies that the platform
/// accepts can be made: the lifetime is always sent for temporary codes and never for permanent ones.
///
/// ```
/// use wx_model::{CreateRequest, Lifetime, PermanentScene, Scene};
///
/// let poster = CreateRequest::permanent(PermanentScene::str("shop-042")?);
/// let login = CreateRequest::temporary(Scene::id(2026)?, Lifetime::hours(1)?);
/// assert_eq!(
///     serde_json::to_string(&login)?,
///     r#"{"expire_seconds":3600,"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":2026}}}"#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "with the two kinds of scene these are the four kinds of code")]
pub enum CreateRequest {
    /// A code that expires (`QR_SCENE`, `QR_STR_SCENE`).
    Temporary {
        /// What its pushes carry.
        scene: Scene,
        /// How long it lives.
        lifetime: Lifetime,
    },
    /// A code that never expires (`QR_LIMIT_SCENE`, `QR_LIMIT_STR_SCENE`); 100000 per account.
    Permanent {
        /// What its pushes carry.
        scene: PermanentScene,
    },
}

impl CreateRequest {
    /// A temporary code.
    pub fn temporary(scene: impl Into<Scene>, lifetime: Lifetime) -> Self {
        Self::Temporary { scene: scene.into(), lifetime }
    }

    /// A permanent code.
    pub fn permanent(scene: impl Into<PermanentScene>) -> Self {
        Self::Permanent { scene: scene.into() }
    }

    /// The kind of the code.
    pub fn action_name(&self) -> ActionName {
        match self {
            Self::Temporary { scene: Scene::Id(_), .. } => ActionName::QrScene,
            Self::Temporary { scene: Scene::Str(_), .. } => ActionName::QrStrScene,
            Self::Permanent { scene: PermanentScene::Id(_) } => ActionName::QrLimitScene,
            Self::Permanent { scene: PermanentScene::Str(_) } => ActionName::QrLimitStrScene,
        }
    }

    /// The lifetime of a temporary code.
    pub fn lifetime(&self) -> Option<Lifetime> {
        match self {
            Self::Temporary { lifetime, .. } => Some(*lifetime),
            Self::Permanent { .. } => None,
        }
    }

    /// The scene as its pushes will carry it: always a text, also for numbers.
    pub fn scene_value(&self) -> SceneValue {
        SceneValue::from(match self {
            Self::Temporary { scene, .. } => scene.to_string(),
            Self::Permanent { scene } => scene.to_string(),
        })
    }

    fn wire_scene(&self) -> WireScene {
        match self {
            Self::Temporary { scene: Scene::Id(id), .. } => WireScene::id(id.get()),
            Self::Permanent { scene: PermanentScene::Id(id) } => WireScene::id(id.get()),
            Self::Temporary { scene: Scene::Str(text), .. }
            | Self::Permanent { scene: PermanentScene::Str(text) } => WireScene::str(text.as_str()),
        }
    }
}

/// A row of a plan may be nothing but its request.
impl AsRef<Self> for CreateRequest {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl Serialize for CreateRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_struct("CreateRequest", 3)?;
        match self.lifetime() {
            Some(lifetime) => body.serialize_field("expire_seconds", &lifetime.seconds())?,
            None => body.skip_field("expire_seconds")?,
        }
        body.serialize_field("action_name", &self.action_name())?;
        body.serialize_field("action_info", &WireInfo { scene: self.wire_scene() })?;
        body.end()
    }
}

/// Reads a body with the checks of the constructors.
impl<'de> Deserialize<'de> for CreateRequest {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = WireRequest::deserialize(deserializer)?;
        Self::try_from(wire).map_err(de::Error::custom)
    }
}

impl TryFrom<WireRequest> for CreateRequest {
    type Error = InvalidRequest;

    fn try_from(wire: WireRequest) -> Result<Self, InvalidRequest> {
        let WireScene { scene_id, scene_str } = wire.action_info.scene;
        let lifetime =
            wire.expire_seconds.map(Lifetime::from_seconds).transpose().map_err(InvalidRequest::Lifetime)?;
        let needed = || lifetime.ok_or(InvalidRequest::LifetimeMissing);
        let scene = InvalidRequest::Scene;
        match (wire.action_name, scene_id, scene_str) {
            (ActionName::QrScene, Some(id), None) => {
                Ok(Self::temporary(Scene::id(id).map_err(scene)?, needed()?))
            }
            (ActionName::QrStrScene, None, Some(text)) => {
                Ok(Self::temporary(Scene::str(text).map_err(scene)?, needed()?))
            }
            (action, ..) if action.is_permanent() && lifetime.is_some() => {
                Err(InvalidRequest::LifetimeOfPermanent)
            }
            (ActionName::QrLimitScene, Some(id), None) => {
                Ok(Self::permanent(PermanentScene::id(id).map_err(scene)?))
            }
            (ActionName::QrLimitStrScene, None, Some(text)) => {
                Ok(Self::permanent(PermanentScene::str(text).map_err(scene)?))
            }
            (action, ..) => Err(InvalidRequest::Mismatch { action }),
        }
    }
}

/// Why a body that was read is no valid [`CreateRequest`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidRequest {
    /// The scene is out of range.
    Scene(InvalidScene),
    /// The lifetime is out of range.
    Lifetime(InvalidLifetime),
    /// A temporary code without a lifetime would die after 60 seconds.
    LifetimeMissing,
    /// A permanent code has no lifetime.
    LifetimeOfPermanent,
    /// The action name and the kind of scene do not belong together.
    Mismatch {
        /// The action name that was given.
        action: ActionName,
    },
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scene(error) => error.fmt(f),
            Self::Lifetime(error) => error.fmt(f),
            Self::LifetimeMissing => {
                f.write_str("a temporary code needs expire_seconds, or it dies after a minute")
            }
            Self::LifetimeOfPermanent => {
                f.write_str("a permanent code has no lifetime; leave expire_seconds out")
            }
            Self::Mismatch { action } => {
                let key = if action.as_str().contains("STR") { "scene_str" } else { "scene_id" };
                write!(f, "{action} needs action_info.scene.{key} and nothing else there")
            }
        }
    }
}

impl std::error::Error for InvalidRequest {}

#[derive(Deserialize)]
struct WireRequest {
    expire_seconds: Option<u64>,
    action_name: ActionName,
    action_info: WireInfo,
}

#[derive(Serialize, Deserialize)]
struct WireInfo {
    scene: WireScene,
}

#[derive(Serialize, Deserialize)]
struct WireScene {
    #[serde(skip_serializing_if = "Option::is_none")]
    scene_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scene_str: Option<String>,
}

impl WireScene {
    fn id(id: u32) -> Self {
        Self { scene_id: Some(id.into()), scene_str: None }
    }

    fn str(text: &str) -> Self {
        Self { scene_id: None, scene_str: Some(text.to_owned()) }
    }
}
