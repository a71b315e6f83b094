use super::{Fields, Nature, Push, PushShape};

/// What is pushed to a third-party platform about itself: `InfoType` (protocol §1.7).
pub(crate) struct Notice<'a> {
    pub(crate) number: u64,
    pub(crate) component: &'a str,
    pub(crate) now: i64,
}

impl Notice<'_> {
    pub(crate) fn verify_ticket(&self, ticket: &str) -> Push {
        self.push("component_verify_ticket", Fields::default().with("ComponentVerifyTicket", ticket))
    }

    /// `authorized`, or `updateauthorized` where the owner did so before.
    pub(crate) fn authorized(&self, is_update: bool, account: &str, code: &Authorized<'_>) -> Push {
        let fields = Fields::default()
            .with("AuthorizerAppid", account)
            .with("AuthorizationCode", code.text)
            .with("AuthorizationCodeExpiredTime", code.expires)
            .with("PreAuthCode", code.pre_auth_code);
        self.push(if is_update { "updateauthorized" } else { "authorized" }, fields)
    }

    pub(crate) fn unauthorized(&self, account: &str) -> Push {
        self.push("unauthorized", Fields::default().with("AuthorizerAppid", account))
    }

    fn push(&self, info_type: &str, fields: Fields) -> Push {
        let document = Fields::default()
            .with("AppId", self.component)
            .with("CreateTime", self.now)
            .with("InfoType", info_type)
            .and(fields);
        Push {
            number: self.number,
            openid: String::new(),
            kind: info_type.to_owned(),
            event_key: String::new(),
            xml: document.document(PushShape::SingleLine),
            nature: Nature::Notice,
        }
    }
}

/// The code of an authorisation.
pub(crate) struct Authorized<'a> {
    pub(crate) text: &'a str,
    pub(crate) expires: i64,
    pub(crate) pre_auth_code: &'a str,
}
