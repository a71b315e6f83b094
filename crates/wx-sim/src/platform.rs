mod codes;
mod followers;
mod quota;
mod stable_token;
mod tally;
mod token_history;

pub(crate) use codes::{Code, Life, NewCode};
pub(crate) use quota::Exhausted;
pub(crate) use token_history::Standing;

use crate::{Act, Callback, Clock, Error, Options, Push, Random, act::Deed, transcript::Transcript};
use codes::Codes;
use followers::Followers;
use quota::Quota;
use stable_token::StableToken;
use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};
use token_history::{OVERLAP, TokenHistory};

/// The simulated platform with its one account: what it knows and what it decides. It opens no connection.
///
/// State stands behind one lock that is never held across an await.
pub(crate) struct Platform {
    pub(crate) options: Options,
    pub(crate) transcript: Transcript,
    state: Mutex<State>,
}

struct State {
    callback: Callback,
    classic: TokenHistory,
    stable: StableToken,
    quota: Quota,
    codes: Codes,
    followers: Followers,
    pushes: VecDeque<Push>,
    pushed: u64,
}

impl Platform {
    pub(crate) fn new(options: Options) -> Self {
        let state = State {
            callback: options.callback.clone(),
            classic: TokenHistory::default(),
            stable: StableToken::default(),
            quota: Quota::default(),
            codes: Codes::default(),
            followers: Followers::default(),
            pushes: VecDeque::new(),
            pushed: 0,
        };
        Self { transcript: Transcript::new(options.clock.clone()), options, state: Mutex::new(state) }
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.options.clock
    }

    pub(crate) fn random(&self) -> &Random {
        &self.options.random
    }

    pub(crate) fn callback(&self) -> Callback {
        self.state().callback.clone()
    }

    pub(crate) fn configure(&self, callback: Callback) -> Result<(), Error> {
        callback.check()?;
        self.state().callback = callback;
        Ok(())
    }

    /// A new classic token and its life in seconds (protocol §1.1).
    pub(crate) fn new_token(&self) -> (String, i64) {
        let now = self.clock().now();
        self.state().classic.issue(now, OVERLAP, self.random())
    }

    /// The stable token and its remaining seconds, or nothing when today's forced refreshes are used up (§1.2).
    pub(crate) fn stable_token(&self, force: bool) -> Option<(String, i64)> {
        let now = self.clock().now();
        let mut state = self.state();
        if force {
            state.stable.force(now, self.random())
        } else {
            Some(state.stable.get(now, self.random()))
        }
    }

    /// How a text stands as access token: the classic and the stable one are isolated, either may be used.
    pub(crate) fn standing(&self, token: &str) -> Standing {
        let now = self.clock().now();
        let state = self.state();
        match state.classic.standing(token, now) {
            Standing::Unknown => state.stable.standing(token, now),
            known => known,
        }
    }

    /// Counts a call to `path` against its limits, if it has any (§2.7, §5.5).
    pub(crate) fn spend(&self, path: &str) -> Result<(), Exhausted> {
        let Some(limit) = self.options.limits.of(path) else { return Ok(()) };
        self.state().quota.spend(path, limit, self.clock().now())
    }

    /// Keeps a new code, or nothing when the permanent allowance is used up (§2.6).
    pub(crate) fn create_code(&self, new: NewCode) -> Option<Code> {
        let now = self.clock().now();
        self.state().codes.create(new, now, self.options.permanent_cap, self.random())
    }

    /// The text of the picture that `showqrcode` shows for this ticket, if it shows one now (§3).
    pub(crate) fn picture_text(&self, ticket: &str) -> Option<String> {
        let now = self.clock().now();
        let state = self.state();
        let code = state.codes.find(ticket).filter(|code| code.has_picture && !code.is_expired(now))?;
        Some(code.url.clone())
    }

    /// Lets the act change what it changes and says what must be pushed.
    pub(crate) fn perform(&self, act: &Act) -> Result<Push, Error> {
        let openid = act.openid.as_str();
        followers::check_openid(openid)?;
        let now = self.clock().now();
        let mut state = self.state();
        let number = state.pushed + 1;
        let head = crate::push::Head { number, openid, account: &self.options.original_id, now };
        let push = match &act.deed {
            Deed::Follow => state.followers.follow(openid).map(|()| Push::subscribe(&head))?,
            Deed::Unfollow => state.followers.unfollow(openid).map(|()| Push::unsubscribe(&head))?,
            Deed::Say { text } => state.followers.expect(openid).and_then(|()| Push::text(&head, text))?,
            Deed::Scan { ticket } => state.scan(&head, ticket)?,
        };
        state.remember(push.clone());
        Ok(push)
    }

    /// The push of this number, if it is among the last [`REMEMBERED`].
    pub(crate) fn pushed(&self, number: u64) -> Result<Push, Error> {
        let state = self.state();
        state.pushes.iter().find(|push| push.number == number).cloned().ok_or(Error::UnknownPush)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// So many pushes can be delivered once more by their number.
const REMEMBERED: usize = 10_000;

impl State {
    fn scan(&mut self, head: &crate::push::Head<'_>, ticket: &str) -> Result<Push, Error> {
        let code = self.codes.find(ticket).ok_or(Error::UnknownTicket)?;
        if code.is_expired(head.now) {
            return Err(Error::ExpiredTicket);
        }
        if self.followers.follow(head.openid).is_ok() {
            return Ok(Push::subscribe_through(head, &code.scene, ticket));
        }
        Ok(Push::scan(head, &code.scene, ticket))
    }

    fn remember(&mut self, push: Push) {
        self.pushed = push.number;
        if self.pushes.len() == REMEMBERED {
            self.pushes.pop_front();
        }
        self.pushes.push_back(push);
    }
}
