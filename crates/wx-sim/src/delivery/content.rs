use super::judge::{Reason, is_number};
use crate::{Push, push::Nature, xml::Element};

/// Whether the person would see a reply of this content in answer to this push (protocol §9).
pub(super) fn check_content(push: &Push, reply: &Element<'_>) -> Result<(), Reason> {
    if push.nature == Nature::Notice {
        return Err("nobody is there to see a reply to this event; answer `success`");
    }
    match reply.text_of("MsgType") {
        "text" => check_text(part(reply, "Content")?),
        "image" => check_media(part(reply, "Image")?),
        "voice" => check_media(part(reply, "Voice")?),
        "video" => check_media(part(reply, "Video")?),
        "music" => check_music(part(reply, "Music")?),
        "news" => check_news(push, reply.text_of("ArticleCount"), part(reply, "Articles")?),
        "transfer_customer_service" | "transfer_biz_ai_ivr" => check_transfer(push),
        _ => Err("the MsgType of the reply is unknown"),
    }
}

/// Each type of reply needs its element.
fn part<'a, 'b>(reply: &'a Element<'b>, name: &str) -> Result<&'a Element<'b>, Reason> {
    reply.child(name).ok_or("the reply lacks the element of its MsgType")
}

const LONGEST_TEXT: usize = 2048;

fn check_text(content: &Element<'_>) -> Result<(), Reason> {
    if content.text.trim().is_empty() {
        return Err("the text of the reply is empty");
    }
    if content.text.len() > LONGEST_TEXT {
        return Err("the text of the reply is over 2048 bytes");
    }
    Ok(())
}

fn check_media(media: &Element<'_>) -> Result<(), Reason> {
    has_text(media, "MediaId", "the reply has no MediaId")
}

fn check_music(music: &Element<'_>) -> Result<(), Reason> {
    has_text(music, "ThumbMediaId", "the music reply has no ThumbMediaId")
}

fn has_text(element: &Element<'_>, name: &str, otherwise: Reason) -> Result<(), Reason> {
    if element.text_of(name).is_empty() { Err(otherwise) } else { Ok(()) }
}

const MOST_ARTICLES: usize = 8;

fn check_news(push: &Push, claimed: &str, articles: &Element<'_>) -> Result<(), Reason> {
    let items = articles.children.iter().filter(|child| child.name == "item").count();
    if !is_number(claimed) || claimed.parse() != Ok(items) {
        return Err("the ArticleCount of the reply is not the number of its items");
    }
    match items {
        0 => Err("the news reply has no article"),
        2.. if push.is_message() => Err("the news reply has more than 1 article, and it answers a message"),
        1..=MOST_ARTICLES => Ok(()),
        _ => Err("the news reply has more than 8 articles"),
    }
}

fn check_transfer(push: &Push) -> Result<(), Reason> {
    if push.is_message() { Ok(()) } else { Err("a transfer answers messages only, and the push is an event") }
}
