//! Whatever request can be made is read back as the same from its own JSON.

use proptest::{collection::vec, option, prelude::*, sample::select};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;
use wx_model::{
    Article, BatchTaggingRequest, CallbackCheckRequest, CheckAction, CheckOperator, ClearQuotaRequest,
    CreateRequest, CustomContent, CustomMessage, Lifetime, MenuItem, MessageMenu, MiniProgram, OpenId,
    PermanentScene, QuotaRequest, RidRequest, Scene, ShortenFetchRequest, ShortenGenRequest, SubscribeScene,
    TagCreateRequest, TemplateMessage, UserDataRequest, UserInfoBatchRequest, UserInfoQuery, UserSource,
};

fn returns<T: Serialize + DeserializeOwned + PartialEq + Debug>(request: &T) {
    let json = serde_json::to_string(request).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), request, "{json}");
}

/// Up to 21 characters of up to three bytes, no blank at either end.
const SCENE_STR: &str = "[a-zA-Z0-9:_/.中-]([a-zA-Z0-9:_/ .中-]{0,19}[a-zA-Z0-9:_/.中-])?";

fn text() -> impl Strategy<Value = String> {
    any::<String>()
}

fn lifetime() -> impl Strategy<Value = Lifetime> {
    (1..=2_592_000_u64).prop_map(|seconds| Lifetime::from_seconds(seconds).unwrap())
}

fn create_request() -> impl Strategy<Value = CreateRequest> {
    let scene = prop_oneof![
        (1..=u64::from(u32::MAX)).prop_map(|id| Scene::id(id).unwrap()),
        SCENE_STR.prop_map(|text| Scene::str(text).unwrap()),
    ];
    let permanent = prop_oneof![
        (1..=100_000_u64).prop_map(|id| PermanentScene::id(id).unwrap()),
        SCENE_STR.prop_map(|text| PermanentScene::str(text).unwrap()),
    ];
    prop_oneof![
        (scene, lifetime()).prop_map(|(scene, lifetime)| CreateRequest::temporary(scene, lifetime)),
        permanent.prop_map(CreateRequest::permanent),
    ]
}

fn custom_message() -> impl Strategy<Value = CustomMessage> {
    let item = (text(), text()).prop_map(|(id, content)| MenuItem::new(id, content));
    let fields = proptest::collection::btree_map(text(), text(), 0..4);
    let content = prop_oneof![
        text().prop_map(|content| CustomContent::Text { content }),
        (text(), vec(item, 0..4), text())
            .prop_map(|(head, list, tail)| CustomContent::MsgMenu(MessageMenu::new(head, list, tail))),
        [text(), text(), text(), text()].prop_map(|[title, url, summary, picture]| {
            CustomContent::News(Article::new(title, url).description(summary).pic_url(picture))
        }),
        (select(vec!["image", "video", "wxcard", "a_kind_of_tomorrow"]), fields)
            .prop_map(|(msgtype, fields)| CustomContent::Other { msgtype: msgtype.to_owned(), fields }),
    ];
    (text(), content, option::of(text())).prop_map(|(user, content, desk)| {
        let message = CustomMessage::new(user, content);
        desk.into_iter().fold(message, CustomMessage::from_desk)
    })
}

fn template_message() -> impl Strategy<Value = TemplateMessage> {
    let opens = option::of((text(), text()));
    (text(), text(), vec((text(), text()), 0..5), option::of(text()), opens).prop_map(
        |(user, template, values, id, opens)| {
            let message = TemplateMessage::new(user, template);
            let message = values.into_iter().fold(message, |message, (key, value)| message.value(key, value));
            let message = id.into_iter().fold(message, TemplateMessage::client_msg_id);
            opens.into_iter().fold(message, |message, (url, path)| {
                let program = MiniProgram::new(url.as_str()).pagepath(path);
                message.url(url).miniprogram(program)
            })
        },
    )
}

proptest! {
    #[test]
    fn codes(request in create_request()) {
        returns(&request);
    }

    #[test]
    fn customer_service_messages(message in custom_message()) {
        returns(&message);
    }

    #[test]
    fn template_messages(message in template_message()) {
        returns(&message);
    }

    #[test]
    fn everything_that_is_one_or_two_texts(one in text(), two in text(), lifetime in lifetime()) {
        returns(&ClearQuotaRequest::new(one.as_str()));
        returns(&QuotaRequest::new(one.as_str()));
        returns(&RidRequest::new(one.as_str()));
        returns(&ShortenFetchRequest::new(one.as_str()));
        returns(&ShortenGenRequest::new(one.as_str(), lifetime));
        returns(&TagCreateRequest::new(one.as_str()));
        returns(&UserDataRequest::new(one, two));
    }

    #[test]
    fn lists_of_people(people in vec((text(), option::of(text())), 0..50), tag in any::<i64>()) {
        let openids = people.iter().map(|(openid, _)| OpenId::new(openid.as_str())).collect();
        returns(&BatchTaggingRequest::new(tag, openids));
        let query = |(openid, lang): (String, Option<String>)| {
            lang.into_iter().fold(UserInfoQuery::new(openid), UserInfoQuery::lang)
        };
        returns(&UserInfoBatchRequest::new(people.into_iter().map(query).collect()));
    }
}

#[test]
fn checks_of_the_callback_have_the_words_of_the_protocol() {
    use CheckOperator::{Cap, ChinaNet, Default, Unicom};
    let words = [(CheckAction::Dns, ChinaNet), (CheckAction::Ping, Unicom), (CheckAction::All, Cap)];
    let words = words.map(|(action, operator)| CallbackCheckRequest::new(action, operator));
    insta::assert_snapshot!(serde_json::to_string(&words).unwrap(), @r#"[{"action":"dns","check_operator":"CHINANET"},{"action":"ping","check_operator":"UNICOM"},{"action":"all","check_operator":"CAP"}]"#);
    returns(&words);
    assert_eq!(serde_json::to_string(&Default).unwrap(), r#""DEFAULT""#);
}

#[test]
fn a_message_without_its_content_is_refused() {
    for json in [
        r#"{"touser":"o","msgtype":"text"}"#,
        r#"{"touser":"o","msgtype":"image","voice":{"media_id":"m"}}"#,
        r#"{"touser":"o","msgtype":"msgmenu","text":{"content":"c"}}"#,
        r#"{"touser":"o","msgtype":"news","text":{"content":"c"}}"#,
    ] {
        let error = serde_json::from_str::<CustomMessage>(json).unwrap_err().to_string();
        assert!(error.starts_with("the content of a message of msgtype"), "{error}");
    }
}

#[test]
fn a_news_message_has_one_article() {
    let article = r#"{"title":"t","url":"u"}"#;
    let read = |articles: &str| {
        let json = format!(r#"{{"touser":"o","msgtype":"news","news":{{"articles":[{articles}]}}}}"#);
        serde_json::from_str::<CustomMessage>(&json)
    };
    assert_eq!(read(article).unwrap().content, CustomContent::News(Article::new("t", "u")));
    assert!(read("").is_err() && read(&format!("{article},{article}")).is_err());
}

#[test]
fn origins_that_nobody_knows_are_kept() {
    let origin: SubscribeScene = serde_json::from_str(r#""ADD_SCENE_TOMORROW""#).unwrap();
    assert_eq!(serde_json::to_string(&origin).unwrap(), r#""ADD_SCENE_TOMORROW""#);
    assert_eq!(SubscribeScene::new("ADD_SCENE_QR_CODE"), SubscribeScene::QR_CODE);
    assert_eq!(serde_json::from_str::<UserSource>("30").unwrap(), UserSource::QR_CODE);
    assert_eq!(serde_json::from_str::<UserSource>("78").unwrap().get(), 78);
}
