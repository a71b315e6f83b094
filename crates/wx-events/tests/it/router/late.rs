//! What becomes of a reply that comes after the deadline.

use super::{Gate, push, ready, some_deadline};
use insta::assert_snapshot;
use std::sync::Arc;
use wx_events::{Answer, BoxError, InvalidReply, NotSendable, Router, with_state};
use wx_model::{Article, CustomMessage, Reply};

/// What is sent in the end, as the body of the call, if the handler says this after the deadline.
fn sent(file: &str, reply: Reply) -> Result<String, NotSendable> {
    let messages = late(file, move || Answer::Now(reply.clone()));
    let messages = messages.map_err(|error| *error.downcast::<NotSendable>().unwrap())?;
    Ok(messages.iter().map(|message| serde_json::to_string(message).unwrap()).collect::<Vec<_>>().join("\n"))
}

fn late(
    file: &str,
    answer: impl Fn() -> Answer + Send + Sync + 'static,
) -> Result<Vec<CustomMessage>, BoxError> {
    let gate = Gate::default();
    let answer: Arc<dyn Fn() -> Answer + Send + Sync> = Arc::new(answer);
    let handler = async |_, (gate, answer): (Gate, Arc<dyn Fn() -> Answer + Send + Sync>)| {
        gate.await;
        answer()
    };
    let router = Router::new().fallback(with_state((gate.clone(), answer), handler));
    let outcome = ready(router.answer(&push(file), some_deadline(), async {}));
    assert_eq!((outcome.reply, outcome.rule.as_deref()), (Reply::None, Some("fallback")));
    gate.open();
    ready(outcome.later.unwrap())
}

const FOLLOW: &str = "push_subscribe_qr_int.xml";
const TEXT: &str = "push_text.xml";

fn article(title: &str) -> Article {
    Article::new(title, "https://e.example/1").description("more").pic_url("https://e.example/1.png")
}

#[test]
fn each_kind_of_reply_has_its_message() {
    let image = Reply::Image { media_id: "m1".to_owned() };
    let voice = Reply::Voice { media_id: "m2".to_owned() };
    let video = Reply::Video { media_id: "m3".to_owned(), title: Some("t".to_owned()), description: None };
    let music = Reply::Music {
        title: Some("t".to_owned()),
        description: Some("d".to_owned()),
        music_url: Some("http://e.example/a.mp3".to_owned()),
        hq_music_url: None,
        thumb_media_id: "m4".to_owned(),
    };
    let news = Reply::News { articles: vec![article("one")] };
    let all = [Reply::text("你好"), image, voice, video, music, news];
    let bodies = all.map(|reply| sent(FOLLOW, reply).unwrap()).join("\n");
    assert_snapshot!(bodies, @r#"
    {"touser":"oK7tV5xA2bQm9Lr0PzYc3NdEfGhI","msgtype":"text","text":{"content":"你好"}}
    {"touser":"oK7tV5xA2bQm9Lr0PzYc3NdEfGhI","msgtype":"image","image":{"media_id":"m1"}}
    {"touser":"oK7tV5xA2bQm9Lr0PzYc3NdEfGhI","msgtype":"voice","voice":{"media_id":"m2"}}
    {"touser":"oK7tV5xA2bQm9Lr0PzYc3NdEfGhI","msgtype":"video","video":{"media_id":"m3","title":"t"}}
    {"touser":"oK7tV5xA2bQm9Lr0PzYc3NdEfGhI","msgtype":"music","music":{"description":"d","musicurl":"http://e.example/a.mp3","thumb_media_id":"m4","title":"t"}}
    {"touser":"oK7tV5xA2bQm9Lr0PzYc3NdEfGhI","msgtype":"news","news":{"articles":[{"title":"one","description":"more","url":"https://e.example/1","picurl":"https://e.example/1.png"}]}}
    "#);
}

#[test]
fn success_is_no_message() {
    assert_eq!(late(FOLLOW, || Answer::Now(Reply::None)).unwrap(), []);
    assert_eq!(late(FOLLOW, || Answer::Now(Reply::Empty)).unwrap(), []);
    assert_eq!(late("push_unsubscribe.xml", || Answer::Now(Reply::None)).unwrap(), []);
}

#[test]
fn of_news_the_first_article_is_sent() {
    let both = Reply::News { articles: vec![article("one"), article("two")] };
    assert_eq!(sent(FOLLOW, both), sent(FOLLOW, Reply::News { articles: vec![article("one")] }));
}

#[test]
fn a_late_reply_keeps_the_rules_of_a_timely_one() {
    let invalid = |file, reply| match sent(file, reply) {
        Err(NotSendable::Invalid(invalid)) => invalid,
        other => panic!("{other:?}"),
    };
    let long = "x".repeat(2049);
    assert_eq!(invalid(TEXT, Reply::text(long)), InvalidReply::TextLength { bytes: 2049 });
    assert_eq!(invalid(TEXT, Reply::text(" ")), InvalidReply::Empty { element: "Content" });
    assert_eq!(invalid("push_unsubscribe.xml", Reply::text("bye")), InvalidReply::ToUnsubscribe);
    let two = Reply::News { articles: vec![article("one"), article("two")] };
    assert_eq!(invalid(TEXT, two), InvalidReply::ArticlesToMessage { count: 2 });
    let told = NotSendable::Invalid(InvalidReply::ToUnsubscribe).to_string();
    assert_eq!(told, InvalidReply::ToUnsubscribe.to_string());
}

#[test]
fn nobody_is_handed_over_late() {
    let transfer = sent(TEXT, Reply::TransferCustomerService { kf_account: None }).unwrap_err();
    assert_eq!(transfer, NotSendable::Transfer);
    assert_eq!(sent(TEXT, Reply::TransferBizAiIvr), Err(transfer));
    assert_snapshot!(transfer, @"the handler was too late to hand the conversation over; answer with it before anything slow");
}

#[test]
fn late_messages_and_late_errors_pass_through() {
    let later = || Answer::later(async { Ok(vec![CustomMessage::text("o2", "hi")]) });
    assert_eq!(late(TEXT, later).unwrap(), [CustomMessage::text("o2", "hi")]);
    assert_eq!(late(TEXT, || Answer::Failed("why".into())).unwrap_err().to_string(), "why");
    assert_eq!(late(TEXT, || Answer::later(async { Err("why".into()) })).unwrap_err().to_string(), "why");
}
