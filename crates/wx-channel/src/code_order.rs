use crate::{AccountId, BatchId, ChannelName, CodeState};
use serde::{Deserialize, Serialize};
use wx_model::{ActionName, CreateRequest, SceneValue};

/// A code that somebody wants: what the ledger keeps until the platform has answered.
///
/// A permanent code (永久二维码) is known by account, kind and scene, so that none is ever asked for twice; a temporary one
/// also by its batch, because its scene may be used again.
///
/// Not `#[non_exhaustive]`: a store that forgets a new field must not compile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeOrder {
    /// Whose code it will be.
    pub account: AccountId,
    /// Its kind.
    pub action_name: ActionName,
    /// The scene that its pushes will carry.
    pub scene: SceneValue,
    /// The batch that asks for it; `None` for permanent codes and outside of batches.
    pub batch: Option<BatchId>,
    /// The channel that it will belong to, if any.
    pub channel: Option<ChannelName>,
}

impl CodeOrder {
    /// An order for what this request asks for, without batch and channel.
    pub fn new(account: AccountId, request: &CreateRequest) -> Self {
        Self {
            account,
            action_name: request.action_name(),
            scene: request.scene_value(),
            batch: None,
            channel: None,
        }
    }

    /// Sets the batch; a permanent code has none.
    pub fn batch(mut self, batch: impl Into<Option<BatchId>>) -> Self {
        self.batch = batch.into().filter(|_| !self.action_name.is_permanent());
        self
    }

    /// Sets or takes away the channel.
    pub fn channel(mut self, channel: impl Into<Option<ChannelName>>) -> Self {
        self.channel = channel.into();
        self
    }
}

/// A [`CodeOrder`] as the ledger has it.
///
/// Not `#[non_exhaustive]`: a store that forgets a new field must not compile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookedOrder {
    /// What is wanted.
    pub order: CodeOrder,
    /// How far it has come.
    pub stage: OrderStage,
    /// When it was first wanted: seconds since 1970, UTC.
    pub planned: i64,
    /// What went wrong the last time, in a sentence without secrets.
    pub reason: Option<String>,
}

/// How far an order has come; the answer of the platform ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "every store has to know them all")]
pub enum OrderStage {
    /// Nobody has asked the platform, or it surely did nothing.
    Planned,
    /// Somebody asks the platform now, or did so and never wrote down what it answered.
    Asked,
    /// It was asked for, and the owner has given it up.
    GivenUp,
}

impl OrderStage {
    const ALL: [Self; 3] = [Self::Planned, Self::Asked, Self::GivenUp];

    /// The word in a store; it never changes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Asked => "asked",
            Self::GivenUp => "given_up",
        }
    }

    /// The stage of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == word)
    }

    /// What it is called in the ledger.
    pub fn state(self) -> CodeState {
        match self {
            Self::Planned => CodeState::Planned,
            Self::Asked => CodeState::Unknown,
            Self::GivenUp => CodeState::Retired,
        }
    }
}
