use super::{Secrets, Settings, filled};
use crate::failure::Outcome;
use wx_events::{Callback, Mode, NonceMemory};
use wx_model::{AppId, CallbackToken};

/// Flags of the mode and its secrets.
#[derive(Debug, clap::Args)]
pub(crate) struct SecretArgs {
    /// Mode of the pushes: plain (明文), compatible (兼容) or safe (安全) [default: plain]
    #[arg(long, env = "WX_MODE", value_name = "MODE")]
    mode: Option<Mode>,

    /// Token (令牌) of the callback configuration
    #[arg(long, env = "WX_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    token: Option<String>,

    /// EncodingAESKey (消息加解密密钥) of the callback configuration
    #[arg(long, env = "WX_AES_KEY", value_name = "KEY", hide_env_values = true)]
    aes_key: Option<String>,
}

impl SecretArgs {
    /// What the flags and the environment say.
    pub(super) fn secrets(&self) -> Secrets {
        Secrets {
            mode: self.mode,
            token: self.token.as_deref().and_then(filled).map(CallbackToken::from),
            aes_key: self.aes_key.as_deref().and_then(filled).map(str::to_owned),
            ..Secrets::default()
        }
    }
}

/// Flags of the callback configuration (服务器配置) of a service.
#[derive(Debug, clap::Args)]
pub(crate) struct CallbackArgs {
    #[command(flatten)]
    secrets: SecretArgs,

    /// Token before the current one: its pushes are taken as well, while it is exchanged
    #[arg(long, env = "WX_PREVIOUS_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    previous_token: Option<String>,

    /// EncodingAESKey before the current one: its pushes are opened as well, while it is exchanged
    #[arg(long, env = "WX_PREVIOUS_AES_KEY", value_name = "KEY", hide_env_values = true)]
    previous_aes_key: Option<String>,

    /// Refuses pushes signed more than so many seconds before or after now [default: any time]
    #[arg(long, env = "WX_TIME_WINDOW", value_name = "SECONDS")]
    time_window: Option<u32>,

    /// Remembers so many pushes, about 100 bytes each, and refuses another body under the timestamp and nonce of one;
    /// of use in plain and compatible mode [default: none]
    #[arg(long, env = "WX_NONCE_MEMORY", value_name = "COUNT")]
    nonce_memory: Option<usize>,
}

/// How long a push is remembered if no time window says it.
const DAY: u32 = 86_400;

impl CallbackArgs {
    /// The callback that these flags, the environment and the file describe.
    pub(crate) fn callback(&self, app_id: &AppId, settings: &Settings) -> Outcome<Callback> {
        let flags = Secrets { app_id: Some(app_id.clone()), ..self.secrets() };
        let secrets = flags.or_file(settings)?;
        let callback = secrets.callback()?;
        Ok(match self.nonce_memory.or(settings.callback.nonce_memory) {
            None | Some(0) => callback,
            // Pushes are accepted from one window before now until one window after.
            Some(capacity) => {
                let seconds = secrets.time_window.map_or(DAY, |window| window.saturating_mul(2));
                callback.nonce_memory(NonceMemory::new(capacity, seconds))
            }
        })
    }

    /// Everything that is known of it, also where it makes no callback. The key is read in plain mode, too, if there is one.
    pub(crate) fn all_secrets(&self, app_id: Option<AppId>, settings: &Settings) -> Outcome<Secrets> {
        let flags = Secrets { app_id, ..self.secrets() };
        let secrets = flags.or_file(settings)?;
        Ok(match secrets.aes_key {
            Some(_) => secrets,
            None => Secrets { aes_key: settings.aes_key()?, ..secrets },
        })
    }

    /// Says what a plain callback is open to.
    pub(crate) fn warn(&self, settings: &Settings) -> Outcome {
        let window = self.time_window.or(settings.callback.time_window);
        if self.mode(settings)? != Mode::Safe && window.is_none() {
            crate::print::note(
                "note: in plain and compatible mode whoever has seen one push can send others with its signature; \
                 use safe mode, or at least --time-window 600 --nonce-memory 100000",
            );
        }
        Ok(())
    }

    /// The mode that is meant.
    pub(crate) fn mode(&self, settings: &Settings) -> Outcome<Mode> {
        self.secrets().mode(settings)
    }

    fn secrets(&self) -> Secrets {
        Secrets {
            previous_token: self.previous_token.as_deref().and_then(filled).map(CallbackToken::from),
            previous_aes_key: self.previous_aes_key.as_deref().and_then(filled).map(str::to_owned),
            time_window: self.time_window,
            ..self.secrets.secrets()
        }
    }
}
