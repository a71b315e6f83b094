use crate::commands::push::element;
use clap::ValueEnum;
use wx_events::{Callback, CallbackQuery, Error, ReceivedPush};
use wx_model::{Push, Reply};

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    Xml,
    Json,
}

/// A push of which only those fields are there that a reply depends on: who, to whom, and what kind of push it is.
pub(crate) struct StandIn {
    body: String,
}

impl StandIn {
    /// In place of that push.
    pub(crate) fn of(push: &Push, form: Form) -> Self {
        let names = ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Event", "InfoType"];
        let elements = names.into_iter().filter_map(|name| Some((name, push.field(name)?)));
        Self::new(form, &elements.collect::<Vec<_>>())
    }

    /// An event or a message of that person.
    pub(crate) fn made_up(form: Form, openid: &str, account: &str, is_message: bool) -> Self {
        let kind = if is_message {
            [("MsgType", "text"), ("Content", "1")]
        } else {
            [("MsgType", "event"), ("Event", "CLICK")]
        };
        let people = [("ToUserName", account), ("FromUserName", openid), ("CreateTime", "0")];
        Self::new(form, &[&people[..], &kind].concat())
    }

    fn new(form: Form, elements: &[(&str, &str)]) -> Self {
        let body = match form {
            Form::Xml => {
                let elements: String = elements.iter().map(|(name, text)| element(name, text)).collect();
                format!("<xml>{elements}</xml>")
            }
            Form::Json => {
                let fields = elements.iter().map(|(name, text)| ((*name).to_owned(), (*text).into()));
                serde_json::Value::Object(fields.collect()).to_string()
            }
        };
        Self { body }
    }

    /// What the callback answers to it with that reply.
    pub(crate) fn answer(&self, callback: &Callback, reply: &Reply, now: i64) -> Result<String, Error> {
        callback.seal(&self.received(callback, now)?, reply, now)
    }

    /// As it arrives in the mode of the callback.
    fn received(&self, callback: &Callback, now: i64) -> Result<ReceivedPush, Error> {
        let signed = callback.sign(self.body.as_bytes(), now)?;
        callback.open(&CallbackQuery::parse(&signed.query), signed.body.as_bytes(), now)
    }
}
