use crate::{
    receiver::{Reaction, Receiver},
    stage::{ANNA, BEN, Stage},
};
use wx_crypto::{EncodingAesKey, seal, signature};
use wx_sim::{DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_ORIGINAL_ID, DEFAULT_TOKEN, Mode, Verdict};

fn text_reply(to: &str) -> String {
    format!(
        "<xml><ToUserName><![CDATA[{to}]]></ToUserName><FromUserName>{DEFAULT_ORIGINAL_ID}</FromUserName>\
         <CreateTime>1767229201</CreateTime><MsgType><![CDATA[text]]></MsgType>\
         <Content><![CDATA[欢迎]]></Content></xml>"
    )
}

fn sealed(clear: &str, token: &str, app_id: &str) -> String {
    let key: EncodingAesKey = DEFAULT_AES_KEY.parse().unwrap();
    let encrypt = seal(&key, app_id, [7; 16], clear.as_bytes());
    let signed = signature([token, "1767229201", "918273645", &encrypt]);
    format!(
        "<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt><MsgSignature><![CDATA[{signed}]]></MsgSignature>\
         <TimeStamp>1767229201</TimeStamp><Nonce><![CDATA[918273645]]></Nonce></xml>"
    )
}

/// How the platform takes this answer to a follow.
async fn verdict(mode: Mode, status: u16, body: &str) -> (Verdict, Option<String>) {
    let stage = Stage::start().await;
    let body = body.to_owned();
    let receiver = Receiver::start(move |_, _| Reaction::Answer(status, body.clone())).await;
    stage.sim.configure(receiver.callback(mode)).unwrap();
    let delivery = stage.sim.follow_plain(ANNA).await.unwrap();
    assert_eq!(delivery.attempts.len(), if delivery.succeeded() { 1 } else { 3 });
    (delivery.attempts[0].verdict, delivery.reply().map(str::to_owned))
}

#[tokio::test]
async fn success_and_silence_are_acknowledged_in_every_mode() {
    for mode in [Mode::Plain, Mode::Compatible, Mode::Safe] {
        assert_eq!(verdict(mode, 200, "success").await, (Verdict::Acknowledged, None));
        assert_eq!(verdict(mode, 200, "").await, (Verdict::Acknowledged, None));
    }
}

#[tokio::test]
async fn replies_are_taken_in_the_form_of_the_mode() {
    let clear = text_reply(ANNA);
    let encrypted = sealed(&clear, DEFAULT_TOKEN, DEFAULT_APP_ID);
    let taken = (Verdict::Replied, Some(clear.clone()));
    assert_eq!(verdict(Mode::Plain, 200, &clear).await, taken);
    assert_eq!(verdict(Mode::Compatible, 200, &clear).await, taken);
    assert_eq!(verdict(Mode::Compatible, 200, &encrypted).await, taken);
    assert_eq!(verdict(Mode::Safe, 200, &encrypted).await, taken);

    let refused = |reason| (Verdict::Refused(reason), None);
    let plain = verdict(Mode::Plain, 200, &encrypted).await;
    assert_eq!(plain, refused("the reply is encrypted, and the mode is plain"));
    let safe = verdict(Mode::Safe, 200, &clear).await;
    assert_eq!(safe, refused("the reply is clear, and the mode is safe"));
}

#[tokio::test]
async fn any_other_answer_is_refused_with_a_reason() {
    let reply = text_reply(ANNA);
    let other = |old: &str, new: &str| {
        assert!(reply.contains(old));
        reply.replace(old, new)
    };
    let no_reply = "the body is neither `success`, nor empty, nor the XML of a reply";
    for (status, body, expected) in [
        (500, "success".to_owned(), "the status is not 200"),
        (204, String::new(), "the status is not 200"),
        (200, "Success".to_owned(), no_reply),
        (200, "success\n".to_owned(), no_reply),
        (200, r#"{"errcode":0}"#.to_owned(), no_reply),
        (200, "<html></html>".to_owned(), no_reply),
        (200, other("</xml>", ""), no_reply),
        (200, text_reply(BEN), "the ToUserName of the reply is not the follower"),
        (200, other(DEFAULT_ORIGINAL_ID, "gh_0"), "the FromUserName of the reply is not the account"),
        (200, other("1767229201", "now"), "the CreateTime of the reply is no number"),
        (200, other("[text]", "[txt]"), "the MsgType of the reply is unknown"),
        (200, other("[text]", "[news]"), "the reply lacks the element of its MsgType"),
    ] {
        assert_eq!(verdict(Mode::Plain, status, &body).await.0, Verdict::Refused(expected), "{body}");
    }
}

#[tokio::test]
async fn an_encrypted_reply_must_verify_and_open() {
    let clear = text_reply(ANNA);
    let good = sealed(&clear, DEFAULT_TOKEN, DEFAULT_APP_ID);
    for (body, expected) in [
        (sealed(&clear, "OtherToken", DEFAULT_APP_ID), "the MsgSignature of the reply does not hold"),
        (sealed(&clear, DEFAULT_TOKEN, "wx0000000000000000"), "the envelope of the reply cannot be opened"),
        (good.replace("1767229201", "x"), "the encrypted reply needs TimeStamp and Nonce"),
        (good.replace("918273645", ""), "the encrypted reply needs TimeStamp and Nonce"),
        (sealed("success", DEFAULT_TOKEN, DEFAULT_APP_ID), "what the reply encrypts is no XML"),
        (
            sealed(&text_reply(BEN), DEFAULT_TOKEN, DEFAULT_APP_ID),
            "the ToUserName of the reply is not the follower",
        ),
    ] {
        assert_eq!(verdict(Mode::Safe, 200, &body).await.0, Verdict::Refused(expected));
    }
}
