use crate::failure::{Failure, Outcome};
use clap::ValueEnum;
use wx_channel::{AccountId, ChannelName, CodeState, LedgerQuery};
use wx_model::SceneValue;

/// Flags that choose entries of the ledger.
#[derive(Debug, clap::Args)]
pub(crate) struct LedgerFilters {
    /// Those of this channel (渠道)
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,

    /// Those in this state: planned, unknown, created, expired or retired
    #[arg(long, value_name = "STATE")]
    state: Option<CodeState>,

    /// Those of this kind
    #[arg(long, value_enum)]
    kind: Option<Kind>,

    /// Those with this scene (场景值), number or text
    #[arg(long, value_name = "SCENE")]
    scene: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Permanent,
    Temporary,
}

impl LedgerFilters {
    pub(super) fn query(&self, account: AccountId, now: i64) -> Outcome<LedgerQuery> {
        let channel = self.channel.as_deref().map(ChannelName::new).transpose();
        let channel = channel.map_err(|error| Failure::invalid(error.to_string()))?;
        Ok(LedgerQuery::new(account, now)
            .channel(channel)
            .state(self.state)
            .permanent(self.kind.map(|kind| kind == Kind::Permanent))
            .scene(self.scene.as_deref().map(SceneValue::from)))
    }
}
