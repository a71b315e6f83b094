//! The rules that every store keeps, as tests that any store can run (feature `conformance`).
//!
//! [`conformance_tests!`](crate::conformance_tests) makes one test of each rule; every rule gets an empty store. One
//! more test plays [`random_histories`] into the store and into a [`MemoryStore`](crate::MemoryStore), which is taken
//! as the one that is right, and lets all their answers [`agree`].
//!
//! ```
//! wx_channel::conformance_tests!(Box::new(wx_channel::MemoryStore::new()));
//! ```

#![expect(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "a test panics when the rule does not hold"
)]

mod appending;
mod at_once;
mod code_ledger;
mod figures;
mod history;
mod ledger;
mod paging;
mod sample;

pub use appending::*;
pub use code_ledger::*;
pub use figures::*;
pub use history::{History, Step, agree, history, random_histories};
pub use ledger::*;
pub use paging::*;
pub use sample::{ACCOUNT, DAY_1, DAY_2, DAY_3, Person, account, code, days};

/// Makes one test of every rule and one of random histories. The crate that uses it needs tokio with `macros` and
/// `rt`.
///
/// The expression is evaluated anew for each test and each history, in an async block; it gives something that
/// dereferences to an empty store.
#[macro_export]
macro_rules! conformance_tests {
    ($store:expr) => {
        $crate::conformance_tests! { $store;
            a_second_delivery_is_a_duplicate,
            deliveries_at_the_same_time_are_one,
            answers_come_in_the_order_of_the_batch,
            two_events_of_one_second_are_two,
            accounts_do_not_mix,
            an_empty_batch_is_answered,
            a_large_batch_is_taken_whole,
            every_create_time_has_its_place,
            what_was_recorded_comes_back_whole,

            a_follow_through_a_code_counts_for_its_channel,
            people_are_counted_once_per_channel,
            a_loss_counts_for_the_channel_that_brought_the_follower,
            a_follower_who_comes_back_is_returning,
            a_follow_after_a_follow_ends_the_stay_before,
            a_follow_without_a_code_is_no_code,
            a_code_without_a_channel_is_unassigned,
            an_unfollow_without_a_follow_is_no_loss,
            the_order_of_arrival_does_not_matter,
            of_one_second_the_unfollow_comes_first,
            a_day_begins_at_midnight_in_beijing,
            first_is_judged_over_all_records,
            messages_and_other_events_count_nowhere,
            every_channel_has_a_row,

            a_ticket_counts_before_a_scene,
            the_newest_code_with_a_scene_counts,
            a_channel_given_later_counts_earlier_scans,
            a_code_is_replaced_by_its_ticket,
            a_code_creates_its_channel_and_keeps_its_texts,
            names_and_texts_come_back_as_written,

            pages_follow_each_other_without_gaps,
            an_event_that_comes_meanwhile_shifts_no_page,
        }

        #[test]
        fn random_histories_agree_with_the_memory_store() {
            $crate::conformance::random_histories(|history| {
                let runtime = ::tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime.expect("a runtime").block_on(async {
                    let store = $store;
                    $crate::conformance::agree(&$crate::MemoryStore::new(), &*store, history).await;
                });
            });
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

/// Makes one test of every rule of a [`CodeLedger`](crate::CodeLedger). The crate that uses it needs tokio with `macros`
/// and `rt`; the expression is as with [`conformance_tests!`](crate::conformance_tests).
///
/// ```
/// wx_channel::ledger_conformance_tests!(Box::new(wx_channel::MemoryStore::new()));
/// ```
#[macro_export]
macro_rules! ledger_conformance_tests {
    ($ledger:expr) => {
        $crate::conformance_tests! { $ledger;
            a_permanent_code_is_created_once,
            kinds_and_accounts_do_not_meet,
            of_all_who_claim_one_is_granted,
            a_lost_answer_is_never_repeated_by_itself,
            a_refused_code_is_planned_again,
            plans_take_no_place,
            at_the_stop_mark_no_permanent_code_is_granted,
            a_temporary_code_is_known_to_its_batch,
            giving_up_forgets_plans_and_no_places,
            entries_come_in_order_and_whole,
            entries_are_those_that_were_asked_for,
        }
    };
}
