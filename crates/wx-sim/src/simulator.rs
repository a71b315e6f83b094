use crate::{
    Act, Callback, CallbackCheck, Delivery, Entry, Error, Options, Push, api, control, platform::Platform,
    serve::Server, stage::Stage,
};
use std::{net::SocketAddr, sync::Arc};

/// The platform, running: its HTTP routes on one address, its account, and the people who follow it.
///
/// It stops when it is dropped. [`shutdown`](Self::shutdown) stops it gently.
pub struct Simulator {
    stage: Stage,
    server: Server,
}

impl Simulator {
    /// Binds the address of the options and serves from then on.
    ///
    /// # Errors
    ///
    /// When a value of the options has the wrong form, or the address cannot be taken.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime with I/O and time enabled.
    pub async fn start(options: Options) -> Result<Self, Error> {
        options.check()?;
        let listen = options.listen;
        let stage = Stage::new(Platform::new(options));
        let router = api::router(Arc::clone(&stage.platform)).merge(control::router(stage.clone()));
        let server = Server::start(listen, router).await?;
        Ok(Self { stage, server })
    }

    /// `http://127.0.0.1:PORT`: the base of the API, of `showqrcode` and of the control routes, without a slash at
    /// the end.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.server.address)
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Changes the server configuration, as the operator does in the console; deliveries that begin later use it.
    ///
    /// The console also verifies the address before it saves. Here that is a call of its own,
    /// [`verify_callback`](Self::verify_callback), so that the receiver may start later.
    ///
    /// # Errors
    ///
    /// When the token has the wrong form, or the address is no whole `http://` address.
    pub fn configure(&self, callback: Callback) -> Result<(), Error> {
        self.stage.platform.configure(callback)
    }

    /// Sends the GET with `echostr` that the console sends when the configuration is saved (protocol §6.2).
    ///
    /// # Errors
    ///
    /// When no callback address is configured. A receiver that answers wrongly is no error but a check that did
    /// not pass.
    pub async fn verify_callback(&self) -> Result<CallbackCheck, Error> {
        self.stage.courier.check(&self.stage.platform).await
    }

    /// Points a phone at the code of `ticket`: SCAN for a follower, else `subscribe` through the code.
    ///
    /// # Errors
    ///
    /// As [`act`](Self::act).
    pub async fn scan(&self, openid: &str, ticket: &str) -> Result<Delivery, Error> {
        self.act(Act::scan(openid, ticket)).await
    }

    /// Follows without a code.
    ///
    /// # Errors
    ///
    /// As [`act`](Self::act).
    pub async fn follow_plain(&self, openid: &str) -> Result<Delivery, Error> {
        self.act(Act::follow(openid)).await
    }

    /// Stops following.
    ///
    /// # Errors
    ///
    /// As [`act`](Self::act).
    pub async fn unfollow(&self, openid: &str) -> Result<Delivery, Error> {
        self.act(Act::unfollow(openid)).await
    }

    /// Writes a text message to the account.
    ///
    /// # Errors
    ///
    /// As [`act`](Self::act).
    pub async fn say(&self, openid: &str, text: &str) -> Result<Delivery, Error> {
        self.act(Act::say(openid, text)).await
    }

    /// Lets a person act, and delivers the push of it until an answer is taken, three times at most.
    ///
    /// The act itself happens at the first poll, whatever becomes of the push. Without a callback address there are
    /// no attempts, and the push is lost, as on the platform. Dropping the future ends the deliveries.
    ///
    /// # Errors
    ///
    /// When nothing is pushed: [`Error::OpenId`], [`Error::Text`], [`Error::NotFollowing`] (unfollow, say),
    /// [`Error::AlreadyFollowing`] (follow), [`Error::UnknownTicket`] and [`Error::ExpiredTicket`] (scan). A
    /// receiver that fails is no error: see [`Delivery::succeeded`].
    pub async fn act(&self, act: Act) -> Result<Delivery, Error> {
        self.stage.act(act).await
    }

    /// Delivers a push once more, as if the platform had forgotten the first time: the same XML with the same
    /// `CreateTime` and `MsgId`, signed anew, by the rules of any push.
    pub async fn redeliver(&self, push: &Push) -> Delivery {
        self.stage.courier.deliver(&self.stage.platform, push.clone(), 0).await
    }

    /// What went over the wire so far, in the order in which it ended; the last 100 000 entries.
    pub fn transcript(&self) -> Vec<Entry> {
        self.stage.platform.transcript.entries()
    }

    /// Takes no more connections, lets the running exchanges end (two seconds at most), and returns when the address
    /// is free.
    pub async fn shutdown(self) {
        self.server.stop().await;
    }
}

impl std::fmt::Debug for Simulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Simulator").field("address", &self.server.address).finish_non_exhaustive()
    }
}
