use super::{InvalidReply, Writer};
use crate::document::is_forbidden;
use wx_model::{Article, Reply};

/// Writes `MsgType` and what goes with it, in the order of the platform's own examples (protocol §9).
pub(super) fn write(reply: &Reply, to: &mut impl Writer) -> Result<(), InvalidReply> {
    to.text("MsgType", msg_type(reply)?);
    match reply {
        Reply::Text { content } => required(to, "Content", checked_text(content)?),
        Reply::Image { media_id } => media(to, "Image", media_id),
        Reply::Voice { media_id } => media(to, "Voice", media_id),
        Reply::Video { media_id, title, description } => {
            to.open("Video");
            required(to, "MediaId", media_id)?;
            optional(to, "Title", title.as_ref());
            optional(to, "Description", description.as_ref());
            to.close("Video");
            Ok(())
        }
        Reply::Music { title, description, music_url, hq_music_url, thumb_media_id } => {
            to.open("Music");
            optional(to, "Title", title.as_ref());
            optional(to, "Description", description.as_ref());
            optional(to, "MusicUrl", music_url.as_ref());
            optional(to, "HQMusicUrl", hq_music_url.as_ref());
            required(to, "ThumbMediaId", thumb_media_id)?;
            to.close("Music");
            Ok(())
        }
        Reply::News { articles } => news(to, articles),
        Reply::TransferCustomerService { kf_account: Some(account) } => {
            to.open("TransInfo");
            required(to, "KfAccount", account)?;
            to.close("TransInfo");
            Ok(())
        }
        _ => Ok(()),
    }
}

fn msg_type(reply: &Reply) -> Result<&'static str, InvalidReply> {
    Ok(match reply {
        Reply::Text { .. } => "text",
        Reply::Image { .. } => "image",
        Reply::Voice { .. } => "voice",
        Reply::Video { .. } => "video",
        Reply::Music { .. } => "music",
        Reply::News { .. } => "news",
        Reply::TransferCustomerService { .. } => "transfer_customer_service",
        Reply::TransferBizAiIvr => "transfer_biz_ai_ivr",
        _ => return Err(InvalidReply::Kind),
    })
}

fn media(to: &mut impl Writer, kind: &str, media_id: &str) -> Result<(), InvalidReply> {
    to.open(kind);
    required(to, "MediaId", media_id)?;
    to.close(kind);
    Ok(())
}

fn required(to: &mut impl Writer, element: &'static str, text: &str) -> Result<(), InvalidReply> {
    let is_nothing = |c: char| c.is_whitespace() || is_forbidden(c);
    if text.chars().all(is_nothing) {
        return Err(InvalidReply::Empty { element });
    }
    to.text(element, text);
    Ok(())
}

fn optional(to: &mut impl Writer, name: &str, text: Option<&String>) {
    if let Some(text) = text {
        to.text(name, text);
    }
}

fn checked_text(content: &str) -> Result<&str, InvalidReply> {
    let bytes = content.len();
    if bytes > InvalidReply::MAX_TEXT_BYTES { Err(InvalidReply::TextLength { bytes }) } else { Ok(content) }
}

fn news(to: &mut impl Writer, articles: &[Article]) -> Result<(), InvalidReply> {
    let count = articles.len();
    if !(1..=InvalidReply::MAX_ARTICLES).contains(&count) {
        return Err(InvalidReply::Articles { count });
    }
    to.number("ArticleCount", i64::try_from(count).expect("at most 8"));
    to.open("Articles");
    to.groups("item", articles, |to, article| {
        to.text("Title", &article.title);
        to.text("Description", &article.description);
        to.text("PicUrl", &article.pic_url);
        to.text("Url", &article.url);
    });
    to.close("Articles");
    Ok(())
}
