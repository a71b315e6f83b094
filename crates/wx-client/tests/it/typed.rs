//! Every call that has a name: the exact bytes of its request, and what is read from the sample of its answer.

use crate::account::{Account, OK, STABLE, token};
use futures_core::Stream;
use insta::assert_snapshot;
use std::{future::poll_fn, pin::pin};
use wx_client::{Client, Error, ErrorKind, FixedToken};
use wx_model::{
    Article, CallbackCheckRequest, CheckAction, CheckOperator, CustomContent, CustomMessage, Lifetime,
    MenuItem, MessageMenu, OpenId, TypingCommand, UserDataRequest, UserInfoQuery,
};
use wx_transport::{Answer, MockTransport, SentRequest};

const ANNA: &str = "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI";
const BERT: &str = "oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ";

fn sample(name: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../wx-model/tests/fixtures");
    std::fs::read_to_string(format!("{folder}/{name}.json")).unwrap()
}

/// A platform that gives this answer to a call whose token is `T1`.
fn platform(answer: &str) -> (Client, MockTransport) {
    let mock = MockTransport::new();
    mock.answer(Answer::json(answer.to_owned()));
    let builder = Client::with_token_source("wx7a3f00c1d2e3b4a5", FixedToken::new("T1"));
    (builder.api_base("http://platform.test").transport(mock.clone()).build().unwrap(), mock)
}

fn told(mock: &MockTransport, answer: impl std::fmt::Debug) -> String {
    mock.assert_done();
    let sent =
        mock.requests().iter().map(|sent| format!("{}\n{}", sent.line(), sent.text())).collect::<Vec<_>>();
    format!("{}\n{answer:?}", sent.join("\n"))
}

/// One call: what was sent and what came of it.
macro_rules! call {
    ($answer:expr, $client:ident => $call:expr) => {{
        let ($client, mock) = platform($answer);
        let answer = $call.await.unwrap();
        told(&mock, answer)
    }};
}

#[tokio::test]
async fn users() {
    assert_snapshot!(call!(&sample("user_info_response_qr_str"), client => client.users().info(&OpenId::new(BERT))), @r#"
    GET /cgi-bin/user/info?access_token=T1&openid=oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ

    UserInfo { subscribe: true, openid: OpenId("oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ"), unionid: None, subscribe_time: Some(1767229200), remark: Some(""), groupid: Some(0), tagid_list: [], subscribe_scene: Some(SubscribeScene("ADD_SCENE_QR_CODE")), qr_scene: Some(0), qr_scene_str: Some("store:SH-0117/desk 3"), language: None, nickname: None, sex: None, city: None, province: None, country: None, headimgurl: None }
    "#);
    let english = UserInfoQuery::new(BERT).lang("en");
    assert_snapshot!(call!(&sample("user_info_response_not_following"), client => client.users().info(english)), @r#"
    GET /cgi-bin/user/info?access_token=T1&openid=oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ&lang=en

    UserInfo { subscribe: false, openid: OpenId("oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ"), unionid: None, subscribe_time: None, remark: None, groupid: None, tagid_list: [], subscribe_scene: None, qr_scene: None, qr_scene_str: None, language: None, nickname: None, sex: None, city: None, province: None, country: None, headimgurl: None }
    "#);
    assert_snapshot!(call!(&sample("user_info_batchget_response"), client => async {
        let people = client.users().infos([ANNA, BERT]).await?;
        Ok::<_, Error>(people.into_iter().map(|person| (person.openid, person.subscribe)).collect::<Vec<_>>())
    }), @r#"
    POST /cgi-bin/user/info/batchget?access_token=T1
    {"user_list":[{"openid":"oK7tV5xA2bQm9Lr0PzYc3NdEfGhI"},{"openid":"oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ"}]}
    [(OpenId("oK7tV5xA2bQm9Lr0PzYc3NdEfGhI"), true), (OpenId("oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ"), false)]
    "#);
    assert_snapshot!(call!(&sample("user_get_response"), client => client.users().page(None)), @r#"
    GET /cgi-bin/user/get?access_token=T1

    FollowersResponse { total: 2, count: 2, data: OpenIdList { openid: [OpenId("oK7tV5xA2bQm9Lr0PzYc3NdEfGhI"), OpenId("oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ")] }, next_openid: "oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ" }
    "#);
    assert_snapshot!(call!(&sample("user_get_response_last_page"), client => client.users().page(Some(&BERT.into()))), @r#"
    GET /cgi-bin/user/get?access_token=T1&next_openid=oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ

    FollowersResponse { total: 2, count: 0, data: OpenIdList { openid: [] }, next_openid: "" }
    "#);
}

#[tokio::test]
async fn tags() {
    assert_snapshot!(call!(&sample("tags_create_response"), client => client.tags().create("渠道:SH-0117")), @r#"
    POST /cgi-bin/tags/create?access_token=T1
    {"tag":{"name":"渠道:SH-0117"}}
    Tag { id: 134, name: "渠道:SH-0117", count: None }
    "#);
    assert_snapshot!(call!(&sample("tags_get_response"), client => client.tags().list()), @r#"
    GET /cgi-bin/tags/get?access_token=T1

    [Tag { id: 2, name: "星标组", count: Some(0) }, Tag { id: 134, name: "渠道:SH-0117", count: Some(17) }]
    "#);
    assert_snapshot!(call!(OK, client => client.tags().delete(134)), @r#"
    POST /cgi-bin/tags/delete?access_token=T1
    {"tag":{"id":134}}
    ()
    "#);
    let people = [OpenId::new(ANNA), OpenId::new(BERT)];
    assert_snapshot!(call!(OK, client => client.tags().give(134, &people)), @r#"
    POST /cgi-bin/tags/members/batchtagging?access_token=T1
    {"openid_list":["oK7tV5xA2bQm9Lr0PzYc3NdEfGhI","oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ"],"tagid":134}
    ()
    "#);
    assert_snapshot!(call!(OK, client => client.tags().take(134, &people)), @r#"
    POST /cgi-bin/tags/members/batchuntagging?access_token=T1
    {"openid_list":["oK7tV5xA2bQm9Lr0PzYc3NdEfGhI","oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ"],"tagid":134}
    ()
    "#);
    assert_snapshot!(call!(&sample("tag_user_get_response"), client => client.tags().people_page(134, None)), @r#"
    POST /cgi-bin/user/tag/get?access_token=T1
    {"tagid":134,"next_openid":""}
    TagFollowersResponse { count: 1, data: OpenIdList { openid: [OpenId("oK7tV5xA2bQm9Lr0PzYc3NdEfGhI")] }, next_openid: "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI" }
    "#);
    assert_snapshot!(call!(&sample("tag_user_get_response"), client => client.tags().people_page(134, Some(&ANNA.into()))), @r#"
    POST /cgi-bin/user/tag/get?access_token=T1
    {"tagid":134,"next_openid":"oK7tV5xA2bQm9Lr0PzYc3NdEfGhI"}
    TagFollowersResponse { count: 1, data: OpenIdList { openid: [OpenId("oK7tV5xA2bQm9Lr0PzYc3NdEfGhI")] }, next_openid: "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI" }
    "#);
}

#[tokio::test]
async fn messages_of_every_kind() {
    let menu = MessageMenu::new("这次扫码体验如何？", vec![MenuItem::new("101", "满意")], "谢谢");
    let mut sent = Vec::new();
    for content in [
        CustomContent::Text { content: "您好".to_owned() },
        CustomContent::MsgMenu(menu),
        CustomContent::News(
            Article::new("title", "https://example.com/")
                .description("about")
                .pic_url("https://example.com/p.jpg"),
        ),
        CustomContent::image("M"),
        CustomContent::voice("M"),
        CustomContent::video("M", "T", "title", "about"),
        CustomContent::music("https://example.com/m.mp3", "T", "title", "about"),
        CustomContent::mpnews("M"),
        CustomContent::article("A"),
        CustomContent::card("C"),
        CustomContent::mini_program_page("title", "wx0000000000000000", "pages/a?b=c", "T"),
    ] {
        let (client, mock) = platform(OK);
        client.messages().send(&CustomMessage::new("anna", content)).await.unwrap();
        assert_eq!(mock.requests()[0].line(), "POST /cgi-bin/message/custom/send?access_token=T1");
        sent.push(mock.requests()[0].text());
    }
    assert_snapshot!("messages", sent.join("\n"));
    let message = CustomMessage::text("anna", "Welcome").from_desk("desk3@demo_mp").by_machine();
    assert_snapshot!(call!(OK, client => client.messages().send(&message)), @r#"
    POST /cgi-bin/message/custom/send?access_token=T1
    {"touser":"anna","msgtype":"text","text":{"content":"Welcome"},"customservice":{"kf_account":"desk3@demo_mp"},"aimsgcontext":{"is_ai_msg":1}}
    ()
    "#);
    assert_snapshot!(call!(OK, client => client.messages().typing("anna", TypingCommand::Typing)), @r#"
    POST /cgi-bin/message/custom/typing?access_token=T1
    {"touser":"anna","command":"Typing"}
    ()
    "#);
    assert_snapshot!(call!(OK, client => client.messages().typing("anna", TypingCommand::CancelTyping)), @r#"
    POST /cgi-bin/message/custom/typing?access_token=T1
    {"touser":"anna","command":"CancelTyping"}
    ()
    "#);
}

#[tokio::test]
async fn statistics() {
    let week = UserDataRequest::new("2026-01-01", "2026-01-07");
    assert_snapshot!(call!(&sample("datacube_getusersummary_response"), client => client.statistics().user_summary(&week)), @r#"
    POST /datacube/getusersummary?access_token=T1
    {"begin_date":"2026-01-01","end_date":"2026-01-07"}
    [UserSummary { ref_date: "2026-01-01", user_source: UserSource(0), new_user: 0, cancel_user: 2 }, UserSummary { ref_date: "2026-01-01", user_source: UserSource(30), new_user: 17, cancel_user: 0 }]
    "#);
    assert_snapshot!(call!(&sample("datacube_getusercumulate_response"), client => client.statistics().user_cumulate(&week)), @r#"
    POST /datacube/getusercumulate?access_token=T1
    {"begin_date":"2026-01-01","end_date":"2026-01-07"}
    [UserCumulate { ref_date: "2026-01-01", user_source: UserSource(0), cumulate_user: 1200 }]
    "#);
}

#[tokio::test]
async fn short_keys() {
    let text = "https://qr.example.com/l/2026?utm_source=store-0117";
    let day = Lifetime::days(1).unwrap();
    assert_snapshot!(call!(&sample("shorten_gen_response"), client => client.short_keys().make(text, day)), @r#"
    POST /cgi-bin/shorten/gen?access_token=T1
    {"long_data":"https://qr.example.com/l/2026?utm_source=store-0117","expire_seconds":86400}
    "aZ3kQ9mT1xR7bC5"
    "#);
    assert_snapshot!(call!(&sample("shorten_fetch_response"), client => client.short_keys().fetch("aZ3kQ9mT1xR7bC5")), @r#"
    POST /cgi-bin/shorten/fetch?access_token=T1
    {"short_key":"aZ3kQ9mT1xR7bC5"}
    ShortenFetchResponse { long_data: "https://qr.example.com/l/2026?utm_source=store-0117", create_time: 1767225610, expire_seconds: 85990 }
    "#);
}

#[tokio::test]
async fn quotas() {
    assert_snapshot!(call!(&sample("quota_get_response"), client => client.quotas().get("/cgi-bin/qrcode/create")), @r#"
    POST /cgi-bin/openapi/quota/get?access_token=T1
    {"cgi_path":"/cgi-bin/qrcode/create"}
    QuotaResponse { quota: Quota { daily_limit: 100000, used: 1234, remain: 98766 }, rate_limit: Some(RateLimit { call_count: 0, refresh_second: 0 }), component_rate_limit: Some(RateLimit { call_count: 0, refresh_second: 0 }) }
    "#);
    assert_snapshot!(call!(OK, client => client.quotas().clear("/cgi-bin/qrcode/create")), @r#"
    POST /cgi-bin/openapi/quota/clear?access_token=T1
    {"cgi_path":"/cgi-bin/qrcode/create"}
    ()
    "#);
    assert_snapshot!(call!(OK, client => client.quotas().clear_all()), @r#"
    POST /cgi-bin/clear_quota?access_token=T1
    {"appid":"wx7a3f00c1d2e3b4a5"}
    ()
    "#);
    assert_snapshot!(call!(&sample("rid_get_response"), client => client.quotas().explain("69570a80-1c0ffee0-5eedbeef")), @r#"
    POST /cgi-bin/openapi/rid/get?access_token=T1
    {"rid":"69570a80-1c0ffee0-5eedbeef"}
    RidDetails { invoke_time: 1767225620, cost_in_ms: 31, client_ip: "203.0.113.9", .. }
    "#);
}

#[tokio::test]
async fn network() {
    let check = CallbackCheckRequest::new(CheckAction::All, CheckOperator::Default);
    assert_snapshot!(call!(&sample("getcallbackip_response"), client => client.network().callback_ips()), @r#"
    GET /cgi-bin/getcallbackip?access_token=T1

    ["203.0.113.7", "198.51.100.0/24"]
    "#);
    assert_snapshot!(call!(&sample("getcallbackip_response"), client => client.network().api_ips()), @r#"
    GET /cgi-bin/get_api_domain_ip?access_token=T1

    ["203.0.113.7", "198.51.100.0/24"]
    "#);
    assert_snapshot!(call!(&sample("callback_check_response"), client => client.network().check_callback(&check)), @r#"
    POST /cgi-bin/callback/check?access_token=T1
    {"action":"all","check_operator":"DEFAULT"}
    CallbackCheckResponse { dns: [DnsCheck { ip: "203.0.113.80", real_operator: "UNICOM" }], ping: [PingCheck { ip: "203.0.113.80", from_operator: "UNICOM", package_loss: "0%", time: "23.079ms" }] }
    "#);
}

#[tokio::test]
async fn counters_are_cleared_by_secret_in_the_body_and_then_in_the_query() {
    let account = Account::new();
    account.answers(&[OK]);
    account.client.quotas().clear_all_by_secret().await.unwrap();
    assert_snapshot!(told(&account.platform, ()), @r#"
    POST /cgi-bin/clear_quota/v2
    {"appid":"wx7a3f00c1d2e3b4a5","appsecret":"00112233445566778899aabbccddeeff"}
    ()
    "#);

    let account = Account::new();
    account.answers(&[r#"{"errcode":41002,"errmsg":"appid missing"}"#, OK]);
    account.client.quotas().clear_all_by_secret().await.unwrap();
    assert_snapshot!(account.platform.requests()[1].line(), @"POST /cgi-bin/clear_quota/v2?appid=wx7a3f00c1d2e3b4a5&appsecret=00112233445566778899aabbccddeeff");

    for code in [40125, 48006, 40164] {
        let account = Account::new();
        account.answers(&[&format!(r#"{{"errcode":{code},"errmsg":"no"}}"#)]);
        account.client.quotas().clear_all_by_secret().await.unwrap_err();
        account.platform.assert_done();
    }
    let (without, mock) = platform(OK);
    mock.forget_rest();
    let error = without.quotas().clear_all_by_secret().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
}

#[tokio::test]
async fn limits_are_checked_before_anything_is_sent() {
    let account = Account::new();
    let client = &account.client;
    let crowd = |count: usize| (0..count).map(|number| OpenId::new(format!("o{number}"))).collect::<Vec<_>>();
    let errors = [
        client.users().infos(crowd(101)).await.unwrap_err(),
        client.users().infos(crowd(0)).await.unwrap_err(),
        client.tags().give(100, &crowd(51)).await.unwrap_err(),
        client.tags().take(100, &[]).await.unwrap_err(),
        client.tags().create("渠道门店上海南京东路一").await.unwrap_err(),
        client.tags().create("").await.unwrap_err(),
        client.tags().delete(2).await.unwrap_err(),
        client.short_keys().make("x".repeat(4097), Lifetime::MAX).await.unwrap_err(),
        client
            .statistics()
            .user_summary(&UserDataRequest::new("2026-01-01", "2026-01-08"))
            .await
            .unwrap_err(),
        client
            .statistics()
            .user_summary(&UserDataRequest::new("2026-01-02", "2026-01-01"))
            .await
            .unwrap_err(),
        client
            .statistics()
            .user_cumulate(&UserDataRequest::new("2014-11-30", "2014-12-01"))
            .await
            .unwrap_err(),
        client
            .statistics()
            .user_cumulate(&UserDataRequest::new("2026-02-29", "2026-03-01"))
            .await
            .unwrap_err(),
        client.quotas().get("cgi-bin/qrcode/create").await.unwrap_err(),
        client.quotas().clear("/cgi-bin/qrcode/create?a=b").await.unwrap_err(),
    ];
    assert!(errors.iter().all(|error| error.kind() == ErrorKind::Request && !error.may_have_been_done()));
    assert_snapshot!("limits", errors.map(|error| error.to_string()).join("\n"));
    assert!(account.platform.requests().is_empty());
}

/// Pages of a list of so many people, in which each page has two.
fn list(count: usize) -> (Client, MockTransport) {
    let (client, mock) = platform("{}");
    mock.forget_rest();
    mock.otherwise(move |request| {
        let after = request.query().rsplit_once("next_openid=o").map_or(0, |(_, number)| number.parse::<usize>().unwrap() + 1);
        let people: Vec<_> = (after..count.min(after + 2)).map(|number| format!("o{number}")).collect();
        let last = people.last().cloned().unwrap_or_default();
        let page = serde_json::json!({ "total": count, "count": people.len(), "data": { "openid": people }, "next_openid": last });
        Answer::json(page.to_string())
    });
    (client, mock)
}

#[tokio::test]
async fn followers_come_page_by_page() {
    let (client, mock) = list(5);
    let mut pages = client.users().pages();
    let mut people = Vec::new();
    while let Some(page) = pages.next().await {
        people.extend(page.unwrap().data.openid);
    }
    assert_eq!(people, ["o0", "o1", "o2", "o3", "o4"].map(OpenId::from));
    assert!(pages.next().await.is_none());
    let lines: Vec<_> = mock.requests().iter().map(SentRequest::line).collect();
    assert_snapshot!(lines.join("\n"), @"
    GET /cgi-bin/user/get?access_token=T1
    GET /cgi-bin/user/get?access_token=T1&next_openid=o1
    GET /cgi-bin/user/get?access_token=T1&next_openid=o3
    GET /cgi-bin/user/get?access_token=T1&next_openid=o4
    ");

    let mut later = pin!(client.users().pages().from("o3"));
    let page = poll_fn(|context| later.as_mut().poll_next(context)).await.unwrap().unwrap();
    assert_eq!((page.data.openid, later.position()), (vec!["o4".into()], Some(&"o4".into())));
}

#[tokio::test]
async fn an_error_ends_the_pages_and_leaves_the_place() {
    let (client, mock) = list(5);
    let mut pages = client.users().pages();
    pages.next().await.unwrap().unwrap();
    mock.answer(Answer::json(r#"{"errcode":45009,"errmsg":"no"}"#));
    assert!(pages.next().await.unwrap().is_err());
    assert!(pages.next().await.is_none());
    assert_eq!(pages.position(), Some(&"o1".into()));
}

#[tokio::test]
async fn a_page_that_leads_to_itself_is_the_last() {
    let account = Account::new();
    let page = sample("tag_user_get_response");
    account.platform.otherwise(move |request| match request.path() {
        STABLE => Answer::json(token("T1", 7200)),
        _ => Answer::json(page.clone()),
    });
    let mut pages = account.client.tags().people(134);
    let mut count = 0;
    while let Some(page) = pages.next().await {
        page.unwrap();
        count += 1;
    }
    assert_eq!(count, 2);
}
