use super::store_address::place;
use crate::failure::{Failure, Outcome};
use std::{fmt, sync::Arc};
use wx_client::TokenStore;

/// A Redis where programs in other languages look for the token.
pub(crate) struct TokenMirror {
    address: String,
    #[cfg(feature = "redis")]
    layouts: Vec<Layout>,
}

impl TokenMirror {
    /// The mirror at this address, if there is one.
    pub(super) fn new(address: Option<String>, layouts: &[String]) -> Outcome<Option<Self>> {
        let layouts = layouts.iter().map(|text| layout(text)).collect::<Outcome<Vec<_>>>()?;
        match address {
            Some(address) => Ok(Some(Self {
                address,
                #[cfg(feature = "redis")]
                layouts,
            })),
            None if layouts.is_empty() => Ok(None),
            None => Err(Failure::invalid(
                "the layout of a mirror is given but not where it is; give --token-mirror, such as redis://127.0.0.1/",
            )),
        }
    }

    #[cfg(feature = "redis")]
    pub(super) async fn over(&self, store: Arc<dyn TokenStore>) -> Outcome<Arc<dyn TokenStore>> {
        let mirror = wx_store::RedisMirror::connect(store, &self.address).await?;
        Ok(Arc::new(self.layouts.iter().cloned().fold(mirror, wx_store::RedisMirror::layout)))
    }

    #[cfg(not(feature = "redis"))]
    #[expect(clippy::unused_async, reason = "with the feature it waits")]
    pub(super) async fn over(&self, _: Arc<dyn TokenStore>) -> Outcome<Arc<dyn TokenStore>> {
        Err(no_redis())
    }
}

#[cfg(feature = "redis")]
type Layout = wx_store::RedisLayout;

#[cfg(feature = "redis")]
fn layout(text: &str) -> Outcome<Layout> {
    let (name, rest) = text.split_once(':').map_or((text, None), |(name, rest)| (name, Some(rest)));
    Ok(match (name, rest) {
        ("default", None) => Layout::default(),
        ("wx-java", prefix) => Layout::wx_java(prefix.unwrap_or("wx")),
        ("silenceper", None) => Layout::silenceper(),
        ("silenceper-stable", None) => Layout::silenceper_stable(),
        ("wechatpy", prefix) => Layout::wechatpy(prefix.unwrap_or("wechatpy")),
        ("plain", Some(key)) if !key.is_empty() => Layout::plain(key),
        ("json", Some(key)) if !key.is_empty() => Layout::json(key),
        _ => {
            return Err(Failure::invalid(format!(
                "{text:?} is no layout of a mirror; it is default, wx-java[:PREFIX], silenceper, silenceper-stable, \
                 wechatpy[:PREFIX], plain:KEY or json:KEY"
            )));
        }
    })
}

#[cfg(not(feature = "redis"))]
type Layout = std::convert::Infallible;

#[cfg(not(feature = "redis"))]
fn layout(_: &str) -> Outcome<Layout> {
    Err(no_redis())
}

#[cfg(not(feature = "redis"))]
fn no_redis() -> Failure {
    Failure::invalid("this wx was built without Redis; build it with the feature `redis`")
}

/// Without what may be a password.
impl fmt::Display for TokenMirror {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redis {}", place(&self.address))
    }
}

impl fmt::Debug for TokenMirror {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
