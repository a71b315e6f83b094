use super::{Settings, client_args::build, filled, missing};
use crate::failure::Outcome;
use wx_channel::AccountId;
use wx_client::{Client, ClientBuilder};
use wx_model::{AppId, AppSecret};

/// Flags of the commands that call the platform.
#[derive(Debug, clap::Args)]
pub(crate) struct AccountArgs {
    /// AppID (开发者 ID) of the account
    #[arg(long, env = "WX_APP_ID", value_name = "ID")]
    app_id: Option<String>,

    /// AppSecret (开发者密码) of the account; better in the environment or in wx.toml than on the command line
    #[arg(long, env = "WX_APP_SECRET", value_name = "SECRET", hide_env_values = true)]
    app_secret: Option<String>,

    /// One base address for calls and pictures: the simulator or a gateway [default: the platform]
    #[arg(long, env = "WX_API_BASE", value_name = "URL")]
    api_base: Option<String>,
}

impl AccountArgs {
    /// The account that is meant.
    pub(crate) fn app_id(&self, settings: &Settings) -> Outcome<AppId> {
        let given = self.app_id.as_deref().or(settings.app_id.as_ref().map(AppId::as_str));
        given
            .and_then(filled)
            .map(AppId::from)
            .ok_or_else(|| missing("the AppID", "--app-id, WX_APP_ID or app_id"))
    }

    /// The base address, if it is not the platform's own.
    pub(crate) fn api_base<'a>(&'a self, settings: &'a Settings) -> Option<&'a str> {
        self.api_base.as_deref().or(settings.api_base.as_deref())
    }

    /// A client for pictures, which need no account.
    pub(crate) fn picture_client(&self, settings: &Settings) -> Outcome<Client> {
        build(self.at_base(Client::builder("", ""), settings))
    }

    /// Its secret.
    pub(crate) fn app_secret(&self, settings: &Settings) -> Outcome<AppSecret> {
        let given = self.app_secret.as_deref().and_then(filled).map(AppSecret::from);
        match given {
            Some(secret) => Ok(secret),
            None => settings
                .app_secret()?
                .ok_or_else(|| missing("the AppSecret", "WX_APP_SECRET, app_secret or app_secret_file")),
        }
    }

    /// The same client at the base address that was asked for.
    pub(crate) fn at_base(&self, builder: ClientBuilder, settings: &Settings) -> ClientBuilder {
        match self.api_base(settings) {
            Some(base) => builder.api_base(base),
            None => builder,
        }
    }
}

/// The account under which pushes are recorded.
pub(crate) fn account(app_id: &AppId) -> AccountId {
    AccountId::from(app_id.as_str())
}
