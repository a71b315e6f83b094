use crate::{
    edge,
    failure::{Failure, Outcome},
};
use std::sync::Arc;
use wx_events::Callback;

/// Flags that make what is signed the same every time.
#[derive(Debug, clap::Args)]
pub(crate) struct StampArgs {
    /// Time of signing, in seconds since 1970 [default: now]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(i64).range(0..))]
    timestamp: Option<i64>,

    /// Nonce; the random bytes of an envelope follow from it [default: random]
    #[arg(long, value_name = "NUMBER")]
    nonce: Option<u32>,
}

impl StampArgs {
    /// When it is signed.
    pub(crate) fn now(&self) -> i64 {
        self.timestamp.unwrap_or_else(edge::now)
    }

    /// The nonce, or a random number in its place.
    pub(crate) fn number(&self) -> Outcome<u32> {
        self.nonce.map_or_else(
            || {
                getrandom::u32()
                    .map_err(|error| Failure::failed(format!("the system gives no random bytes: {error}")))
            },
            Ok,
        )
    }

    /// The callback with these in place of chance.
    pub(crate) fn fix(&self, callback: Callback) -> Callback {
        let Some(nonce) = self.nonce else { return callback };
        callback.random(Arc::new(move |bytes: &mut [u8]| {
            // The nonce stands in the last four bytes; those before it only have to be some.
            let number = nonce.to_be_bytes();
            bytes.iter_mut().rev().zip(number.iter().rev().cycle()).for_each(|(byte, from)| *byte = *from);
        }))
    }
}
