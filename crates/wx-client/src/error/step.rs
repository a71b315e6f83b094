/// What was being done when it went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Nothing was sent.
    Setup,
    /// A token was asked for; the call that needs it was not sent, or refused.
    Token,
    /// The call itself.
    Call,
    /// The call was not sent, because of what earlier ones were told.
    HeldBack,
}
