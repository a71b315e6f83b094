use crate::{
    Act, Callback, CallbackCheck, Clock, CreatedCode, CustomMessage, Delivery, Entry, Error, Fault, Options,
    Order, Person, Push, api, control, platform::Platform, serve::Server, stage::Stage,
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
        let (listen, has_control) = (options.listen, options.has_control);
        let stage = Stage::new(Platform::new(options));
        let mut router = api::router(Arc::clone(&stage.platform));
        if has_control {
            router = router.merge(control::router(stage.clone()));
        }
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
        self.change(|options| options.callback(callback))
    }

    /// Changes any option of the running platform but the address, the control routes, the clock, the random bytes and the limit of the
    /// transcript, which stay: the allow-list gets another entry, the verification of the account runs out, the
    /// AppSecret is reset. Tokens, codes and people stay.
    ///
    /// ```
    /// # async fn example(sim: &wx_sim::Simulator) -> Result<(), wx_sim::Error> {
    /// sim.change(|options| options.permanent_cap(3).allow_list(["203.0.113.9".parse().unwrap()]))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When a value has the wrong form; then nothing changes.
    pub fn change(&self, change: impl FnOnce(Options) -> Options) -> Result<(), Error> {
        self.stage.platform.change(change)
    }

    /// Lets something go wrong with the next calls; faults strike in the order in which they were injected.
    ///
    /// # Errors
    ///
    /// [`Error::Fault`] when it could never strike.
    pub fn inject(&self, fault: Fault) -> Result<(), Error> {
        self.stage.platform.faults.add(fault)
    }

    /// The faults that still wait for calls, with what is left of their numbers.
    pub fn faults(&self) -> Vec<Fault> {
        self.stage.platform.faults.waiting()
    }

    /// Takes all waiting faults back, and says how many there were.
    pub fn clear_faults(&self) -> usize {
        self.stage.platform.faults.clear()
    }

    /// Where the simulator reads the time.
    pub fn clock(&self) -> &Clock {
        &self.stage.platform.clock
    }

    /// Moves a manual clock by so many seconds, backwards when negative; says the new time.
    ///
    /// # Errors
    ///
    /// As [`Clock::advance`].
    pub fn advance(&self, seconds: i64) -> Result<i64, Error> {
        self.clock().advance(seconds)
    }

    /// Every access token of the account dies at once, as when another system takes them over: 40001 (protocol §1.3).
    pub fn revoke_tokens(&self) {
        self.stage.platform.revoke_tokens();
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
    /// [`Error::AlreadyFollowing`] and [`Error::TooManyPeople`] (follow), [`Error::UnknownTicket`] and
    /// [`Error::ExpiredTicket`] (scan), [`Error::Kind`] and [`Error::Field`] (event, message), and
    /// [`Error::TooManyHeld`]. A receiver that fails is no error: see [`Delivery::succeeded`].
    pub async fn act(&self, act: Act) -> Result<Delivery, Error> {
        self.stage.act(act).await
    }

    /// Delivers a push once more, as if the platform had forgotten the first time: the same XML with the same
    /// `CreateTime` and `MsgId`, signed anew, by the rules of any push.
    pub async fn redeliver(&self, push: &Push) -> Delivery {
        self.stage.redeliver(push.clone()).await
    }

    /// From now on acts happen and their pushes wait, until [`release_pushes`](Self::release_pushes).
    pub fn hold_pushes(&self) {
        self.stage.platform.account().held.get_or_insert_default();
    }

    /// Delivers the held pushes in this order, one after the other, and holds no more. With
    /// [`Order::Shuffled`] a receiver hears of an un-follow before the follow, say.
    pub async fn release_pushes(&self, order: Order) -> Vec<Delivery> {
        self.stage.release(order).await
    }

    /// Pushes the next `component_verify_ticket` to the third-party platform. The platform does so every ten minutes,
    /// the simulator when it is told to (protocol §1.7).
    ///
    /// # Errors
    ///
    /// [`Error::NoComponent`].
    pub async fn push_verify_ticket(&self) -> Result<Delivery, Error> {
        self.stage.push_verify_ticket().await
    }

    /// The owner of the account authorises the third-party platform, which learns the authorisation code by
    /// `authorized`, or `updateauthorized` when it was authorised already.
    ///
    /// # Errors
    ///
    /// [`Error::NoComponent`].
    pub async fn authorize(&self) -> Result<Delivery, Error> {
        self.stage.authorize().await
    }

    /// The owner takes the authorisation back: `unauthorized`, and 61003 for every later call.
    ///
    /// # Errors
    ///
    /// [`Error::NoComponent`], [`Error::NotAuthorized`].
    pub async fn unauthorize(&self) -> Result<Delivery, Error> {
        self.stage.unauthorize().await
    }

    /// The codes that the account created, oldest first.
    pub fn codes(&self) -> Vec<CreatedCode> {
        self.stage.platform.account().codes.after(0).map(CreatedCode::from).collect()
    }

    /// Those who follow, in the order in which they followed.
    pub fn followers(&self) -> Vec<Person> {
        let account = self.stage.platform.account();
        let followers = account.users.followers_after(None).into_iter().flatten();
        followers.map(|(openid, user)| Person::of(openid, user)).collect()
    }

    /// Somebody who follows or once did.
    pub fn person(&self, openid: &str) -> Option<Person> {
        self.stage.platform.account().users.find(openid).map(|user| Person::of(openid, user))
    }

    /// A follower switches messages of the account off or on again; while they are off, customer-service messages get
    /// 48002.
    ///
    /// # Errors
    ///
    /// [`Error::NotFollowing`].
    pub fn block_messages(&self, openid: &str, block: bool) -> Result<(), Error> {
        self.stage.platform.account().block_messages(openid, block)
    }

    /// The customer-service messages that were sent, oldest first; the last 1000.
    pub fn messages(&self) -> Vec<CustomMessage> {
        self.stage.platform.account().messages.after(0).cloned().collect()
    }

    /// What went over the wire and was decided so far, in the order in which it ended.
    pub fn transcript(&self) -> Vec<Entry> {
        self.stage.platform.transcript.since(0)
    }

    /// Waits until there are entries behind the one of this number, and gives them; after 0, all of them.
    ///
    /// A test that has to know that the platform has got a call, although it will never answer it, need not guess how
    /// long that takes.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), wx_sim::Error> {
    /// let sim = wx_sim::Simulator::start(wx_sim::Options::default()).await?;
    /// sim.revoke_tokens();
    /// let entries = sim.transcript_after(0).await;
    /// assert_eq!(entries[0].to_string(), "1 all tokens are revoked");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn transcript_after(&self, number: u64) -> Vec<Entry> {
        self.stage.platform.transcript.after(number).await
    }

    /// The transcript as text, one line each: the same in every run of a test that does one thing at a time with
    /// [`Options::deterministic`], so it can be a snapshot.
    pub fn transcript_text(&self) -> String {
        self.transcript().iter().flat_map(|entry| [entry.to_string(), "\n".to_owned()]).collect()
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
