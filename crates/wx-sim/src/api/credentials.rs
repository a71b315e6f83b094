use super::{Call, Refusal};
use crate::{
    options::is_secret,
    platform::{Platform, Standing},
};

/// What both token endpoints ask for (protocol §1.1, §1.2).
pub(super) struct Credentials<'a> {
    pub(super) grant_type: Option<&'a str>,
    pub(super) app_id: Option<&'a str>,
    pub(super) secret: Option<&'a str>,
}

impl Credentials<'_> {
    /// A secret of the right form that is not the account's reads as one that was reset (40125); any other text as
    /// no secret at all (40001).
    pub(super) fn check(&self, platform: &Platform) -> Result<(), Refusal> {
        if self.grant_type != Some("client_credential") {
            return Err(Refusal::INVALID_GRANT_TYPE);
        }
        let app_id = self.app_id.ok_or(Refusal::APP_ID_MISSING)?;
        let secret = self.secret.ok_or(Refusal::SECRET_MISSING)?;
        if app_id != platform.options.app_id {
            return Err(Refusal::INVALID_APP_ID);
        }
        match secret == platform.options.secret {
            true => Ok(()),
            false if is_secret(secret) => Err(Refusal::INVALID_SECRET),
            false => Err(Refusal::INVALID_CREDENTIAL),
        }
    }
}

/// The check before every call that needs an access token (protocol §1.3).
pub(super) fn check_access_token(platform: &Platform, call: &Call) -> Result<(), Refusal> {
    let token = call.parameter("access_token").ok_or(Refusal::ACCESS_TOKEN_MISSING)?;
    match platform.standing(token) {
        Standing::Valid => Ok(()),
        Standing::Expired => Err(Refusal::ACCESS_TOKEN_EXPIRED),
        Standing::Superseded => Err(Refusal::INVALID_CREDENTIAL),
        Standing::Unknown => Err(Refusal::INVALID_ACCESS_TOKEN),
    }
}
