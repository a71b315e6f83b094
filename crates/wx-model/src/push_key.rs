use crate::{Event, Fields, MsgId, Push, PushKind, leaves::Leaves};
use std::fmt::{self, Write};

/// What makes two deliveries the same push (排重, protocol §8): the platform delivers up to three times when it gets no
/// answer in time. Two pushes are one if and only if their keys are equal, so the key fits a set, a unique index, or a
/// shared cache that forgets after some minutes.
///
/// | Push | Parts (protocol §8, "better key") |
/// |---|---|
/// | follow, unfollow, scan | `event`, `FromUserName`, `CreateTime`, `Event` in lower case, `EventKey` |
/// | any other event | the same, and every leaf |
/// | message | `message`, `FromUserName`, `CreateTime`, `MsgId`; if it has none, `MsgType` and every leaf |
/// | third-party notice (第三方平台) | `notice`, nothing, `CreateTime`, `InfoType`, and every leaf |
///
/// Two different events of one person in one second are two: cards and locations share the first five parts, so
/// events other than those of codes count every leaf, in the order of their paths. `Encrypt`, the sealed second copy in
/// compatible mode (兼容模式), is not counted, because its bytes differ in every delivery; nor is any
/// [credential](Fields::is_credential), so that none is stored with the key.
///
/// The account is no part of it. A store for several accounts adds it.
///
/// ```
/// use std::collections::HashSet;
/// # use wx_model::{FieldsBuilder, Push};
/// # let mut fields = FieldsBuilder::default();
/// # for (name, text) in [
/// #     ("FromUserName", "oK7tV5xA2bQm9Lr0PzYc3NdEfGhI"), ("CreateTime", "1767229600"), ("MsgType", "event"),
/// #     ("Event", "SCAN"), ("EventKey", "2026"),
/// # ] {
/// #     fields.leaf(name, text);
/// # }
/// # let push = Push::from_fields(fields.finish())?;
/// let mut seen = HashSet::new();
/// assert!(seen.insert(push.dedupe_key()));
/// assert!(!seen.insert(push.dedupe_key()), "the second delivery");
/// assert_eq!(push.dedupe_key().as_str(), "5:event28:oK7tV5xA2bQm9Lr0PzYc3NdEfGhI10:17672296004:scan4:2026");
/// # Ok::<(), wx_model::InvalidPush>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PushKey(String);

impl PushKey {
    /// The key as one text: each part after its length in bytes and a colon, which keeps `ab`, `c` and `a`, `bc` apart.
    /// Under 160 bytes for pushes of codes and messages; as long as the push where every leaf counts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts one by one, as in the table above; of a leaf first the path, then the text.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let mut rest = self.as_str();
        std::iter::from_fn(move || {
            let (length, after) = rest.split_once(':')?;
            let (part, next) = after.split_at_checked(length.parse().ok()?)?;
            rest = next;
            Some(part)
        })
    }

    fn of(push: &Push) -> Self {
        let mut key = Self(String::with_capacity(USUAL_BYTES));
        key.part(kind(push)).part(push.from_user.as_str()).part(&push.create_time.to_string());
        match (&push.kind, MsgId::word(&push.fields)) {
            (PushKind::Message(_), Some(id)) => key.part(id),
            (PushKind::Event(Event::Subscribe(_) | Event::Unsubscribe(_) | Event::Scan(_)), _) => {
                key.event(push)
            }
            (PushKind::Event(_), _) => key.event(push).leaves(push),
            (PushKind::Message(_) | PushKind::Notice(_), _) => key.part(push.name()).leaves(push),
        };
        key
    }

    fn event(&mut self, push: &Push) -> &mut Self {
        let name = push.name().to_ascii_lowercase();
        self.part(&name).part(push.fields.word("EventKey").unwrap_or_default())
    }

    /// Sorted, because the order of elements is not fixed (protocol §7).
    fn leaves(&mut self, push: &Push) -> &mut Self {
        let is_left_out = |name: &str| Fields::is_sealed_copy(name) || Fields::is_credential(name);
        let left_out = push.fields.lie_in(is_left_out);
        let counted = push.fields.iter().zip(left_out).filter(|(_, is_left_out)| !is_left_out);
        let mut leaves: Vec<_> = counted.map(|(leaf, _)| leaf).collect();
        leaves.sort_unstable();
        leaves.iter().fold(self, |key, (path, text)| key.part(path).part(text))
    }

    fn part(&mut self, text: &str) -> &mut Self {
        // Writing to a `String` cannot fail.
        let _ = write!(self.0, "{}:{text}", text.len());
        self
    }
}

/// Enough for pushes of codes and for messages.
const USUAL_BYTES: usize = 160;

fn kind(push: &Push) -> &'static str {
    match push.kind {
        PushKind::Event(_) => "event",
        PushKind::Message(_) => "message",
        PushKind::Notice(_) => "notice",
    }
}

impl Push {
    /// What tells this push from every other and is the same in each of its deliveries.
    pub fn dedupe_key(&self) -> PushKey {
        PushKey::of(self)
    }
}

/// The key as one text, see [`as_str`](PushKey::as_str).
impl fmt::Display for PushKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for PushKey {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<PushKey> for String {
    fn from(key: PushKey) -> Self {
        key.0
    }
}
