use crate::{Fields, leaves::Leaves};

/// A customer-service session (客服会话) begins (`kf_create_session`) or ends (`kf_close_session`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KfSession {
    /// The account of the member of staff (客服账号, `KfAccount`), `name@account`.
    pub account: String,
}

impl KfSession {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { account: fields.name("KfAccount") }
    }
}

/// `kf_switch_session`: a customer-service session is handed over (转接会话).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KfSwitch {
    /// The account of who had it (`FromKfAccount`).
    pub from: String,
    /// The account of who has it now (`ToKfAccount`).
    pub to: String,
}

impl KfSwitch {
    pub(super) fn read(fields: &Fields) -> Self {
        Self { from: fields.name("FromKfAccount"), to: fields.name("ToKfAccount") }
    }
}

/// `user_enter_tempsession`: somebody who may not follow the account opens a temporary session with it (临时会话).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnterTempSession {}
