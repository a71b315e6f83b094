use crate::{
    Error, Limits,
    document::{Document, into_push},
    failure::Failure,
};
use wx_model::Push;

/// Reads a clear push without asking where it comes from: XML or JSON, under the default [`Limits`].
///
/// For files, tests and what was verified elsewhere. Whatever arrives over the network belongs into
/// [`Callback::open`](crate::Callback::open).
///
/// ```
/// let push = wx_events::parse_unverified(
///     br#"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1767229600,"MsgType":"event","Event":"SCAN","EventKey":"2026"}"#,
/// )?;
/// assert_eq!(push.scene_scan().unwrap().scene.as_str(), "2026");
/// # Ok::<(), wx_events::Error>(())
/// ```
pub fn parse_unverified(body: &[u8]) -> Result<Push, Error> {
    let limits = Limits::default();
    let fields =
        Document::new(body, &limits).and_then(|document| document.fields()).map_err(Failure::from)?;
    Ok(into_push(fields)?)
}
