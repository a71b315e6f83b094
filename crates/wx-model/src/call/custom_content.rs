use crate::{Article, MessageMenu};
use std::collections::BTreeMap;

/// What a customer-service message (客服消息) says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CustomContent {
    /// A text.
    Text {
        /// The text.
        content: String,
    },
    /// A menu of answers (菜单消息).
    MsgMenu(MessageMenu),
    /// An article with a picture that leads to a link (图文消息): exactly one, unlike in a [`Reply`](crate::Reply).
    News(Article),
    /// A kind that has no variant here and whose fields are texts. The functions below make those of the platform:
    /// [`image`](Self::image), [`voice`](Self::voice), [`video`](Self::video), [`music`](Self::music),
    /// [`mpnews`](Self::mpnews), [`article`](Self::article), [`card`](Self::card),
    /// [`mini_program_page`](Self::mini_program_page).
    Other {
        /// The kind, which is also the name of the object with the fields.
        msgtype: String,
        /// Its fields.
        fields: BTreeMap<String, String>,
    },
}

impl CustomContent {
    /// A picture (图片消息) by the `media_id` of its upload.
    pub fn image(media_id: impl Into<String>) -> Self {
        Self::of("image", [("media_id", media_id.into())])
    }

    /// A recording (语音消息) by the `media_id` of its upload.
    pub fn voice(media_id: impl Into<String>) -> Self {
        Self::of("voice", [("media_id", media_id.into())])
    }

    /// A film (视频消息) by the `media_id` of its upload and of that of its still picture. Title and description may be
    /// empty.
    pub fn video(
        media_id: impl Into<String>,
        thumb_media_id: impl Into<String>,
        title: impl Into<String>,
        description: impl Into<String>,
    ) -> Self {
        let fields = [
            ("media_id", media_id.into()),
            ("thumb_media_id", thumb_media_id.into()),
            ("title", title.into()),
            ("description", description.into()),
        ];
        Self::of("video", fields)
    }

    /// A piece of music (音乐消息) by its address, which is also taken where the connection is good, and by the `media_id`
    /// of its picture. Title and description may be empty.
    pub fn music(
        url: impl Into<String>,
        thumb_media_id: impl Into<String>,
        title: impl Into<String>,
        description: impl Into<String>,
    ) -> Self {
        let url = url.into();
        let fields = [
            ("hqmusicurl", url.clone()),
            ("musicurl", url),
            ("thumb_media_id", thumb_media_id.into()),
            ("title", title.into()),
            ("description", description.into()),
        ];
        Self::of("music", fields)
    }

    /// Articles kept at the platform (图文消息), by their `media_id`.
    pub fn mpnews(media_id: impl Into<String>) -> Self {
        Self::of("mpnews", [("media_id", media_id.into())])
    }

    /// A published article (已发布的图文), by its `article_id`.
    pub fn article(article_id: impl Into<String>) -> Self {
        Self::of("mpnewsarticle", [("article_id", article_id.into())])
    }

    /// A card or coupon (卡券), by its `card_id`.
    pub fn card(card_id: impl Into<String>) -> Self {
        Self::of("wxcard", [("card_id", card_id.into())])
    }

    /// A page of a mini program (小程序卡片) that is bound to the account: its title, its AppID, the path of the page, the
    /// `media_id` of the picture.
    pub fn mini_program_page(
        title: impl Into<String>,
        appid: impl Into<String>,
        pagepath: impl Into<String>,
        thumb_media_id: impl Into<String>,
    ) -> Self {
        let fields = [
            ("title", title.into()),
            ("appid", appid.into()),
            ("pagepath", pagepath.into()),
            ("thumb_media_id", thumb_media_id.into()),
        ];
        Self::of("miniprogrampage", fields)
    }

    fn of<const N: usize>(msgtype: &str, fields: [(&str, String); N]) -> Self {
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self::Other { msgtype: msgtype.to_owned(), fields }
    }

    /// The kind as `msgtype` says it.
    pub fn msgtype(&self) -> &str {
        match self {
            Self::Text { .. } => "text",
            Self::MsgMenu(_) => "msgmenu",
            Self::News(_) => "news",
            Self::Other { msgtype, .. } => msgtype,
        }
    }
}
