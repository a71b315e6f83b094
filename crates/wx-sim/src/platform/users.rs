use super::{allowances::Allowances, codes::Scene};
use crate::{Error, SubscribeScene};
use std::collections::{BTreeMap, HashMap};

/// Everybody who follows the account or once did (粉丝, protocol §10.1).
#[derive(Default)]
pub(crate) struct Users {
    by_openid: HashMap<String, User>,
    /// Followers in the order in which they followed.
    followers: BTreeMap<u64, String>,
    follows: u64,
}

/// One of them. What is personal ends with following.
#[derive(Debug, Clone, Default)]
pub(crate) struct User {
    /// The place among the followers, of the latest follow.
    place: u64,
    pub(crate) follows: bool,
    pub(crate) subscribe_time: i64,
    pub(crate) subscribe_scene: SubscribeScene,
    /// The scene of the code behind the latest follow.
    pub(crate) scene: Option<Scene>,
    pub(crate) remark: String,
    pub(crate) tags: Vec<u32>,
    pub(crate) blocks_messages: bool,
    pub(crate) allowances: Allowances,
    /// When a message last went to them or came from them.
    pub(crate) last_message: Option<i64>,
}

/// How somebody came.
pub(crate) struct Arrival {
    pub(crate) time: i64,
    pub(crate) subscribe_scene: SubscribeScene,
    pub(crate) scene: Option<Scene>,
}

impl Users {
    pub(crate) fn follow(&mut self, openid: &str, arrival: Arrival, limit: usize) -> Result<(), Error> {
        if !self.by_openid.contains_key(openid) && self.by_openid.len() >= limit {
            return Err(Error::TooManyPeople { limit });
        }
        let user = self.by_openid.entry(openid.to_owned()).or_default();
        if user.follows {
            return Err(Error::AlreadyFollowing);
        }
        self.follows += 1;
        *user = User {
            place: self.follows,
            follows: true,
            subscribe_time: arrival.time,
            subscribe_scene: arrival.subscribe_scene,
            scene: arrival.scene,
            ..User::default()
        };
        self.followers.insert(user.place, openid.to_owned());
        Ok(())
    }

    pub(crate) fn unfollow(&mut self, openid: &str) -> Result<(), Error> {
        let user = self.follower_mut(openid).ok_or(Error::NotFollowing)?;
        let place = user.place;
        *user = User { place, ..User::default() };
        self.followers.remove(&place);
        Ok(())
    }

    /// Somebody who follows or once did.
    pub(crate) fn find(&self, openid: &str) -> Option<&User> {
        self.by_openid.get(openid)
    }

    pub(crate) fn follower_mut(&mut self, openid: &str) -> Option<&mut User> {
        self.by_openid.get_mut(openid).filter(|user| user.follows)
    }

    pub(crate) fn is_follower(&self, openid: &str) -> bool {
        self.find(openid).is_some_and(|user| user.follows)
    }

    /// How many follow.
    pub(crate) fn total(&self) -> usize {
        self.followers.len()
    }

    /// The followers behind `after`, in the order in which they followed; nothing when nobody has that OpenID.
    pub(crate) fn followers_after(&self, after: Option<&str>) -> Option<impl Iterator<Item = (&str, &User)>> {
        let place = after.map_or(Some(0), |openid| self.find(openid).map(|user| user.place))?;
        let openids = self.followers.range(place + 1..).map(|(_, openid)| openid.as_str());
        Some(openids.filter_map(|openid| Some((openid, self.find(openid)?))))
    }

    /// Takes a tag off everybody.
    pub(crate) fn forget_tag(&mut self, tag: u32) {
        self.by_openid.values_mut().for_each(|user| user.tags.retain(|one| *one != tag));
    }

    pub(crate) fn count_with_tag(&self, tag: u32) -> usize {
        self.by_openid.values().filter(|user| user.tags.contains(&tag)).count()
    }
}

/// Real OpenIDs have 28 characters; shorter names are welcome in tests.
pub(crate) fn is_openid(text: &str) -> bool {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=64).contains(&text.len()) && text.bytes().all(known)
}
