use crate::{AccountKind, Error};
use std::collections::BTreeMap;

/// How often the account may make each call: the figures of the platform, and what was set in their place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Limits(BTreeMap<String, Set>);

#[derive(Debug, Clone, Copy, Default)]
struct Set {
    a_day: Option<u32>,
    a_minute: Option<u32>,
}

/// How often it may make one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) a_day: u32,
    /// Nothing where the platform's figure is unknown.
    pub(crate) a_minute: Option<u32>,
}

/// Calls a day of a new service account and of a test account (protocol §1.1, §1.2, §5.5).
const A_DAY: [(&str, u32, u32); 7] = [
    ("/cgi-bin/token", 2000, 200),
    ("/cgi-bin/stable_token", 500_000, 500_000),
    ("/cgi-bin/qrcode/create", 100_000, 10_000),
    ("/cgi-bin/message/custom/send", 500_000, 50_000),
    ("/cgi-bin/user/info", 5_000_000, 500_000),
    ("/cgi-bin/user/get", 500, 100),
    ("/cgi-bin/user/info/updateremark", 10_000, 10_000),
];
/// Of calls whose figure is not known.
const UNKNOWN_A_DAY: u32 = 1_000_000;
/// Of `stable_token` (§1.2), the only one that is known.
const STABLE_A_MINUTE: u32 = 10_000;

impl Limits {
    pub(crate) fn of(&self, path: &str, kind: AccountKind) -> Limit {
        let known = A_DAY.iter().find(|(known, ..)| *known == path);
        let figure = known.map_or(UNKNOWN_A_DAY, |(_, normal, test)| match kind {
            AccountKind::Test => *test,
            _ => *normal,
        });
        let minute = (path == "/cgi-bin/stable_token").then_some(STABLE_A_MINUTE);
        let set = self.0.get(path).copied().unwrap_or_default();
        Limit { a_day: set.a_day.unwrap_or(figure), a_minute: set.a_minute.or(minute) }
    }

    pub(crate) fn set_day(&mut self, path: String, calls: u32) {
        self.0.entry(path).or_default().a_day = Some(calls);
    }

    pub(crate) fn set_minute(&mut self, path: String, calls: u32) {
        self.0.entry(path).or_default().a_minute = Some(calls);
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        match self.0.keys().find(|path| !crate::api::counts(path)) {
            Some(path) => Err(Error::LimitPath { path: path.clone() }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_account_has_the_limits_of_the_reference() {
        let limits = Limits::default();
        let of = |path: &str, kind| (limits.of(path, kind).a_day, limits.of(path, kind).a_minute);
        assert_eq!(of("/cgi-bin/token", AccountKind::VerifiedService), (2000, None));
        assert_eq!(of("/cgi-bin/token", AccountKind::Test), (200, None));
        assert_eq!(of("/cgi-bin/stable_token", AccountKind::Subscription), (500_000, Some(10_000)));
        assert_eq!(of("/cgi-bin/qrcode/create", AccountKind::Test), (10_000, None));
        assert_eq!(of("/cgi-bin/tags/get", AccountKind::VerifiedService), (1_000_000, None));
    }

    #[test]
    fn every_figure_is_of_a_call_that_counts() {
        assert!(A_DAY.iter().all(|(path, ..)| crate::api::counts(path)));
    }
}
