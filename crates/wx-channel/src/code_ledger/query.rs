use super::LedgerEntry;
use crate::{AccountId, ChannelName, CodeState};
use serde::{Deserialize, Serialize};
use wx_model::{SceneValue, Ticket};

/// Which entries of the ledger are wanted; what is not said is not asked.
///
/// ```
/// use wx_channel::{CodeState, LedgerQuery};
///
/// let now = 1_767_229_200;
/// let soon = LedgerQuery::new("wx0123456789abcdef", now).state(CodeState::Created).expires_until(now + 7 * 86_400);
/// # let _ = soon;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LedgerQuery {
    /// Whose ledger.
    pub account: AccountId,
    /// When it is asked, in seconds since 1970: what has expired depends on it.
    pub now: i64,
    /// How far they have come.
    pub state: Option<CodeState>,
    /// Permanent codes only, or temporary ones only.
    pub is_permanent: Option<bool>,
    /// Those of this channel.
    pub channel: Option<ChannelName>,
    /// Those with this scene, of whatever kind.
    pub scene: Option<SceneValue>,
    /// The one with this ticket.
    pub ticket: Option<Ticket>,
    /// The one whose picture says this.
    pub url: Option<String>,
    /// Those that expire at this second or before it.
    pub expires_until: Option<i64>,
}

impl LedgerQuery {
    /// All entries of an account.
    pub fn new(account: impl Into<AccountId>, now: i64) -> Self {
        Self {
            account: account.into(),
            now,
            state: None,
            is_permanent: None,
            channel: None,
            scene: None,
            ticket: None,
            url: None,
            expires_until: None,
        }
    }

    /// Those that have come so far.
    pub fn state(mut self, state: impl Into<Option<CodeState>>) -> Self {
        self.state = state.into();
        self
    }

    /// Permanent codes only (`true`), or temporary ones only.
    pub fn permanent(mut self, is_permanent: impl Into<Option<bool>>) -> Self {
        self.is_permanent = is_permanent.into();
        self
    }

    /// Those of this channel.
    pub fn channel(mut self, channel: impl Into<Option<ChannelName>>) -> Self {
        self.channel = channel.into();
        self
    }

    /// Those with this scene.
    pub fn scene(mut self, scene: impl Into<Option<SceneValue>>) -> Self {
        self.scene = scene.into();
        self
    }

    /// The one with this ticket.
    pub fn ticket(mut self, ticket: impl Into<Option<Ticket>>) -> Self {
        self.ticket = ticket.into();
        self
    }

    /// The one whose picture says this.
    pub fn url(mut self, url: impl Into<Option<String>>) -> Self {
        self.url = url.into();
        self
    }

    /// Those that expire at this second or before it; permanent codes and orders never do.
    pub fn expires_until(mut self, second: impl Into<Option<i64>>) -> Self {
        self.expires_until = second.into();
        self
    }

    /// Whether it asks for this entry: what a store answers.
    pub fn wants(&self, entry: &LedgerEntry) -> bool {
        let code = entry.code();
        self.state.is_none_or(|state| entry.state(self.now) == state)
            && self.is_permanent.is_none_or(|wanted| entry.action_name().is_permanent() == wanted)
            && self.channel.as_ref().is_none_or(|channel| entry.channel() == Some(channel))
            && self.scene.as_ref().is_none_or(|scene| entry.scene() == scene)
            && self.ticket.as_ref().is_none_or(|ticket| code.is_some_and(|code| code.ticket == *ticket))
            && self.url.as_ref().is_none_or(|url| code.is_some_and(|code| code.url.as_ref() == Some(url)))
            && self.expires_until.is_none_or(|until| {
                code.and_then(|code| code.expires).is_some_and(|expires| expires <= until)
            })
    }
}

/// The place of an entry in the order of [`CodeLedger::entries`](crate::CodeLedger::entries).
///
/// Not `#[non_exhaustive]`: a store that forgets a part of the order must not compile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryCursor {
    /// Its kind as text.
    pub action_name: String,
    /// Its scene.
    pub scene: String,
    /// Its batch, empty if it has none.
    pub batch: String,
    /// When it was created or, without a code, first wanted.
    pub since: i64,
    /// Its ticket, empty if there is none.
    pub ticket: String,
}

/// Some entries in order, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct EntryPage {
    /// The entries.
    pub entries: Vec<LedgerEntry>,
    /// The cursor for the next page; `None` at the end.
    pub next: Option<EntryCursor>,
}

impl EntryPage {
    /// A page out of what came when `limit` entries were asked for: a full page may have a successor.
    pub fn new(entries: Vec<LedgerEntry>, limit: u32) -> Self {
        let full = u32::try_from(entries.len()).is_ok_and(|count| count >= limit);
        let next = entries.last().filter(|_| full).map(LedgerEntry::cursor);
        Self { entries, next }
    }
}
