use crate::{Fields, entries::entries, leaves::Leaves};

/// `PUBLISHJOBFINISH`, also seen as `FREEPUBLISHJOBFINISH` (发布结束): articles were published or not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishJobFinish {
    /// The job (发布任务 id, `publish_id`), as the call that began it answered.
    pub publish_id: String,
    /// The platform's number for how it ended (`publish_status`): 0 when the articles were published.
    pub status: Option<u32>,
    /// What was published (`article_id`), if it was.
    pub article_id: Option<String>,
    /// Where the articles can be read (`article_detail`), if they were published.
    pub articles: Vec<PublishedArticle>,
    /// Which articles failed (`fail_idx`), numbered from 1.
    pub failed: Vec<u32>,
}

/// An article that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishedArticle {
    /// Which article of the message it is, numbered from 1.
    pub index: Option<u32>,
    /// Its address.
    pub url: String,
}

impl PublishJobFinish {
    pub(super) fn read(fields: &Fields) -> Self {
        let failed = entries(fields, "PublishEventInfo.fail_idx");
        Self {
            publish_id: fields.name("PublishEventInfo.publish_id"),
            status: fields.number("PublishEventInfo.publish_status"),
            article_id: fields.id("PublishEventInfo.article_id"),
            articles: PublishedArticle::read_all(
                fields,
                "PublishEventInfo.article_detail.item",
                ["idx", "article_url"],
            ),
            failed: failed.iter().filter_map(|entry| entry.number("")).collect(),
        }
    }
}

impl PublishedArticle {
    pub(super) fn read_all(fields: &Fields, path: &str, [index, url]: [&str; 2]) -> Vec<Self> {
        let items = entries(fields, path);
        items.iter().map(|item| Self { index: item.number(index), url: item.name(url) }).collect()
    }
}
