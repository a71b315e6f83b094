use std::{fmt, str::FromStr};

/// What the account is (帐号类型, protocol §12), which decides what it may call and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum AccountKind {
    /// A verified service account (已认证的服务号): it may create codes.
    #[default]
    VerifiedService,
    /// A service account without verification (未认证的服务号), or one whose verification ran out:
    /// `qrcode/create` answers 48001.
    UnverifiedService,
    /// A subscription account (订阅号), verified or not: `qrcode/create` answers 48001.
    Subscription,
    /// A test account (公众平台测试号): it may create codes; its daily limits are about a tenth (protocol §5.5).
    Test,
}

impl AccountKind {
    const ALL: [Self; 4] = [Self::VerifiedService, Self::UnverifiedService, Self::Subscription, Self::Test];

    /// The word of the command line and the control routes: `verified`, `unverified`, `subscription` or `test`.
    pub fn name(self) -> &'static str {
        match self {
            Self::VerifiedService => "verified",
            Self::UnverifiedService => "unverified",
            Self::Subscription => "subscription",
            Self::Test => "test",
        }
    }

    pub(crate) fn may_create_codes(self) -> bool {
        matches!(self, Self::VerifiedService | Self::Test)
    }
}

impl fmt::Display for AccountKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for AccountKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or(UnknownKind)
    }
}

/// A word that is no [`AccountKind`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the kind of an account is one of `verified`, `unverified`, `subscription` and `test`")]
#[non_exhaustive]
pub struct UnknownKind;
