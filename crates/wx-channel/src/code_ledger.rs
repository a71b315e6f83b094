mod claim;
mod entry;
mod places;
mod query;

pub use claim::{Claim, ClaimRules, Settlement};
pub use entry::LedgerEntry;
pub use places::Places;
pub use query::{EntryCursor, EntryPage, LedgerQuery};

use crate::{AccountId, CodeOrder, StoreError};
use async_trait::async_trait;

/// The ledger of codes (二维码台账): which codes were wanted, asked for and created, so that no permanent code is ever
/// created twice and the 100000 places of an account are counted.
///
/// The platform lists nobody's codes and does not say whether a second creation of a scene takes a second place
/// (protocol §2.6). So whoever creates a code first [claims](Self::claim) it here, asks the platform only if the claim is
/// [granted](Claim::Granted), and [settles](Self::settle) what came of it. A process that ends in between leaves the code
/// [`Unknown`](crate::CodeState::Unknown).
#[async_trait]
pub trait CodeLedger: Send + Sync {
    /// Writes down what is wanted, `now` in seconds since 1970. Orders that have a code or are in the ledger already stay
    /// as they are. One transaction.
    async fn plan(&self, orders: &[CodeOrder], now: i64) -> Result<(), StoreError>;

    /// Claims the right to ask the platform for these codes, and says for each, in order, whether it was granted. One
    /// transaction, durable when it returns: of two who claim the same permanent code, in whatever processes, at most one
    /// is ever granted it, unless the rules repeat what is unknown.
    ///
    /// [`ClaimRules::decide`] is the rule.
    async fn claim(
        &self,
        orders: &[CodeOrder],
        rules: &ClaimRules,
        now: i64,
    ) -> Result<Vec<Claim>, StoreError>;

    /// Writes down what came of claims. One transaction, durable when it returns. What is said about an order that is not
    /// in the ledger is written down too.
    async fn settle(&self, settlements: &[Settlement]) -> Result<(), StoreError>;

    /// What the ledger has for each of these orders: the code (of several, the newest), else the order as it was booked.
    async fn find(&self, orders: &[CodeOrder]) -> Result<Vec<Option<LedgerEntry>>, StoreError>;

    /// The entries that the query asks for, by kind, scene, batch, time and ticket, at most `limit` of them, from the
    /// first one after the cursor. The limit is at least 1: a page for 0 is empty and has no successor.
    async fn entries(
        &self,
        query: &LedgerQuery,
        after: Option<&EntryCursor>,
        limit: u32,
    ) -> Result<EntryPage, StoreError>;

    /// How many places of the account are taken by permanent codes.
    async fn places(&self, account: &AccountId) -> Result<Places, StoreError>;
}
