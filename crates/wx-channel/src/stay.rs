use crate::{Day, ScanEvent};
use std::collections::BTreeMap;
use wx_model::PushClass;

/// A stay (关注期): from a follow of a person to that person's next follow or unfollow.
#[derive(Debug)]
pub(crate) struct Stay<'a> {
    /// The follow that it began with.
    pub(crate) follow: &'a ScanEvent,
    /// Whether it is the person's first in this account.
    pub(crate) is_first: bool,
    /// The day on which it ended.
    pub(crate) ended: Option<Day>,
}

impl<'a> Stay<'a> {
    /// The stays of everybody, out of all events of one account in any order.
    pub(crate) fn all(events: impl IntoIterator<Item = &'a ScanEvent>) -> Vec<Self> {
        let mut people: BTreeMap<&str, Vec<&ScanEvent>> = BTreeMap::new();
        for event in events.into_iter().filter(|event| is_follow(event) || is_unfollow(event)) {
            people.entry(event.openid.as_str()).or_default().push(event);
        }
        people.into_values().flat_map(Self::of_person).collect()
    }

    fn of_person(mut steps: Vec<&'a ScanEvent>) -> Vec<Self> {
        // Of one second the unfollow comes first: to follow again takes one tap, to leave takes several.
        steps.sort_unstable_by_key(|event| (event.created, is_follow(event), event.dedupe));
        let mut stays: Vec<Self> = Vec::new();
        for step in steps {
            if let Some(open) = stays.last_mut().filter(|stay| stay.ended.is_none()) {
                open.ended = Some(step.day());
            }
            if is_follow(step) {
                stays.push(Self { follow: step, is_first: stays.is_empty(), ended: None });
            }
        }
        stays
    }
}

fn is_follow(event: &ScanEvent) -> bool {
    matches!(event.class, PushClass::Follow | PushClass::FollowViaQr)
}

fn is_unfollow(event: &ScanEvent) -> bool {
    event.class == PushClass::Unfollow
}
