//! Bodies of the calls beside `qrcode/create` and the token endpoints, one call or one of its objects per file.

mod callback_check;
mod clear_quota;
mod custom_content;
mod custom_message;
mod custom_news;
mod date;
mod followers;
mod ip_list;
mod message_menu;
mod over_limit;
mod quota;
mod rid;
mod shorten;
mod subscribe_scene;
mod tag;
mod tagging;
mod template_message;
mod typing;
mod user_data;
mod user_info;
mod user_info_batch;
mod user_source;

pub use callback_check::{
    CallbackCheckRequest, CallbackCheckResponse, CheckAction, CheckOperator, DnsCheck, PingCheck,
};
pub use clear_quota::{ClearQuotaRequest, ClearQuotaV2Request};
pub use custom_content::CustomContent;
pub use custom_message::{AiContext, CustomMessage, CustomService};
pub use followers::{FollowersResponse, OpenIdList, TagFollowersResponse};
pub use ip_list::IpListResponse;
pub use message_menu::{MenuItem, MessageMenu};
pub use over_limit::OverLimit;
pub use quota::{Quota, QuotaRequest, QuotaResponse, RateLimit};
pub use rid::{RidDetails, RidRequest, RidResponse};
pub use shorten::{ShortenFetchRequest, ShortenFetchResponse, ShortenGenRequest, ShortenGenResponse};
pub use subscribe_scene::SubscribeScene;
pub use tag::{
    NewTag, Tag, TagCreateRequest, TagCreateResponse, TagDeleteRequest, TagFollowersRequest, TagId,
    TagsResponse,
};
pub use tagging::BatchTaggingRequest;
pub use template_message::{MiniProgram, TemplateMessage, TemplateSendResponse, TemplateValue};
pub use typing::{TypingCommand, TypingRequest};
pub use user_data::{UserCumulate, UserCumulateResponse, UserDataRequest, UserSummary, UserSummaryResponse};
pub use user_info::UserInfo;
pub use user_info_batch::{UserInfoBatchRequest, UserInfoBatchResponse, UserInfoQuery};
pub use user_source::UserSource;
