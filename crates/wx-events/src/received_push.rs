use std::ops::Deref;
use wx_model::Push;

/// A push whose origin is proven, together with the way it came, so that the reply goes back the same way.
///
/// It derefs to [`Push`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedPush {
    pub(crate) push: Push,
    pub(crate) encrypted: bool,
    pub(crate) form: Form,
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
        self.encrypted
    }

    /// Whether the body was JSON, and so will be the reply. Official accounts push XML; JSON is a setting of mini
    /// programs (小程序) and of the platform's own walk-through (protocol §6.1).
    pub fn is_json(&self) -> bool {
        self.form == Form::Json
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
