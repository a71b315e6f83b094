use super::{Call, Endpoint, Refusal};
use crate::platform::{Account, Standing};
use http::Method;

/// What a call needs before the platform looks at what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// AppID and AppSecret, which the call itself reads and then counts.
    Credentials,
    /// An access token with this right.
    Token(Permission),
    /// The access token of a third-party platform.
    ComponentToken,
}

/// The rights that accounts differ in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Permission {
    /// Every account has it.
    Any,
    /// Creating codes, for which an account must be a verified service account (protocol §12).
    Codes,
    ShortKeys,
    Users,
}

impl Permission {
    /// The permission sets of third-party platforms, one of which is needed (§1.7).
    fn sets(self) -> &'static [u32] {
        match self {
            Self::Any => &[],
            Self::Codes => &[3],
            Self::ShortKeys => &[3, 17],
            Self::Users => &[2, 100],
        }
    }
}

/// The checks that every call has in common, in this order: method, address, token, right, limits.
pub(super) fn admit(account: &mut Account, endpoint: &Endpoint, call: &Call) -> Result<(), Refusal> {
    if call.method != endpoint.method {
        let get = endpoint.method == Method::GET;
        return Err(if get { Refusal::REQUIRE_GET } else { Refusal::REQUIRE_POST });
    }
    check_caller(account, call)?;
    match endpoint.access {
        Access::Credentials => return Ok(()),
        Access::ComponentToken => check_component_token(account, call)?,
        Access::Token(permission) => {
            check_access_token(account, call)?;
            check_grant(account, call, permission)?;
            if !may_call(account, endpoint) {
                return Err(Refusal::UNAUTHORIZED);
            }
        }
    }
    spend(account, endpoint.path)
}

/// Whether an account of this kind has the right to a call.
pub(super) fn may_call(account: &Account, endpoint: &Endpoint) -> bool {
    endpoint.access != Access::Token(Permission::Codes) || account.options.account_kind.may_create_codes()
}

/// Counts a call against its limits (protocol §2.7, §5.5).
pub(super) fn spend(account: &mut Account, path: &'static str) -> Result<(), Refusal> {
    let limit = account.options.limits.of(path, account.options.account_kind);
    Ok(account.quota.spend(path, limit, account.now)?)
}

/// The allow-list (IP 白名单, protocol §1.5) stands before every call, as §1.3 says.
fn check_caller(account: &Account, call: &Call) -> Result<(), Refusal> {
    match &account.options.allow_list {
        Some(allowed) if !allowed.contains(&call.caller) => Err(Refusal::ip_not_allowed(call.caller)),
        _ => Ok(()),
    }
}

/// Protocol §1.3.
fn check_access_token(account: &Account, call: &Call) -> Result<(), Refusal> {
    let token = call.parameter("access_token").ok_or(Refusal::ACCESS_TOKEN_MISSING)?;
    match account.standing(token) {
        Standing::Valid => Ok(()),
        Standing::Expired => Err(Refusal::ACCESS_TOKEN_EXPIRED),
        Standing::Superseded if was_withdrawn(account, token) => Err(Refusal::COMPONENT_UNAUTHORIZED),
        Standing::Superseded => Err(Refusal::INVALID_CREDENTIAL),
        Standing::Unknown if is_component_token(account, token) => Err(Refusal::NEEDS_ACCOUNT_TOKEN),
        Standing::Unknown => Err(Refusal::INVALID_ACCESS_TOKEN),
    }
}

/// Whether it is a token of a third-party platform that the owner no longer authorises.
fn was_withdrawn(account: &Account, token: &str) -> bool {
    let authorization = &account.authorization;
    !authorization.is_granted && authorization.authorizer.standing(token, account.now) != Standing::Unknown
}

fn is_component_token(account: &Account, token: &str) -> bool {
    account.authorization.component.standing(token, account.now) != Standing::Unknown
}

/// What the owner granted a third-party platform, where the token is one of its (§1.7).
fn check_grant(account: &Account, call: &Call, permission: Permission) -> Result<(), Refusal> {
    let token = call.parameter("access_token").unwrap_or_default();
    let Some(component) = &account.options.component else { return Ok(()) };
    if account.authorization.authorizer.standing(token, account.now) == Standing::Unknown {
        return Ok(());
    }
    let sets = permission.sets();
    let granted = sets.is_empty() || sets.iter().any(|set| component.permissions.contains(set));
    if granted { Ok(()) } else { Err(Refusal::NOT_GRANTED_TO_COMPONENT) }
}

fn check_component_token(account: &Account, call: &Call) -> Result<(), Refusal> {
    let token = call.parameter("component_access_token").ok_or(Refusal::COMPONENT_TOKEN_MISSING)?;
    match account.authorization.component.standing(token, account.now) {
        Standing::Valid => Ok(()),
        Standing::Expired | Standing::Superseded => Err(Refusal::COMPONENT_TOKEN_EXPIRED),
        Standing::Unknown if account.standing(token) != Standing::Unknown => {
            Err(Refusal::NEEDS_COMPONENT_TOKEN)
        }
        Standing::Unknown => Err(Refusal::COMPONENT_CREDENTIAL),
    }
}
