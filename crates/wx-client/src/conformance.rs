//! The rules that every [`TokenStore`] and every [`ComponentStore`](crate::ComponentStore) keeps, as tests that any store
//! can run (feature `conformance`): [`token_store_tests!`](crate::token_store_tests) and
//! [`component_store_tests!`](crate::component_store_tests).
//!
//! [`token_store_tests!`](crate::token_store_tests) makes one test of each rule; every rule gets an empty store. Rules
//! speak about time, and nothing here sleeps: a [`TokenStoreRig`] lets time pass for an account, say by moving the times
//! in its row.
//!
//! ```
//! use async_trait::async_trait;
//! use std::{sync::{Arc, atomic::{AtomicI64, Ordering}}, time::Duration};
//! use wx_client::{MemoryTokenStore, TokenStore, conformance::TokenStoreRig};
//! use wx_model::AppId;
//!
//! struct Rig(MemoryTokenStore, Arc<AtomicI64>);
//!
//! impl Rig {
//!     fn new() -> Self {
//!         let millis = Arc::new(AtomicI64::new(1_000_000_000));
//!         let hand = Arc::clone(&millis);
//!         let now = move || Duration::from_millis(hand.load(Ordering::SeqCst).unsigned_abs());
//!         Self(MemoryTokenStore::new().clock(now), millis)
//!     }
//! }
//!
//! #[async_trait]
//! impl TokenStoreRig for Rig {
//!     fn store(&self) -> &dyn TokenStore {
//!         &self.0
//!     }
//!
//!     async fn pass(&self, _: &AppId, millis: i64) {
//!         self.1.fetch_add(millis, Ordering::SeqCst);
//!     }
//! }
//!
//! wx_client::token_store_tests!(Rig::new());
//! ```

#![expect(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "a test panics when the rule does not hold"
)]

mod at_once;
mod budget;
mod components;
mod leases;
mod publishing;
mod sample;
mod setbacks;

pub use budget::*;
pub use components::*;
pub use leases::*;
pub use publishing::*;
pub use setbacks::*;

use crate::TokenStore;
use async_trait::async_trait;
use wx_model::AppId;

/// A store and its time.
#[async_trait]
pub trait TokenStoreRig: Send + Sync {
    /// The store, which begins empty.
    fn store(&self) -> &dyn TokenStore;

    /// Lets so many milliseconds pass for the account; with a number below zero, sets its clock back.
    async fn pass(&self, account: &AppId, millis: i64);
}

/// Makes one test of every rule. The crate that uses it needs tokio with `macros` and `rt`.
///
/// The expression is evaluated anew for each test, in an async block; it gives a
/// [`TokenStoreRig`](crate::conformance::TokenStoreRig).
#[macro_export]
macro_rules! token_store_tests {
    ($rig:expr) => {
        $crate::token_store_tests! { $rig;
            an_account_that_nobody_wrote_is_empty,
            one_of_many_gets_the_lease,
            a_lease_that_ended_is_given_to_another,
            every_lease_has_a_greater_number,
            accounts_do_not_mix,
            a_token_is_leased_when_it_is_due,
            the_refused_token_is_leased_before_it_is_due,
            a_late_refusal_of_another_token_leases_nothing,
            a_clock_that_was_set_back_ends_a_lease,

            a_published_token_is_there_for_all,
            a_token_ends,
            a_lease_publishes_once,
            a_slow_holder_cannot_publish,
            a_slow_holder_whom_nobody_followed_can_publish,
            long_tokens_come_back_whole,
            a_look_changes_nothing,

            a_setback_is_told_and_keeps_all_away_for_its_pause,
            a_setback_without_a_code_is_told,
            a_slow_holder_cannot_give_back,
            a_setback_leaves_the_token,
            a_clock_that_was_set_back_ends_a_setback,

            ten_leases_at_once_then_one_a_minute,
            a_clock_that_was_set_back_leaves_a_budget,
        }
    };
    ($rig:expr; $($rule:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $rule() {
                let rig = $rig;
                $crate::conformance::$rule(&rig).await;
            }
        )+
    };
}

/// Makes one test of every rule. The crate that uses it needs tokio with `macros` and `rt`.
///
/// The expression is evaluated anew for each test, in an async block; it gives something that dereferences to an empty
/// [`ComponentStore`](crate::ComponentStore).
///
/// ```
/// wx_client::component_store_tests!(Box::new(wx_client::MemoryComponentStore::new()));
/// ```
#[macro_export]
macro_rules! component_store_tests {
    ($store:expr) => {
        $crate::component_store_tests! { $store;
            the_ticket_that_was_created_last_stays,
            a_refresh_token_comes_back_whole,
            a_refresh_token_is_replaced_only_if_it_is_the_one_before,
            an_account_is_forgotten,
            components_do_not_mix,
        }
    };
    ($store:expr; $($rule:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $rule() {
                let store = $store;
                $crate::conformance::$rule(&*store).await;
            }
        )+
    };
}
