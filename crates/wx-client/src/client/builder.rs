use super::{Client, Shared};
use crate::{
    BaseUrl, Error, InvalidBaseUrl, Observer, Pace, RetryPolicy,
    clock::Clock,
    dispatcher::Dispatcher,
    exchange::Exchange,
    hosts::Hosts,
    observer::ObservedSource,
    pace::Turns,
    pause::Pause,
    quota_guard::QuotaGuard,
    random::Random,
    retry::Budget,
    token::{
        AccessTokenSource, Component, ComponentStore, OwnToken, PlatformToken, SharedToken, TokenKind,
        TokenStore, Tokens,
    },
};
use std::{future::Future, sync::Arc, time::Duration};
use wx_model::{AppId, AppSecret};
use wx_transport::Transport;

/// A [`Client`] in the making. What is not said stays as it is in [`Client::new`].
#[derive(Debug)]
#[must_use = "a builder makes nothing until `build` is called"]
pub struct ClientBuilder {
    app_id: AppId,
    origin: TokenOrigin,
    api_base: Option<Result<BaseUrl, InvalidBaseUrl>>,
    image_base: Option<Result<BaseUrl, InvalidBaseUrl>>,
    transport: Option<Arc<dyn Transport>>,
    token_kind: TokenKind,
    token_store: Option<Arc<dyn TokenStore>>,
    token_lease: Duration,
    policy: RetryPolicy,
    pace: Option<Pace>,
    observer: Option<Arc<dyn Observer>>,
    clock: Clock,
    random: Random,
    pause: Pause,
}

/// Where the token comes from.
#[derive(Debug)]
pub(super) enum TokenOrigin {
    Platform(AppSecret),
    Source(Arc<dyn AccessTokenSource>),
}

impl ClientBuilder {
    pub(super) fn new(app_id: AppId, origin: TokenOrigin) -> Self {
        Self {
            app_id,
            origin,
            api_base: None,
            image_base: None,
            transport: None,
            token_kind: TokenKind::Stable,
            token_store: None,
            token_lease: SharedToken::LEASE,
            policy: RetryPolicy::default(),
            pace: None,
            observer: None,
            clock: Clock::system(),
            random: Random::system(),
            pause: Pause::of_tokio(),
        }
    }

    /// One base address for calls and for pictures: a simulator, a gateway, or another entry of the platform such as
    /// `https://api2.weixin.qq.com` (protocol §5.1), which serves no pictures, so name the
    /// [`image_base`](Self::image_base) too. See [`BaseUrl`] for what is valid.
    ///
    /// Calls go there and nowhere else. Without it they go to `https://api.weixin.qq.com` and, for as long as no connection
    /// can be made, to the next of api2, sh.api, sz.api and hk.api; after 5 minutes to the first again.
    pub fn api_base(mut self, url: impl AsRef<str>) -> Self {
        self.api_base = Some(url.as_ref().parse());
        self
    }

    /// Another base address for pictures than for calls.
    pub fn image_base(mut self, url: impl AsRef<str>) -> Self {
        self.image_base = Some(url.as_ref().parse());
        self
    }

    /// What sends the requests. Its time and size limits are the limits of the client.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Takes the token from `/cgi-bin/token` (protocol §1.1) instead of `/cgi-bin/stable_token`.
    ///
    /// Each fetch by anybody ends the token of everybody else after 5 minutes. Only for accounts to which the stable
    /// token is not open. It means nothing to a client with another source of tokens.
    pub fn classic_token(mut self) -> Self {
        self.token_kind = TokenKind::Classic;
        self
    }

    /// Shares the token with other processes through this store: see [`SharedToken`].
    ///
    /// With several processes and the classic token there is no other way; with the stable token it saves calls.
    pub fn token_store(mut self, store: impl TokenStore + 'static) -> Self {
        self.token_store = Some(Arc::new(store));
        self
    }

    /// How long a process that renews the shared token has for it, 10 s unless said otherwise: see
    /// [`SharedToken::lease`].
    pub fn token_lease(mut self, length: Duration) -> Self {
        self.token_lease = length;
        self
    }

    /// How often calls are repeated after failures that may pass.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// How fast calls may follow each other. Default: as fast as they come.
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = Some(pace);
        self
    }

    /// What hears of calls, for metrics.
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// The time that has passed since some fixed moment; it must never go back. Default: the system's monotonic clock.
    /// The age of the token and all pauses are measured with it.
    pub fn clock(mut self, now: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        self.clock = self.clock.with_steady(now);
        self
    }

    /// The calendar clock, in seconds since 1970-01-01 UTC; it may be set forward and back. Default: the system's. It
    /// says when a day of the platform ends (midnight in Beijing) and whether the machine has slept, and nothing else.
    pub fn wall_clock(mut self, unix_seconds: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        self.clock = self.clock.with_wall(unix_seconds);
        self
    }

    /// Where numbers come from that spread waiting times, each number of 64 bits as likely. Default: the system's
    /// random numbers.
    pub fn random(mut self, next: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        self.random = Random::new(next);
        self
    }

    /// How to let time pass before a call is repeated or its turn comes. Default: the timer of tokio, which the runtime
    /// must have enabled.
    pub fn pause<F: Future<Output = ()> + Send + 'static>(
        mut self,
        wait: impl Fn(Duration) -> F + Send + Sync + 'static,
    ) -> Self {
        self.pause = Pause::new(wait);
        self
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// Kind [`Config`](crate::ErrorKind::Config) if a base address is not valid, or if there is no transport: without
    /// the features `reqwest` and `hyper` one must be given.
    pub fn build(mut self) -> Result<Client, Error> {
        let api_base =
            self.api_base.take().transpose().map_err(|error| Error::base_url("api_base", error))?;
        let image_base =
            self.image_base.take().transpose().map_err(|error| Error::base_url("image_base", error))?;
        let transport = self.transport.take().or_else(default_transport).ok_or_else(Error::no_transport)?;
        let image_base = image_base.or_else(|| api_base.clone()).unwrap_or_else(BaseUrl::official_images);
        let hosts = Hosts::new(api_base, self.clock.clone());
        Ok(self.finish(hosts, image_base, transport))
    }

    /// A third-party platform (第三方平台, protocol §1.7) in place of an account: the builder was made with its
    /// `component_appid` and `component_appsecret`. A [`token_store`](Self::token_store) shares its
    /// component_access_token among processes. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// As with [`build`](Self::build); also for a builder with another source of tokens.
    pub fn component(mut self, store: impl ComponentStore + 'static) -> Result<Component, Error> {
        let TokenOrigin::Platform(app_secret) = self.origin else {
            return Err(Error::no_component_secret());
        };
        let base = self.api_base.take().transpose().map_err(|error| Error::base_url("api_base", error))?;
        let transport = self.transport.take().or_else(default_transport).ok_or_else(Error::no_transport)?;
        let exchange = Exchange {
            transport,
            secret: Some(app_secret.clone()),
            hosts: Arc::new(Hosts::new(base, self.clock.clone())),
            images: BaseUrl::official_images(),
        };
        let store: Arc<dyn ComponentStore> = Arc::new(store);
        let own = OwnToken {
            app_id: self.app_id.clone(),
            app_secret,
            exchange: exchange.clone(),
            store: Arc::clone(&store),
        };
        let keeper = Keeper {
            store: self.token_store,
            lease: self.token_lease,
            clock: self.clock,
            random: self.random,
            observer: self.observer,
        };
        let tokens = keeper.tokens(self.app_id.clone(), Arc::new(own));
        Ok(Component::new(self.app_id, exchange, store, tokens))
    }

    /// With the platform's own addresses.
    #[cfg(any(feature = "reqwest", feature = "hyper"))]
    pub(super) fn on_the_platform(self) -> Client {
        let hosts = Hosts::new(None, self.clock.clone());
        self.finish(hosts, BaseUrl::official_images(), Arc::new(DefaultTransport::new()))
    }

    fn finish(self, hosts: Hosts, images: BaseUrl, transport: Arc<dyn Transport>) -> Client {
        let secret = match &self.origin {
            TokenOrigin::Platform(secret) => Some(secret.clone()),
            TokenOrigin::Source(_) => None,
        };
        let exchange = Exchange { transport, secret, hosts: Arc::new(hosts), images };
        let source = match self.origin {
            TokenOrigin::Source(source) => source,
            TokenOrigin::Platform(secret) => {
                let account = (self.app_id.clone(), secret);
                let clock = self.clock.clone();
                Arc::new(PlatformToken::new(exchange.clone(), account, self.token_kind, clock))
            }
        };
        let keeper = Keeper {
            store: self.token_store,
            lease: self.token_lease,
            clock: self.clock.clone(),
            random: self.random.clone(),
            observer: self.observer.clone(),
        };
        let dispatcher = Dispatcher {
            tokens: keeper.tokens(self.app_id.clone(), source),
            exchange,
            budget: Budget::of(self.policy.reserve),
            policy: self.policy,
            guard: QuotaGuard::default(),
            turns: self.pace.map(Turns::new),
            clock: self.clock,
            random: self.random,
            pause: self.pause,
            observer: self.observer,
        };
        Client(Arc::new(Shared { app_id: self.app_id, dispatcher }))
    }
}

/// How tokens are kept, whatever they are.
struct Keeper {
    store: Option<Arc<dyn TokenStore>>,
    lease: Duration,
    clock: Clock,
    random: Random,
    observer: Option<Arc<dyn Observer>>,
}

impl Keeper {
    fn tokens(self, account: AppId, source: Arc<dyn AccessTokenSource>) -> Arc<Tokens> {
        let source = match self.observer {
            Some(observer) => Arc::new(ObservedSource { source, observer }),
            None => source,
        };
        let source = match self.store {
            Some(store) => {
                let shared = SharedToken::new(account.clone(), store, source);
                Arc::new(shared.lease(self.lease).random(self.random.clone()))
            }
            None => source,
        };
        Tokens::new(account, source, self.clock, self.random)
    }
}

/// If both are there, it stays the same: another crate may have asked for `hyper`.
#[cfg(feature = "reqwest")]
type DefaultTransport = wx_transport::ReqwestTransport;

#[cfg(all(feature = "hyper", not(feature = "reqwest")))]
type DefaultTransport = wx_transport::HyperTransport;

#[cfg(any(feature = "reqwest", feature = "hyper"))]
#[expect(clippy::unnecessary_wraps, reason = "without these features there is none")]
fn default_transport() -> Option<Arc<dyn Transport>> {
    Some(Arc::new(DefaultTransport::new()))
}

#[cfg(not(any(feature = "reqwest", feature = "hyper")))]
fn default_transport() -> Option<Arc<dyn Transport>> {
    None
}
