use super::{
    CardEvent, CardEventKind as Card, DebugDemo, EnterTempSession, Event, InvoiceEvent,
    InvoiceEventKind as Invoice, KfSession, KfSwitch, LocationReport, LocationSelect, MassSendJobFinish,
    MenuClick, MenuView, MenuViewMiniProgram, PictureSource, Pictures, PoiCheckNotify, PublishJobFinish,
    Scan, ScanCode, ScanCodeKind, Subscribe, SubscribeMsgChange, SubscribeMsgPopup, SubscribeMsgSent,
    TemplateSendJobFinish, Unsubscribe, UserData, UserDataKind, Verification, VerificationFailure,
    VerificationFailureKind as Failure, VerificationKind as Verified,
};
use crate::{Fields, UnknownPush};

/// Longer than every name below.
const ROOM: usize = 40;

impl Event {
    /// Reads the event of that name, whatever the case of its letters.
    pub(crate) fn read(name: &str, fields: &Fields) -> Self {
        let mut letters = [0; ROOM];
        let known = letters.get_mut(..name.len()).and_then(|letters| {
            letters.copy_from_slice(name.as_bytes());
            letters.make_ascii_lowercase();
            Self::read_known(letters, fields)
        });
        known.unwrap_or_else(|| Self::Unknown(UnknownPush::new(name)))
    }

    /// By the name in lower case. Byte strings, because the compiler tells those apart by length and letters, and texts
    /// one after another.
    fn read_known(name: &[u8], fields: &Fields) -> Option<Self> {
        Some(match name {
            b"subscribe" => Self::Subscribe(Subscribe::read(fields)),
            b"unsubscribe" => Self::Unsubscribe(Unsubscribe::read(fields)),
            b"scan" => Self::Scan(Scan::read(fields)),

            b"location" => Self::LocationReport(LocationReport::read(fields)),
            b"click" => Self::MenuClick(MenuClick::read(fields)),
            b"view" => Self::MenuView(MenuView::read(fields)),
            b"view_miniprogram" => Self::MenuViewMiniProgram(MenuViewMiniProgram::read(fields)),
            b"scancode_push" => Self::ScanCode(ScanCode::read(ScanCodeKind::Push, fields)),
            b"scancode_waitmsg" => Self::ScanCode(ScanCode::read(ScanCodeKind::WaitMsg, fields)),
            b"pic_sysphoto" => Self::Pictures(Pictures::read(PictureSource::Camera, fields)),
            b"pic_photo_or_album" => Self::Pictures(Pictures::read(PictureSource::CameraOrAlbum, fields)),
            b"pic_weixin" => Self::Pictures(Pictures::read(PictureSource::WeChatAlbum, fields)),
            b"location_select" => Self::LocationSelect(LocationSelect::read(fields)),

            b"kf_create_session" => Self::KfCreateSession(KfSession::read(fields)),
            b"kf_close_session" => Self::KfCloseSession(KfSession::read(fields)),
            b"kf_switch_session" => Self::KfSwitchSession(KfSwitch::read(fields)),
            b"user_enter_tempsession" => Self::EnterTempSession(EnterTempSession {}),

            b"subscribe_msg_popup_event" => Self::SubscribeMsgPopup(SubscribeMsgPopup::read(fields)),
            b"subscribe_msg_change_event" => Self::SubscribeMsgChange(SubscribeMsgChange::read(fields)),
            b"subscribe_msg_sent_event" => Self::SubscribeMsgSent(SubscribeMsgSent::read(fields)),

            b"user_info_modified" => user_data(UserDataKind::InfoModified, fields),
            b"user_authorization_revoke" => user_data(UserDataKind::AuthorizationRevoked, fields),
            b"user_authorization_cancellation" => user_data(UserDataKind::AccountClosed, fields),

            b"templatesendjobfinish" => Self::TemplateSendJobFinish(TemplateSendJobFinish::read(fields)),
            b"masssendjobfinish" => Self::MassSendJobFinish(MassSendJobFinish::read(fields)),
            b"publishjobfinish" | b"freepublishjobfinish" => {
                Self::PublishJobFinish(PublishJobFinish::read(fields))
            }

            b"qualification_verify_success" => verification(Verified::QualificationSuccess, fields),
            b"naming_verify_success" => verification(Verified::NamingSuccess, fields),
            b"annual_renew" => verification(Verified::AnnualRenew, fields),
            b"verify_expired" => verification(Verified::Expired, fields),
            b"qualification_verify_fail" => failure(Failure::Qualification, fields),
            b"naming_verify_fail" => failure(Failure::Naming, fields),
            b"poi_check_notify" => Self::PoiCheckNotify(PoiCheckNotify::read(fields)),

            b"card_pass_check" => card(Card::PassCheck, fields),
            b"card_not_pass_check" => card(Card::NotPassCheck, fields),
            b"user_get_card" => card(Card::UserGet, fields),
            b"user_gifting_card" => card(Card::UserGifting, fields),
            b"user_del_card" => card(Card::UserDelete, fields),
            b"user_consume_card" => card(Card::UserConsume, fields),
            b"user_pay_from_pay_cell" => card(Card::UserPayFromPayCell, fields),
            b"user_view_card" => card(Card::UserView, fields),
            b"user_enter_session_from_card" => card(Card::UserEnterSession, fields),
            b"update_member_card" => card(Card::UpdateMemberCard, fields),
            b"card_sku_remind" => card(Card::SkuRemind, fields),
            b"card_pay_order" => card(Card::PayOrder, fields),
            b"submit_membercard_user_info" => card(Card::SubmitMemberCardUserInfo, fields),
            b"giftcard_pay_done" => card(Card::GiftCardPayDone, fields),
            b"giftcard_send_to_friend" => card(Card::GiftCardSendToFriend, fields),
            b"giftcard_user_accept" => card(Card::GiftCardUserAccept, fields),

            b"user_authorize_invoice" => invoice(Invoice::UserAuthorize, fields),
            b"cloud_invoice_invoiceresult_event" => invoice(Invoice::Result, fields),
            b"debug_demo" => Self::DebugDemo(DebugDemo::read(fields)),
            _ => return None,
        })
    }
}

fn user_data(kind: UserDataKind, fields: &Fields) -> Event {
    Event::UserData(UserData::read(kind, fields))
}

fn verification(kind: Verified, fields: &Fields) -> Event {
    Event::Verification(Verification::read(kind, fields))
}

fn failure(kind: Failure, fields: &Fields) -> Event {
    Event::VerificationFailure(VerificationFailure::read(kind, fields))
}

fn card(kind: Card, fields: &Fields) -> Event {
    Event::Card(Box::new(CardEvent::read(kind, fields)))
}

fn invoice(kind: Invoice, fields: &Fields) -> Event {
    Event::Invoice(InvoiceEvent::read(kind, fields))
}
