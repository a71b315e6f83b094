use super::component;
use crate::{AppId, Fields, VerifyTicket, leaves::Leaves};

/// `component_verify_ticket` (验证票据): comes every ten minutes, is valid for 12 hours. Keep the newest; without one
/// the platform gets no `component_access_token`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ComponentVerifyTicket {
    /// The third-party platform (`AppId`).
    pub component_app_id: Option<AppId>,
    /// The ticket.
    pub ticket: Option<VerifyTicket>,
}

impl ComponentVerifyTicket {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { component_app_id: component(fields), ticket: fields.id("ComponentVerifyTicket") }
    }
}
