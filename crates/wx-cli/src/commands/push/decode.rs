use crate::{
    commands::Context,
    edge,
    failure::{Failure, Outcome},
    print,
};
use serde::Serialize;
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};
use wx_crypto::{EncodingAesKey, InvalidKey};
use wx_events::{Callback, CallbackQuery, Mode, parse_unverified};
use wx_model::{AppId, CallbackToken, Event, Fields, Push, PushKind};

/// Without --token the file is read unverified. With it, the push is verified (and decrypted) exactly as the service does
/// it, and what is wrong with it is said in words.
#[derive(Debug, clap::Args)]
pub(crate) struct Decode {
    /// The body of the push; `-` reads it from stdin
    file: PathBuf,

    /// Prints one JSON object with every field
    #[arg(long)]
    fields: bool,

    /// Mode of the callback: plain (明文), compatible (兼容) or safe (安全)
    #[arg(long, value_name = "MODE", default_value_t = Mode::Plain)]
    mode: Mode,

    /// Token (令牌) of the callback configuration; without it nothing is verified
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,

    /// EncodingAESKey (消息加解密密钥), for compatible and safe mode
    #[arg(long, value_name = "KEY", requires = "token")]
    aes_key: Option<String>,

    /// AppID that must stand inside an encrypted push
    #[arg(long, value_name = "ID")]
    app_id: Option<String>,

    /// Query string of the push: 'signature=…&timestamp=…&nonce=…'
    #[arg(long, value_name = "QUERY", default_value = "", allow_hyphen_values = true)]
    query: String,
}

impl Decode {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let body = read(&self.file)?;
        let opened = match self.callback()? {
            Some(callback) => open(&callback, &self.query, &body),
            None => parse_unverified(&body)
                .map(|push| Opened { push, verified: false, encrypted: false })
                .map_err(|error| Problem { code: MALFORMED.into(), step: None, message: error.to_string() }),
        };
        let script = self.fields || context.json;
        match opened {
            Ok(opened) if script => print::json(&Explained::of(&opened)),
            Ok(opened) => print_for_people(&opened),
            Err(problem) if script => {
                print::json(&problem.explained());
                return Err(Failure::silent());
            }
            Err(problem) => return Err(Failure::failed(problem.message)),
        }
        Ok(())
    }

    fn callback(&self) -> Outcome<Option<Callback>> {
        let Some(token) = self.token.as_deref().map(CallbackToken::from) else { return Ok(None) };
        if self.mode == Mode::Plain {
            return Ok(Some(Callback::plain(token)));
        }
        let needed =
            |what: &str| Failure::invalid(format!("{} mode needs {what} to decrypt the push", self.mode));
        let key = self.aes_key.as_deref().ok_or_else(|| needed("--aes-key"))?;
        let key: EncodingAesKey =
            key.parse().map_err(|error: InvalidKey| Failure::invalid(error.to_string()))?;
        let app_id = AppId::from(self.app_id.as_deref().ok_or_else(|| needed("--app-id"))?);
        Ok(Some(match self.mode {
            Mode::Compatible => Callback::compatible(token, key, app_id),
            Mode::Plain | Mode::Safe => Callback::safe(token, key, app_id),
        }))
    }
}

struct Opened {
    push: Push,
    verified: bool,
    encrypted: bool,
}

struct Problem {
    /// The platform's own number for the failure, or the step where it has none.
    code: serde_json::Value,
    step: Option<&'static str>,
    message: String,
}

/// "XML cannot be parsed" among the platform's local numbers.
const MALFORMED: i32 = -40002;

fn open(callback: &Callback, query: &str, body: &[u8]) -> Result<Opened, Problem> {
    let address = query.split_once('?').filter(|(path, _)| !path.contains('='));
    let query = CallbackQuery::parse(address.map_or(query, |(_, query)| query));
    match callback.diagnose(&query, body, edge::now()) {
        Ok(received) => {
            let encrypted = received.is_encrypted();
            Ok(Opened { push: received.into_push(), verified: true, encrypted })
        }
        Err(diagnosis) => {
            let step = diagnosis.step().as_str();
            let code = diagnosis.code().map_or_else(|| step.into(), Into::into);
            Err(Problem { code, step: Some(step), message: diagnosis.to_string() })
        }
    }
}

/// The object of `--fields`: scripts rely on it.
#[derive(Serialize)]
struct Explained<'a> {
    outcome: &'static str,
    verified: bool,
    encrypted: bool,
    to_user: Option<&'a str>,
    from_user: Option<&'a str>,
    create_time: i64,
    msg_type: Option<&'a str>,
    msg_id: Option<&'a str>,
    event: Option<&'a str>,
    event_key: Option<&'a str>,
    ticket: Option<&'a str>,
    class: &'static str,
    scene: Option<&'a str>,
    fields: &'a Fields,
}

impl<'a> Explained<'a> {
    fn of(opened: &'a Opened) -> Self {
        let push = &opened.push;
        Self {
            outcome: "ok",
            verified: opened.verified,
            encrypted: opened.encrypted,
            to_user: push.field("ToUserName"),
            from_user: push.field("FromUserName"),
            create_time: push.create_time,
            msg_type: push.field("MsgType"),
            msg_id: msg_id(push),
            event: push.field("Event"),
            event_key: push.field("EventKey"),
            ticket: push.field("Ticket"),
            class: push.class().as_str(),
            scene: push.scene_scan().map(|scan| scan.scene.as_str()),
            fields: &push.fields,
        }
    }
}

/// One page of the platform spells the id of a voice message `MsgID` (protocol §7.4); in events that is another id.
fn msg_id(push: &Push) -> Option<&str> {
    let voice = || push.message().and_then(|_| push.field("MsgID"));
    push.field("MsgId").or_else(voice)
}

impl Problem {
    fn explained(&self) -> serde_json::Value {
        serde_json::json!({ "outcome": "error", "code": self.code, "step": self.step, "message": self.message })
    }
}

fn print_for_people(opened: &Opened) {
    let push = &opened.push;
    let origin = match (opened.verified, opened.encrypted) {
        (false, _) => "not verified: give --token, --query and what the mode needs",
        (true, false) => "verified",
        (true, true) => "verified and decrypted",
    };
    let scene = push.scene_scan().map(|scan| {
        let defect = if scan.scene.is_defective() {
            " (the code was made without a scene 场景值缺失)"
        } else {
            ""
        };
        format!("{}{defect}", scan.scene)
    });
    let mut lines =
        vec![("push", format!("{} ({})", push.name(), kind(push))), ("origin", origin.to_owned())];
    lines.push(("class", push.class().to_string()));
    lines.extend(scene.map(|scene| ("scene", scene)));
    lines.push(("from", push.from_user.to_string()));
    lines.push(("to", push.to_user.to_string()));
    lines.push(("time", print::beijing_time(push.create_time)));
    for (name, value) in lines {
        print::line(&format!("{name:<8}{value}"));
    }
    print::line("\nfields");
    let width = push.fields.iter().map(|(path, _)| path.len()).max().unwrap_or(0);
    for (path, value) in push.fields.iter() {
        print::line(format!("  {path:<width$}  {}", value.escape_debug()).trim_end());
    }
}

fn kind(push: &Push) -> &'static str {
    match &push.kind {
        PushKind::Event(Event::Unknown(_)) => "an event that this version does not model",
        PushKind::Event(_) => "event 事件推送",
        PushKind::Message(_) => "message 消息",
        _ => "notice to a third-party platform 第三方平台",
    }
}

/// More than any push has, so that a device or a film given by mistake is not read into memory.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

fn read(path: &Path) -> Outcome<Vec<u8>> {
    let mut body = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(MOST_BYTES).read_to_end(&mut body)
    } else {
        File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut body))
    };
    read.map_err(|error| Failure::invalid(format!("cannot read {}: {error}", path.display())))?;
    Ok(body)
}
