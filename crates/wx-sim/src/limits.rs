use crate::Error;
use std::collections::BTreeMap;

/// How often the account may make each call.
#[derive(Debug, Clone)]
pub(crate) struct Limits(BTreeMap<String, Limit>);

/// How often it may make one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) a_day: u32,
    /// Nothing where the platform's figure is unknown.
    pub(crate) a_minute: Option<u32>,
}

/// Those of a new service account (protocol §1.1, §1.2, §5.5), for every call that counts.
const NEW_ACCOUNT: [(&str, Limit); 3] = [
    ("/cgi-bin/token", Limit { a_day: 2000, a_minute: None }),
    ("/cgi-bin/stable_token", Limit { a_day: 500_000, a_minute: Some(10_000) }),
    ("/cgi-bin/qrcode/create", Limit { a_day: 100_000, a_minute: None }),
];

impl Limits {
    pub(crate) fn of(&self, path: &str) -> Option<Limit> {
        self.0.get(path).copied()
    }

    /// The limit of a path, to be changed; whether the path counts at all is for [`check`](Self::check) to say.
    pub(crate) fn entry(&mut self, path: String) -> &mut Limit {
        self.0.entry(path).or_insert(Limit { a_day: u32::MAX, a_minute: None })
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let counts = |path: &str| NEW_ACCOUNT.iter().any(|(known, _)| *known == path);
        match self.0.keys().find(|path| !counts(path)) {
            Some(path) => Err(Error::LimitPath { path: path.clone() }),
            None => Ok(()),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self(NEW_ACCOUNT.into_iter().map(|(path, limit)| (path.to_owned(), limit)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_account_has_the_limits_of_the_reference() {
        let limits = Limits::default();
        let of = |path: &str| limits.of(path).map(|limit| (limit.a_day, limit.a_minute));
        assert_eq!(of("/cgi-bin/token"), Some((2000, None)));
        assert_eq!(of("/cgi-bin/stable_token"), Some((500_000, Some(10_000))));
        assert_eq!(of("/cgi-bin/qrcode/create"), Some((100_000, None)));
        assert_eq!(of("/cgi-bin/showqrcode"), None);
    }
}
