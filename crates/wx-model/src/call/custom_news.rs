use crate::Article;
use serde::{Deserialize, Serialize};

/// The content of a customer-service message of type `news` as it is written: a list that has one article.
#[derive(Serialize, Deserialize)]
pub(super) struct WireNews {
    articles: [WireArticle; 1],
}

#[derive(Serialize, Deserialize)]
struct WireArticle {
    title: String,
    #[serde(default)]
    description: String,
    url: String,
    #[serde(default)]
    picurl: String,
}

impl From<Article> for WireNews {
    fn from(Article { title, description, pic_url: picurl, url }: Article) -> Self {
        Self { articles: [WireArticle { title, description, url, picurl }] }
    }
}

impl From<WireNews> for Article {
    fn from(WireNews { articles: [article] }: WireNews) -> Self {
        Self::new(article.title, article.url).description(article.description).pic_url(article.picurl)
    }
}
