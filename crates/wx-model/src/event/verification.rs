use crate::{Fields, leaves::Leaves};

/// The verification of the account (微信认证) holds, must be renewed, or is over: `qualification_verify_success`,
/// `naming_verify_success`, `annual_renew`, `verify_expired`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verification {
    /// Which of the four events it is.
    pub kind: VerificationKind,
    /// When it expires or did (`ExpiredTime`): seconds since 1970, UTC.
    pub expired_time: Option<i64>,
}

/// Which of the events with a [`Verification`] it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VerificationKind {
    /// `qualification_verify_success` (资质认证成功): the account has the rights of a verified one.
    QualificationSuccess,
    /// `naming_verify_success` (名称认证成功): the name is verified too.
    NamingSuccess,
    /// `annual_renew` (年审通知): the yearly renewal is due.
    AnnualRenew,
    /// `verify_expired` (认证过期失效通知): no longer verified, so `qrcode/create` begins to answer 48001.
    Expired,
}

/// The verification of the account failed: `qualification_verify_fail` or `naming_verify_fail`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerificationFailure {
    /// Which of the two events it is.
    pub kind: VerificationFailureKind,
    /// When it failed (`FailTime`): seconds since 1970, UTC.
    pub fail_time: Option<i64>,
    /// Why (`FailReason`), in the platform's words.
    pub reason: String,
}

/// Which of the events with a [`VerificationFailure`] it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VerificationFailureKind {
    /// `qualification_verify_fail` (资质认证失败).
    Qualification,
    /// `naming_verify_fail` (名称认证失败).
    Naming,
}

impl Verification {
    pub(super) fn read(kind: VerificationKind, fields: &Fields) -> Self {
        Self { kind, expired_time: fields.number("ExpiredTime") }
    }
}

impl VerificationFailure {
    pub(super) fn read(kind: VerificationFailureKind, fields: &Fields) -> Self {
        Self { kind, fail_time: fields.number("FailTime"), reason: fields.text("FailReason") }
    }
}
