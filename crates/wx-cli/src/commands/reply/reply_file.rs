use crate::{
    failure::{Failure, Outcome},
    input,
};
use serde::Deserialize;
use std::path::Path;
use wx_model::{Article, Reply};

/// A reply as JSON or TOML: `msg_type` is the `MsgType` of protocol §9, the other fields are named as in
/// [`wx_model::Reply`].
#[derive(Deserialize)]
#[serde(tag = "msg_type", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum ReplyFile {
    None {},
    Empty {},
    Text {
        content: String,
    },
    Image {
        media_id: String,
    },
    Voice {
        media_id: String,
    },
    Video {
        media_id: String,
        title: Option<String>,
        description: Option<String>,
    },
    Music {
        title: Option<String>,
        description: Option<String>,
        music_url: Option<String>,
        hq_music_url: Option<String>,
        thumb_media_id: String,
    },
    News {
        articles: Vec<ArticleFile>,
    },
    TransferCustomerService {
        kf_account: Option<String>,
    },
    TransferBizAiIvr {},
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub(super) struct ArticleFile {
    title: String,
    description: String,
    pic_url: String,
    url: String,
}

impl ReplyFile {
    /// Reads the text of a file. The name decides whether it is JSON or TOML, else the first character.
    pub(super) fn read(path: &Path, bytes: &[u8]) -> Outcome<Self> {
        let invalid = |why: String| {
            Failure::invalid(format!(
                "{} is no reply: {why}; see `wx reply render --help`",
                input::name(path)
            ))
        };
        let text = std::str::from_utf8(bytes).map_err(|_| invalid("it is not UTF-8".to_owned()))?;
        let text = text.trim_start_matches('\u{feff}');
        let is_json = match path.extension() {
            Some(extension) if extension.eq_ignore_ascii_case("json") => true,
            Some(extension) if extension.eq_ignore_ascii_case("toml") => false,
            _ => text.trim_start().starts_with('{'),
        };
        if is_json {
            serde_json::from_str(text).map_err(|error| invalid(error.to_string()))
        } else {
            toml::from_str(text).map_err(|error| invalid(error.message().to_owned()))
        }
    }
}

impl From<ReplyFile> for Reply {
    fn from(file: ReplyFile) -> Self {
        match file {
            ReplyFile::None {} => Self::None,
            ReplyFile::Empty {} => Self::Empty,
            ReplyFile::Text { content } => Self::Text { content },
            ReplyFile::Image { media_id } => Self::Image { media_id },
            ReplyFile::Voice { media_id } => Self::Voice { media_id },
            ReplyFile::Video { media_id, title, description } => Self::Video { media_id, title, description },
            ReplyFile::Music { title, description, music_url, hq_music_url, thumb_media_id } => {
                Self::Music { title, description, music_url, hq_music_url, thumb_media_id }
            }
            ReplyFile::News { articles } => {
                Self::News { articles: articles.into_iter().map(Article::from).collect() }
            }
            ReplyFile::TransferCustomerService { kf_account } => Self::TransferCustomerService { kf_account },
            ReplyFile::TransferBizAiIvr {} => Self::TransferBizAiIvr,
        }
    }
}

impl From<ArticleFile> for Article {
    fn from(file: ArticleFile) -> Self {
        Self::new(file.title, file.url).description(file.description).pic_url(file.pic_url)
    }
}
