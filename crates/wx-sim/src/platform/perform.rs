use super::{Account, Trigger, is_openid, users::Arrival};
use crate::{
    Act, Error, Push, SYSTEM_SENDER, SubscribeScene,
    act::{Deed, Follow, PushKind, Say, Scan},
    push::{Fields, Head, Kind, Nature, Sender},
};

const MOST_HELD: usize = 1000;

/// Events that change who follows.
const ACTS: [&str; 3] = ["subscribe", "unsubscribe", "SCAN"];

impl Account {
    /// As [`perform`](Self::perform); says whether the push is held back.
    pub(crate) fn perform_or_hold(&mut self, act: &Act) -> Result<(Push, bool), Error> {
        if self.held.as_ref().is_some_and(|held| held.len() >= MOST_HELD) {
            return Err(Error::TooManyHeld);
        }
        let push = self.perform(act)?;
        if let Some(held) = &mut self.held {
            held.push((push.clone(), act.lost_answers));
        }
        Ok((push, self.held.is_some()))
    }

    /// Lets the act change what it changes and says what must be pushed. A refused act changes nothing.
    fn perform(&mut self, act: &Act) -> Result<Push, Error> {
        let openid = act.openid.as_str();
        if !is_openid(openid) {
            return Err(Error::OpenId);
        }
        let account = self.options.original_id.clone();
        let shape = self.options.push_shape;
        let head = Head { number: self.pushed + 1, openid, account: &account, now: self.now, shape };
        let push = match &act.deed {
            Deed::Follow(follow) => self.follow(&head, follow)?,
            Deed::Unfollow => self.unfollow(&head)?,
            Deed::Say(say) => self.say(&head, say)?,
            Deed::Scan(scan) => self.scan(&head, scan)?,
            Deed::Push(kind) => self.push_kind(&head, kind)?,
            Deed::Raw { xml } => Push::raw(&head, xml)?.check_length()?,
        };
        self.remember(push.clone());
        Ok(push)
    }

    fn follow(&mut self, head: &Head<'_>, follow: &Follow) -> Result<Push, Error> {
        if follow.payment.as_ref().is_some_and(|payment| !is_openid(payment)) {
            return Err(Error::Payment);
        }
        self.arrive(head.openid, follow.subscribe_scene, None)?;
        Ok(match &follow.payment {
            Some(payment) => Push::subscribe_after_payment(head, payment),
            None => Push::subscribe(head),
        })
    }

    fn unfollow(&mut self, head: &Head<'_>) -> Result<Push, Error> {
        self.users.unfollow(head.openid)?;
        self.figures.went(self.now, self.users.total());
        Ok(Push::unsubscribe(head))
    }

    fn say(&mut self, head: &Head<'_>, say: &Say) -> Result<Push, Error> {
        let now = self.now;
        let user = self.users.follower_mut(head.openid).ok_or(Error::NotFollowing)?;
        let push = Push::text(head, &say.text, say.menu_item.as_deref())?;
        user.allowances.open(if say.menu_item.is_some() { Trigger::Menu } else { Trigger::Message }, now);
        user.last_message = Some(now);
        Ok(push)
    }

    /// Pushes SCAN for a follower, else follows (protocol §7.1); what the platform forgets is in §13, no. 1 to 3.
    fn scan(&mut self, head: &Head<'_>, scan: &Scan) -> Result<Push, Error> {
        let code = self.codes.find(&scan.ticket).ok_or(Error::UnknownTicket)?;
        if code.is_expired(head.now) {
            return Err(Error::ExpiredTicket);
        }
        let scene = code.scene.clone();
        if let Some(user) = self.users.follower_mut(head.openid) {
            user.allowances.open(Trigger::Scan, head.now);
            return Ok(Push::scan(head, &scene.key(), &scan.ticket));
        }
        let push = if scan.hidden_from_push {
            Push::subscribe(head)
        } else {
            Push::subscribe_through(head, &scene.key(), &scan.ticket)
        };
        let (subscribe_scene, scene) = if scan.hidden_from_user_info {
            (SubscribeScene::Others, None)
        } else {
            (SubscribeScene::QrCode, Some(scene))
        };
        self.arrive(head.openid, subscribe_scene, scene)?;
        Ok(push)
    }

    fn push_kind(&mut self, head: &Head<'_>, wanted: &PushKind) -> Result<Push, Error> {
        if ACTS.iter().any(|act| act.eq_ignore_ascii_case(&wanted.name)) {
            return Err(Error::Kind { reason: "follow, scan and unfollow are acts of their own" });
        }
        let kind = if wanted.is_message { Kind::message(&wanted.name) } else { Kind::event(&wanted.name) };
        let fields = self.fields_of(head, kind, wanted)?;
        if kind.is_some_and(|kind| kind.sender == Sender::Follower) && !self.users.is_follower(head.openid) {
            return Err(Error::NotFollowing);
        }
        let push = push_of(head, kind, wanted, fields).check_length()?;
        let trigger = kind.and_then(|kind| kind.trigger);
        if let Some((user, trigger)) = self.users.follower_mut(head.openid).zip(trigger) {
            user.allowances.open(trigger, self.now);
            user.last_message = if wanted.is_message { Some(self.now) } else { user.last_message };
        }
        Ok(push)
    }

    /// The fields of the catalogue, and those that were asked for.
    fn fields_of(&self, head: &Head<'_>, kind: Option<&Kind>, wanted: &PushKind) -> Result<Fields, Error> {
        if wanted.is_message && kind.is_none() {
            return Err(Error::Kind {
                reason: "a message is text, image, voice, video, shortvideo, location or link",
            });
        }
        if wanted.name.is_empty() || wanted.name.len() > 64 || !is_openid(&wanted.name) {
            return Err(Error::Kind { reason: "its name has 1 to 64 letters, digits, `-` or `_`" });
        }
        let mut fields = kind.map(Kind::fields).unwrap_or_default();
        if kind.is_some_and(|kind| kind.sender == Sender::Platform) {
            fields.set("OpenID", head.openid.into())?;
            fields.set("AppID", self.options.app_id.as_str().into())?;
        }
        for (path, value) in &wanted.fields {
            fields.set(path, value.clone())?;
        }
        Ok(fields)
    }

    pub(crate) fn block_messages(&mut self, openid: &str, block: bool) -> Result<(), Error> {
        let user = self.users.follower_mut(openid).ok_or(Error::NotFollowing)?;
        user.blocks_messages = block;
        Ok(())
    }

    fn arrive(
        &mut self,
        openid: &str,
        subscribe_scene: SubscribeScene,
        scene: Option<super::Scene>,
    ) -> Result<(), Error> {
        let arrival = Arrival { time: self.now, subscribe_scene, scene };
        self.users.follow(openid, arrival, self.options.people_limit)?;
        if let Some(user) = self.users.follower_mut(openid) {
            user.allowances.open(Trigger::Follow, self.now);
        }
        self.figures.came(self.now, subscribe_scene, self.users.total());
        Ok(())
    }
}

/// What the platform itself sends, and what is about nobody, takes no reply.
fn push_of(head: &Head<'_>, kind: Option<&Kind>, wanted: &PushKind, fields: Fields) -> Push {
    if wanted.is_message {
        return head.message(&wanted.name, fields, |fields| fields);
    }
    let is_from_platform = kind.is_some_and(|kind| kind.sender == Sender::Platform);
    let openid = if is_from_platform { SYSTEM_SENDER } else { head.openid };
    let push = Head { openid, ..*head }.event(&wanted.name, fields);
    if openid == SYSTEM_SENDER { Push { nature: Nature::Notice, ..push } } else { push }
}
