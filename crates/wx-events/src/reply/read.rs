use wx_model::{Article, Fields, Reply};

/// Why the elements of a reply are none that the platform knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InvalidContent {
    /// Its `MsgType` is absent or none of protocol §9.
    MsgType,
    /// `ArticleCount` is not the number of `Articles.item`.
    ArticleCount,
}

/// The reply that stands in the fields of an answer: what [`write`](super::write) writes, read back. What is
/// missing in it is empty.
pub(crate) fn read(fields: &Fields) -> Result<Reply, InvalidContent> {
    let text = |path: &str| fields.get(path).unwrap_or_default().to_owned();
    let given = |path: &str| fields.get(path).map(str::to_owned);
    Ok(match fields.get("MsgType").unwrap_or_default().trim() {
        "text" => Reply::Text { content: text("Content") },
        "image" => Reply::Image { media_id: text("Image.MediaId") },
        "voice" => Reply::Voice { media_id: text("Voice.MediaId") },
        "video" => Reply::Video {
            media_id: text("Video.MediaId"),
            title: given("Video.Title"),
            description: given("Video.Description"),
        },
        "music" => Reply::Music {
            title: given("Music.Title"),
            description: given("Music.Description"),
            music_url: given("Music.MusicUrl"),
            hq_music_url: given("Music.HQMusicUrl"),
            thumb_media_id: text("Music.ThumbMediaId"),
        },
        "news" => Reply::News { articles: articles(fields)? },
        "transfer_customer_service" => {
            Reply::TransferCustomerService { kf_account: given("TransInfo.KfAccount") }
        }
        "transfer_biz_ai_ivr" => Reply::TransferBizAiIvr,
        _ => return Err(InvalidContent::MsgType),
    })
}

fn articles(fields: &Fields) -> Result<Vec<Article>, InvalidContent> {
    let mut items: Vec<_> = fields.iter().filter_map(|(path, _)| item(&path).map(str::to_owned)).collect();
    items.dedup();
    let claimed = fields.get("ArticleCount").unwrap_or_default().trim();
    if claimed.parse() != Ok(items.len()) {
        return Err(InvalidContent::ArticleCount);
    }
    Ok(items.iter().map(|item| article(fields, item)).collect())
}

/// `Articles.item[1]` of `Articles.item[1].Title`.
fn item(path: &str) -> Option<&str> {
    let rest =
        path.strip_prefix("Articles.item").filter(|rest| rest.is_empty() || rest.starts_with(['.', '[']))?;
    let end = rest.find('.').unwrap_or(rest.len());
    Some(&path[..path.len() - rest.len() + end])
}

fn article(fields: &Fields, item: &str) -> Article {
    let text = |name: &str| fields.get(&format!("{item}.{name}")).unwrap_or_default().to_owned();
    let article = Article::new(text("Title"), text("Url"));
    article.description(text("Description")).pic_url(text("PicUrl"))
}
