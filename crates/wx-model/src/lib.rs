#![doc = include_str!("../README.md")]

mod access_token;
mod action_name;
mod api_status;
mod call;
mod create_request;
mod create_response;
mod element;
mod entries;
mod err_code;
mod event;
mod fields;
mod leaves;
mod lifetime;
mod message;
mod notice;
mod position;
mod push;
mod push_class;
mod push_key;
mod reply;
mod scene;
mod scene_key;
mod scene_scan;
mod secret;
mod text_id;
mod wire_text;

pub use access_token::{StableTokenRequest, TokenResponse};
pub use action_name::{ActionName, InvalidActionName};
pub use api_status::ApiStatus;
pub use call::{
    AiContext, BatchTaggingRequest, CallbackCheckRequest, CallbackCheckResponse, CheckAction, CheckOperator,
    ClearQuotaRequest, ClearQuotaV2Request, CustomContent, CustomMessage, CustomService, DnsCheck,
    FollowersResponse, IpListResponse, MenuItem, MessageMenu, MiniProgram, NewTag, OpenIdList, OverLimit,
    PingCheck, Quota, QuotaRequest, QuotaResponse, RateLimit, RidDetails, RidRequest, RidResponse,
    ShortenFetchRequest, ShortenFetchResponse, ShortenGenRequest, ShortenGenResponse, SubscribeScene, Tag,
    TagCreateRequest, TagCreateResponse, TagDeleteRequest, TagFollowersRequest, TagFollowersResponse, TagId,
    TagsResponse, TemplateMessage, TemplateSendResponse, TemplateValue, TypingCommand, TypingRequest,
    UserCumulate, UserCumulateResponse, UserDataRequest, UserInfo, UserInfoBatchRequest,
    UserInfoBatchResponse, UserInfoQuery, UserSource, UserSummary, UserSummaryResponse,
};
pub use create_request::{CreateRequest, InvalidRequest};
pub use create_response::CreateResponse;
pub use err_code::{ErrClass, ErrCode, ErrCodeInfo, Retry};
pub use event::{
    CardEvent, CardEventKind, DebugDemo, EnterTempSession, Event, InvoiceEvent, InvoiceEventKind, KfSession,
    KfSwitch, LocationReport, LocationSelect, MassSendJobFinish, MassSendRefusal, MassSendStatus, MenuClick,
    MenuView, MenuViewMiniProgram, PictureSource, Pictures, PoiCheckNotify, PopupScene, PublishJobFinish,
    PublishedArticle, RevokeInfo, Scan, ScanCode, ScanCodeKind, ScanType, Subscribe, SubscribeMsgChange,
    SubscribeMsgChoice, SubscribeMsgPopup, SubscribeMsgResult, SubscribeMsgSent, SubscribeMsgStatus,
    TemplateSendJobFinish, TemplateSendStatus, Unsubscribe, UserData, UserDataKind, Verification,
    VerificationFailure, VerificationFailureKind, VerificationKind,
};
pub use fields::{Fields, FieldsBuilder};
pub use lifetime::{InvalidLifetime, Lifetime};
pub use message::{
    ArticleOrigin, ImageMessage, LinkMessage, LocationMessage, Message, MsgId, TextMessage, VideoMessage,
    VoiceFormat, VoiceMessage,
};
pub use notice::{Authorization, ComponentVerifyTicket, Notice, Unauthorization};
pub use position::Position;
pub use push::{InvalidPush, Push, PushKind, UnknownPush};
pub use push_class::{InvalidPushClass, PushClass};
pub use push_key::PushKey;
pub use reply::{Article, Reply};
pub use scene::{InvalidScene, PermanentScene, PermanentSceneId, Scene, SceneId, SceneStr};
pub use scene_key::{SceneKey, SceneValue};
pub use scene_scan::SceneScan;
pub use secret::{
    AccessToken, AppSecret, AuthorizationCode, AuthorizerRefreshToken, CallbackToken, PreAuthCode,
    VerifyTicket,
};
pub use text_id::{AppId, OpenId, OriginalId, Ticket};
