use super::token_history::{OVERLAP, TokenHistory};
use crate::{Random, random::base62};
use std::collections::VecDeque;

/// What the platform keeps about the third-party platform and its authorisation (protocol §1.7).
pub(crate) struct Authorization {
    /// `component_access_token`.
    pub(crate) component: TokenHistory,
    /// `authorizer_access_token`.
    pub(crate) authorizer: TokenHistory,
    /// Whether the owner lets it act.
    pub(crate) is_granted: bool,
    tickets: VecDeque<Dated>,
    pre_auth_codes: VecDeque<Dated>,
    code: Option<Dated>,
    refresh: Option<RefreshToken>,
    serial: u64,
}

struct Dated {
    text: String,
    expires: i64,
}

/// The refresh token (刷新令牌), and the one before, which works until the new one is first used: a lost answer must
/// not cost the authorisation.
struct RefreshToken {
    present: String,
    previous: Option<String>,
}

/// What a look at a dated text found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Good,
    Expired,
    Unknown,
}

/// `authorizer_access_token`, its life in seconds, and `authorizer_refresh_token`.
pub(crate) struct Pair {
    pub(crate) access_token: String,
    pub(crate) expires_in: i64,
    pub(crate) refresh_token: String,
}

impl Authorization {
    pub(crate) fn new() -> Self {
        Self {
            component: TokenHistory::new("component"),
            authorizer: TokenHistory::new("authorizer"),
            is_granted: false,
            tickets: VecDeque::new(),
            pre_auth_codes: VecDeque::new(),
            code: None,
            refresh: None,
            serial: 0,
        }
    }

    /// A new `component_verify_ticket`, good for twelve hours.
    pub(crate) fn new_ticket(&mut self, now: i64, random: &Random) -> String {
        let text = self.draw("ticket@@@", random);
        keep(&mut self.tickets, text.clone(), now.saturating_add(TICKET_LIFE));
        text
    }

    pub(crate) fn find_ticket(&self, text: &str, now: i64) -> Found {
        find(self.tickets.iter(), text, now)
    }

    /// A new `component_access_token` and its life.
    pub(crate) fn new_component_token(&mut self, now: i64, random: &Random) -> (String, i64) {
        self.component.issue(now, OVERLAP, random)
    }

    /// A new `pre_auth_code` and its life.
    pub(crate) fn new_pre_auth_code(&mut self, now: i64, random: &Random) -> (String, i64) {
        let text = self.draw("preauthcode@@@", random);
        keep(&mut self.pre_auth_codes, text.clone(), now.saturating_add(PRE_AUTH_LIFE));
        (text, PRE_AUTH_LIFE)
    }

    /// The newest `pre_auth_code` that is still good.
    pub(crate) fn pre_auth_code(&self, now: i64) -> Option<&str> {
        let newest = self.pre_auth_codes.back().filter(|code| code.expires > now);
        newest.map(|code| code.text.as_str())
    }

    /// The owner authorises: a new code and the second at which it expires.
    pub(crate) fn grant(&mut self, now: i64, random: &Random) -> (String, i64) {
        let text = self.draw("queryauthcode@@@", random);
        let expires = now.saturating_add(CODE_LIFE);
        self.code = Some(Dated { text: text.clone(), expires });
        self.is_granted = true;
        (text, expires)
    }

    /// The owner takes the authorisation back: its tokens are dead.
    pub(crate) fn withdraw(&mut self, now: i64) {
        self.is_granted = false;
        self.code = None;
        self.refresh = None;
        self.authorizer.revoke(now);
    }

    pub(crate) fn find_code(&self, text: &str, now: i64) -> Found {
        find(self.code.iter(), text, now)
    }

    /// A first pair for a code, which is used up. Refresh tokens of earlier grants end.
    pub(crate) fn redeem_code(&mut self, now: i64, random: &Random) -> Pair {
        self.code = None;
        self.refresh = None;
        self.new_pair(now, random)
    }

    /// Whether this refresh token works; a new one that is used ends the one before.
    pub(crate) fn use_refresh_token(&mut self, text: &str) -> bool {
        let Some(refresh) = &mut self.refresh else { return false };
        if refresh.present == text {
            refresh.previous = None;
            return true;
        }
        refresh.previous.as_deref() == Some(text)
    }

    pub(crate) fn new_pair(&mut self, now: i64, random: &Random) -> Pair {
        let (access_token, expires_in) = self.authorizer.issue(now, OVERLAP, random);
        let refresh_token = self.draw("refreshtoken@@@", random);
        // Of two that were never used the older stays: its owner may have missed the answer that held the newer.
        let previous = self.refresh.take().map(|refresh| refresh.previous.unwrap_or(refresh.present));
        self.refresh = Some(RefreshToken { present: refresh_token.clone(), previous });
        Pair { access_token, expires_in, refresh_token }
    }

    fn draw(&mut self, prefix: &str, random: &Random) -> String {
        self.serial += 1;
        format!("{prefix}{}{}", random.letters(40), base62(self.serial, 5))
    }
}

const TICKET_LIFE: i64 = 12 * 3600;
/// Of two figures of the platform (§15) the shorter.
const PRE_AUTH_LIFE: i64 = 600;
const CODE_LIFE: i64 = 3600;
/// Twelve hours of tickets at one every ten minutes.
const KEPT: usize = 100;

fn keep(texts: &mut VecDeque<Dated>, text: String, expires: i64) {
    if texts.len() == KEPT {
        texts.pop_front();
    }
    texts.push_back(Dated { text, expires });
}

fn find<'a>(mut texts: impl Iterator<Item = &'a Dated>, text: &str, now: i64) -> Found {
    match texts.find(|known| known.text == text) {
        None => Found::Unknown,
        Some(known) if known.expires <= now => Found::Expired,
        Some(_) => Found::Good,
    }
}
