mod explained;
mod problem;
mod service_answer;

use crate::{
    commands::Context,
    config::{Defect, Secrets, Settings, database, filled},
    edge,
    failure::{Failure, Outcome},
    input, print,
};
use explained::Explained;
use problem::Problem;
use service_answer::ServiceAnswer;
use std::path::PathBuf;
use wx_events::{Callback, CallbackQuery, Mode, ReceivedPush, parse_unverified};
use wx_model::{AppId, CallbackToken, OriginalId, Push};

/// Explains one push: verified? decrypted? every field, the scene, what would be answered, what is wrong
#[derive(Debug, clap::Args)]
#[command(after_help = NOTES)]
pub(crate) struct Decode {
    /// The body of the push; `-` reads it from stdin
    file: PathBuf,

    /// Prints one JSON object with every field
    #[arg(long)]
    fields: bool,

    /// Mode of the callback: plain (明文), compatible (兼容) or safe (安全) [default: plain]
    #[arg(long, value_name = "MODE")]
    mode: Option<Mode>,

    /// Token (令牌) of the callback configuration; without it nothing is verified
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,

    /// EncodingAESKey (消息加解密密钥), for compatible and safe mode
    #[arg(long, value_name = "KEY")]
    aes_key: Option<String>,

    /// Token before the current one, which is tried as well
    #[arg(long, value_name = "TOKEN")]
    previous_token: Option<String>,

    /// EncodingAESKey before the current one, which is tried as well
    #[arg(long, value_name = "KEY")]
    previous_aes_key: Option<String>,

    /// AppID that must stand inside an encrypted push (third-party platform: its component_appid)
    #[arg(long, value_name = "ID")]
    app_id: Option<String>,

    /// Query string of the push: 'signature=…&timestamp=…&nonce=…'; a whole address will do
    #[arg(long, value_name = "QUERY", default_value = "", allow_hyphen_values = true)]
    query: String,

    /// Refuses a push signed more than so many seconds before or after now [default: any time]
    #[arg(long, value_name = "SECONDS")]
    time_window: Option<u32>,

    /// Original id (原始 ID, gh_…) that the push must be addressed to [default: any]
    #[arg(long, value_name = "ID")]
    account: Option<String>,

    /// Takes what no flag gives from WX_… and wx.toml, as `wx serve` does
    #[arg(long)]
    from_config: bool,

    /// Says what `wx serve` would answer, by the channels in this database
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
}

const NOTES: &str = "\
Without a Token the file is read unverified. With one, the push is verified and decrypted exactly as the service does \
it, and what is wrong with it is said in words, the most probable first (exit code 1). Such words help attackers as \
well: show them to nobody outside.

Only flags count, unless --from-config is given.";

/// A push that was read.
struct Opened {
    push: Push,
    verified: bool,
    encrypted: bool,
    /// `token` and `aes_key`, if it was the previous one that held.
    previous: Vec<&'static str>,
}

impl Decode {
    pub(crate) async fn run(self, context: &Context) -> Outcome {
        let body = input::read(&self.file)?;
        let secrets = self.secrets(&context.settings)?;
        let script = self.fields || context.json;
        match self.open(&secrets, &body)? {
            Ok(opened) => {
                let answer = self.service_answer(&opened.push, &secrets, &context.settings).await?;
                let explained = Explained::of(&opened, answer.as_ref());
                if script {
                    explained.print_for_scripts();
                } else {
                    explained.print_for_people(&opened.push);
                }
                Ok(())
            }
            Err(problem) if script => {
                problem.print_for_scripts();
                Err(Failure::silent())
            }
            Err(problem) => Err(Failure::failed(problem.for_people())),
        }
    }

    fn secrets(&self, settings: &Settings) -> Outcome<Secrets> {
        let text = |flag: &Option<String>| flag.as_deref().and_then(filled).map(str::to_owned);
        let flags = Secrets {
            mode: self.mode,
            token: text(&self.token).map(CallbackToken::from),
            previous_token: text(&self.previous_token).map(CallbackToken::from),
            aes_key: text(&self.aes_key),
            previous_aes_key: text(&self.previous_aes_key),
            app_id: text(&self.app_id).map(AppId::from),
            time_window: self.time_window,
            account: text(&self.account).map(OriginalId::from),
        };
        if self.from_config {
            return flags.or(Secrets::of_environment()?).or_file(settings);
        }
        Ok(flags)
    }

    /// The push, or what is wrong with it.
    fn open(&self, secrets: &Secrets, body: &[u8]) -> Outcome<Result<Opened, Problem>> {
        let callback = match secrets.callback() {
            Ok(callback) => callback,
            Err(Defect::NoToken) if self.verifies() => {
                return Err(Failure::invalid(
                    "nothing can be verified without the Token; give it with --token",
                ));
            }
            Err(Defect::NoToken) => {
                let push = parse_unverified(body).map_err(|error| Problem::of_unverified(&error, body));
                return Ok(push.map(Opened::unverified));
            }
            Err(Defect::InvalidKey(error)) => {
                return Ok(Err(Problem::of_key(error, secrets.aes_key.as_deref(), "key")));
            }
            Err(Defect::InvalidPreviousKey(error)) => {
                return Ok(Err(Problem::of_key(error, secrets.previous_aes_key.as_deref(), "previous_key")));
            }
            Err(defect) if self.from_config => return Err(defect.into()),
            Err(Defect::NoAesKey) => return Err(needed(secrets, "--aes-key")),
            Err(Defect::NoAppId) => return Err(needed(secrets, "--app-id")),
        };
        Ok(self.verify(&callback, body))
    }

    /// Whether a flag asks for what only a Token makes possible.
    fn verifies(&self) -> bool {
        let flags = [&self.previous_token, &self.aes_key, &self.previous_aes_key, &self.account];
        self.from_config || self.time_window.is_some() || flags.into_iter().any(Option::is_some)
    }

    fn verify(&self, callback: &Callback, body: &[u8]) -> Result<Opened, Problem> {
        let raw = query_of(&self.query);
        let query = CallbackQuery::parse(raw);
        let now = edge::now();
        match callback.diagnose(&query, body, now) {
            Ok(received) => Ok(Opened::verified(received)),
            Err(diagnosis) => {
                let suspicions = callback.suspect(&query, body, now);
                Err(Problem::of_diagnosis(&diagnosis, &suspicions, raw))
            }
        }
    }

    async fn service_answer(
        &self,
        push: &Push,
        secrets: &Secrets,
        settings: &Settings,
    ) -> Outcome<Option<ServiceAnswer>> {
        if let Some(database) = &self.db {
            let app_id = secrets.app_id.as_ref().ok_or_else(|| {
                Failure::invalid(
                    "--db needs the AppID, because channels belong to an account; give it with --app-id",
                )
            })?;
            return ServiceAnswer::find(database, app_id, push).await.map(Some);
        }
        let Some(app_id) = secrets.app_id.as_ref().filter(|_| self.from_config) else { return Ok(None) };
        // Nobody asked for the answer, so a database that does not give it is no failure.
        let found = ServiceAnswer::find(&database(settings), app_id, push).await;
        Ok(found
            .map_err(|failure| print::note(&format!("note: what would be answered is not known: {failure}")))
            .ok())
    }
}

impl Opened {
    fn unverified(push: Push) -> Self {
        Self { push, verified: false, encrypted: false, previous: Vec::new() }
    }

    fn verified(received: ReceivedPush) -> Self {
        let used = [("token", received.used_previous_token()), ("aes_key", received.used_previous_key())];
        let previous = used.into_iter().filter_map(|(name, was_used)| was_used.then_some(name)).collect();
        Self { verified: true, encrypted: received.is_encrypted(), push: received.into_push(), previous }
    }
}

/// The query alone, where an address or a line of a log was given: `POST /wx?signature=… HTTP/1.1`.
fn query_of(text: &str) -> &str {
    match text.split_once('?').filter(|(path, _)| !path.contains('=')) {
        Some((_, rest)) => rest.split([' ', '"', '#']).next().unwrap_or(rest),
        None => text.trim(),
    }
}

fn needed(secrets: &Secrets, flag: &str) -> Failure {
    let mode = secrets.mode.unwrap_or(Mode::Plain);
    Failure::invalid(format!("{mode} mode needs {flag} to decrypt the push"))
}
