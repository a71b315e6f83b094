use crate::{AccountId, Day, DedupeKey};
use serde::{Deserialize, Serialize, Serializer};
use wx_model::{Event, Fields, OpenId, Push, PushClass, SceneValue, Ticket};

/// One recorded push: what a store keeps for ever.
///
/// Its key is (account, [`day`](Self::day), dedupe). The day stands in the key because it equals for all
/// deliveries of a push and keeps the hot part of the index small.
///
/// Not `#[non_exhaustive]`: a store that forgets a new field must not compile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanEvent {
    /// Whose push it is.
    pub account: AccountId,
    /// What makes a second delivery a duplicate.
    pub dedupe: DedupeKey,
    /// `CreateTime`: when it happened, seconds since 1970, UTC, as the platform claims.
    pub created: i64,
    /// When the first delivery arrived: seconds since 1970, UTC, by our clock.
    pub received: i64,
    /// What it means for a channel.
    pub class: PushClass,
    /// The scene of the code, if the push carries one.
    pub scene: Option<SceneValue>,
    /// Whom it is about: [`Push::person`], else its sender; empty in notices to a third-party platform (第三方平台).
    pub openid: OpenId,
    /// The ticket of the code, if the push carries one.
    pub ticket: Option<Ticket>,
    /// Every leaf of the payload as a JSON object from path to text, so that the row can be read again after a
    /// parser was corrected: it is the JSON of [`Fields`], and [`Push::from_fields`] reads those. Without `Encrypt`,
    /// and with `[redacted]` in place of the credentials in notices to a third-party platform (protocol §1.7), so a
    /// dedupe key is not to be made of it anew.
    pub raw: String,
}

impl ScanEvent {
    /// The record of a push that arrived at `received` (seconds since 1970, UTC).
    #[expect(clippy::missing_panics_doc, reason = "it cannot: a map of texts is always JSON")]
    pub fn from_push(account: &AccountId, push: &Push, received: i64) -> Self {
        Self {
            account: account.clone(),
            dedupe: DedupeKey::of(account, push),
            created: push.create_time,
            received,
            class: push.class(),
            scene: push.scene_key().and_then(|key| key.scene()).cloned(),
            openid: push.person().unwrap_or(&push.from_user).clone(),
            ticket: ticket(push).cloned(),
            raw: serde_json::to_string(&Leaves(&push.fields)).expect("a map of texts is always JSON"),
        }
    }

    /// The day of `created` in Beijing time.
    pub fn day(&self) -> Day {
        Day::from_unix_seconds(self.created)
    }
}

fn ticket(push: &Push) -> Option<&Ticket> {
    match push.event()? {
        Event::Subscribe(subscribe) => subscribe.ticket.as_ref(),
        Event::Scan(scan) => scan.ticket.as_ref(),
        _ => None,
    }
}

struct Leaves<'a>(&'a Fields);

impl Serialize for Leaves<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let leaves = self.0.iter().filter(|(path, _)| !is_second_copy(path));
        serializer.collect_map(leaves.map(|(path, text)| {
            let text = if is_secret(&path) { "[redacted]" } else { text };
            (path, text)
        }))
    }
}

/// Compatible mode puts the second copy beside the fields, never inside one of them.
fn is_second_copy(path: &str) -> bool {
    let first = path.split('.').next().unwrap_or_default();
    Fields::is_sealed_copy(first)
}

/// A nested `Encrypt` stays as a name, because the numbers of its siblings must go on without a gap.
fn is_secret(path: &str) -> bool {
    Fields::is_credential(path) || Fields::is_sealed_copy(path)
}
