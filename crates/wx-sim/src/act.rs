use crate::{FieldValue, SYSTEM_SENDER, SubscribeScene};

/// What a person does with the account (公众号), as plain data; [`Simulator::act`](crate::Simulator::act) lets it happen.
///
/// ```
/// use wx_sim::Act;
///
/// let act = Act::say("oK7tV5xA2bQm9Lr0PzYc3NdEfGhI", "你好").losing_answers(2);
/// # let _ = act;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "an act happens when the simulator is asked to let it happen"]
pub struct Act {
    pub(crate) openid: String,
    pub(crate) deed: Deed,
    pub(crate) lost_answers: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed {
    Follow(Follow),
    Unfollow,
    Scan(Scan),
    Say(Say),
    Push(PushKind),
    Raw { xml: String },
}

/// A push by the name of its kind, with fields that are other than the catalogue has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PushKind {
    pub(crate) name: String,
    pub(crate) is_message: bool,
    pub(crate) fields: Vec<(String, FieldValue)>,
}

/// A text message; one that a tap on an item of a message menu sent carries its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Say {
    pub(crate) text: String,
    pub(crate) menu_item: Option<String>,
}

/// A follow without a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Follow {
    pub(crate) subscribe_scene: SubscribeScene,
    pub(crate) payment: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scan {
    pub(crate) ticket: String,
    pub(crate) hidden_from_push: bool,
    pub(crate) hidden_from_user_info: bool,
}

impl Act {
    /// Points a phone at the code of `ticket`: pushes SCAN for a follower, else follows through it (`subscribe` with
    /// `qrscene_`, protocol §7.1).
    pub fn scan(openid: impl Into<String>, ticket: impl Into<String>) -> Self {
        let ticket = ticket.into();
        let scan = Scan { ticket, hidden_from_push: false, hidden_from_user_info: false };
        Self::new(openid, Deed::Scan(scan))
    }

    /// Follows (关注) without a code: by search unless [`coming_from`](Self::coming_from) says otherwise.
    pub fn follow(openid: impl Into<String>) -> Self {
        Self::new(openid, Deed::Follow(Follow { subscribe_scene: SubscribeScene::Search, payment: None }))
    }

    /// Follows after a payment (支付后关注): the `EventKey` is `last_trade_no_` and the number of the transaction
    /// (protocol §7.1).
    pub fn follow_after_payment(openid: impl Into<String>, transaction: impl Into<String>) -> Self {
        let payment = Some(transaction.into());
        Self::new(openid, Deed::Follow(Follow { subscribe_scene: SubscribeScene::Paid, payment }))
    }

    /// Stops following (取消关注).
    pub fn unfollow(openid: impl Into<String>) -> Self {
        Self::new(openid, Deed::Unfollow)
    }

    /// Writes a text message (文本消息).
    pub fn say(openid: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(openid, Deed::Say(Say { text: text.into(), menu_item: None }))
    }

    /// Taps an item of a message menu (`msgmenu`): its text comes as a message that carries the id of the item as
    /// `bizmsgmenuid` (protocol §7.4).
    pub fn tap(openid: impl Into<String>, item: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(openid, Deed::Say(Say { text: text.into(), menu_item: Some(item.into()) }))
    }

    /// Any event of protocol §7 by its name: `CLICK`, `scancode_waitmsg`, `TEMPLATESENDJOBFINISH`, `user_get_card` and so
    /// on, with all its fields, the values of which [`field`](Self::field) sets. A name that is not known makes an event
    /// without fields, as the platform adds some every year. Following, scanning and leaving change who follows and so
    /// are acts of their own.
    ///
    /// ```
    /// use wx_sim::Act;
    ///
    /// let act = Act::event("oK7tV5xA2bQm9Lr0PzYc3NdEfGhI", "CLICK").field("EventKey", "MENU_HELP");
    /// # let _ = act;
    /// ```
    pub fn event(openid: impl Into<String>, name: impl Into<String>) -> Self {
        let kind = PushKind { name: name.into(), is_message: false, fields: Vec::new() };
        Self::new(openid, Deed::Push(kind))
    }

    /// An event about the account, which the platform itself sends: `verify_expired`, say (protocol §7.3).
    pub fn account_event(name: impl Into<String>) -> Self {
        Self::event(SYSTEM_SENDER, name)
    }

    /// An ordinary message (普通消息, protocol §7.4) by its type: `text`, `image`, `voice`, `video`, `shortvideo`,
    /// `location` or `link`.
    pub fn message(openid: impl Into<String>, message_type: impl Into<String>) -> Self {
        let kind = PushKind { name: message_type.into(), is_message: true, fields: Vec::new() };
        Self::new(openid, Deed::Push(kind))
    }

    /// Pushes these bytes as they are, signed and, where the mode asks for it, encrypted, whatever they mean.
    pub fn raw(openid: impl Into<String>, xml: impl Into<String>) -> Self {
        Self::new(openid, Deed::Raw { xml: xml.into() })
    }

    /// Sets a field of an [`event`](Self::event) or a [`message`](Self::message), by a path such as `EventKey`,
    /// `ScanCodeInfo.ScanType` or `SubscribeMsgPopupEvent.List[1].TemplateId`.
    pub fn field(mut self, path: impl Into<String>, value: impl Into<FieldValue>) -> Self {
        if let Deed::Push(kind) = &mut self.deed {
            kind.fields.push((path.into(), value.into()));
        }
        self
    }

    /// How the person of a [`follow`](Self::follow) came, as user/info and the statistics will say.
    pub fn coming_from(mut self, scene: SubscribeScene) -> Self {
        if let Deed::Follow(follow) = &mut self.deed {
            follow.subscribe_scene = scene;
        }
        self
    }

    /// A follow through a code whose push does not say so, while user/info does: the `EventKey` is empty and there is
    /// no `Ticket` (protocol §13, no. 1 and 2).
    pub fn hiding_scene_from_push(mut self) -> Self {
        if let Deed::Scan(scan) = &mut self.deed {
            scan.hidden_from_push = true;
        }
        self
    }

    /// A follow through a code of which user/info knows nothing: `ADD_SCENE_OTHERS` (protocol §13, no. 3).
    pub fn hiding_scene_from_user_info(mut self) -> Self {
        if let Deed::Scan(scan) = &mut self.deed {
            scan.hidden_from_user_info = true;
        }
        self
    }

    /// The platform does not hear the first `count` answers to the push of this act, so that the receiver gets true
    /// retries: each lost answer costs one of the three deliveries, and the next one follows at once.
    pub fn losing_answers(mut self, count: usize) -> Self {
        self.lost_answers = count;
        self
    }

    fn new(openid: impl Into<String>, deed: Deed) -> Self {
        Self { openid: openid.into(), deed, lost_answers: 0 }
    }
}
