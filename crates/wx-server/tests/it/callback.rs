//! What the platform, and whoever pretends to be it, is answered.

use crate::{
    client::{get, post, post_with},
    service::{ACCOUNT, Service, scan, signed},
};
use std::sync::atomic::Ordering;
use wx_channel::{AccountId, Channel, ChannelName, Code, CodeStore};
use wx_model::{CreateRequest, CreateResponse, PermanentScene};

#[tokio::test]
async fn echoes_exactly_what_the_platform_sent() {
    let service = Service::start().await;
    let echo = get(service.callback, &format!("{}&echostr=5577006791947779410", signed())).await;
    assert_eq!((echo.status, echo.body.as_str()), (200, "5577006791947779410"));
    assert!(echo.head.contains("content-type: text/plain"), "{}", echo.head);
    assert!(echo.head.contains("content-length: 19"), "{}", echo.head);

    let forged = get(service.callback, "/wx/callback?signature=00&timestamp=1&nonce=2&echostr=%3Cb%3E").await;
    assert_eq!(forged.status, 403);
    assert!(!forged.body.contains("<b>"), "nothing of the request comes back");
}

#[tokio::test]
async fn stores_before_it_says_success_and_stores_once() {
    let service = Service::start().await;
    for _ in 0..3 {
        let answer = post(service.callback, &signed(), scan("o1").as_bytes()).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "success"));
    }
    assert_eq!(service.stored().await, 1);
    post(service.callback, &signed(), scan("o2").as_bytes()).await;
    assert_eq!(service.stored().await, 2);
}

#[tokio::test]
async fn answers_with_the_words_of_the_scanned_channel() {
    let service = Service::start().await;
    let account = AccountId::from(ACCOUNT);
    let channel =
        Channel::new(ChannelName::new("门店").unwrap()).welcome("欢迎").welcome_back("又见面了 ]]> &");
    service.store.put_channel(&account, &channel).await.unwrap();
    let request = CreateRequest::permanent(PermanentScene::id(2026).unwrap());
    let code = Code::new(account, &request, &CreateResponse::new("ticket-of-2026"), 1).channel(channel.name);
    service.store.put_code(&code).await.unwrap();

    let answer = post(service.callback, &signed(), scan("o1").as_bytes()).await;
    assert_eq!(answer.status, 200);
    assert!(answer.head.contains("content-type: text/xml"), "{}", answer.head);
    assert!(answer.body.contains("<ToUserName><![CDATA[o1]]></ToUserName>"), "{}", answer.body);
    assert!(answer.body.contains("又见面了"), "{}", answer.body);
    let again = post(service.callback, &signed(), scan("o1").as_bytes()).await;
    assert_eq!(again.body, answer.body, "a repeated delivery gets the same answer");
}

#[tokio::test]
async fn refuses_a_wrong_signature_and_stores_nothing() {
    let service = Service::start().await;
    let forged = signed().replace("nonce=42", "nonce=43");
    for target in [forged.as_str(), "/wx/callback", "/wx/callback?signature=%00&timestamp=&nonce="] {
        let answer = post(service.callback, target, scan("o1").as_bytes()).await;
        assert_eq!(answer.status, 403, "{target}");
        assert!(answer.body.contains("refused"), "{}", answer.body);
    }
    assert_eq!(service.stored().await, 0);
}

#[tokio::test]
async fn says_what_is_wrong_with_a_body_that_is_no_push() {
    let service = Service::start().await;
    for (body, status) in
        [("hello", 400), ("<xml><a></xml>", 400), ("<xml></xml>", 400), ("<!DOCTYPE x><xml/>", 400)]
    {
        let answer = post(service.callback, &signed(), body.as_bytes()).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
        assert!(answer.body.len() > 10 && !answer.body.contains("panic"), "{}", answer.body);
    }
    let zipped = post_with(service.callback, &signed(), "Content-Encoding: gzip\r\n", b"x").await;
    assert_eq!(zipped.status, 415);
    assert_eq!(get(service.callback, "/elsewhere").await.status, 404);
    assert_eq!(get(service.callback, "/healthz").await.body, "ok");
    assert_eq!(service.stored().await, 0);
}

#[tokio::test]
async fn never_says_success_when_the_store_fails() {
    let service = Service::start().await;
    service.store.fails.store(true, Ordering::SeqCst);
    let answer = post(service.callback, &signed(), scan("o1").as_bytes()).await;
    assert_eq!(answer.status, 503);
    assert!(!answer.body.contains("success") && !answer.body.contains("device"), "{}", answer.body);
    service.store.fails.store(false, Ordering::SeqCst);
    assert_eq!(post(service.callback, &signed(), scan("o1").as_bytes()).await.body, "success");
    assert_eq!(service.stored().await, 1);
}

#[tokio::test]
async fn ends_when_the_store_has_failed_for_good() {
    let service = Service::start().await;
    service.store.breaks.store(true, Ordering::SeqCst);
    let answer = post(service.callback, &signed(), scan("o1").as_bytes()).await;
    assert_eq!((answer.status, answer.body.as_str()), (503, "try again"));
    assert!(service.ended().await.unwrap_err().to_string().contains("the store failed"));
}
