mod card;
mod debug_demo;
mod follow;
mod invoice;
mod kf;
mod location_report;
mod location_select;
mod mass_send_job;
mod menu;
mod pictures;
mod poi;
mod publish_job;
mod read;
mod scan_code;
mod subscribe_message;
mod template_job;
mod user_data;
mod verification;

pub use card::{CardEvent, CardEventKind};
pub use debug_demo::DebugDemo;
pub use follow::{Scan, Subscribe, Unsubscribe};
pub use invoice::{InvoiceEvent, InvoiceEventKind};
pub use kf::{EnterTempSession, KfSession, KfSwitch};
pub use location_report::LocationReport;
pub use location_select::LocationSelect;
pub use mass_send_job::{MassSendJobFinish, MassSendRefusal, MassSendStatus};
pub use menu::{MenuClick, MenuView, MenuViewMiniProgram};
pub use pictures::{PictureSource, Pictures};
pub use poi::PoiCheckNotify;
pub use publish_job::{PublishJobFinish, PublishedArticle};
pub use scan_code::{ScanCode, ScanCodeKind, ScanType};
pub use subscribe_message::{
    PopupScene, SubscribeMsgChange, SubscribeMsgChoice, SubscribeMsgPopup, SubscribeMsgResult,
    SubscribeMsgSent, SubscribeMsgStatus,
};
pub use template_job::{TemplateSendJobFinish, TemplateSendStatus};
pub use user_data::{RevokeInfo, UserData, UserDataKind};
pub use verification::{Verification, VerificationFailure, VerificationFailureKind, VerificationKind};

use crate::UnknownPush;

/// Something a person or the platform did (事件推送, `MsgType` = `event`, protocol §7.1 to §7.3).
///
/// Names match without regard to case. Reading an event never fails: what is absent or odd inside is `None` or empty,
/// and its exact text is in [`Push::field`](crate::Push::field), as is everything that has no field here. An event
/// that is not modelled is [`Event::Unknown`].
///
/// Events of one kind with the same fields may share a variant; the first field in it says which one it is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// `subscribe`: somebody follows the account (关注).
    Subscribe(Subscribe),
    /// `unsubscribe`: somebody stops following (取消关注).
    Unsubscribe(Unsubscribe),
    /// `SCAN`: a follower scans a code with parameters (已关注扫码).
    Scan(Scan),
    /// `LOCATION`: where a follower is (上报地理位置).
    LocationReport(LocationReport),
    /// `CLICK`: a tap on the menu (自定义菜单) that asks for a message.
    MenuClick(MenuClick),
    /// `VIEW`: a tap on the menu that opens a page.
    MenuView(MenuView),
    /// `view_miniprogram`: a tap on the menu that opens a mini program (小程序).
    MenuViewMiniProgram(MenuViewMiniProgram),
    /// `scancode_push`, `scancode_waitmsg`: a scan with the menu's scanner (扫码推事件).
    ScanCode(ScanCode),
    /// `pic_sysphoto`, `pic_photo_or_album`, `pic_weixin`: pictures sent through the menu (发图).
    Pictures(Pictures),
    /// `location_select`: a place chosen through the menu (发送位置).
    LocationSelect(LocationSelect),
    /// `kf_create_session`: a customer-service session (客服会话) begins.
    KfCreateSession(KfSession),
    /// `kf_close_session`: a customer-service session ends.
    KfCloseSession(KfSession),
    /// `kf_switch_session`: a customer-service session is handed over.
    KfSwitchSession(KfSwitch),
    /// `user_enter_tempsession`: somebody opens a temporary session (临时会话).
    EnterTempSession(EnterTempSession),
    /// `subscribe_msg_popup_event`: answers about subscription messages (订阅通知).
    SubscribeMsgPopup(SubscribeMsgPopup),
    /// `subscribe_msg_change_event`: changed answers about subscription messages.
    SubscribeMsgChange(SubscribeMsgChange),
    /// `subscribe_msg_sent_event`: what became of subscription messages.
    SubscribeMsgSent(SubscribeMsgSent),
    /// `user_info_modified`, `user_authorization_revoke`, `user_authorization_cancellation`: a person took back what
    /// they had allowed (用户资料变更). The sender is the platform.
    UserData(UserData),
    /// `TEMPLATESENDJOBFINISH`: what became of a template message (模板消息).
    TemplateSendJobFinish(TemplateSendJobFinish),
    /// `MASSSENDJOBFINISH`: what became of a message to many (群发).
    MassSendJobFinish(MassSendJobFinish),
    /// `PUBLISHJOBFINISH`, `FREEPUBLISHJOBFINISH`: what became of a publication (发布).
    PublishJobFinish(PublishJobFinish),
    /// `qualification_verify_success`, `naming_verify_success`, `annual_renew`, `verify_expired`: how the
    /// verification of the account (微信认证) stands.
    Verification(Verification),
    /// `qualification_verify_fail`, `naming_verify_fail`: the verification of the account failed.
    VerificationFailure(VerificationFailure),
    /// `poi_check_notify`: a shop (门店) was reviewed.
    PoiCheckNotify(PoiCheckNotify),
    /// The sixteen events of cards and coupons (卡券).
    Card(Box<CardEvent>),
    /// `user_authorize_invoice`, `cloud_invoice_invoiceresult_event`: electronic invoices (电子发票).
    Invoice(InvoiceEvent),
    /// `debug_demo`: the platform's debugger tries the callback (消息推送调试).
    DebugDemo(DebugDemo),
    /// Any other event, among them those for which the protocol lists no fields: `merchant_order`, `WifiConnected`,
    /// `ShakearoundUserShake`, `guide_qrcode_scan_event`, `guide_invite_result_event`.
    Unknown(UnknownPush),
}

impl Event {
    /// Whether it tells of a job, a review or the account, and no act of a person in the chat set it off. The
    /// platform shows no reply to such an event (protocol §9).
    ///
    /// What is not known for sure to be one is none, because a reply that is withheld wrongly is lost: unknown events,
    /// and those of protocol §7.3 that a person sets off (cards taken or used, invoices) or that wait for an answer
    /// (`debug_demo`).
    pub fn is_from_platform(&self) -> bool {
        match self {
            Self::UserData(_)
            | Self::TemplateSendJobFinish(_)
            | Self::MassSendJobFinish(_)
            | Self::PublishJobFinish(_)
            | Self::Verification(_)
            | Self::VerificationFailure(_)
            | Self::PoiCheckNotify(_) => true,
            Self::Card(card) => card.kind.is_from_platform(),
            Self::Invoice(invoice) => invoice.kind == InvoiceEventKind::Result,
            _ => false,
        }
    }
}
