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
    Follow,
    Unfollow,
    Scan { ticket: String },
    Say { text: String },
}

impl Act {
    /// Points a phone at the code of `ticket`: pushes SCAN for a follower, else follows through it (`subscribe` with
    /// `qrscene_`, protocol §7.1).
    pub fn scan(openid: impl Into<String>, ticket: impl Into<String>) -> Self {
        Self::new(openid, Deed::Scan { ticket: ticket.into() })
    }

    /// Follows (关注) without a code: by search, a card or the account's plain code.
    pub fn follow(openid: impl Into<String>) -> Self {
        Self::new(openid, Deed::Follow)
    }

    /// Stops following (取消关注).
    pub fn unfollow(openid: impl Into<String>) -> Self {
        Self::new(openid, Deed::Unfollow)
    }

    /// Writes a text message (文本消息).
    pub fn say(openid: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(openid, Deed::Say { text: text.into() })
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
