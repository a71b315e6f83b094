use crate::failure::{Failure, Outcome};
use std::{fmt, path::PathBuf, str::FromStr, sync::Arc};
use wx_client::TokenStore;
use wx_store::SqliteTokenStore;

/// Where a store of shared access tokens is.
pub(crate) enum StoreAddress {
    Sqlite(PathBuf),
    /// `postgres://…` or `host=… user=…`, perhaps with a password.
    Postgres(String),
    /// `redis://…` or `rediss://…`, perhaps with a password.
    Redis(String),
}

impl FromStr for StoreAddress {
    type Err = Failure;

    fn from_str(text: &str) -> Outcome<Self> {
        let (scheme, rest) = text.split_once(':').unwrap_or_default();
        match scheme {
            "sqlite" if !rest.is_empty() => {
                let path = rest.strip_prefix("//").unwrap_or(rest);
                Ok(Self::Sqlite(path.into()))
            }
            "postgres" | "postgresql" => Ok(Self::Postgres(text.to_owned())),
            _ if text.starts_with("host=") => Ok(Self::Postgres(text.to_owned())),
            "redis" | "rediss" | "unix" | "redis+unix" => Ok(Self::Redis(text.to_owned())),
            // A password may stand in what was given.
            _ => Err(Failure::invalid(
                "the store of the access token is written sqlite:FILE, postgres://user:password@host/database or \
                 redis://host/0",
            )),
        }
    }
}

impl StoreAddress {
    /// Whether the store may lose what it answered.
    pub(super) fn may_forget(&self) -> bool {
        matches!(self, Self::Redis(_))
    }

    pub(super) async fn open(&self) -> Outcome<Arc<dyn TokenStore>> {
        match self {
            Self::Sqlite(path) => {
                let path = path.clone();
                let opened = tokio::task::spawn_blocking(move || SqliteTokenStore::open(path)).await;
                let opened = opened.map_err(|_| Failure::failed("opening the token store was broken off"))?;
                Ok(Arc::new(opened?))
            }
            Self::Postgres(address) => open_postgres(address).await,
            Self::Redis(address) => open_redis(address).await,
        }
    }
}

#[cfg(feature = "postgres")]
async fn open_postgres(address: &str) -> Outcome<Arc<dyn TokenStore>> {
    Ok(Arc::new(wx_store::PostgresTokenStore::connect(address).await?))
}

#[cfg(not(feature = "postgres"))]
#[expect(clippy::unused_async, reason = "with the feature it waits")]
async fn open_postgres(_: &str) -> Outcome<Arc<dyn TokenStore>> {
    Err(Failure::invalid("this wx was built without PostgreSQL; build it with the feature `postgres`"))
}

#[cfg(feature = "redis")]
async fn open_redis(address: &str) -> Outcome<Arc<dyn TokenStore>> {
    Ok(Arc::new(wx_store::RedisTokenStore::connect(address).await?))
}

#[cfg(not(feature = "redis"))]
#[expect(clippy::unused_async, reason = "with the feature it waits")]
async fn open_redis(_: &str) -> Outcome<Arc<dyn TokenStore>> {
    Err(Failure::invalid("this wx was built without Redis; build it with the feature `redis`"))
}

/// Without what may be a password.
impl fmt::Display for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "SQLite {}", path.display()),
            Self::Postgres(address) => write!(f, "PostgreSQL {}", place(address)),
            Self::Redis(address) => write!(f, "Redis {}", place(address)),
        }
    }
}

impl fmt::Debug for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Host and port, or the file of a socket.
pub(super) fn place(address: &str) -> &str {
    if let Some(host) = address.strip_prefix("host=") {
        return host.split_whitespace().next().unwrap_or_default();
    }
    let Some((scheme, rest)) = address.split_once("://") else { return "" };
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    if scheme.ends_with("unix") {
        return rest;
    }
    // A password may hold a slash or an @, so what stands before the last @ is left out first.
    let rest = rest.rsplit('@').next().unwrap_or_default();
    rest.split('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        text.parse::<StoreAddress>().map_or_else(|failure| failure.to_string(), |address| address.to_string())
    }

    #[test]
    fn addresses_are_shown_without_passwords() {
        let shown = [
            "sqlite:tokens.db",
            "sqlite:///var/lib/wx/tokens.db",
            "postgres://wx:canary@db.example.com:5432/wx?sslmode=require",
            "postgresql://wx:can/ary@[::1]/wx",
            "host=/run/postgresql user=wx password=canary",
            "rediss://:canary@cache.example.com:6380/1",
            "redis://127.0.0.1/",
            "unix:///run/redis.sock?pass=canary",
        ]
        .map(shown);
        let expected = [
            "SQLite tokens.db",
            "SQLite /var/lib/wx/tokens.db",
            "PostgreSQL db.example.com:5432",
            "PostgreSQL [::1]",
            "PostgreSQL /run/postgresql",
            "Redis cache.example.com:6380",
            "Redis 127.0.0.1",
            "Redis /run/redis.sock",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn other_addresses_are_refused_without_repeating_them() {
        for text in ["tokens.db", "mysql://wx:canary@host/", "sqlite:", ""] {
            let text = shown(text);
            assert!(text.contains("is written sqlite:FILE") && !text.contains("canary"), "{text}");
        }
    }
}
