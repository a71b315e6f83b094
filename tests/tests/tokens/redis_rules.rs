//! What the store on Redis keeps, what the mirror shows to other programs, and what both say when they cannot be opened.

use crate::redis::Redis;
use ::redis::AsyncCommands;
use async_trait::async_trait;
use scenarios::RedisServer;
use std::{error::Error, time::Duration};
use wx_client::{LeaseWish, MemoryTokenStore, NewToken, Setback, TokenStore, conformance::TokenStoreRig};
use wx_model::{AccessToken, AppId};
use wx_store::{RedisLayout, RedisMirror, RedisOpenErrorKind, RedisTokenStore};

/// A store in a database of its own.
struct Rig {
    store: RedisTokenStore,
    redis: Redis,
}

impl Rig {
    async fn new() -> Self {
        let redis = Redis::new();
        Self { store: RedisTokenStore::connect(&redis.address).await.unwrap(), redis }
    }
}

#[async_trait]
impl TokenStoreRig for Rig {
    fn store(&self) -> &dyn TokenStore {
        &self.store
    }

    async fn pass(&self, account: &AppId, millis: i64) {
        self.redis.pass_for(account.as_str(), millis).await;
    }
}

wx_client::token_store_tests!(Rig::new().await);

/// The mirror keeps the rules of the store behind it.
mod mirrored {
    use super::*;

    struct Mirrored {
        store: RedisMirror<RedisTokenStore>,
        rig: Rig,
    }

    impl Mirrored {
        async fn new() -> Self {
            let rig = Rig::new().await;
            let store = RedisMirror::connect(rig.store.clone(), &rig.redis.address).await.unwrap();
            Self { store, rig }
        }
    }

    #[async_trait]
    impl TokenStoreRig for Mirrored {
        fn store(&self) -> &dyn TokenStore {
            &self.store
        }

        async fn pass(&self, account: &AppId, millis: i64) {
            self.rig.pass(account, millis).await;
        }
    }

    wx_client::token_store_tests!(Mirrored::new().await);
}

const ACCOUNT: &str = "wx7a3f00c1d2e3b4a5";

/// Publishes through the mirror, so many hours of life.
async fn publish(store: &dyn TokenStore, token: &str, hours: u64) {
    let account = AppId::new(ACCOUNT);
    let refused = store.read(&account).await.unwrap().token.map(|(token, _)| token);
    let wish = LeaseWish::new(&account, "me", Duration::from_secs(10)).instead_of(refused.as_ref());
    let lease = store.try_lease(&wish).await.unwrap().unwrap();
    let new = NewToken::new(token.into(), Duration::from_hours(hours), Duration::from_hours(1));
    assert!(store.publish(&lease, &new).await.unwrap());
}

#[tokio::test]
async fn other_programs_find_the_token_where_they_look() {
    let redis = Redis::new();
    let mirror = RedisMirror::connect(MemoryTokenStore::new(), &redis.address).await.unwrap();
    let mirror = mirror
        .layout(RedisLayout::default())
        .layout(RedisLayout::wx_java("wx"))
        .layout(RedisLayout::silenceper_stable())
        .layout(RedisLayout::wechatpy("wechatpy"));
    let mut connection = redis.connection().await;
    for token in ["76_first", "76_second"] {
        publish(&mirror, token, 2).await;
        for key in [
            format!("wechat:access_token:{ACCOUNT}"),
            format!("wx:access_token:{ACCOUNT}"),
            format!("gowechat_officialaccount__stable_access_token_{ACCOUNT}"),
        ] {
            let found: String = connection.get(&key).await.unwrap();
            assert_eq!(found, token, "{key}");
            let seconds: i64 = connection.ttl(&key).await.unwrap();
            assert!((7000..=7140).contains(&seconds), "{key} ends in {seconds} s");
        }
        let json: String = connection.get(format!("wechatpy:{ACCOUNT}_access_token")).await.unwrap();
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), token);
    }
}

#[tokio::test]
async fn a_late_mirroring_does_not_bring_an_old_token_back() {
    let redis = Redis::new();
    let behind = MemoryTokenStore::new();
    let mirror = RedisMirror::connect(behind.clone(), &redis.address).await.unwrap();
    publish(&mirror, "76_first", 2).await;
    publish(&mirror, "76_second", 2).await;
    // As a process that published before and was paused until now: its lease has a smaller number.
    let late = RedisMirror::connect(MemoryTokenStore::new(), &redis.address).await.unwrap();
    publish(&late, "76_late", 2).await;
    let found: String = redis.connection().await.get(format!("wechat:access_token:{ACCOUNT}")).await.unwrap();
    assert_eq!(found, "76_second");
}

#[tokio::test]
async fn while_redis_refuses_the_store_goes_on() {
    let redis = Redis::new();
    let mirror = RedisMirror::connect(MemoryTokenStore::new(), &redis.address).await.unwrap();
    // A key of another type is in the way.
    let _: i64 = redis
        .connection()
        .await
        .rpush(format!("wx:fence:{{wechat:access_token:{ACCOUNT}}}"), 1)
        .await
        .unwrap();
    publish(&mirror, "76_first", 2).await;
    let row = mirror.read(&ACCOUNT.into()).await.unwrap();
    assert_eq!(row.token.unwrap().0, AccessToken::new("76_first"));
}

#[tokio::test]
async fn what_is_wrong_is_said_without_the_password() {
    let server = RedisServer::shared().database();
    for (address, kind) in [
        ("http://:hunter2canary@host", RedisOpenErrorKind::Address),
        ("hunter2canary", RedisOpenErrorKind::Address),
        ("unix:///nowhere/socket?pass=hunter2canary", RedisOpenErrorKind::Unreachable),
        (&format!("{server}&pass=hunter2canary"), RedisOpenErrorKind::Refused),
        (&format!("{}?db=5000&pass=", server.split('?').next().unwrap()), RedisOpenErrorKind::Refused),
    ] {
        let error = RedisTokenStore::connect(address).await.unwrap_err();
        let cause = error.source().map(ToString::to_string);
        assert_eq!(error.kind(), kind, "{error:?}");
        assert!(!format!("{error} {error:?} {cause:?}").contains("canary"), "{error:?}");
    }
}

#[tokio::test]
async fn no_token_is_printed() {
    let rig = Rig::new().await;
    publish(&rig.store, "canary", 2).await;
    let row = rig.store.read(&ACCOUNT.into()).await.unwrap();
    let mut connection = rig.redis.connection().await;
    // A row that somebody has spoilt: the answer has another shape, and a value of it is the token.
    let _: () = connection.hset(format!("wx:token:{{{ACCOUNT}}}"), "failure_code", "canary").await.unwrap();
    let (account, pause) = (AppId::new(ACCOUNT), Duration::from_mins(5));
    let _: () = connection.hset(format!("wx:token:{{{ACCOUNT}}}"), "failure", "x").await.unwrap();
    let until = Setback::new(None, "x", pause);
    let wish = LeaseWish::new(&account, "me", pause).instead_of(None);
    assert!(rig.store.try_lease(&wish).await.unwrap().is_none());
    rig.redis.pass_for(ACCOUNT, 3 * 3600 * 1000).await;
    let lease = rig.store.try_lease(&wish).await.unwrap().unwrap();
    assert!(rig.store.give_back(&lease, &until).await.unwrap());
    let _: () = connection.hset(format!("wx:token:{{{ACCOUNT}}}"), "failure_code", "canary").await.unwrap();
    let error = rig.store.read(&account).await.unwrap_err();
    assert!(!format!("{:?} {row:?} {error} {error:?}", rig.store).contains("canary"), "{error:?}");
}
