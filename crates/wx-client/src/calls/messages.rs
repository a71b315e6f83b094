use crate::{Call, Client, Error, Repeat};
use serde::de::IgnoredAny;
use wx_model::{CustomMessage, OpenId, TypingCommand, TypingRequest};

const SEND: &str = "/cgi-bin/message/custom/send";
const TYPING: &str = "/cgi-bin/message/custom/typing";

/// Messages outside of replies, for a while after a person did something.
#[derive(Debug, Clone)]
pub struct Messages(pub(super) Client);

impl Messages {
    /// Sends a message (发送客服消息, protocol §10.4): 3 within a minute of a follow or a scan, 5 within 48 hours of a
    /// message.
    ///
    /// It is repeated only if it surely was not sent, so that nobody gets it twice.
    ///
    /// # Errors
    ///
    /// [`Error`]; 45015 if that time is over, 45047 if the number is used up.
    pub async fn send(&self, message: &CustomMessage) -> Result<(), Error> {
        self.0.call::<IgnoredAny>(&Call::post(SEND, message)?).await.map(drop)
    }

    /// Shows a person that somebody writes, or that nobody does any more (客服输入状态).
    ///
    /// # Errors
    ///
    /// [`Error`]; 45072, 45080 or 45081 if that may not be shown now.
    pub async fn typing(&self, to: impl Into<OpenId>, command: TypingCommand) -> Result<(), Error> {
        let call = Call::post(TYPING, &TypingRequest::new(to, command))?.repeat(Repeat::Always);
        self.0.call::<IgnoredAny>(&call).await.map(drop)
    }
}
