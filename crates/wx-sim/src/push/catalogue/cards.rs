use super::{
    Kind,
    Value::{Number, Text},
    by_anybody,
};

/// Cards and coupons (卡券, protocol §7.3).
pub(super) const KINDS: &[Kind] = &[
    by_anybody("card_pass_check", CARD),
    by_anybody("card_not_pass_check", CARD),
    by_anybody(
        "user_get_card",
        &[
            ("CardId", Text("pEXAMPLEcard0001")),
            ("IsGiveByFriend", Number("0")),
            ("UserCardCode", Text("900112233445")),
            ("FriendUserName", Text("")),
            ("OuterId", Number("0")),
            ("OldUserCardCode", Text("")),
            ("OuterStr", Text("store-0117")),
            ("IsRestoreMemberCard", Number("0")),
            ("IsRecommendByFriend", Number("0")),
        ],
    ),
    by_anybody("user_gifting_card", HELD),
    by_anybody("user_del_card", HELD),
    by_anybody("user_consume_card", HELD),
    by_anybody("user_pay_from_pay_cell", HELD),
    by_anybody("user_view_card", HELD),
    by_anybody("user_enter_session_from_card", HELD),
    by_anybody("update_member_card", HELD),
    by_anybody("card_sku_remind", CARD),
    by_anybody("card_pay_order", CARD),
    by_anybody("submit_membercard_user_info", HELD),
    by_anybody("giftcard_pay_done", CARD),
    by_anybody("giftcard_send_to_friend", CARD),
    by_anybody("giftcard_user_accept", CARD),
];

const CARD: &[(&str, super::Value)] = &[("CardId", Text("pEXAMPLEcard0001"))];

const HELD: &[(&str, super::Value)] = &[
    ("CardId", Text("pEXAMPLEcard0001")),
    ("UserCardCode", Text("900112233445")),
    ("OuterStr", Text("store-0117")),
];
