use crate::{AppId, Fields, OpenId, leaves::Leaves};

/// A person took back what they had allowed (用户资料变更, protocol §7.2): `user_info_modified`,
/// `user_authorization_revoke` or `user_authorization_cancellation`.
///
/// The sender of these pushes is the platform. Whom they are about stands here, and in
/// [`Push::person`](crate::Push::person).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserData {
    /// Which of the three events it is.
    pub kind: UserDataKind,
    /// The person (`OpenID`, in the open-platform variant `openid`).
    pub openid: Option<OpenId>,
    /// The account that they had allowed it to (`AppID`, `appid`).
    pub app_id: Option<AppId>,
    /// What they took back.
    pub revoke_info: Option<RevokeInfo>,
    /// The person across all accounts of one owner (`UnionID`).
    pub union_id: Option<String>,
}

/// Which of the events with [`UserData`] it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UserDataKind {
    /// `user_info_modified` (用户资料变更): nickname and picture changed, or what was allowed about them.
    InfoModified,
    /// `user_authorization_revoke` (用户撤回授权). Delete the data.
    AuthorizationRevoked,
    /// `user_authorization_cancellation` (用户注销): the person closed their WeChat account. Delete the data.
    AccountClosed,
}

/// What a person took back (`RevokeInfo`): an open set of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevokeInfo(u32);

impl RevokeInfo {
    /// The postal address (地址).
    pub const ADDRESS: Self = Self(201);
    /// The invoice data (发票信息).
    pub const INVOICE: Self = Self(202);
    /// The cards (卡券信息).
    pub const CARD: Self = Self(203);
    /// The microphone (麦克风).
    pub const MICROPHONE: Self = Self(204);
    /// The nickname and picture (昵称和头像).
    pub const NICKNAME_AND_AVATAR: Self = Self(205);
    /// The location (位置信息).
    pub const LOCATION: Self = Self(206);
    /// Chosen pictures and videos (选中的图片或视频).
    pub const MEDIA: Self = Self(207);

    /// The value of that number, known or not.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl UserData {
    pub(super) fn read(kind: UserDataKind, fields: &Fields) -> Self {
        Self {
            kind,
            openid: fields.word_of(&["OpenID", "openid"]).map(OpenId::from),
            app_id: fields.word_of(&["AppID", "appid"]).map(AppId::from),
            revoke_info: fields.number("RevokeInfo").map(RevokeInfo),
            union_id: fields.id("UnionID"),
        }
    }
}
