use crate::account::{APP_ID, Account, CALL, SECRET};
use serde_json::Value;
use wx_client::{Client, ErrorKind};
use wx_transport::MockTransport;

fn builder() -> wx_client::ClientBuilder {
    Client::builder(APP_ID, SECRET).transport(MockTransport::new())
}

#[test]
fn the_platform_itself_is_the_default() {
    let client = builder().build().unwrap();
    assert_eq!(client.api_base().as_str(), "https://api.weixin.qq.com");
    assert_eq!(client.image_base().as_str(), "https://mp.weixin.qq.com");
    assert_eq!(client.app_id().as_str(), APP_ID);
}

#[cfg(any(feature = "reqwest", feature = "hyper"))]
#[test]
fn new_is_the_builder_with_nothing_said() {
    let client = Client::new(APP_ID, SECRET);
    assert_eq!(client.api_base(), &wx_client::BaseUrl::official_api());
    assert_eq!(client.image_base(), &wx_client::BaseUrl::official_images());
}

#[test]
fn one_base_serves_calls_and_pictures_unless_pictures_have_their_own() {
    let client = builder().api_base("http://127.0.0.1:8080/").build().unwrap();
    assert_eq!(client.image_base().as_str(), "http://127.0.0.1:8080");
    for builder in [
        builder().api_base("http://a.test").image_base("http://b.test"),
        builder().image_base("http://b.test").api_base("http://a.test"),
    ] {
        let client = builder.build().unwrap();
        assert_eq!(
            (client.api_base().as_str(), client.image_base().as_str()),
            ("http://a.test", "http://b.test")
        );
    }
}

#[test]
fn a_wrong_base_is_named_and_not_repeated() {
    let error = builder().api_base("https://me:hunter22@host").build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    insta::assert_snapshot!(error, @"api_base is not valid: a base address holds no user name or password; leave out everything up to @");
    let error = builder().image_base("mp.weixin.qq.com").build().unwrap_err();
    insta::assert_snapshot!(error, @"image_base is not valid: a base address starts with http:// or https://, such as https://api.weixin.qq.com");
}

#[cfg(not(any(feature = "reqwest", feature = "hyper")))]
#[test]
fn without_reqwest_and_hyper_a_transport_must_be_given() {
    let error = Client::builder(APP_ID, SECRET).build().unwrap_err();
    insta::assert_snapshot!(error, @"there is no transport; give one to the builder, or switch the feature `reqwest` or `hyper` on");
}

#[tokio::test]
async fn a_wrong_path_is_refused_before_anything_is_sent() {
    let account = Account::new();
    for path in ["", "cgi-bin/x", "/cgi-bin/x?access_token=hidden", "/a b", "/a#b", "/路", "/a\r\nb"] {
        let error = account.client.get_json::<Value>(path, &[]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{path}");
        assert!(!format!("{error}{error:?}").contains("hidden"));
        assert!(!error.is_retryable() && !error.may_have_been_done());
    }
    assert!(account.platform.requests().is_empty());
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused_before_anything_is_sent() {
    let account = Account::new();
    let body = std::collections::HashMap::from([((1, 2), 3)]);
    let error = account.client.post_json::<Value>(CALL, &body).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    insta::assert_snapshot!(error, @"/cgi-bin/some/call cannot be called: its body cannot be written as JSON");
    assert!(account.platform.requests().is_empty());
}

#[test]
fn outside_of_tokio_it_says_so() {
    use std::{
        future::Future,
        pin::pin,
        task::{Context, Poll, Waker},
    };
    let client = builder().build().unwrap();
    let mut call = pin!(client.access_token());
    match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Err(error)) => assert_eq!(error.kind(), ErrorKind::Config),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_debug_form_of_a_client_holds_no_secret() {
    let account = Account::new();
    assert!(!format!("{:?}", account.client).contains(SECRET));
    assert!(!format!("{:?}", builder()).contains(SECRET));
}
