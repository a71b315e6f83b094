use super::{Form, StandIn, reply_file::ReplyFile};
use crate::{
    commands::{Context, push::StampArgs},
    config::{PlatformArgs, Settings},
    failure::{Failure, Outcome},
    input, print,
};
use clap::ValueEnum;
use serde::Serialize;
use std::path::PathBuf;
use wx_events::{Callback, Mode, parse_unverified};
use wx_model::{CallbackToken, OriginalId, Reply};

/// Prints a reply as it stands in the answer: XML or JSON, plain or encrypted
#[derive(Debug, clap::Args)]
#[command(after_help = FORMAT)]
pub(crate) struct Render {
    /// The reply, JSON or TOML; `-` reads it from stdin
    #[arg(required_unless_present = "text")]
    file: Option<PathBuf>,

    /// A text reply (文本) in place of a file
    #[arg(long, value_name = "TEXT", conflicts_with = "file")]
    text: Option<String>,

    /// The clear push that is answered, XML or JSON
    #[arg(long, value_name = "FILE")]
    push: Option<PathBuf>,

    /// Without a push: the person who gets the reply, an OpenID
    #[arg(long, value_name = "OPENID", conflicts_with = "push")]
    to: Option<String>,

    /// Without a push: the account that replies, an original id (原始 ID) [default: that of wx.toml]
    #[arg(long, value_name = "ID", conflicts_with = "push")]
    from: Option<String>,

    /// Without a push: what is answered, because messages and events allow different replies [default: what allows
    /// this one]
    #[arg(long, value_enum, value_name = "KIND", conflicts_with = "push")]
    answers: Option<Answered>,

    /// How the reply is written [default: as the push is, else xml]
    #[arg(long, value_enum)]
    format: Option<Form>,

    #[command(flatten)]
    platform: PlatformArgs,

    #[command(flatten)]
    stamp: StampArgs,
}

const FORMAT: &str = "\
The limits of the platform are checked: a reply that it would not show is not printed (exit code 2).

FILE is JSON or TOML, such as {\"msg_type\": \"text\", \"content\": \"Welcome!\"}:
  msg_type                   other fields (those in brackets may be left out)
  none, empty                nothing: `success`, or no byte at all
  text                       content
  image, voice               media_id
  video                      media_id [title] [description]
  music                      thumb_media_id [title] [description] [music_url] [hq_music_url]
  news                       articles, 1 to 8 of [title] [description] [pic_url] [url]
  transfer_customer_service  [kf_account]
  transfer_biz_ai_ivr        (handed over to the platform's dialogue)";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Answered {
    Event,
    Message,
}

/// What `--json` prints.
#[derive(Serialize)]
struct Rendered {
    mode: &'static str,
    encrypted: bool,
    content_type: &'static str,
    body: String,
}

impl Render {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let reply = self.reply()?;
        let callback = self.stamp.fix(self.callback(&context.settings)?);
        let stand_in = self.stand_in(&reply, &context.settings)?;
        let body = stand_in
            .answer(&callback, &reply, self.stamp.now())
            .map_err(|error| Failure::invalid(error.to_string()))?;
        if context.json {
            print::json(&Rendered::new(&callback, body));
        } else {
            print::line(&body);
        }
        Ok(())
    }

    fn reply(&self) -> Outcome<Reply> {
        match (&self.text, &self.file) {
            (Some(text), _) => Ok(Reply::text(text)),
            (None, Some(file)) => ReplyFile::read(file, &input::read(file)?).map(Reply::from),
            (None, None) => Err(Failure::invalid("no reply is given; name a file, or use --text")),
        }
    }

    /// A clear reply needs no secret.
    fn callback(&self, settings: &Settings) -> Outcome<Callback> {
        let mut secrets = self.platform.secrets(settings)?;
        if secrets.mode == Some(Mode::Plain) {
            secrets.token = Some(CallbackToken::from("none"));
        }
        Ok(secrets.callback()?)
    }

    fn stand_in(&self, reply: &Reply, settings: &Settings) -> Outcome<StandIn> {
        let Some(path) = &self.push else { return self.made_up(reply, settings) };
        let body = input::read(path)?;
        let push = parse_unverified(&body)
            .map_err(|error| Failure::invalid(format!("{} is no clear push: {error}", input::name(path))))?;
        let is_json = body.trim_ascii_start().starts_with(b"{");
        Ok(StandIn::of(&push, self.format.unwrap_or(if is_json { Form::Json } else { Form::Xml })))
    }

    fn made_up(&self, reply: &Reply, settings: &Settings) -> Outcome<StandIn> {
        let missing = |what: &str, flag: &str| {
            Failure::invalid(format!(
                "{what} is not known; give it with {flag}, or give the push with --push"
            ))
        };
        let account = self.from.as_deref().or(settings.callback.original_id.as_ref().map(OriginalId::as_str));
        let openid =
            self.to.as_deref().ok_or_else(|| missing("the person who gets the reply", "--to OPENID"))?;
        let account = account.ok_or_else(|| missing("the account that replies", "--from ID"))?;
        let is_message = match self.answers {
            Some(answered) => answered == Answered::Message,
            None => matches!(reply, Reply::TransferCustomerService { .. } | Reply::TransferBizAiIvr),
        };
        Ok(StandIn::made_up(self.format.unwrap_or(Form::Xml), openid, account, is_message))
    }
}

impl Rendered {
    fn new(callback: &Callback, body: String) -> Self {
        let (content_type, is_reply) = match body.as_bytes().first() {
            Some(b'<') => ("text/xml; charset=utf-8", true),
            Some(b'{') => ("application/json; charset=utf-8", true),
            _ => ("text/plain; charset=utf-8", false),
        };
        let encrypted = is_reply && callback.mode() != Mode::Plain;
        Self { mode: callback.mode().as_str(), encrypted, content_type, body }
    }
}
