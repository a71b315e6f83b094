mod authorization;
mod verify_ticket;

pub use authorization::{Authorization, Unauthorization};
pub use verify_ticket::ComponentVerifyTicket;

use crate::{AppId, Fields, Push, PushKind, UnknownPush, leaves::Leaves};

/// A notice to a third-party platform (第三方平台, protocol §1.7): no `MsgType`, named by its `InfoType`. Answer it with
/// the plain text `success`.
///
/// Names match without regard to case. Reading a notice never fails: what is absent or odd inside is `None` or empty.
/// Credentials have types that print as `[redacted]`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// `component_verify_ticket`: the ticket that the platform's own token is asked for with.
    ComponentVerifyTicket(ComponentVerifyTicket),
    /// `authorized`: an account lets the platform act for it (授权成功).
    Authorized(Authorization),
    /// `updateauthorized`: an account changed what the platform may do for it (更新授权).
    UpdateAuthorized(Authorization),
    /// `unauthorized`: an account lets the platform no longer act for it (取消授权).
    Unauthorized(Unauthorization),
    /// Any other notice; its fields stay readable through [`Push::field`].
    Unknown(UnknownPush),
}

impl Notice {
    /// Reads the notice of that type, whatever the case of its letters.
    pub(crate) fn read(info_type: &str, fields: &Fields) -> Self {
        let is = |name: &str| info_type.eq_ignore_ascii_case(name);
        match () {
            () if is("component_verify_ticket") => {
                Self::ComponentVerifyTicket(ComponentVerifyTicket::read(fields))
            }
            () if is("authorized") => Self::Authorized(Authorization::read(fields)),
            () if is("updateauthorized") => Self::UpdateAuthorized(Authorization::read(fields)),
            () if is("unauthorized") => Self::Unauthorized(Unauthorization::read(fields)),
            () => Self::Unknown(UnknownPush::new(info_type)),
        }
    }
}

impl Push {
    /// The notice to a third-party platform, if this is one.
    pub fn notice(&self) -> Option<&Notice> {
        match &self.kind {
            PushKind::Notice(notice) => Some(notice),
            _ => None,
        }
    }
}

/// The AppID of the third-party platform itself (`component_appid`).
fn component(fields: &Fields) -> Option<AppId> {
    fields.id("AppId")
}
