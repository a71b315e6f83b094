//! Laws, for a reply of any texts to a message or an event, clear or encrypted, in XML or JSON:
//!
//! - What is written is read again with the same texts under the paths of protocol §9, addressed back, and nothing else.
//!   Characters that XML forbids are dropped, and in XML a line end is one character.
//! - It is not written only if a rule of protocol §9 says so.
//! - An encrypted reply is signed, and opened by the same callback.
//! - The platform's side of the callback reads the same reply.

use crate::{
    account::{NOW, PLAIN, SAFE, TOKEN},
    oracle::is_character,
};
use std::sync::LazyLock;
use wx_events::{Callback, CallbackQuery, ErrorKind, ReceivedPush, SignedPush, parse_unverified};
use wx_model::{Article, Push, Reply};

/// The first byte chooses the push, the second one the kind of the reply; texts follow, each ended by `0xff`, which is
/// in no UTF-8. A text that is `0xfe` is left out.
pub fn reply_roundtrip(data: &[u8]) {
    let [push, kind, texts @ ..] = data else { return };
    let Arrived { callback, signed, received } = &ARRIVED[usize::from(*push) % ARRIVED.len()];
    let mut texts = texts.split(|byte| *byte == 0xff).map(text);
    let mut next = || texts.next().flatten();
    let (reply, expected) = reply(*kind, &mut next);
    let is_allowed = is_allowed(&reply, received.message().is_some());
    match callback.seal(received, &reply, NOW) {
        Ok(answer) => {
            assert!(is_allowed, "{reply:?}");
            compare(&read(&answer, received), received, &expected);
            let accepted =
                callback.read_answer(signed, answer.as_bytes()).expect("it was written for this push");
            assert_eq!(accepted.reply, carried_whole(reply, received.is_json()));
        }
        Err(error) => assert!(!is_allowed && error.kind() == ErrorKind::InvalidReply, "{error}: {reply:?}"),
    }
}

/// A push and how it came.
struct Arrived {
    callback: &'static Callback,
    signed: SignedPush,
    received: ReceivedPush,
}

/// A message and an event, in XML and JSON, clear and encrypted.
static ARRIVED: LazyLock<Vec<Arrived>> = LazyLock::new(|| {
    let bodies = [
        "<xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime>\
         <MsgType>text</MsgType><Content>?</Content></xml>",
        "<xml><ToUserName>gh</ToUserName><FromUserName>o</FromUserName><CreateTime>1</CreateTime>\
         <MsgType>event</MsgType><Event>SCAN</Event><EventKey>2026</EventKey></xml>",
        r#"{"ToUserName":"gh","FromUserName":"o","CreateTime":1,"MsgType":"text","Content":"?"}"#,
        r#"{"ToUserName":"gh","FromUserName":"o","CreateTime":1,"MsgType":"event","Event":"SCAN","EventKey":"2026"}"#,
    ];
    bodies.iter().flat_map(|body| [arrive(&PLAIN, body), arrive(&SAFE, body)]).collect()
});

fn arrive(callback: &'static Callback, body: &str) -> Arrived {
    let signed = callback.sign(body.as_bytes(), NOW).expect("a push");
    let received = callback.open(&CallbackQuery::parse(&signed.query), signed.body.as_bytes(), NOW);
    Arrived { callback, signed, received: received.expect("it was signed") }
}

fn text(bytes: &[u8]) -> Option<String> {
    (bytes != [0xfe]).then(|| String::from_utf8_lossy(bytes).into_owned())
}

type Leaves = Vec<(String, String)>;

/// A reply, and its own leaves by protocol §9.
fn reply(kind: u8, next: &mut impl FnMut() -> Option<String>) -> (Reply, Leaves) {
    let mut leaves = Leaves::new();
    let mut add = |path: &str, text: &Option<String>| {
        leaves.extend(text.iter().map(|text| (path.to_owned(), text.clone())));
        text.clone()
    };
    let (name, reply) = match kind.to_ascii_lowercase() {
        b'i' => ("image", Reply::Image { media_id: all(add("Image.MediaId", &some(next()))) }),
        b'v' => ("voice", Reply::Voice { media_id: all(add("Voice.MediaId", &some(next()))) }),
        b'f' => {
            let media_id = all(add("Video.MediaId", &some(next())));
            let title = add("Video.Title", &next());
            ("video", Reply::Video { media_id, title, description: add("Video.Description", &next()) })
        }
        b'm' => {
            let title = add("Music.Title", &next());
            let description = add("Music.Description", &next());
            let music_url = add("Music.MusicUrl", &next());
            let hq_music_url = add("Music.HQMusicUrl", &next());
            let thumb_media_id = all(add("Music.ThumbMediaId", &some(next())));
            ("music", Reply::Music { title, description, music_url, hq_music_url, thumb_media_id })
        }
        b'c' => {
            let kf_account = add("TransInfo.KfAccount", &next());
            ("transfer_customer_service", Reply::TransferCustomerService { kf_account })
        }
        b'b' => ("transfer_biz_ai_ivr", Reply::TransferBizAiIvr),
        digit @ b'0'..=b'9' => return news(usize::from(digit - b'0'), next),
        _ => ("text", Reply::Text { content: all(add("Content", &some(next()))) }),
    };
    leaves.push(("MsgType".to_owned(), name.to_owned()));
    (reply, leaves)
}

fn news(count: usize, next: &mut impl FnMut() -> Option<String>) -> (Reply, Leaves) {
    let mut leaves =
        vec![("MsgType".to_owned(), "news".to_owned()), ("ArticleCount".to_owned(), count.to_string())];
    let articles = (0..count).map(|index| {
        let path = if count == 1 { "Articles.item".to_owned() } else { format!("Articles.item[{index}]") };
        let [title, description, pic_url, url] = ["Title", "Description", "PicUrl", "Url"].map(|name| {
            let text = all(next());
            leaves.push((format!("{path}.{name}"), text.clone()));
            text
        });
        Article::new(title, url).description(description).pic_url(pic_url)
    });
    let articles = articles.collect();
    (Reply::News { articles }, leaves)
}

fn some(text: Option<String>) -> Option<String> {
    Some(all(text))
}

fn all(text: Option<String>) -> String {
    text.unwrap_or_default()
}

/// Protocol §9, a second time.
fn is_allowed(reply: &Reply, to_message: bool) -> bool {
    let says = |text: &str| text.chars().any(|c| is_character(c) && !c.is_whitespace());
    match reply {
        Reply::Text { content } => says(content) && content.len() <= 2048,
        Reply::Image { media_id } | Reply::Voice { media_id } | Reply::Video { media_id, .. } => {
            says(media_id)
        }
        Reply::Music { thumb_media_id, .. } => says(thumb_media_id),
        Reply::News { articles } => (1..=if to_message { 1 } else { 8 }).contains(&articles.len()),
        Reply::TransferCustomerService { kf_account } => to_message && kf_account.as_deref().is_none_or(says),
        Reply::TransferBizAiIvr => to_message,
        _ => true,
    }
}

/// The reply as a push is read, after it was opened if it is encrypted.
fn read(answer: &str, received: &ReceivedPush) -> Push {
    assert_eq!(answer.starts_with('{'), received.is_json(), "{answer}");
    if !received.is_encrypted() {
        return parse_unverified(answer.as_bytes()).expect("a reply has what every push has");
    }
    let mut query = CallbackQuery::parse("encrypt_type=aes");
    query.timestamp = NOW.to_string();
    query.nonce = field(answer, "Nonce");
    query.msg_signature = field(answer, "MsgSignature");
    assert_eq!(query.msg_signature, {
        wx_crypto::signature([TOKEN, &query.timestamp, &query.nonce, &field(answer, "Encrypt")])
    });
    SAFE.open(&query, answer.as_bytes(), NOW).expect("it is signed and encrypted").into_push()
}

/// A text of the envelope, as a reader finds it that knows nothing of XML or JSON.
fn field(envelope: &str, name: &str) -> String {
    let (start, end) = if envelope.starts_with('{') {
        (format!("\"{name}\":\""), "\"")
    } else {
        (format!("<{name}><![CDATA["), "]]>")
    };
    let inside = envelope.split_once(&start).expect("every envelope has it").1;
    inside.split_once(end).expect("it ends").0.to_owned()
}

fn compare(read: &Push, received: &ReceivedPush, expected: &Leaves) {
    let mut ours: Leaves = read.fields.iter().map(|(path, text)| (path, text.to_owned())).collect();
    let addressed = [("ToUserName", "o"), ("FromUserName", "gh"), ("CreateTime", "1767229200")];
    let addressed = addressed.map(|(path, text)| (path.to_owned(), text.to_owned()));
    let carried = expected.iter().map(|(path, text)| (path.clone(), carried(text, received.is_json())));
    let mut expected: Leaves = addressed.into_iter().chain(carried).collect();
    ours.sort();
    expected.sort();
    assert_eq!(ours, expected);
}

/// What is left of a text on its way.
fn carried(text: &str, in_json: bool) -> String {
    let text: String = text.chars().filter(|c| is_character(*c)).collect();
    if in_json { text } else { text.replace("\r\n", "\n").replace('\r', "\n") }
}

/// A reply of which every text went that way.
fn carried_whole(reply: Reply, in_json: bool) -> Reply {
    let one = |text: String| carried(&text, in_json);
    let some = |text: Option<String>| text.map(one);
    match reply {
        Reply::Text { content } => Reply::Text { content: one(content) },
        Reply::Image { media_id } => Reply::Image { media_id: one(media_id) },
        Reply::Voice { media_id } => Reply::Voice { media_id: one(media_id) },
        Reply::Video { media_id, title, description } => {
            Reply::Video { media_id: one(media_id), title: some(title), description: some(description) }
        }
        Reply::Music { title, description, music_url, hq_music_url, thumb_media_id } => Reply::Music {
            title: some(title),
            description: some(description),
            music_url: some(music_url),
            hq_music_url: some(hq_music_url),
            thumb_media_id: one(thumb_media_id),
        },
        Reply::News { articles } => Reply::News {
            articles: articles
                .into_iter()
                .map(|Article { title, description, pic_url, url, .. }| {
                    Article::new(one(title), one(url)).description(one(description)).pic_url(one(pic_url))
                })
                .collect(),
        },
        Reply::TransferCustomerService { kf_account } => {
            Reply::TransferCustomerService { kf_account: some(kf_account) }
        }
        other => other,
    }
}
