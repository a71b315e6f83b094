use crate::{AppId, OpenId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The body of `POST /cgi-bin/message/template/send` (模板消息, protocol §10.6). Whether it arrived is said later by the
/// push `TEMPLATESENDJOBFINISH`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TemplateMessage {
    /// Who gets it.
    pub touser: OpenId,
    /// The template, as the console names it.
    pub template_id: String,
    /// The page that a tap opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The mini program that a tap opens in place of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub miniprogram: Option<MiniProgram>,
    /// A second message with the same id within 10 minutes is not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_msg_id: Option<String>,
    /// The values of the template's places, by their keys.
    pub data: BTreeMap<String, TemplateValue>,
}

impl TemplateMessage {
    /// A message without values, which [`value`](Self::value) adds.
    pub fn new(touser: impl Into<OpenId>, template_id: impl Into<String>) -> Self {
        Self {
            touser: touser.into(),
            template_id: template_id.into(),
            url: None,
            miniprogram: None,
            client_msg_id: None,
            data: BTreeMap::new(),
        }
    }

    /// Puts a value into the place of that key.
    pub fn value(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.data.insert(key.into(), TemplateValue { value: value.into() });
        self
    }

    /// Opens that page on a tap.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Opens that mini program on a tap.
    pub fn miniprogram(mut self, miniprogram: MiniProgram) -> Self {
        self.miniprogram = Some(miniprogram);
        self
    }

    /// Names the message, so that it is sent only once in 10 minutes.
    pub fn client_msg_id(mut self, id: impl Into<String>) -> Self {
        self.client_msg_id = Some(id.into());
        self
    }
}

/// The text in a place of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TemplateValue {
    /// The text.
    pub value: String,
}

/// A mini program (小程序) that is linked to the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MiniProgram {
    /// Which one.
    pub appid: AppId,
    /// The page to open in it; its first when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pagepath: Option<String>,
}

impl MiniProgram {
    /// Its first page.
    pub fn new(appid: impl Into<AppId>) -> Self {
        Self { appid: appid.into(), pagepath: None }
    }

    /// Another page.
    pub fn pagepath(mut self, path: impl Into<String>) -> Self {
        self.pagepath = Some(path.into());
        self
    }
}

/// The answer to `message/template/send`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TemplateSendResponse {
    /// The number of the message, which stands as `MsgID` in the push about it.
    pub msgid: i64,
}
