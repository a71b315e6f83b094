//! What a third-party platform calls (第三方平台, protocol §1.7).

use super::{Call, Grant, Refusal, admission::spend, call::given};
use crate::{
    Component,
    platform::{Account, Found, Pair},
    transcript::Labels,
};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "the platform's names")]
struct TokenBody {
    component_appid: Option<String>,
    component_appsecret: Option<String>,
    component_verify_ticket: Option<String>,
}

#[derive(Serialize)]
struct Token {
    component_access_token: String,
    expires_in: i64,
}

/// `POST /cgi-bin/component/api_component_token`.
pub(super) fn api_component_token(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: TokenBody = call.json()?;
    let component = component(account, body.component_appid.as_deref())?;
    if body.component_appsecret.as_ref() != Some(&component.secret) {
        return Err(Refusal::COMPONENT_CREDENTIAL);
    }
    let ticket = body.component_verify_ticket.unwrap_or_default();
    match account.authorization.find_ticket(&ticket, account.now) {
        Found::Good => {}
        Found::Expired => return Err(Refusal::TICKET_EXPIRED),
        Found::Unknown => return Err(Refusal::TICKET_INVALID),
    }
    spend(account, "/cgi-bin/component/api_component_token")?;
    let (token, expires_in) = account.authorization.new_component_token(account.now, &account.random);
    let note = format!("{} for {expires_in} s", account.token(&token));
    Ok(Grant::json(&Token { component_access_token: token, expires_in }, note))
}

#[derive(Deserialize)]
struct AppIdBody {
    component_appid: Option<String>,
}

#[derive(Serialize)]
struct PreAuthCode {
    pre_auth_code: String,
    expires_in: i64,
}

/// `POST /cgi-bin/component/api_create_preauthcode`.
pub(super) fn api_create_preauthcode(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: AppIdBody = call.json()?;
    component(account, body.component_appid.as_deref())?;
    let (pre_auth_code, expires_in) = account.authorization.new_pre_auth_code(account.now, &account.random);
    Ok(Grant::json(&PreAuthCode { pre_auth_code, expires_in }, format!("a code for {expires_in} s")))
}

#[derive(Deserialize)]
struct QueryBody {
    component_appid: Option<String>,
    authorization_code: Option<String>,
}

#[derive(Serialize)]
struct Queried {
    authorization_info: Information,
}

#[derive(Serialize)]
struct Information {
    authorizer_appid: String,
    #[serde(flatten)]
    pair: Tokens,
    func_info: Vec<Function>,
}

#[derive(Serialize)]
struct Tokens {
    authorizer_access_token: String,
    expires_in: i64,
    authorizer_refresh_token: String,
}

#[derive(Serialize)]
struct Function {
    funcscope_category: Category,
}

#[derive(Serialize)]
struct Category {
    id: u32,
}

/// `POST /cgi-bin/component/api_query_auth`: a code is good for one pair.
pub(super) fn api_query_auth(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: QueryBody = call.json()?;
    let permissions = component(account, body.component_appid.as_deref())?.permissions.clone();
    let code = body.authorization_code.unwrap_or_default();
    match account.authorization.find_code(&code, account.now) {
        Found::Good => {}
        Found::Expired => return Err(Refusal::CODE_EXPIRED),
        Found::Unknown => return Err(Refusal::CODE_INVALID),
    }
    let pair = account.authorization.redeem_code(account.now, &account.random);
    let note = note(account, &pair);
    let function = |id| Function { funcscope_category: Category { id } };
    let information = Information {
        authorizer_appid: account.options.app_id.clone(),
        pair: pair.into(),
        func_info: permissions.into_iter().map(function).collect(),
    };
    Ok(Grant::json(&Queried { authorization_info: information }, note))
}

#[derive(Deserialize)]
struct RefreshBody {
    component_appid: Option<String>,
    authorizer_appid: Option<String>,
    authorizer_refresh_token: Option<String>,
}

/// `POST /cgi-bin/component/api_authorizer_token`.
pub(super) fn api_authorizer_token(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let body: RefreshBody = call.json()?;
    component(account, body.component_appid.as_deref())?;
    let is_ours = body.authorizer_appid.as_ref() == Some(&account.options.app_id);
    if !is_ours || !account.authorization.is_granted {
        return Err(Refusal::COMPONENT_UNAUTHORIZED);
    }
    let token = body.authorizer_refresh_token.unwrap_or_default();
    if !account.authorization.use_refresh_token(&token) {
        return Err(Refusal::REFRESH_TOKEN_INVALID);
    }
    let pair = account.authorization.new_pair(account.now, &account.random);
    let note = note(account, &pair);
    Ok(Grant::json(&Tokens::from(pair), note))
}

fn component<'a>(account: &'a Account, app_id: Option<&str>) -> Result<&'a Component, Refusal> {
    let app_id = given(app_id).ok_or(Refusal::COMPONENT_APP_ID_MISSING)?;
    let component = account.options.component.as_ref();
    component.filter(|component| component.app_id == app_id).ok_or(Refusal::INVALID_COMPONENT)
}

fn note(account: &Account, pair: &Pair) -> String {
    format!("{} for {} s", account.token(&pair.access_token), pair.expires_in)
}

impl From<Pair> for Tokens {
    fn from(pair: Pair) -> Self {
        Self {
            authorizer_access_token: pair.access_token,
            expires_in: pair.expires_in,
            authorizer_refresh_token: pair.refresh_token,
        }
    }
}
