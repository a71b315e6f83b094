use crate::{Callback, Component, Mode, Options, PushShape};
use std::time::Duration;
use wx_crypto::EncodingAesKey;

/// Where pushes go and how.
impl Options {
    /// The whole server configuration. [`Simulator::configure`](crate::Simulator::configure) changes it later.
    pub fn callback(mut self, callback: Callback) -> Self {
        self.callback = callback;
        self
    }

    /// The mode of the server configuration alone.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.callback = self.callback.mode(mode);
        self
    }

    /// The token of the server configuration alone.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.callback = self.callback.token(token);
        self
    }

    /// The key of the server configuration alone.
    pub fn aes_key(mut self, key: EncodingAesKey) -> Self {
        self.callback = self.callback.aes_key(key);
        self
    }

    /// How long one delivery may take, from connecting to the last byte of the answer.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// A second server that hears of every push, with its own token, key and mode (protocol §8). It is usually that of a
    /// third-party platform, so [`Callback::app_id`] matters.
    pub fn second_callback(mut self, callback: Callback) -> Self {
        self.second_callback = Some(callback);
        self
    }

    /// A third-party platform that may be authorised to act for the account.
    pub fn component(mut self, component: Component) -> Self {
        self.component = Some(component);
        self
    }

    /// Whether retries of a push carry the same signature, nonce and envelope. Nothing is known about that (protocol
    /// §6.3), so a receiver must take both.
    pub fn retries_repeat_nonce(mut self, repeat: bool) -> Self {
        self.retries_repeat_nonce = repeat;
        self
    }

    /// After how many failed pushes in a row nothing is pushed to a server for a minute (MarkFail, protocol §8, which
    /// names no number). 0 counts as 1.
    pub fn mark_fail_after(mut self, pushes: u32) -> Self {
        self.mark_fail_after = pushes;
        self
    }

    /// How the XML of pushes is written.
    pub fn push_shape(mut self, shape: PushShape) -> Self {
        self.push_shape = shape;
        self
    }
}
