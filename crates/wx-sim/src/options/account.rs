use crate::{AccountKind, Options};
use std::net::IpAddr;

/// What the account is and may do.
impl Options {
    /// The account's AppID: `wx` and 16 letters or digits.
    pub fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.app_id = app_id.into();
        self
    }

    /// The account's AppSecret: 32 hex digits.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = secret.into();
        self
    }

    /// The account's original id, which stands in `ToUserName` of every push: `gh_` and letters or digits.
    pub fn original_id(mut self, original_id: impl Into<String>) -> Self {
        self.original_id = original_id.into();
        self
    }

    /// What the account is, and so what it may call: 48001 for what it may not (protocol §2.4, §12).
    pub fn account_kind(mut self, kind: AccountKind) -> Self {
        self.account_kind = kind;
        self
    }

    /// After how many permanent codes `qrcode/create` answers 45029 for ever.
    pub fn permanent_cap(mut self, cap: usize) -> Self {
        self.permanent_cap = cap;
        self
    }

    /// After how many calls to `path` in a day they are answered 45009, until midnight in Beijing (protocol §2.7, §5.5).
    /// The path begins with a slash and has no query.
    pub fn daily_limit(mut self, path: impl Into<String>, calls: u32) -> Self {
        self.limits.set_day(path.into(), calls);
        self
    }

    /// After how many calls to `path` in a minute they are answered 45011, until the next minute of the clock (protocol
    /// §2.4). The path begins with a slash and has no query.
    pub fn minute_limit(mut self, path: impl Into<String>, calls: u32) -> Self {
        self.limits.set_minute(path.into(), calls);
        self
    }

    /// The allow-list (IP 白名单, protocol §1.5): every call from another address is refused with 40164. An empty list
    /// lets nobody call.
    pub fn allow_list(mut self, addresses: impl IntoIterator<Item = IpAddr>) -> Self {
        self.allow_list = Some(addresses.into_iter().collect());
        self
    }

    /// No allow-list: every address may call.
    pub fn allow_everybody(mut self) -> Self {
        self.allow_list = None;
        self
    }

    /// What the platform takes for the address of every caller, as calls to a simulator come from the same machine.
    pub fn caller_ip(mut self, address: IpAddr) -> Self {
        self.caller_ip = Some(address);
        self
    }

    /// Whether the AppSecret is frozen in the console: calls that need it are refused with 40243 (protocol §1.3).
    pub fn secret_frozen(mut self, frozen: bool) -> Self {
        self.secret_frozen = frozen;
        self
    }

    /// In how many of its last seconds `stable_token` replaces its token, 0 to 7199. The platform does so about five
    /// minutes before the end (protocol §1.2); with less, a caller gets the same token with little life left.
    pub fn stable_renewal(mut self, seconds: i64) -> Self {
        self.stable_renewal = seconds;
        self
    }

    /// How many followers `user/get` and `user/tag/get` give at a time, 1 to 10 000 (protocol §10.2, §10.3).
    pub fn page_size(mut self, followers: usize) -> Self {
        self.page_size = followers;
        self
    }

    /// How many followers a tag may have and still be deleted; with more, 45057 (protocol §10.3).
    pub fn largest_tag_to_delete(mut self, followers: usize) -> Self {
        self.largest_tag_to_delete = followers;
        self
    }

    /// How many people may ever follow; further ones are an [`Error::TooManyPeople`](crate::Error::TooManyPeople).
    pub fn people_limit(mut self, people: usize) -> Self {
        self.people_limit = people;
        self
    }

    /// What `getcallbackip` answers: addresses or ranges (protocol §5.2).
    pub fn callback_ips(mut self, list: impl IntoIterator<Item = String>) -> Self {
        self.callback_ips = list.into_iter().collect();
        self
    }

    /// What `get_api_domain_ip` answers: addresses or ranges (protocol §5.2).
    pub fn api_ips(mut self, list: impl IntoIterator<Item = String>) -> Self {
        self.api_ips = list.into_iter().collect();
        self
    }
}
