/// A customer-service message (客服消息, protocol §10.4) that the platform took and the person saw.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CustomMessage {
    /// 1 for the first message of this simulator, and so on.
    pub number: u64,
    /// When it was sent, by the simulator's clock.
    pub time: i64,
    /// To whom.
    pub openid: String,
    /// The `msgtype`: `text`, `image`, `news` and so on.
    pub kind: String,
    /// The element of that name, as JSON: `{"content":"…"}` for a text.
    pub content: String,
    /// The `kf_account` in whose name it was sent.
    pub kf_account: Option<String>,
}
