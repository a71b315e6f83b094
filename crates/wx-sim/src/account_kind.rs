/// What the account is (帐号类型, protocol §12), which decides what it may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum AccountKind {
    /// A verified service account (已认证的服务号): it may create codes.
    #[default]
    VerifiedService,
    /// A service account without verification (未认证的服务号): `qrcode/create` answers 48001.
    UnverifiedService,
    /// A subscription account (订阅号), verified or not: `qrcode/create` answers 48001.
    Subscription,
}

impl AccountKind {
    pub(crate) fn may_create_codes(self) -> bool {
        self == Self::VerifiedService
    }
}
