use super::{InvalidReply, admissible};
use crate::document::is_forbidden;
use wx_model::{Article, Push, Reply};

/// One element of a reply, with the texts borrowed.
pub(crate) enum Element<'a> {
    Text(&'static str, &'a str),
    Number(&'static str, i64),
    Group(&'static str, Vec<Element<'a>>),
}

use Element::{Group, Number, Text};

/// The elements below the root of a reply to `push`, in the order of the platform's own examples (protocol §9).
pub(crate) fn elements<'a>(
    push: &'a Push,
    reply: &'a Reply,
    now: i64,
) -> Result<Vec<Element<'a>>, InvalidReply> {
    admissible::check(push, reply)?;
    let (msg_type, content) = content(reply)?;
    let mut all = vec![
        Text("ToUserName", push.from_user.as_str()),
        Text("FromUserName", push.to_user.as_str()),
        Number("CreateTime", now),
        Text("MsgType", msg_type),
    ];
    all.extend(content);
    Ok(all)
}

fn content(reply: &Reply) -> Result<(&'static str, Vec<Element<'_>>), InvalidReply> {
    Ok(match reply {
        Reply::Text { content } => ("text", vec![required("Content", checked_text(content)?)?]),
        Reply::Image { media_id } => ("image", vec![Group("Image", vec![required("MediaId", media_id)?])]),
        Reply::Voice { media_id } => ("voice", vec![Group("Voice", vec![required("MediaId", media_id)?])]),
        Reply::Video { media_id, title, description } => {
            let given = [
                Some(required("MediaId", media_id)?),
                optional("Title", title.as_ref()),
                optional("Description", description.as_ref()),
            ];
            ("video", vec![Group("Video", given.into_iter().flatten().collect())])
        }
        Reply::Music { title, description, music_url, hq_music_url, thumb_media_id } => {
            let given = [
                optional("Title", title.as_ref()),
                optional("Description", description.as_ref()),
                optional("MusicUrl", music_url.as_ref()),
                optional("HQMusicUrl", hq_music_url.as_ref()),
                Some(required("ThumbMediaId", thumb_media_id)?),
            ];
            ("music", vec![Group("Music", given.into_iter().flatten().collect())])
        }
        Reply::News { articles } => ("news", news(articles)?),
        Reply::TransferCustomerService { kf_account } => {
            let account = optional("KfAccount", kf_account.as_ref());
            (
                "transfer_customer_service",
                account.map(|account| Group("TransInfo", vec![account])).into_iter().collect(),
            )
        }
        _ => return Err(InvalidReply::Kind),
    })
}

fn required<'a>(element: &'static str, text: &'a str) -> Result<Element<'a>, InvalidReply> {
    let is_nothing = |c: char| c.is_whitespace() || is_forbidden(c);
    if text.chars().all(is_nothing) { Err(InvalidReply::Empty { element }) } else { Ok(Text(element, text)) }
}

fn optional<'a>(name: &'static str, text: Option<&'a String>) -> Option<Element<'a>> {
    text.map(|text| Text(name, text))
}

fn checked_text(content: &str) -> Result<&str, InvalidReply> {
    let bytes = content.len();
    if bytes > InvalidReply::MAX_TEXT_BYTES { Err(InvalidReply::TextLength { bytes }) } else { Ok(content) }
}

fn news(articles: &[Article]) -> Result<Vec<Element<'_>>, InvalidReply> {
    let count = articles.len();
    if !(1..=InvalidReply::MAX_ARTICLES).contains(&count) {
        return Err(InvalidReply::Articles { count });
    }
    let count = i64::try_from(count).expect("at most 8");
    Ok(vec![Number("ArticleCount", count), Group("Articles", articles.iter().map(item).collect())])
}

fn item(article: &Article) -> Element<'_> {
    let elements = vec![
        Text("Title", &article.title),
        Text("Description", &article.description),
        Text("PicUrl", &article.pic_url),
        Text("Url", &article.url),
    ];
    Group("item", elements)
}
