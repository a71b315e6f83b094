use crate::{AppId, Fields, leaves::Leaves};

/// Something about an electronic invoice (电子发票): `user_authorize_invoice` or `cloud_invoice_invoiceresult_event`.
/// What the invoice itself says is in [`Push::field`](crate::Push::field).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvoiceEvent {
    /// Which of the two events it is.
    pub kind: InvoiceEventKind,
    /// The order that is allowed an invoice (`SuccOrderId`).
    pub succ_order_id: Option<String>,
    /// The order that is not (`FailOrderId`).
    pub fail_order_id: Option<String>,
    /// The account that asked (`AuthorizeAppId`).
    pub authorize_app_id: Option<AppId>,
    /// Where the person was asked (`Source`), in the platform's word.
    pub source: Option<String>,
}

/// Which of the events of invoices it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvoiceEventKind {
    /// `user_authorize_invoice` (用户授权开票): the person lets the account issue an invoice.
    UserAuthorize,
    /// `cloud_invoice_invoiceresult_event` (开票结果): the invoice was issued or not.
    Result,
}

impl InvoiceEvent {
    pub(super) fn read(kind: InvoiceEventKind, fields: &Fields) -> Self {
        Self {
            kind,
            succ_order_id: fields.id("SuccOrderId"),
            fail_order_id: fields.id("FailOrderId"),
            authorize_app_id: fields.id("AuthorizeAppId"),
            source: fields.id("Source"),
        }
    }
}
