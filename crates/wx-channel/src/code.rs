use crate::{AccountId, BatchId, ChannelName, CodeState};
use serde::{Deserialize, Serialize};
use wx_model::{ActionName, CreateRequest, CreateResponse, SceneValue, Ticket};

/// One row of the ledger of codes (二维码): what was created, and to which channel it belongs.
///
/// The platform lists nobody's codes (protocol §2.6), so this row is the only record. It is known by account and
/// ticket; storing the same ticket again replaces the row.
///
/// Not `#[non_exhaustive]`: a store that forgets a new field must not compile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Whose code it is.
    pub account: AccountId,
    /// Its kind.
    pub action_name: ActionName,
    /// The scene that its pushes carry.
    pub scene: SceneValue,
    /// The ticket, unique within the account.
    pub ticket: Ticket,
    /// What the picture says; draw your own from exactly this text.
    pub url: Option<String>,
    /// When it was created: seconds since 1970, UTC.
    pub created: i64,
    /// When it stops to work: seconds since 1970, UTC; `None` for permanent codes.
    pub expires: Option<i64>,
    /// The channel that it belongs to, if any.
    pub channel: Option<ChannelName>,
    /// The batch that made it, if it is temporary and came from one.
    #[serde(default)]
    pub batch: Option<BatchId>,
    /// Since when its owner uses it no more: seconds since 1970, UTC. The platform knows nothing of it.
    #[serde(default)]
    pub retired: Option<i64>,
}

impl Code {
    /// The row for an answered `qrcode/create` (protocol §2.3), created `now` (seconds since 1970), with no channel.
    pub fn new(account: AccountId, request: &CreateRequest, response: &CreateResponse, now: i64) -> Self {
        // The platform was seen to answer 0 for codes that lived on (protocol §2.3); then the request counts.
        let confirmed = response.expire_seconds.filter(|seconds| *seconds > 0);
        let lifetime = request.lifetime().map(|asked| i64::from(confirmed.unwrap_or(asked.seconds())));
        Self {
            account,
            action_name: request.action_name(),
            scene: request.scene_value(),
            ticket: response.ticket.clone(),
            url: response.url.clone(),
            created: now,
            expires: lifetime.map(|seconds| now.saturating_add(seconds)),
            channel: None,
            batch: None,
            retired: None,
        }
    }

    /// Sets or takes away the channel.
    pub fn channel(mut self, channel: impl Into<Option<ChannelName>>) -> Self {
        self.channel = channel.into();
        self
    }

    /// Sets the batch; a permanent code has none.
    pub fn batch(mut self, batch: impl Into<Option<BatchId>>) -> Self {
        self.batch = batch.into().filter(|_| !self.action_name.is_permanent());
        self
    }

    /// How far it has come at that time, in seconds since 1970.
    pub fn state(&self, now: i64) -> CodeState {
        match (self.retired, self.expires) {
            (Some(_), _) => CodeState::Retired,
            (None, Some(expires)) if expires <= now => CodeState::Expired,
            (None, _) => CodeState::Created,
        }
    }
}
