use super::{
    Kind,
    Value::{Number, Text},
    by_anybody, by_follower, by_menu, by_platform,
};

/// What people do (protocol §7.2); following and scanning are acts of their own.
pub(super) const KINDS: &[Kind] = &[
    by_follower(
        "LOCATION",
        &[
            ("Latitude", Number("31.230416")),
            ("Longitude", Number("121.473701")),
            ("Precision", Number("65.000000")),
        ],
    ),
    by_menu("CLICK", &[("EventKey", Text("MENU_CHANNEL_HELP"))]),
    by_follower(
        "VIEW",
        &[("EventKey", Text("https://qr.example.com/m/landing?from=menu")), ("MenuId", Number("437700112"))],
    ),
    by_follower(
        "view_miniprogram",
        &[("EventKey", Text("pages/store/index?id=117")), ("MenuId", Number("437700113"))],
    ),
    by_menu("scancode_push", SCAN_CODE),
    by_menu("scancode_waitmsg", SCAN_CODE),
    by_follower("pic_sysphoto", PICTURES),
    by_follower("pic_photo_or_album", PICTURES),
    by_follower("pic_weixin", PICTURES),
    by_follower(
        "location_select",
        &[
            ("EventKey", Text("MENU_LOC")),
            ("SendLocationInfo.Location_X", Text("31.2304")),
            ("SendLocationInfo.Location_Y", Text("121.4737")),
            ("SendLocationInfo.Scale", Text("15")),
            ("SendLocationInfo.Label", Text("上海市黄浦区示例路 1 号")),
            ("SendLocationInfo.Poiname", Text("")),
        ],
    ),
    by_follower("kf_create_session", &[("KfAccount", Text("desk3@demo_mp"))]),
    by_follower("kf_close_session", &[("KfAccount", Text("desk3@demo_mp"))]),
    by_follower(
        "kf_switch_session",
        &[("FromKfAccount", Text("desk3@demo_mp")), ("ToKfAccount", Text("desk4@demo_mp"))],
    ),
    by_anybody("user_enter_tempsession", &[]),
    by_anybody(
        "subscribe_msg_popup_event",
        &[
            ("SubscribeMsgPopupEvent.List[0].TemplateId", Text("TPL_EXAMPLE_0001")),
            ("SubscribeMsgPopupEvent.List[0].SubscribeStatusString", Text("accept")),
            ("SubscribeMsgPopupEvent.List[0].PopupScene", Number("2")),
            ("SubscribeMsgPopupEvent.List[1].TemplateId", Text("TPL_EXAMPLE_0002")),
            ("SubscribeMsgPopupEvent.List[1].SubscribeStatusString", Text("reject")),
            ("SubscribeMsgPopupEvent.List[1].PopupScene", Number("2")),
        ],
    ),
    by_anybody(
        "subscribe_msg_change_event",
        &[
            ("SubscribeMsgChangeEvent.List.TemplateId", Text("TPL_EXAMPLE_0001")),
            ("SubscribeMsgChangeEvent.List.SubscribeStatusString", Text("reject")),
        ],
    ),
    by_anybody(
        "subscribe_msg_sent_event",
        &[
            ("SubscribeMsgSentEvent.List.TemplateId", Text("TPL_EXAMPLE_0001")),
            ("SubscribeMsgSentEvent.List.MsgID", Number("1864323726461255680")),
            ("SubscribeMsgSentEvent.List.ErrorCode", Number("0")),
            ("SubscribeMsgSentEvent.List.ErrorStatus", Text("success")),
        ],
    ),
    by_platform("user_info_modified", REVOKED),
    by_platform("user_authorization_revoke", REVOKED),
    by_platform("user_authorization_cancellation", REVOKED),
];

const SCAN_CODE: &[(&str, super::Value)] = &[
    ("EventKey", Text("MENU_SCAN")),
    ("ScanCodeInfo.ScanType", Text("qrcode")),
    ("ScanCodeInfo.ScanResult", Text("https://qr.example.com/t/A17")),
];

const PICTURES: &[(&str, super::Value)] = &[
    ("EventKey", Text("MENU_PHOTO")),
    ("SendPicsInfo.Count", Number("1")),
    ("SendPicsInfo.PicList.item.PicMd5Sum", Text("7c1e3b0931126a20f133d67c2b018a3b")),
];

const REVOKED: &[(&str, super::Value)] =
    &[("OpenID", Text("")), ("AppID", Text("")), ("RevokeInfo", Text("205"))];
