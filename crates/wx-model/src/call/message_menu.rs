use serde::{Deserialize, Serialize};

/// A menu of answers (菜单消息) in a customer-service message. A tap on one comes back as a text message with its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MessageMenu {
    /// The text above.
    #[serde(default)]
    pub head_content: String,
    /// The answers, top to bottom.
    pub list: Vec<MenuItem>,
    /// The text below.
    #[serde(default)]
    pub tail_content: String,
}

impl MessageMenu {
    /// A menu of these answers between two texts.
    pub fn new(head: impl Into<String>, list: Vec<MenuItem>, tail: impl Into<String>) -> Self {
        Self { head_content: head.into(), list, tail_content: tail.into() }
    }
}

/// One answer of a [`MessageMenu`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MenuItem {
    /// What comes back in `bizmsgmenuid` of the text message.
    pub id: String,
    /// What the user sees and sends.
    pub content: String,
}

impl MenuItem {
    /// An answer.
    pub fn new(id: impl Into<String>, content: impl Into<String>) -> Self {
        Self { id: id.into(), content: content.into() }
    }
}
