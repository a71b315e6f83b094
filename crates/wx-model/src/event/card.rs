use crate::{Fields, OpenId, leaves::Leaves};

/// Something happened to a card or coupon (卡券, protocol §7.3). Which of the fields are there depends on the event;
/// those of single events, such as prices and stocks, are in [`Push::field`](crate::Push::field).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CardEvent {
    /// Which of the sixteen events it is.
    pub kind: CardEventKind,
    /// The kind of card (`CardId`).
    pub card_id: Option<String>,
    /// The number of this one card (`UserCardCode`).
    pub code: Option<String>,
    /// The number that the card had before it was given away (`OldUserCardCode`).
    pub old_code: Option<String>,
    /// The scene of the card's own QR code (`OuterStr`): not that of a code with parameters of the account.
    pub outer_str: Option<String>,
    /// The same as a number, in older cards (`OuterId`); 0 if there was none.
    pub outer_id: Option<u64>,
    /// Whether a friend gave it (`IsGiveByFriend`).
    pub is_given_by_friend: Option<bool>,
    /// Whether a friend recommended it (`IsRecommendByFriend`).
    pub is_recommended_by_friend: Option<bool>,
    /// Whether a member card comes back that had been deleted (`IsRestoreMemberCard`).
    pub is_restored: Option<bool>,
    /// The friend who gave or gets it (`FriendUserName`).
    pub friend: Option<OpenId>,
    /// The person across all accounts of one owner (`UnionId`).
    pub union_id: Option<String>,
}

/// Which of the events of cards it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CardEventKind {
    /// `card_pass_check` (卡券审核通过): the review accepts a kind of card.
    PassCheck,
    /// `card_not_pass_check` (卡券审核未通过): the review refuses it.
    NotPassCheck,
    /// `user_get_card` (用户领取卡券).
    UserGet,
    /// `user_gifting_card` (用户转赠卡券).
    UserGifting,
    /// `user_del_card` (用户删除卡券).
    UserDelete,
    /// `user_consume_card` (卡券被核销): it was redeemed.
    UserConsume,
    /// `user_pay_from_pay_cell` (微信买单): paid at the till through the card.
    UserPayFromPayCell,
    /// `user_view_card` (用户点击会员卡).
    UserView,
    /// `user_enter_session_from_card` (用户从卡券进入公众号会话).
    UserEnterSession,
    /// `update_member_card` (会员卡内容更新): the points or the balance changed.
    UpdateMemberCard,
    /// `card_sku_remind` (库存报警): the stock is low.
    SkuRemind,
    /// `card_pay_order` (券点流水详情): the account's coupon points changed.
    PayOrder,
    /// `submit_membercard_user_info` (会员卡激活): the person filled in the form of a member card.
    SubmitMemberCardUserInfo,
    /// `giftcard_pay_done` (礼品卡支付成功).
    GiftCardPayDone,
    /// `giftcard_send_to_friend` (礼品卡赠送).
    GiftCardSendToFriend,
    /// `giftcard_user_accept` (礼品卡领取).
    GiftCardUserAccept,
}

impl CardEvent {
    pub(super) fn read(kind: CardEventKind, fields: &Fields) -> Self {
        Self {
            kind,
            card_id: fields.id("CardId"),
            code: fields.id("UserCardCode"),
            old_code: fields.id("OldUserCardCode"),
            outer_str: fields.id("OuterStr"),
            outer_id: fields.number("OuterId"),
            is_given_by_friend: fields.flag("IsGiveByFriend"),
            is_recommended_by_friend: fields.flag("IsRecommendByFriend"),
            is_restored: fields.flag("IsRestoreMemberCard"),
            friend: fields.id("FriendUserName"),
            union_id: fields.id("UnionId"),
        }
    }
}

impl CardEventKind {
    /// A review, a stock or a balance, rather than something that a person did with a card.
    pub(super) fn is_from_platform(self) -> bool {
        matches!(
            self,
            Self::PassCheck | Self::NotPassCheck | Self::UpdateMemberCard | Self::SkuRemind | Self::PayOrder
        )
    }
}
