use wx_channel::{AccountId, ChannelName, Code};
use wx_model::{ActionName, CreateRequest, CreateResponse, Lifetime, PermanentScene, Scene};

fn account() -> AccountId {
    AccountId::new("wx0123456789abcdef")
}

#[test]
fn a_temporary_code_expires_as_the_platform_confirms() {
    let request = CreateRequest::temporary(Scene::id(2026).unwrap(), Lifetime::from_seconds(600).unwrap());
    let mut response = CreateResponse::new("ticket");
    for (confirmed, expires) in [(Some(60), 1_060), (Some(0), 1_600), (None, 1_600)] {
        response.expire_seconds = confirmed;
        let code = Code::new(account(), &request, &response, 1_000);
        assert_eq!((code.expires, code.scene.as_str()), (Some(expires), "2026"), "{confirmed:?}");
    }
    assert_eq!(Code::new(account(), &request, &response, i64::MAX).expires, Some(i64::MAX));
}

#[test]
fn a_permanent_code_never_expires() {
    let request = CreateRequest::permanent(PermanentScene::str("shop-042").unwrap());
    let mut response = CreateResponse::new("ticket");
    response.url = Some("http://weixin.qq.com/q/02x".to_owned());
    let shop = ChannelName::new("shop-042").unwrap();
    let code = Code::new(account(), &request, &response, 1_000).channel(shop.clone());
    assert_eq!(
        (code.action_name, code.expires, code.channel),
        (ActionName::QrLimitStrScene, None, Some(shop))
    );
    assert_eq!(code.url, response.url);
}
