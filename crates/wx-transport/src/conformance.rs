//! The rules that every transport keeps, as tests that any transport can run (feature `conformance`).
//!
//! [`conformance_tests!`](crate::conformance_tests) makes one test of each rule. Each rule starts a server on a free
//! port of this machine, which behaves well or badly, makes a transport with limits that suit the rule, and sends it
//! requests. Every error that comes up is also searched for a secret that stood in the request.
//!
//! ```
//! # #[cfg(feature = "hyper")]
//! wx_transport::conformance_tests!(|limits| {
//!     wx_transport::HyperTransport::with_options(&limits.into()).expect("valid options")
//! });
//! ```

#![expect(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "a test panics when the rule does not hold"
)]

mod answers;
mod connecting;
mod connections;
mod cut;
mod limits;
mod peer;
mod probe;
mod requests;
mod server;

pub use answers::*;
pub use connecting::*;
pub use connections::*;
pub use cut::*;
pub use limits::*;
pub use requests::*;

use crate::{Limits, Transport};
use std::sync::Arc;

/// Makes a transport with these limits.
pub type Make<'a> = &'a dyn Fn(Limits) -> Arc<dyn Transport>;

/// The same, from a closure that gives any kind of transport.
pub fn shared<T: Transport + 'static>(make: impl Fn(Limits) -> T) -> impl Fn(Limits) -> Arc<dyn Transport> {
    move |limits| Arc::new(make(limits))
}

/// Makes one test of every rule. The crate that uses it needs tokio with `macros` and `rt`.
///
/// The expression is a closure that gives a transport with the given [`Limits`](crate::Limits).
#[macro_export]
macro_rules! conformance_tests {
    ($make:expr) => {
        $crate::conformance_tests! { $make;
            any_status_is_an_answer,
            a_redirect_is_an_answer,
            interim_answers_are_passed_over,
            an_answer_may_have_no_body,
            an_answer_without_length_ends_with_its_connection,
            chunks_are_joined,
            bytes_are_given_as_they_came,
            a_long_head_is_read,

            the_request_arrives_as_it_is,
            every_method_is_sent,
            a_body_has_its_length,
            a_large_body_is_sent_whole,
            what_cannot_be_sent_is_refused,

            a_refused_connection_is_safe_to_repeat,
            an_unknown_name_is_safe_to_repeat,
            a_server_without_tls_is_safe_to_repeat,
            connecting_ends_at_its_limit,

            silence_ends_at_the_total_limit,
            a_dripping_answer_ends_at_the_total_limit,
            endless_interim_answers_end,
            an_announced_body_above_the_limit_is_not_awaited,
            an_endless_body_ends_at_the_limit,
            the_body_limit_itself_is_allowed,
            an_endless_head_ends,
            a_few_bytes_do_not_become_many,

            a_cut_head_is_no_answer,
            a_cut_body_is_no_answer,
            a_reset_is_no_answer,
            a_wrong_length_is_no_answer,
            wrong_chunks_are_no_answer,
            what_is_not_http_is_no_answer,
            nothing_is_sent_twice,
            nothing_is_sent_twice_on_a_used_connection,

            connections_are_used_again,
            a_closed_connection_is_not_used_again,
            what_follows_an_answer_answers_nothing,
            a_late_answer_answers_nothing_else,
            many_at_once_get_their_own_answers,
        }
    };
    ($make:expr; $($rule:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $rule() {
                $crate::conformance::$rule(&$crate::conformance::shared($make)).await;
            }
        )+
    };
}
