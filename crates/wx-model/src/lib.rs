#![doc = include_str!("../README.md")]

mod access_token;
mod action_name;
mod api_status;
mod call;
mod create_request;
mod create_response;
mod err_code;
mod event;
mod fields;
mod lifetime;
mod message;
mod push;
mod push_class;
mod reply;
mod scene;
mod scene_key;
mod scene_scan;
mod secret;
mod text_id;

pub use access_token::{StableTokenRequest, TokenResponse};
pub use action_name::{ActionName, InvalidActionName};
pub use api_status::ApiStatus;
pub use call::{
    AiContext, BatchTaggingRequest, CallbackCheckRequest, CallbackCheckResponse, CheckAction, CheckOperator,
    ClearQuotaRequest, CustomContent, CustomMessage, CustomService, DnsCheck, FollowersResponse,
    IpListResponse, MenuItem, MessageMenu, MiniProgram, NewTag, OpenIdList, PingCheck, Quota, QuotaRequest,
    QuotaResponse, RateLimit, RidDetails, RidRequest, RidResponse, ShortenFetchRequest, ShortenFetchResponse,
    ShortenGenRequest, ShortenGenResponse, SubscribeScene, Tag, TagCreateRequest, TagCreateResponse,
    TagFollowersResponse, TagsResponse, TemplateMessage, TemplateSendResponse, TemplateValue, UserCumulate,
    UserCumulateResponse, UserDataRequest, UserInfo, UserInfoBatchRequest, UserInfoBatchResponse,
    UserInfoQuery, UserSource, UserSummary, UserSummaryResponse,
};
pub use create_request::{CreateRequest, InvalidRequest};
pub use create_response::CreateResponse;
pub use err_code::{ErrClass, ErrCode, ErrCodeInfo, Retry};
pub use event::{Event, Scan, Subscribe, Unsubscribe};
pub use fields::{Fields, FieldsBuilder};
pub use lifetime::{InvalidLifetime, Lifetime};
pub use message::{Message, TextMessage};
pub use push::{InvalidPush, Push, PushKind, UnknownPush};
pub use push_class::{InvalidPushClass, PushClass};
pub use reply::{Article, Reply};
pub use scene::{InvalidScene, PermanentScene, PermanentSceneId, Scene, SceneId, SceneStr};
pub use scene_key::{SceneKey, SceneValue};
pub use scene_scan::SceneScan;
pub use secret::{AccessToken, AppSecret, CallbackToken};
pub use text_id::{AppId, OpenId, OriginalId, Ticket};
