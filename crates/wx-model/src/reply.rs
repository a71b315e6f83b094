/// The passive reply (被动回复) to a push: what stands in the body of the HTTP answer (protocol §9).
///
/// ```
/// use wx_model::Reply;
///
/// let reply = Reply::text("欢迎！");
/// assert_ne!(reply, Reply::none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Reply {
    /// Nothing to say: `success`, which also ends the platform's retries.
    #[default]
    None,
    /// Nothing to say, in a body of no bytes. The platform takes it like `success` (protocol §8); it is here for whoever
    /// has to answer so.
    Empty,
    /// Text; newlines and `<a href>` are allowed, 2048 bytes at most.
    Text {
        /// The text.
        content: String,
    },
    /// A picture that was uploaded before.
    Image {
        /// Its media id.
        media_id: String,
    },
    /// A voice message that was uploaded before.
    Voice {
        /// Its media id.
        media_id: String,
    },
    /// A video that was uploaded before.
    Video {
        /// Its media id.
        media_id: String,
        /// Title, if any.
        title: Option<String>,
        /// Description, if any.
        description: Option<String>,
    },
    /// Music behind a link.
    Music {
        /// Title, if any.
        title: Option<String>,
        /// Description, if any.
        description: Option<String>,
        /// Link to the music.
        music_url: Option<String>,
        /// Link for Wi-Fi.
        hq_music_url: Option<String>,
        /// Media id of the cover; the platform requires it.
        thumb_media_id: String,
    },
    /// Articles with pictures (图文消息): 1..=8, and only one in answer to most messages.
    News {
        /// The articles.
        articles: Vec<Article>,
    },
    /// Hands the conversation over to customer service (客服), for as long as nobody is idle for 30 minutes; only in
    /// answer to a message.
    TransferCustomerService {
        /// A certain account of customer service, if any.
        kf_account: Option<String>,
    },
    /// Hands the conversation over to the platform's own dialogue (智能对话), which only some accounts have; only in
    /// answer to a message.
    TransferBizAiIvr,
}

impl Reply {
    /// No answer: the platform is told `success`.
    pub fn none() -> Self {
        Self::None
    }

    /// A text.
    pub fn text(content: impl Into<String>) -> Self {
        Self::Text { content: content.into() }
    }
}

/// One article of a [`Reply::News`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Article {
    /// Headline.
    pub title: String,
    /// Summary.
    pub description: String,
    /// Link to the picture, JPG or PNG.
    pub pic_url: String,
    /// Link to the article.
    pub url: String,
}

impl Article {
    /// An article with a headline and a link.
    pub fn new(title: impl Into<String>, url: impl Into<String>) -> Self {
        Self { title: title.into(), url: url.into(), ..Self::default() }
    }

    /// Sets the summary.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Sets the link to the picture.
    pub fn pic_url(mut self, pic_url: impl Into<String>) -> Self {
        self.pic_url = pic_url.into();
        self
    }
}
