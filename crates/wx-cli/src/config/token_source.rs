use super::{StoreAddress, TokenMirror, token_settings::TokenWish};
use crate::failure::{Failure, Outcome};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};
use wx_client::{BaseUrl, TokenStore};
use wx_model::AccessToken;

/// Where the access_token of the calls comes from.
#[derive(Debug)]
pub(crate) enum TokenSource {
    /// The platform, asked with the AppSecret.
    Platform { kind: TokenKind, shared: Option<SharedStore> },
    /// A central service (中控服务器).
    Central { url: BaseUrl, secret: Option<String> },
    /// Somebody else fetched it.
    Fixed(AccessToken),
}

/// Which of the platform's two tokens (protocol §1.1, §1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TokenKind {
    /// Many programs may hold it (`stable_token`)
    Stable,
    /// Each fetch ends it for all others (`token`)
    Classic,
}

/// Where processes share it.
#[derive(Debug)]
pub(crate) struct SharedStore {
    pub(crate) address: StoreAddress,
    pub(crate) mirror: Option<TokenMirror>,
}

impl SharedStore {
    /// Connects, which for SQLite may create the file.
    pub(crate) async fn open(&self) -> Outcome<Arc<dyn TokenStore>> {
        let store = self.address.open().await?;
        match &self.mirror {
            Some(mirror) => mirror.over(store).await,
            None => Ok(store),
        }
    }
}

impl TryFrom<TokenWish> for TokenSource {
    type Error = Failure;

    fn try_from(wish: TokenWish) -> Outcome<Self> {
        let names_platform = wish.kind.is_some() || wish.store.is_some();
        match (wish.value, wish.service) {
            (Some(_), Some(_)) => Err(Failure::invalid(
                "both a fixed access token (--access-token, WX_ACCESS_TOKEN) and a central service (--token-service, \
                 WX_TOKEN_SERVICE) are given; leave one of them out",
            )),
            (Some(_), None) if names_platform => Err(Failure::invalid(
                "a fixed access token (--access-token, WX_ACCESS_TOKEN) is of no kind and in no store; leave it out, or \
                 --token-kind and --token-store",
            )),
            (None, Some(_)) if names_platform => Err(Failure::invalid(
                "a central service (--token-service, WX_TOKEN_SERVICE) decides itself about kind and store; leave it \
                 out, or --token-kind and --token-store",
            )),
            (Some(value), None) => Ok(Self::Fixed(value.into())),
            (None, Some(url)) => central(&url, wish.service_secret),
            (None, None) => {
                let kind = wish.kind.unwrap_or(TokenKind::Stable);
                let shared = shared(kind, wish.store.as_deref(), wish.mirror, &wish.mirror_layouts)?;
                Ok(Self::Platform { kind, shared })
            }
        }
    }
}

fn central(url: &str, secret: Option<String>) -> Outcome<TokenSource> {
    let url = url.parse().map_err(|error| Failure::invalid(format!("the token service: {error}")))?;
    let is_sendable = |secret: &String| secret.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if !secret.iter().all(is_sendable) {
        return Err(Failure::invalid("the secret for the token service holds more than visible ASCII"));
    }
    Ok(TokenSource::Central { url, secret })
}

fn shared(
    kind: TokenKind,
    store: Option<&str>,
    mirror: Option<String>,
    layouts: &[String],
) -> Outcome<Option<SharedStore>> {
    let mirror = TokenMirror::new(mirror, layouts)?;
    let Some(store) = store else {
        return match mirror {
            None => Ok(None),
            Some(_) => Err(Failure::invalid(
                "a mirror (--token-mirror, WX_TOKEN_MIRROR) shows the tokens of a store; give --token-store too, such as \
                 sqlite:tokens.db",
            )),
        };
    };
    let address: StoreAddress = store.parse()?;
    if kind == TokenKind::Classic && address.may_forget() {
        return Err(Failure::invalid(
            "Redis may lose a token, and with classic tokens the next fetch then ends that of all others; take stable \
             tokens (--token-kind stable), or a store on SQLite or PostgreSQL",
        ));
    }
    Ok(Some(SharedStore { address, mirror }))
}

impl TokenSource {
    /// The same in Chinese.
    pub(crate) fn in_chinese(&self) -> String {
        match self {
            Self::Fixed(_) => "固定的 token，由外部提供".to_owned(),
            Self::Central { url, .. } => format!("中控服务器 {url}"),
            Self::Platform { kind, shared } => {
                let kind = match kind {
                    TokenKind::Stable => "平台稳定版 token",
                    TokenKind::Classic => "平台普通 token",
                };
                match shared {
                    Some(shared) => format!("{kind}，共享于 {}", shared.address),
                    None => kind.to_owned(),
                }
            }
        }
    }

    /// Whether every fetch ends the token of somebody else, so that nothing may be fetched just to look.
    pub(crate) fn is_lonely_classic(&self) -> bool {
        matches!(self, Self::Platform { kind: TokenKind::Classic, shared: None })
    }

    pub(crate) fn shared(&self) -> Option<&SharedStore> {
        match self {
            Self::Platform { shared, .. } => shared.as_ref(),
            _ => None,
        }
    }
}

/// Without token, secret or password.
impl fmt::Display for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(_) => f.write_str("a fixed token, which somebody else renews"),
            Self::Central { url, .. } => write!(f, "the central service {url}"),
            Self::Platform { kind, shared } => {
                f.write_str(match kind {
                    TokenKind::Stable => "stable token of the platform",
                    TokenKind::Classic => "classic token of the platform",
                })?;
                let Some(shared) = shared else { return Ok(()) };
                write!(f, ", shared through {}", shared.address)?;
                match &shared.mirror {
                    Some(mirror) => write!(f, ", shown in {mirror}"),
                    None => Ok(()),
                }
            }
        }
    }
}
