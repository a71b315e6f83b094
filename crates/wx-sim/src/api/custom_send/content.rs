use super::super::Refusal;
use serde_json::Value;

/// The fields that each kind of message needs (protocol §10.4); there is no upload here, so any media id is known.
const NEEDED: [(&str, &[&str]); 11] = [
    ("text", &["content"]),
    ("image", &["media_id"]),
    ("voice", &["media_id"]),
    ("video", &["media_id", "thumb_media_id"]),
    ("music", &["thumb_media_id"]),
    ("news", &["articles"]),
    ("mpnews", &["media_id"]),
    ("mpnewsarticle", &["article_id"]),
    ("msgmenu", &["list"]),
    ("wxcard", &["card_id"]),
    ("miniprogrampage", &[]),
];

const LONGEST_TEXT: usize = 2048;

/// The content as JSON, when it is what a message of this kind needs.
pub(super) fn check_content(kind: &str, content: Option<&Value>) -> Result<String, Refusal> {
    let needed = NEEDED.iter().find(|(known, _)| *known == kind);
    let (_, fields) = needed.ok_or(Refusal::INVALID_MESSAGE_TYPE)?;
    let content = content.filter(|content| content.is_object()).ok_or(Refusal::MISSING_FIELDS)?;
    for field in *fields {
        check_field(field, &content[*field])?;
    }
    Ok(content.to_string())
}

fn check_field(name: &str, value: &Value) -> Result<(), Refusal> {
    match name {
        "content" => check_text(value),
        "articles" => check_articles(value),
        "list" => check_menu(value),
        _ if value.as_str().is_some_and(|text| !text.is_empty()) => Ok(()),
        "media_id" | "thumb_media_id" => Err(Refusal::MEDIA_ID_MISSING),
        _ => Err(Refusal::MISSING_FIELDS),
    }
}

fn check_text(value: &Value) -> Result<(), Refusal> {
    let text = value.as_str().filter(|text| !text.is_empty()).ok_or(Refusal::EMPTY_CONTENT)?;
    if text.len() > LONGEST_TEXT { Err(Refusal::CONTENT_TOO_LONG) } else { Ok(()) }
}

fn check_articles(value: &Value) -> Result<(), Refusal> {
    match value.as_array().map(Vec::len) {
        None | Some(0) => Err(Refusal::EMPTY_NEWS),
        Some(1) => Ok(()),
        Some(_) => Err(Refusal::TOO_MANY_ARTICLES),
    }
}

/// Each item has an id, which comes back as `bizmsgmenuid`, and a text.
fn check_menu(value: &Value) -> Result<(), Refusal> {
    let items = value.as_array().filter(|items| !items.is_empty()).ok_or(Refusal::MISSING_FIELDS)?;
    let is_item = |item: &Value| item["id"].is_string() && item["content"].is_string();
    if items.iter().all(is_item) { Ok(()) } else { Err(Refusal::MISSING_FIELDS) }
}
