mod account;
mod allowances;
mod authorization;
mod breaker;
mod codes;
mod figures;
mod messages;
mod perform;
mod quota;
mod rids;
mod short_keys;
mod stable_token;
mod tags;
mod tally;
mod third_party;
mod token_history;
mod users;

pub(crate) use account::Account;
pub(crate) use allowances::{NoAllowance, Trigger};
pub(crate) use authorization::{Found, Pair};
pub(crate) use codes::{Code, Life, NewCode, Scene};
pub(crate) use messages::MessageLog;
pub(crate) use quota::Exhausted;
pub(crate) use rids::{FoundRid, Request, Rids};
pub(crate) use tags::Tags;
pub(crate) use token_history::{LIFE, OVERLAP, Standing};
pub(crate) use users::{User, Users, is_openid};

use crate::{Clock, Error, Options, Random, delivery::DeliveryLog, fault::Armed, transcript::Transcript};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The simulated platform: its account behind one lock, and what needs no lock. It opens no connection.
///
/// The lock is held for one call or one act at a time, and never across an await.
pub(crate) struct Platform {
    pub(crate) clock: Clock,
    pub(crate) random: Random,
    pub(crate) transcript: Transcript,
    pub(crate) faults: Armed,
    pub(crate) deliveries: DeliveryLog,
    account: Mutex<Account>,
}

impl Platform {
    pub(crate) fn new(options: Options) -> Self {
        Self {
            clock: options.clock.clone(),
            random: options.random.clone(),
            transcript: Transcript::new(options.clock.clone(), options.transcript_limit),
            faults: Armed::default(),
            deliveries: DeliveryLog::default(),
            account: Mutex::new(Account::new(options)),
        }
    }

    /// The account, alone and at the present second.
    pub(crate) fn account(&self) -> MutexGuard<'_, Account> {
        let mut account = self.account.lock().unwrap_or_else(PoisonError::into_inner);
        account.now = self.clock.now();
        account
    }

    /// See [`Simulator::revoke_tokens`](crate::Simulator::revoke_tokens).
    pub(crate) fn revoke_tokens(&self) {
        self.account().revoke_tokens();
        self.transcript.decide("all tokens are revoked");
    }

    /// Changes the options of the running platform; see [`Simulator::change`](crate::Simulator::change).
    pub(crate) fn change(&self, change: impl FnOnce(Options) -> Options) -> Result<(), Error> {
        let mut account = self.account();
        let changed = change(account.options.clone());
        changed.check()?;
        account.options = changed;
        Ok(())
    }
}
