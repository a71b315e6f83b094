use wx_model::Push;

/// A push as the platform would send it: what [`Callback::sign`](crate::Callback::sign) makes of a clear body.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SignedPush {
    /// The query string behind the callback address, without `?`: `signature=…&timestamp=…&nonce=…`.
    pub query: String,
    /// The body of the POST: clear, encrypted or both, as the mode of the callback asks.
    pub body: String,
    pub(crate) push: Push,
}

impl SignedPush {
    /// The push inside.
    pub fn push(&self) -> &Push {
        &self.push
    }
}
