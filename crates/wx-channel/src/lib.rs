#![doc = include_str!("../README.md")]

/// The attribute that a store's `impl EventStore` and `impl CodeStore` carry.
pub use async_trait::async_trait;

mod account_id;
mod channel;
mod channel_name;
mod code;
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
pub use channel::Channel;
pub use channel_name::{ChannelName, InvalidChannelName};
pub use code::Code;
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
