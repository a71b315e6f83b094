use super::{
    MessageLog, Tags, Users,
    authorization::Authorization,
    breaker::Breakers,
    codes::Codes,
    figures::Figures,
    quota::Quota,
    rids::Rids,
    short_keys::ShortKeys,
    stable_token::StableToken,
    token_history::{Standing, TokenHistory},
};
use crate::{Error, Options, Push, Random, transcript::Labels};
use std::collections::{HashMap, VecDeque};

/// The account as the platform keeps it: its settings, its tokens, codes and followers, and what was used up.
pub(crate) struct Account {
    /// The present second, read when the account was taken up.
    pub(crate) now: i64,
    pub(crate) random: Random,
    pub(crate) options: Options,
    pub(crate) classic: TokenHistory,
    pub(crate) stable: StableToken,
    pub(crate) quota: Quota,
    pub(crate) codes: Codes,
    pub(crate) rids: Rids,
    pub(crate) users: Users,
    pub(crate) tags: Tags,
    pub(crate) figures: Figures,
    pub(crate) short_keys: ShortKeys,
    pub(crate) messages: MessageLog,
    pub(crate) authorization: Authorization,
    pub(crate) breakers: Breakers,
    /// Who is shown since when that somebody is typing.
    pub(crate) typing: HashMap<String, i64>,
    /// Pushes that wait to be delivered, with how many answers to lose; nothing while none are held.
    pub(crate) held: Option<Vec<(Push, usize)>>,
    pub(super) pushed: u64,
    pushes: VecDeque<Push>,
    bytes_of_pushes: usize,
}

impl Account {
    pub(crate) fn new(options: Options) -> Self {
        Self {
            now: options.clock.now(),
            random: options.random.clone(),
            options,
            classic: TokenHistory::new("classic"),
            stable: StableToken::default(),
            quota: Quota::default(),
            codes: Codes::default(),
            rids: Rids::default(),
            users: Users::default(),
            tags: Tags::default(),
            figures: Figures::default(),
            short_keys: ShortKeys::default(),
            messages: MessageLog::default(),
            authorization: Authorization::new(),
            breakers: Breakers::default(),
            typing: HashMap::new(),
            held: None,
            pushes: VecDeque::new(),
            bytes_of_pushes: 0,
            pushed: 0,
        }
    }

    /// How a text stands as access token: the classic and the stable one are isolated (protocol §1.2), either may be
    /// used, and so may that of an authorised third-party platform (§1.7).
    pub(crate) fn standing(&self, token: &str) -> Standing {
        let histories = [&self.classic, &self.stable.history, &self.authorization.authorizer];
        let standings = histories.map(|history| history.standing(token, self.now));
        standings.into_iter().find(|standing| *standing != Standing::Unknown).unwrap_or(Standing::Unknown)
    }

    /// The number of the next push.
    pub(super) fn next_number(&mut self) -> u64 {
        self.pushed += 1;
        self.pushed
    }

    /// Every token dies at once, as when another system takes them over: 40001 from now on.
    pub(crate) fn revoke_tokens(&mut self) {
        self.classic.revoke(self.now);
        self.stable.history.revoke(self.now);
    }

    /// The push of this number, if it is among the last [`REMEMBERED`].
    pub(crate) fn pushed(&self, number: u64) -> Result<Push, Error> {
        self.pushes.iter().find(|push| push.number == number).cloned().ok_or(Error::UnknownPush)
    }

    pub(super) fn remember(&mut self, push: Push) {
        self.pushed = push.number;
        self.bytes_of_pushes += push.xml.len();
        self.pushes.push_back(push);
        while self.pushes.len() > REMEMBERED || self.bytes_of_pushes > REMEMBERED_BYTES {
            let Some(oldest) = self.pushes.pop_front() else { return };
            self.bytes_of_pushes -= oldest.xml.len();
        }
    }
}

/// So many pushes can be delivered once more by their number.
const REMEMBERED: usize = 10_000;
const REMEMBERED_BYTES: usize = 32 * 1024 * 1024;

impl Labels for Account {
    fn token(&self, text: &str) -> String {
        let (own, authorization) = ([&self.classic, &self.stable.history], &self.authorization);
        let histories = own.into_iter().chain([&authorization.component, &authorization.authorizer]);
        let known = histories.into_iter().find_map(|history| history.label(text));
        known.unwrap_or_else(|| "<unknown token>".to_owned())
    }

    fn ticket(&self, text: &str) -> Option<String> {
        self.codes.find(text).map(|code| format!("<code {}>", code.number))
    }

    fn secrets(&self) -> Vec<&str> {
        let component = self.options.component.as_ref();
        let component = component.into_iter().flat_map(|component| [&component.secret, &component.token]);
        [&self.options.secret, &self.options.callback.token]
            .into_iter()
            .chain(component)
            .map(String::as_str)
            .collect()
    }
}
