use super::{
    Kind,
    Value::{Number, Text},
    by_anybody,
};

/// What the platform has to say about tasks and about the account, and legacy events (protocol §7.3).
pub(super) const KINDS: &[Kind] = &[
    by_anybody(
        "TEMPLATESENDJOBFINISH",
        &[("MsgID", Number("3100220033004400551")), ("Status", Text("success"))],
    ),
    by_anybody(
        "MASSSENDJOBFINISH",
        &[
            ("MsgID", Number("3147483651")),
            ("Status", Text("send success")),
            ("TotalCount", Number("1200")),
            ("FilterCount", Number("1180")),
            ("SentCount", Number("1179")),
            ("ErrorCount", Number("1")),
            ("CopyrightCheckResult.Count", Number("0")),
            ("CopyrightCheckResult.ResultList", Text("")),
            ("CopyrightCheckResult.CheckState", Number("2")),
            ("ArticleUrlResult.Count", Number("1")),
            ("ArticleUrlResult.ResultList.item.ArticleIdx", Number("1")),
            ("ArticleUrlResult.ResultList.item.ArticleUrl", Text("https://mp.weixin.qq.com/s/EXAMPLE")),
        ],
    ),
    by_anybody("PUBLISHJOBFINISH", PUBLISHED),
    by_anybody("FREEPUBLISHJOBFINISH", PUBLISHED),
    by_anybody("qualification_verify_success", &[("ExpiredTime", Number("1798761600"))]),
    by_anybody("qualification_verify_fail", FAILED),
    by_anybody("naming_verify_success", &[("ExpiredTime", Number("1798761600"))]),
    by_anybody("naming_verify_fail", FAILED),
    by_anybody("annual_renew", &[("ExpiredTime", Number("1798761600"))]),
    by_anybody("verify_expired", &[("ExpiredTime", Number("1798761600"))]),
    by_anybody(
        "poi_check_notify",
        &[
            ("UniqId", Text("store-0117")),
            ("PoiId", Text("472671857")),
            ("Result", Text("succ")),
            ("Msg", Text("")),
        ],
    ),
    by_anybody("user_authorize_invoice", INVOICE),
    by_anybody("cloud_invoice_invoiceresult_event", INVOICE),
    by_anybody("merchant_order", &[]),
    by_anybody("WifiConnected", &[]),
    by_anybody("ShakearoundUserShake", &[]),
    by_anybody("guide_qrcode_scan_event", &[]),
    by_anybody("guide_invite_result_event", &[]),
    by_anybody("debug_demo", &[("debug_str", Text("hello world"))]),
];

const PUBLISHED: &[(&str, super::Value)] = &[
    ("PublishEventInfo.publish_id", Number("2247503051")),
    ("PublishEventInfo.publish_status", Number("0")),
    ("PublishEventInfo.article_id", Text("EXAMPLE_ARTICLE_ID")),
    ("PublishEventInfo.article_detail.count", Number("1")),
    ("PublishEventInfo.article_detail.item.idx", Number("1")),
    ("PublishEventInfo.article_detail.item.article_url", Text("https://mp.weixin.qq.com/s/EXAMPLE2")),
];

const FAILED: &[(&str, super::Value)] =
    &[("FailTime", Number("1767226100")), ("FailReason", Text("example reason"))];

const INVOICE: &[(&str, super::Value)] = &[
    ("SuccOrderId", Text("order-0117")),
    ("FailOrderId", Text("")),
    ("AuthorizeAppId", Text("wx7a3f00c1d2e3b4a5")),
    ("Source", Text("web")),
];
