//! Every body of the protocol reference is read through its type.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{collections::BTreeSet, fmt::Debug, fs, path::Path};
use wx_model::{
    ApiStatus, BatchTaggingRequest, CallbackCheckRequest, CallbackCheckResponse, ClearQuotaRequest,
    CreateRequest, CreateResponse, CustomMessage, ErrCode, FollowersResponse, IpListResponse, QuotaRequest,
    QuotaResponse, RidRequest, RidResponse, ShortenFetchRequest, ShortenFetchResponse, ShortenGenRequest,
    ShortenGenResponse, StableTokenRequest, TagCreateRequest, TagCreateResponse, TagFollowersResponse,
    TagsResponse, TemplateMessage, TemplateSendResponse, TokenResponse, UserCumulateResponse,
    UserDataRequest, UserInfo, UserInfoBatchRequest, UserInfoBatchResponse, UserSummaryResponse,
};

/// Reads a body and says what was understood.
type Reader = fn(&str) -> String;

const READERS: &[(&str, Reader)] = &[
    ("callback_check_request", request::<CallbackCheckRequest>),
    ("callback_check_response", response::<CallbackCheckResponse>),
    ("clear_quota_request", request::<ClearQuotaRequest>),
    ("custom_send_msgmenu_request", request::<CustomMessage>),
    ("custom_send_text_request", request::<CustomMessage>),
    ("datacube_getusercumulate_response", response::<UserCumulateResponse>),
    ("datacube_getusersummary_request", request::<UserDataRequest>),
    ("datacube_getusersummary_response", response::<UserSummaryResponse>),
    ("error_40001", refusal),
    ("error_40052", refusal),
    ("error_40053", refusal),
    ("error_40164", refusal),
    ("error_42001", refusal),
    ("error_45009", refusal),
    ("error_45011", refusal),
    ("error_45029", refusal),
    ("error_47001", refusal),
    ("error_48001", refusal),
    ("error_legacy_hint", refusal),
    ("error_minus1", refusal),
    ("getcallbackip_response", response::<IpListResponse>),
    ("ok", response::<ApiStatus>),
    ("qrcode_create_request_perm_int", request::<CreateRequest>),
    ("qrcode_create_request_perm_str", request::<CreateRequest>),
    ("qrcode_create_request_temp_int", request::<CreateRequest>),
    ("qrcode_create_request_temp_str", request::<CreateRequest>),
    ("qrcode_create_response_legacy_no_url", response::<CreateResponse>),
    ("qrcode_create_response_perm", response::<CreateResponse>),
    ("qrcode_create_response_perm_str", response::<CreateResponse>),
    ("qrcode_create_response_temp", response::<CreateResponse>),
    ("quota_get_request", request::<QuotaRequest>),
    ("quota_get_response", response::<QuotaResponse>),
    ("rid_get_request", request::<RidRequest>),
    ("rid_get_response", response::<RidResponse>),
    ("seed000_qrcode_create_response", response::<CreateResponse>),
    ("seed001_qrcode_create_response_perm", response::<CreateResponse>),
    ("seed001_qrcode_create_response_temp", response::<CreateResponse>),
    ("shorten_fetch_request", request::<ShortenFetchRequest>),
    ("shorten_fetch_response", response::<ShortenFetchResponse>),
    ("shorten_gen_request", request::<ShortenGenRequest>),
    ("shorten_gen_response", response::<ShortenGenResponse>),
    ("stable_token_request", request::<StableTokenRequest>),
    ("stable_token_response", response::<TokenResponse>),
    ("tag_user_get_response", response::<TagFollowersResponse>),
    ("tags_batchtagging_request", request::<BatchTaggingRequest>),
    ("tags_create_request", request::<TagCreateRequest>),
    ("tags_create_response", response::<TagCreateResponse>),
    ("tags_get_response", response::<TagsResponse>),
    ("template_send_request", request::<TemplateMessage>),
    ("template_send_response", response::<TemplateSendResponse>),
    ("token_response", response::<TokenResponse>),
    ("user_get_response", response::<FollowersResponse>),
    ("user_get_response_last_page", response::<FollowersResponse>),
    ("user_info_batchget_request", request::<UserInfoBatchRequest>),
    ("user_info_batchget_response", response::<UserInfoBatchResponse>),
    ("user_info_response", response::<UserInfo>),
    ("user_info_response_not_following", response::<UserInfo>),
    ("user_info_response_qr_str", response::<UserInfo>),
];

#[test]
fn every_sample_is_understood() {
    insta::glob!("../fixtures", "*.json", |path| {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap();
        let (_, reader) = READERS.iter().find(|(known, _)| *known == name).expect("the sample has a reader");
        let json = fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(format!("{}\n\n{}", json.trim_end(), reader(&json)));
    });
}

#[test]
fn no_sample_is_forgotten_and_none_has_gone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "README.md")
        .collect();
    let read: BTreeSet<String> = READERS.iter().map(|(name, _)| format!("{name}.json")).collect();
    assert_eq!(files, read);
}

/// A request means the same after it was read and written again.
fn request<T: DeserializeOwned + Serialize + Debug + PartialEq>(json: &str) -> String {
    let body: T = serde_json::from_str(json).unwrap();
    let sent: Value = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_value(&body).unwrap(), sent);
    format!("{body:#?}")
}

/// A response is no refusal, and fields that it may get one day do not matter.
fn response<T: DeserializeOwned + Debug + PartialEq>(json: &str) -> String {
    let status: ApiStatus = serde_json::from_str(json).unwrap();
    assert_eq!(status.check(), Ok(()));
    let body: T = serde_json::from_str(json).unwrap();
    let more = json.replacen('{', r#"{"a_field_of_tomorrow":[{}],"#, 1);
    assert_eq!(serde_json::from_str::<T>(&more).unwrap(), body);
    format!("{body:#?}")
}

/// A refusal, with what a program and what a person reads out of it.
fn refusal(json: &str) -> String {
    let status = serde_json::from_str::<ApiStatus>(json).unwrap().check().unwrap_err();
    let ApiStatus { errcode, .. } = &status;
    let (rid, hint) = (status.rid(), status.hint());
    assert!(errcode.info().is_some() && (rid.is_some() != hint.is_some()));
    format!(
        "{errcode:?}\nrid: {rid:?}\nhint: {hint:?}\n{}\n{}\n{status}",
        errcode.remedy_en(),
        errcode.remedy_zh()
    )
}

fn sample<T: DeserializeOwned>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_four_kinds_of_code_are_written_as_the_protocol_says() {
    for (name, bytes) in [
        (
            "temp_int",
            r#"{"expire_seconds":604800,"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":4294967295}}}"#,
        ),
        (
            "temp_str",
            r#"{"expire_seconds":2592000,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"login:7f3c"}}}"#,
        ),
        ("perm_int", r#"{"action_name":"QR_LIMIT_SCENE","action_info":{"scene":{"scene_id":2026}}}"#),
        (
            "perm_str",
            r#"{"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene":{"scene_str":"store:SH-0117/desk 3"}}}"#,
        ),
    ] {
        let body: CreateRequest = sample(&format!("qrcode_create_request_{name}.json"));
        assert_eq!(serde_json::to_string(&body).unwrap(), bytes);
    }
}

#[test]
fn the_articles_have_their_tickets_and_lifetimes() {
    let read = |name: &str| {
        let CreateResponse { ticket, expire_seconds, url, .. } = sample(&format!("{name}.json"));
        assert_eq!(url, None, "answers had no url before August 2014");
        (ticket.to_string(), expire_seconds)
    };
    assert_eq!(
        read("seed000_qrcode_create_response"),
        (
            "gQG28DoAAAAAAAAAASxodHRwOi8vd2VpeGluLnFxLmNvbS9xL0FuWC1DNmZuVEhvMVp4NDNMRnNRAAIEesLvUQMECAcAAA==".into(),
            Some(1800)
        )
    );
    assert_eq!(
        read("seed001_qrcode_create_response_temp"),
        (
            "gQFK8DoAAAAAAAAAASxodHRwOi8vd2VpeGluLnFxLmNvbS9xL3kweXE0T3JscWY3UTltc3ZPMklvAAIEG9jUUgMECAcAAA==".into(),
            Some(1800)
        )
    );
    assert_eq!(
        read("seed001_qrcode_create_response_perm"),
        (
            "gQHi8DoAAAAAAAAAASxodHRwOi8vd2VpeGluLnFxLmNvbS9xL0UweTNxNi1sdlA3RklyRnNKbUFvAAIELdnUUgMEAAAAAA==".into(),
            None
        )
    );
}

#[test]
fn codes_and_rids_of_the_refusals() {
    for (name, code) in [
        ("error_40001", ErrCode::INVALID_CREDENTIAL),
        ("error_40052", ErrCode::INVALID_ACTION_NAME),
        ("error_40053", ErrCode::INVALID_ACTION_INFO),
        ("error_40164", ErrCode::IP_NOT_WHITELISTED),
        ("error_42001", ErrCode::ACCESS_TOKEN_EXPIRED),
        ("error_45009", ErrCode::DAILY_QUOTA_REACHED),
        ("error_45011", ErrCode::MINUTE_QUOTA_REACHED),
        ("error_45029", ErrCode::QRCODE_COUNT_LIMIT),
        ("error_47001", ErrCode::DATA_FORMAT_ERROR),
        ("error_48001", ErrCode::API_UNAUTHORIZED),
        ("error_minus1", ErrCode::SYSTEM_BUSY),
    ] {
        let status: ApiStatus = sample(&format!("{name}.json"));
        assert_eq!((status.errcode, status.rid()), (code, Some("69570a80-1c0ffee0-5eedbeef")), "{name}");
    }
    let legacy: ApiStatus = sample("error_legacy_hint.json");
    assert_eq!((legacy.rid(), legacy.hint()), (None, Some("Xa1b2cA03040506")));
}

#[test]
fn the_scene_of_a_follow_is_read_from_either_field() {
    let scene = |name| sample::<UserInfo>(name).scene().map(|scene| scene.as_str().to_owned());
    assert_eq!(scene("user_info_response.json").as_deref(), Some("2026"));
    assert_eq!(scene("user_info_response_qr_str.json").as_deref(), Some("store:SH-0117/desk 3"));
    assert_eq!(scene("user_info_response_not_following.json"), None);
}

#[test]
fn the_last_page_says_so() {
    assert!(!sample::<FollowersResponse>("user_get_response.json").is_last());
    assert!(sample::<FollowersResponse>("user_get_response_last_page.json").is_last());
}
