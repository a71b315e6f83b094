use super::{SecretArgs, Secrets, Settings, filled};
use crate::failure::Outcome;
use wx_events::{Callback, Mode};
use wx_model::AppId;

/// Flags of the commands that do the platform's part: they sign and encrypt as it would.
#[derive(Debug, clap::Args)]
pub(crate) struct PlatformArgs {
    #[command(flatten)]
    secrets: SecretArgs,

    /// AppID (开发者 ID) that is encrypted with the push, in compatible and safe mode
    #[arg(long, env = "WX_APP_ID", value_name = "ID")]
    app_id: Option<String>,

    /// Pushes of a third-party platform (第三方平台): safe mode with this component_appid inside
    #[arg(long, value_name = "ID")]
    component_app_id: Option<String>,
}

impl PlatformArgs {
    /// The callback that these flags, the environment and the file describe.
    pub(crate) fn callback(&self, settings: &Settings) -> Outcome<Callback> {
        Ok(self.secrets(settings)?.callback()?)
    }

    /// Everything that is known of it. Times, accounts and previous secrets are the receiver's concern.
    pub(crate) fn secrets(&self, settings: &Settings) -> Outcome<Secrets> {
        let mut flags = self.secrets.secrets();
        flags.app_id = self.app_id.as_deref().and_then(filled).map(AppId::from);
        if let Some(component) = self.component_app_id.as_deref().and_then(filled) {
            flags.app_id = Some(AppId::from(component));
            flags.mode = Some(Mode::Safe);
        }
        Ok(Secrets {
            previous_token: None,
            previous_aes_key: None,
            time_window: None,
            account: None,
            ..flags.or_file(settings)?
        })
    }
}
