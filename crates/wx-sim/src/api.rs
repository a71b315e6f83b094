//! The platform's own routes: [`ENDPOINTS`] names them, [`exchange`] carries each call through faults, admission and
//! the transcript.

mod admission;
mod call;
mod component;
mod credentials;
mod custom_send;
mod datacube;
mod exchange;
mod http_date;
mod qrcode_create;
mod quota_tools;
mod refusal;
mod rid_get;
mod self_checks;
mod shorten;
mod showqrcode;
mod stable_token;
mod tagging;
mod tags;
mod token;
mod user_get;
mod user_info;

use crate::platform::{Account, Platform};
use admission::{Access, Permission};
use axum::{
    Router,
    extract::{Request, State},
    routing::{self, MethodRouter},
};
use call::{Call, Grant};
use exchange::{Target, exchange};
use http::Method;
use refusal::Refusal;
use serde_json::Value;
use std::{
    net::{IpAddr, Ipv4Addr},
    sync::Arc,
};

/// The calls of `api.weixin.qq.com` that answer JSON.
static ENDPOINTS: &[Endpoint] = &[
    get("/cgi-bin/token", Access::Credentials, token::token),
    post("/cgi-bin/stable_token", Access::Credentials, stable_token::stable_token),
    post("/cgi-bin/qrcode/create", CODES, qrcode_create::qrcode_create),
    post("/cgi-bin/shorten/gen", SHORT_KEYS, shorten::generate),
    post("/cgi-bin/shorten/fetch", SHORT_KEYS, shorten::fetch),
    get("/cgi-bin/user/info", USERS, user_info::user_info),
    post("/cgi-bin/user/info/batchget", USERS, user_info::batchget),
    post("/cgi-bin/user/info/updateremark", USERS, user_info::updateremark),
    get("/cgi-bin/user/get", USERS, user_get::user_get),
    post("/cgi-bin/user/tag/get", USERS, user_get::user_tag_get),
    post("/cgi-bin/tags/create", USERS, tags::create),
    get("/cgi-bin/tags/get", USERS, tags::get),
    post("/cgi-bin/tags/update", USERS, tags::update),
    post("/cgi-bin/tags/delete", USERS, tags::delete),
    post("/cgi-bin/tags/getidlist", USERS, tagging::getidlist),
    post("/cgi-bin/tags/members/batchtagging", USERS, tagging::batchtagging),
    post("/cgi-bin/tags/members/batchuntagging", USERS, tagging::batchuntagging),
    post("/cgi-bin/message/custom/send", ANY, custom_send::custom_send),
    post("/cgi-bin/message/custom/typing", ANY, custom_send::typing),
    post("/datacube/getusersummary", ANY, datacube::getusersummary),
    post("/datacube/getusercumulate", ANY, datacube::getusercumulate),
    get("/cgi-bin/getcallbackip", ANY, self_checks::getcallbackip),
    get("/cgi-bin/get_api_domain_ip", ANY, self_checks::get_api_domain_ip),
    post("/cgi-bin/callback/check", ANY, self_checks::callback_check),
    post("/cgi-bin/clear_quota", ANY, quota_tools::clear_quota),
    post("/cgi-bin/clear_quota/v2", Access::Credentials, quota_tools::clear_quota_v2),
    post("/cgi-bin/openapi/quota/get", ANY, quota_tools::quota_get),
    post("/cgi-bin/openapi/quota/clear", ANY, quota_tools::quota_clear),
    post("/cgi-bin/openapi/rid/get", ANY, rid_get::rid_get),
    post("/cgi-bin/component/api_component_token", Access::Credentials, component::api_component_token),
    post(
        "/cgi-bin/component/api_create_preauthcode",
        Access::ComponentToken,
        component::api_create_preauthcode,
    ),
    post("/cgi-bin/component/api_query_auth", Access::ComponentToken, component::api_query_auth),
    post("/cgi-bin/component/api_authorizer_token", Access::ComponentToken, component::api_authorizer_token),
];

const ANY: Access = Access::Token(Permission::Any);
const CODES: Access = Access::Token(Permission::Codes);
const SHORT_KEYS: Access = Access::Token(Permission::ShortKeys);
const USERS: Access = Access::Token(Permission::Users);

/// One of them.
struct Endpoint {
    path: &'static str,
    method: Method,
    access: Access,
    run: fn(&mut Account, &Call) -> Result<Grant, Refusal>,
}

/// The routes of `api.weixin.qq.com` and `mp.weixin.qq.com`.
pub(crate) fn router(platform: Arc<Platform>) -> Router {
    let mut router = Router::new().route(showqrcode::PATH, serve(Target::Picture));
    for endpoint in ENDPOINTS {
        router = router.route(endpoint.path, serve(Target::Json(endpoint)));
    }
    let unknown = serve(Target::Nothing).with_state(Arc::clone(&platform));
    router.fallback_service(unknown).with_state(platform)
}

/// What `qrcode/create` does once a call is admitted: its answer and a line for the transcript, or the code and the text
/// of its refusal.
pub(crate) fn create_code(account: &mut Account, body: &Value) -> Result<(Value, String), (i32, String)> {
    let body = body.to_string().into();
    let call =
        Call { method: Method::POST, query: Vec::new(), body, caller: IpAddr::V4(Ipv4Addr::LOCALHOST) };
    let granted = qrcode_create::qrcode_create(account, &call);
    let grant = granted.map_err(|refusal| (refusal.errcode, refusal.errmsg.into_owned()))?;
    Ok((serde_json::from_str(&grant.body).unwrap_or_default(), grant.note))
}

/// Whether calls of a path are counted against limits.
pub(crate) fn counts(path: &str) -> bool {
    paths().any(|known| known == path)
}

/// Of all JSON calls.
pub(crate) fn paths() -> impl Iterator<Item = &'static str> {
    ENDPOINTS.iter().map(|endpoint| endpoint.path)
}

/// Whether the method is right is for a JSON call to say; a picture is got.
fn serve(target: Target) -> MethodRouter<Arc<Platform>> {
    let handler = move |State(platform): State<Arc<Platform>>, request: Request| async move {
        exchange(&platform, target, request).await
    };
    match target {
        Target::Picture => routing::get(handler),
        _ => routing::any(handler),
    }
}

type Run = fn(&mut Account, &Call) -> Result<Grant, Refusal>;

const fn get(path: &'static str, access: Access, run: Run) -> Endpoint {
    Endpoint { path, method: Method::GET, access, run }
}

const fn post(path: &'static str, access: Access, run: Run) -> Endpoint {
    Endpoint { path, method: Method::POST, access, run }
}
