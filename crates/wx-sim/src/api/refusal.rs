use crate::platform::{Exhausted, NoAllowance};
use std::{borrow::Cow, net::IpAddr};

/// An error answer of the platform (全局返回码, protocol §11): the code and the text that goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) errcode: i32,
    pub(super) errmsg: Cow<'static, str>,
}

/// Names a refusal for each code and lists them all, so that a fault finds the text of its code.
macro_rules! refusals {
    ($($name:ident = $code:literal, $text:literal;)*) => {
        impl Refusal {
            $(pub(super) const $name: Self = Self { errcode: $code, errmsg: Cow::Borrowed($text) };)*
            const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

refusals! {
    SYSTEM_BUSY = -1, "system error";
    INVALID_CREDENTIAL = 40001, "invalid credential, access_token is invalid or not latest";
    INVALID_GRANT_TYPE = 40002, "invalid grant_type";
    INVALID_OPENID = 40003, "invalid openid";
    INVALID_MESSAGE_TYPE = 40008, "invalid message type";
    INVALID_APP_ID = 40013, "invalid appid";
    INVALID_ACCESS_TOKEN = 40014, "invalid access_token";
    OPENID_COUNT = 40032, "invalid openid list size";
    INVALID_ACTION_NAME = 40052, "invalid action name";
    INVALID_ACTION_INFO = 40053, "invalid action info, please check document";
    INVALID_URL = 40066, "invalid url";
    INVALID_REMARK = 40092, "invalid remark name";
    COMPONENT_CREDENTIAL = 40094, "invalid component credential";
    INVALID_SECRET = 40125, "invalid appsecret";
    INVALID_CHECK_URL = 40201, "invalid check url";
    INVALID_CHECK_ACTION = 40202, "invalid check action";
    INVALID_CHECK_OPERATOR = 40203, "invalid check operator";
    SECRET_FROZEN = 40243, "AppSecret has been frozen";
    ACCESS_TOKEN_MISSING = 41001, "access_token missing";
    APP_ID_MISSING = 41002, "appid missing";
    SECRET_MISSING = 41004, "appsecret missing";
    MEDIA_ID_MISSING = 41006, "media_id missing";
    OPENID_MISSING = 41009, "missing openid";
    MISSING_FIELDS = 41011, "missing required fields! please check document and request json!";
    COMPONENT_APP_ID_MISSING = 41018, "missing component_appid";
    COMPONENT_TOKEN_MISSING = 41021, "missing component_access_token";
    ACCESS_TOKEN_EXPIRED = 42001, "access_token expired";
    COMPONENT_TOKEN_EXPIRED = 42006, "component_access_token expired";
    REQUIRE_GET = 43001, "require GET method";
    REQUIRE_POST = 43002, "require POST method";
    EMPTY_POST_DATA = 44002, "empty post data";
    EMPTY_NEWS = 44003, "empty news data";
    EMPTY_CONTENT = 44004, "empty content";
    CONTENT_TOO_LONG = 45002, "content size out of limit";
    TOO_MANY_ARTICLES = 45008, "article size out of limit";
    DAILY_QUOTA = 45009, "reach max api daily quota limit";
    MINUTE_QUOTA = 45011, "api minute-quota reach limit, must slower, retry next minute";
    WINDOW_CLOSED = 45015, "response out of time limit or subscription is canceled";
    CODE_COUNT = 45029, "qrcode count out of limit";
    MESSAGES_USED_UP = 45047, "out of response count limit";
    TOO_MANY_TAGS = 45056, "too many tag now, no need to add new";
    TAG_TOO_LARGE = 45057, "can't delete the tag that has too many fans";
    SYSTEM_TAG = 45058, "can't modify sys tag";
    TOO_MANY_TAGS_ON_USER = 45059, "can not tagging one user too much";
    TYPING_COMMAND = 45072, "invalid command";
    TYPING_NEEDS_MESSAGE = 45080, "need sending message to user, or recving message from user in the last 30 seconds before typing";
    ALREADY_TYPING = 45081, "you are already typing";
    INVALID_TAG_NAME = 45157, "invalid tag name";
    TAG_NAME_TOO_LONG = 45158, "tag name too long";
    INVALID_TAG_ID = 45159, "invalid tag id";
    DATA_FORMAT = 47001, "data format error";
    ARGUMENT_INVALID = 47003, "argument invalid!";
    UNAUTHORIZED = 48001, "api unauthorized";
    USER_BLOCKS = 48002, "user block receive message";
    CLEAR_QUOTA_LIMIT = 48006, "forbid to clear quota because of reaching the limit";
    USER_UNAUTHORIZED = 50001, "api unauthorized or user unauthorized";
    USER_LIMITED = 50002, "user limited";
    TOKEN_FORBIDDEN = 50004, "user not allow to use accesstoken, maybe for punishment";
    COMPONENT_UNAUTHORIZED = 61003, "component is not authorized by this account";
    TICKET_EXPIRED = 61005, "component ticket is expired";
    TICKET_INVALID = 61006, "component ticket is invalid";
    NOT_GRANTED_TO_COMPONENT = 61007, "api is unauthorized to component";
    CODE_INVALID = 61009, "code is invalid";
    CODE_EXPIRED = 61010, "code is expired";
    INVALID_COMPONENT = 61011, "invalid component";
    NEEDS_COMPONENT_TOKEN = 61014, "must use component token for component api";
    NEEDS_ACCOUNT_TOKEN = 61015, "must use biz account token for not component api";
    REFRESH_TOKEN_INVALID = 61023, "refresh_token is invalid";
    KF_SYSTEM_ERROR = 61450, "system error";
    DATE_FORMAT = 61500, "date format error";
    DATE_RANGE = 61501, "date range error";
    DATA_NOT_READY = 61503, "data not ready, please try later";
    RID_NOT_FOUND = 76001, "rid not found";
    RID_INVALID = 76002, "rid is error";
    RID_EXPIRED = 76004, "rid is expired";
    CGI_PATH_NOT_FOUND = 76021, "cgi_path not found, please check";
    CGI_PATH_FORBIDDEN = 76022, "could not use this cgi_path, no permission";
    LONG_DATA_TOO_LONG = 9_410_010, "long_data is too long";
    EXPIRE_TOO_LARGE = 9_410_011, "expire_seconds is too large";
    SHORT_KEY_NOT_FOUND = 9_410_012, "short_key is not found";
}

impl Refusal {
    /// The refusal of this code, with the platform's text where it is known.
    pub(super) fn of(errcode: i32) -> Self {
        let known = Self::ALL.iter().find(|refusal| refusal.errcode == errcode);
        known.cloned().unwrap_or(Self { errcode, errmsg: Cow::Borrowed("refused on demand") })
    }

    /// 40164, with the address in both of its forms (protocol §1.3).
    pub(super) fn ip_not_allowed(caller: IpAddr) -> Self {
        let six = match caller {
            IpAddr::V4(address) => address.to_ipv6_mapped(),
            IpAddr::V6(address) => address,
        };
        let errmsg = format!("invalid ip {caller} ipv6 {six}, not in whitelist");
        Self { errcode: 40164, errmsg: Cow::Owned(errmsg) }
    }

    /// The JSON body, which ends in a request id (protocol §1.6).
    pub(super) fn body(&self, rid: &str) -> String {
        let Self { errcode, errmsg } = self;
        format!(r#"{{"errcode":{errcode},"errmsg":"{errmsg} rid: {rid}"}}"#)
    }
}

impl From<Exhausted> for Refusal {
    fn from(limit: Exhausted) -> Self {
        match limit {
            Exhausted::Day => Self::DAILY_QUOTA,
            Exhausted::Minute => Self::MINUTE_QUOTA,
        }
    }
}

impl From<NoAllowance> for Refusal {
    fn from(reason: NoAllowance) -> Self {
        match reason {
            NoAllowance::Closed => Self::WINDOW_CLOSED,
            NoAllowance::UsedUp => Self::MESSAGES_USED_UP,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_shows_in_both_forms() {
        let refusal = Refusal::ip_not_allowed("203.0.113.9".parse().unwrap());
        assert_eq!(refusal.errmsg, "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist");
    }

    #[test]
    fn texts_are_fit_for_json_as_they_are() {
        let plain = |refusal: &Refusal| !refusal.errmsg.contains(['"', '\\', '\n']);
        assert!(Refusal::ALL.iter().all(plain));
        assert_eq!(Refusal::of(45029), Refusal::CODE_COUNT);
        assert_eq!(Refusal::of(99).errcode, 99);
    }
}
