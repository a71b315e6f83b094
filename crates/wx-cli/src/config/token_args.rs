use super::{
    Settings, TokenKind, TokenSource, filled,
    token_settings::{TokenSettings, TokenWish},
};
use crate::failure::Outcome;

/// Flags of the commands that call the platform: where their access_token comes from.
#[derive(Debug, clap::Args)]
pub(crate) struct TokenArgs {
    /// Which of the platform's two tokens: stable, which many programs may hold, or classic, which each fetch ends for all
    /// others [default: stable]
    #[arg(long, env = "WX_TOKEN_KIND", value_name = "KIND", help_heading = HEADING)]
    token_kind: Option<TokenKind>,

    /// Shares the token with other processes: sqlite:FILE, postgres://… or redis://… [default: shared with nobody]
    #[arg(long, env = "WX_TOKEN_STORE", value_name = "ADDRESS", hide_env_values = true, help_heading = HEADING)]
    token_store: Option<String>,

    /// Writes each token of the store to this Redis too, for programs in other languages: redis://…
    #[arg(long, env = "WX_TOKEN_MIRROR", value_name = "ADDRESS", hide_env_values = true, help_heading = HEADING)]
    token_mirror: Option<String>,

    /// Under which keys: default, wx-java, silenceper, silenceper-stable, wechatpy, wx-java:PREFIX, wechatpy:PREFIX, or
    /// plain:KEY and json:KEY with {appid} in the key; may be given several times
    #[arg(long, env = "WX_TOKEN_MIRROR_LAYOUTS", value_name = "LAYOUT", value_delimiter = ',')]
    #[arg(help_heading = HEADING)]
    token_mirror_layout: Vec<String>,

    /// Takes the token from a central service (中控服务器) at this address; no AppSecret is needed
    #[arg(long, env = "WX_TOKEN_SERVICE", value_name = "URL", help_heading = HEADING)]
    token_service: Option<String>,

    /// What the central service knows this program by
    #[arg(long, env = "WX_TOKEN_SERVICE_SECRET", value_name = "SECRET", hide_env_values = true)]
    #[arg(help_heading = HEADING)]
    token_service_secret: Option<String>,

    /// Calls with this token, which nobody renews; no AppSecret is needed
    #[arg(long, env = "WX_ACCESS_TOKEN", value_name = "TOKEN", hide_env_values = true, help_heading = HEADING)]
    access_token: Option<String>,
}

const HEADING: &str = "Access token (接口调用凭据)";

impl TokenArgs {
    /// Where the token comes from, by these flags, the environment and the file.
    pub(crate) fn source(&self, settings: &Settings) -> Outcome<TokenSource> {
        self.wish().or(TokenSettings::wish(settings)?).try_into()
    }

    fn wish(&self) -> TokenWish {
        let text = |text: &Option<String>| text.as_deref().and_then(filled).map(str::to_owned);
        let layouts = self.token_mirror_layout.iter().filter_map(|layout| filled(layout));
        TokenWish {
            kind: self.token_kind,
            value: text(&self.access_token),
            service: text(&self.token_service),
            service_secret: text(&self.token_service_secret),
            store: text(&self.token_store),
            mirror: text(&self.token_mirror),
            mirror_layouts: layouts.map(str::to_owned).collect(),
        }
    }
}
