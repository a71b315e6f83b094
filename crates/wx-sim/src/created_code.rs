use crate::platform::Code;

/// A code (带参数的二维码) that the account created.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreatedCode {
    /// 1 for the first code of this simulator, and so on.
    pub number: u64,
    /// The text that `showqrcode` asks for.
    pub ticket: String,
    /// What the picture says.
    pub url: String,
    /// The scene as `EventKey` carries it.
    pub scene: String,
    /// Second of its creation.
    pub created: i64,
    /// The second from which on it is dead; nothing for a permanent code.
    pub expires: Option<i64>,
}

impl From<&Code> for CreatedCode {
    fn from(code: &Code) -> Self {
        Self {
            number: code.number,
            ticket: code.ticket.clone(),
            url: code.url.clone(),
            scene: code.scene.key(),
            created: code.created,
            expires: code.expires,
        }
    }
}
