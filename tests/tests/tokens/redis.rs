use crate::place::Place;
use ::redis::{AsyncCommands, AsyncConnectionConfig, aio::MultiplexedConnection};
use async_trait::async_trait;
use scenarios::RedisServer;
use wx_sim::DEFAULT_APP_ID;

/// A database of its own.
#[derive(Debug)]
pub(crate) struct Redis {
    pub(crate) address: String,
}

impl Redis {
    pub(crate) fn new() -> Self {
        Self { address: RedisServer::shared().database() }
    }

    pub(crate) async fn connection(&self) -> MultiplexedConnection {
        let client = ::redis::Client::open(self.address.as_str()).unwrap();
        // On a busy machine an answer may take longer than the half second that is the default.
        let patient = AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
        client.get_multiplexed_async_connection_with_config(&patient).await.unwrap()
    }

    /// Lets so many milliseconds pass for an account.
    pub(crate) async fn pass_for(&self, account: &str, millis: i64) {
        let (key, mut connection) = (key(account), self.connection().await);
        for field in ["expires", "due", "blocked_from", "blocked_until", "paid_at"] {
            if connection.hexists(&key, field).await.unwrap() {
                let _: i64 = connection.hincr(&key, field, -millis).await.unwrap();
            }
        }
    }
}

fn key(account: &str) -> String {
    format!("wx:token:{{{account}}}")
}

#[async_trait]
impl Place for Redis {
    fn address(&self) -> String {
        format!("redis {}", self.address)
    }

    async fn pass(&self, seconds: i64) {
        self.pass_for(DEFAULT_APP_ID, seconds * 1000).await;
    }

    async fn token(&self) -> String {
        self.connection().await.hget(key(DEFAULT_APP_ID), "token").await.unwrap()
    }
}

crate::stampede::stampede_tests!("redis", Redis::new());
