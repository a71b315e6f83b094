use crate::{
    receiver::{Reaction, Receiver},
    stage::{ANNA, Stage},
};
use wx_crypto::{EncodingAesKey, seal, signature};
use wx_sim::{
    Act, DEFAULT_AES_KEY, DEFAULT_APP_ID, DEFAULT_ORIGINAL_ID, DEFAULT_TOKEN, Delivery, Mode, Verdict,
};

fn reply(kind: &str, content: &str) -> String {
    format!(
        "<xml><ToUserName>{ANNA}</ToUserName><FromUserName>{DEFAULT_ORIGINAL_ID}</FromUserName>\
         <CreateTime>1767229201</CreateTime><MsgType>{kind}</MsgType>{content}</xml>"
    )
}

fn text(content: &str) -> String {
    reply("text", &format!("<Content>{content}</Content>"))
}

fn news(count: &str, items: usize) -> String {
    let items = "<item><Title>t</Title></item>".repeat(items);
    reply("news", &format!("<ArticleCount>{count}</ArticleCount><Articles>{items}</Articles>"))
}

const EVENTS: [&str; 2] = ["subscribe", "SCAN"];
const MESSAGE: [&str; 1] = ["text"];
const ALL: [&str; 3] = ["subscribe", "SCAN", "text"];

/// How the push of this kind fares with a receiver that answers so.
async fn delivered(kind: &str, mode: Mode, body: String) -> Delivery {
    let stage = Stage::start().await;
    let ticket = stage.ticket("shop-042").await;
    let act = match kind {
        "subscribe" => Act::follow(ANNA),
        "SCAN" => Act::scan(ANNA, &ticket),
        "text" => Act::say(ANNA, "1"),
        _ => Act::unfollow(ANNA),
    };
    if kind != "subscribe" {
        stage.sim.follow_plain(ANNA).await.unwrap();
    }
    let receiver = Receiver::start(move |_, _| Reaction::ok(body.clone())).await;
    stage.sim.configure(receiver.callback(mode)).unwrap();
    let delivery = stage.sim.act(act).await.unwrap();
    assert_eq!(delivery.push.kind, kind);
    delivery
}

async fn assert_shown(kinds: &[&str], body: &str) {
    for kind in kinds {
        let delivery = delivered(kind, Mode::Plain, body.to_owned()).await;
        assert_eq!(delivery.reply(), Some(body), "{kind}: {:?}", delivery.attempts[0].verdict);
    }
}

async fn assert_refused(kinds: &[&str], body: &str, reason: &'static str) {
    for kind in kinds {
        let delivery = delivered(kind, Mode::Plain, body.to_owned()).await;
        let verdicts: Vec<_> = delivery.attempts.iter().map(|attempt| attempt.verdict).collect();
        assert_eq!(verdicts, [Verdict::Refused(reason); 3], "{kind}: {body}");
        assert_eq!(delivery.reply(), None);
    }
}

#[tokio::test]
async fn a_text_has_1_to_2048_bytes() {
    assert_shown(&ALL, &text(&"a".repeat(2048))).await;
    // Three bytes each: 2046 and 2049.
    assert_shown(&MESSAGE, &text(&"渠".repeat(682))).await;
    let long = "the text of the reply is over 2048 bytes";
    assert_refused(&ALL, &text(&"a".repeat(2049)), long).await;
    assert_refused(&MESSAGE, &text(&"渠".repeat(683)), long).await;
    for empty in ["", " \n", "<![CDATA[]]>"] {
        assert_refused(&MESSAGE, &text(empty), "the text of the reply is empty").await;
    }
}

#[tokio::test]
async fn media_need_their_ids() {
    for (kind, element) in [("image", "Image"), ("voice", "Voice"), ("video", "Video")] {
        let with = |inner: &str| reply(kind, &format!("<{element}>{inner}</{element}>"));
        assert_shown(&ALL, &with("<MediaId>m</MediaId>")).await;
        for bad in ["", "<MediaId/>", "<ThumbMediaId>m</ThumbMediaId>"] {
            assert_refused(&MESSAGE, &with(bad), "the reply has no MediaId").await;
        }
    }
    let music = |inner: &str| reply("music", &format!("<Music><Title>t</Title>{inner}</Music>"));
    assert_shown(&ALL, &music("<ThumbMediaId>m</ThumbMediaId>")).await;
    for bad in ["", "<ThumbMediaId> </ThumbMediaId>", "<MediaId>m</MediaId>"] {
        assert_refused(&MESSAGE, &music(bad), "the music reply has no ThumbMediaId").await;
    }
}

#[tokio::test]
async fn news_have_one_article_for_a_message_and_up_to_eight_for_an_event() {
    assert_shown(&ALL, &news("1", 1)).await;
    assert_shown(&EVENTS, &news("8", 8)).await;
    assert_refused(&EVENTS, &news("9", 9), "the news reply has more than 8 articles").await;
    let several = "the news reply has more than 1 article, and it answers a message";
    assert_refused(&MESSAGE, &news("2", 2), several).await;
    assert_refused(&ALL, &news("0", 0), "the news reply has no article").await;
}

#[tokio::test]
async fn the_article_count_is_the_number_of_items() {
    let differs = "the ArticleCount of the reply is not the number of its items";
    for count in ["2", "0", "", "+1", "one", "99999999999999999999999"] {
        assert_refused(&EVENTS[..1], &news(count, 1), differs).await;
    }
    let strange = news("1", 1).replace("item>", "article>");
    assert_refused(&MESSAGE, &strange, differs).await;
}

#[tokio::test]
async fn a_transfer_answers_messages_only() {
    let account = "<TransInfo><KfAccount>anna@shop</KfAccount></TransInfo>";
    for transfer in [
        reply("transfer_customer_service", ""),
        reply("transfer_customer_service", account),
        reply("transfer_biz_ai_ivr", ""),
    ] {
        assert_shown(&MESSAGE, &transfer).await;
        let reason = "a transfer answers messages only, and the push is an event";
        assert_refused(&EVENTS, &transfer, reason).await;
    }
}

#[tokio::test]
async fn an_unsubscribe_is_answered_with_success_alone() {
    for body in ["success", ""] {
        let delivery = delivered("unsubscribe", Mode::Plain, body.to_owned()).await;
        assert_eq!(delivery.attempts[0].verdict, Verdict::Acknowledged);
    }
    let reason = "nobody is there to see a reply to this event; answer `success`";
    assert_refused(&["unsubscribe"], &text("a"), reason).await;
    assert_refused(&["unsubscribe"], &reply("transfer_customer_service", ""), reason).await;
}

#[tokio::test]
async fn an_encrypted_reply_is_held_to_the_same() {
    let key: EncodingAesKey = DEFAULT_AES_KEY.parse().unwrap();
    let encrypt = seal(&key, DEFAULT_APP_ID, [7; 16], news("2", 2).as_bytes());
    let signed = signature([DEFAULT_TOKEN, "1767229201", "1", &encrypt]);
    let body = format!(
        "<xml><Encrypt>{encrypt}</Encrypt><MsgSignature>{signed}</MsgSignature>\
         <TimeStamp>1767229201</TimeStamp><Nonce>1</Nonce></xml>"
    );
    assert!(delivered("SCAN", Mode::Safe, body.clone()).await.succeeded());
    let said = delivered("text", Mode::Safe, body).await;
    let several = "the news reply has more than 1 article, and it answers a message";
    assert_eq!(said.attempts[0].verdict, Verdict::Refused(several));
}
