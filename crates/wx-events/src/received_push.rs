use crate::rotation::Generation;
use std::ops::Deref;
use wx_model::Push;

/// A push whose origin is proven, together with the way it came, so that the reply goes back the same way.
///
/// It derefs to [`Push`].
#[derive(Debug, Clone, PartialEq)]
pub struct ReceivedPush {
    pub(crate) push: Push,
    pub(crate) form: Form,
    /// Which Token it was signed with.
    pub(crate) token: Generation,
    /// Which key opened it, if it was encrypted.
    pub(crate) key: Option<Generation>,
    pub(crate) repeat: bool,
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Xml,
    Json,
}

impl ReceivedPush {
    /// Whether it was encrypted, and so will be the reply.
    pub fn is_encrypted(&self) -> bool {
        self.key.is_some()
    }

    /// Whether the body was JSON, and so will be the reply. Official accounts push XML; JSON is a setting of mini
    /// programs (小程序) and of the platform's own walk-through (protocol §6.1).
    pub fn is_json(&self) -> bool {
        self.form == Form::Json
    }

    /// Whether it was signed with the [previous Token](crate::Callback::previous_token): its exchange is not over yet.
    pub fn used_previous_token(&self) -> bool {
        self.token == Generation::Previous
    }

    /// Whether it was encrypted with the [previous key](crate::Callback::previous_key): its exchange is not over yet.
    pub fn used_previous_key(&self) -> bool {
        self.key == Some(Generation::Previous)
    }

    /// Whether the same message was accepted under the same timestamp and nonce before, as far as the
    /// [nonce memory](crate::Callback::nonce_memory) goes back: a retry of the platform (protocol §8), or somebody who
    /// sends again what they have seen. Without a memory it is always `false`.
    ///
    /// Answer it like the first one. A push that is no repeat may still be a retry, under another nonce.
    pub fn is_repeat(&self) -> bool {
        self.repeat
    }

    /// The push alone.
    pub fn into_push(self) -> Push {
        self.push
    }
}

impl Deref for ReceivedPush {
    type Target = Push;

    fn deref(&self) -> &Push {
        &self.push
    }
}
