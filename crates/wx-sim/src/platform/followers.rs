use crate::Error;
use std::collections::HashSet;

/// Who follows the account now.
#[derive(Default)]
pub(super) struct Followers(HashSet<String>);

impl Followers {
    pub(super) fn follow(&mut self, openid: &str) -> Result<(), Error> {
        let is_new = self.0.insert(openid.to_owned());
        is_new.then_some(()).ok_or(Error::AlreadyFollowing)
    }

    pub(super) fn unfollow(&mut self, openid: &str) -> Result<(), Error> {
        self.0.remove(openid).then_some(()).ok_or(Error::NotFollowing)
    }

    pub(super) fn expect(&self, openid: &str) -> Result<(), Error> {
        self.0.contains(openid).then_some(()).ok_or(Error::NotFollowing)
    }
}

/// Real OpenIDs have 28 characters; shorter names are welcome in tests.
pub(super) fn check_openid(text: &str) -> Result<(), Error> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let good = (1..=64).contains(&text.len()) && text.bytes().all(known);
    good.then_some(()).ok_or(Error::OpenId)
}
