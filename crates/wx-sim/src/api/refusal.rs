use crate::platform::{Exhausted, Platform};

/// An error answer of the platform (全局返回码): the code and the text that goes over the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) errcode: i32,
    pub(super) errmsg: &'static str,
}

impl Refusal {
    pub(super) const INVALID_CREDENTIAL: Self =
        Self::new(40001, "invalid credential, access_token is invalid or not latest");
    pub(super) const INVALID_GRANT_TYPE: Self = Self::new(40002, "invalid grant_type");
    pub(super) const INVALID_APP_ID: Self = Self::new(40013, "invalid appid");
    pub(super) const INVALID_ACCESS_TOKEN: Self = Self::new(40014, "invalid access_token");
    pub(super) const INVALID_ACTION_NAME: Self = Self::new(40052, "invalid action name");
    pub(super) const INVALID_ACTION_INFO: Self =
        Self::new(40053, "invalid action info, please check document");
    pub(super) const INVALID_URL: Self = Self::new(40066, "invalid url");
    pub(super) const INVALID_SECRET: Self = Self::new(40125, "invalid appsecret");
    pub(super) const ACCESS_TOKEN_MISSING: Self = Self::new(41001, "access_token missing");
    pub(super) const APP_ID_MISSING: Self = Self::new(41002, "appid missing");
    pub(super) const SECRET_MISSING: Self = Self::new(41004, "appsecret missing");
    pub(super) const ACCESS_TOKEN_EXPIRED: Self = Self::new(42001, "access_token expired");
    pub(super) const REQUIRE_GET: Self = Self::new(43001, "require GET method");
    pub(super) const REQUIRE_POST: Self = Self::new(43002, "require POST method");
    pub(super) const EMPTY_POST_DATA: Self = Self::new(44002, "empty post data");
    pub(super) const DAILY_QUOTA: Self = Self::new(45009, "reach max api daily quota limit");
    pub(super) const MINUTE_QUOTA: Self =
        Self::new(45011, "api minute-quota reach limit, must slower, retry next minute");
    pub(super) const CODE_COUNT: Self = Self::new(45029, "qrcode count out of limit");
    pub(super) const DATA_FORMAT: Self = Self::new(47001, "data format error");
    pub(super) const UNAUTHORIZED: Self = Self::new(48001, "api unauthorized");

    const fn new(errcode: i32, errmsg: &'static str) -> Self {
        Self { errcode, errmsg }
    }

    /// The JSON body, which ends in a request id of three groups of eight hex digits (protocol §1.6).
    pub(super) fn body(self, platform: &Platform) -> String {
        let Self { errcode, errmsg } = self;
        let [second, third] = [(); 2].map(|()| platform.random().number());
        // The first group is the time, of which 32 bits are enough until 2106.
        let first = platform.clock().now() & 0xffff_ffff;
        format!(r#"{{"errcode":{errcode},"errmsg":"{errmsg} rid: {first:08x}-{second:08x}-{third:08x}"}}"#)
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
