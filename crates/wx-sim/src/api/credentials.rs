use super::Refusal;
use crate::{options::is_secret, platform::Account};

/// AppID and AppSecret, the latter of which other calls name `appsecret`.
pub(super) struct Credentials<'a> {
    pub(super) app_id: Option<&'a str>,
    pub(super) secret: Option<&'a str>,
}

impl Credentials<'_> {
    /// A secret of the right form that is not the account's reads as one that was reset (40125); any other text as
    /// no secret at all (40001). A frozen one is known, and of no use (40243). Protocol §1.1, §1.3.
    pub(super) fn check(&self, account: &Account) -> Result<(), Refusal> {
        let app_id = self.app_id.ok_or(Refusal::APP_ID_MISSING)?;
        let secret = self.secret.ok_or(Refusal::SECRET_MISSING)?;
        if app_id != account.options.app_id {
            return Err(Refusal::INVALID_APP_ID);
        }
        match secret == account.options.secret {
            true if account.options.secret_frozen => Err(Refusal::SECRET_FROZEN),
            true => Ok(()),
            false if is_secret(secret) => Err(Refusal::INVALID_SECRET),
            false => Err(Refusal::INVALID_CREDENTIAL),
        }
    }
}

/// Both token endpoints ask for this literal (protocol §1.1, §1.2).
pub(super) fn check_grant_type(grant_type: Option<&str>) -> Result<(), Refusal> {
    if grant_type == Some("client_credential") { Ok(()) } else { Err(Refusal::INVALID_GRANT_TYPE) }
}
