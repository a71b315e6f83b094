#![doc = include_str!("../README.md")]

/// The attribute that a store's `impl EventStore`, `impl CodeStore` and `impl CodeLedger` carry.
pub use async_trait::async_trait;

mod account_id;
mod batch_id;
mod channel;
mod channel_name;
mod code;
mod code_ledger;
mod code_order;
mod code_state;
#[cfg(feature = "conformance")]
pub mod conformance;
mod day;
mod day_range;
mod dedupe_key;
mod ledger;
mod memory_store;
mod report;
mod scan_event;
mod stay;
mod store;
mod store_error;
mod tally;

pub use account_id::AccountId;
pub use batch_id::BatchId;
pub use channel::Channel;
pub use channel_name::{ChannelName, InvalidChannelName};
pub use code::Code;
pub use code_ledger::{
    Claim, ClaimRules, CodeLedger, EntryCursor, EntryPage, LedgerEntry, LedgerQuery, Places, Settlement,
};
pub use code_order::{BookedOrder, CodeOrder, OrderStage};
pub use code_state::{CodeState, InvalidCodeState};
pub use day::{Day, InvalidDay};
pub use day_range::DayRange;
pub use dedupe_key::{DedupeKey, InvalidDedupeKey};
pub use ledger::channel_of;
pub use memory_store::MemoryStore;
pub use report::{DayRow, Report, ReportQuery, ReportRow, Source};
pub use scan_event::ScanEvent;
pub use store::{Appended, CodeStore, Cursor, EventStore, Page, Store};
pub use store_error::{Cause, StoreError};
pub use tally::{daily, report};
