use crate::{ChannelName, Code, ScanEvent, Source};
use std::collections::HashMap;
use wx_model::{PushClass, SceneValue, Ticket};

/// The channel of a scan, by all codes of its account in any order: what [`CodeStore::channel_of`] answers.
///
/// [`CodeStore::channel_of`]: crate::CodeStore::channel_of
pub fn channel_of<'a>(
    codes: impl IntoIterator<Item = &'a Code>,
    scene: &SceneValue,
    ticket: Option<&Ticket>,
) -> Option<&'a ChannelName> {
    Ledger::new(codes).channel(Some(scene), ticket)
}

/// Which channel a scan belongs to, by the codes of one account.
#[derive(Debug)]
pub(crate) struct Ledger<'a> {
    by_ticket: HashMap<&'a Ticket, &'a ChannelName>,
    by_scene: HashMap<&'a SceneValue, &'a ChannelName>,
}

impl<'a> Ledger<'a> {
    pub(crate) fn new(codes: impl IntoIterator<Item = &'a Code>) -> Self {
        let mut assigned: Vec<_> =
            codes.into_iter().filter_map(|code| Some((code, code.channel.as_ref()?))).collect();
        assigned.sort_unstable_by_key(|(code, _)| (code.created, &code.ticket));
        Self {
            by_ticket: assigned.iter().map(|(code, channel)| (&code.ticket, *channel)).collect(),
            // The newest comes last and stays.
            by_scene: assigned.iter().map(|(code, channel)| (&code.scene, *channel)).collect(),
        }
    }

    pub(crate) fn channel(
        &self,
        scene: Option<&SceneValue>,
        ticket: Option<&Ticket>,
    ) -> Option<&'a ChannelName> {
        let by_ticket = ticket.and_then(|ticket| self.by_ticket.get(ticket));
        by_ticket.or_else(|| self.by_scene.get(scene?)).copied()
    }

    /// Where a scan or follow came from; everything that is no scan came through no code.
    pub(crate) fn source(&self, event: &ScanEvent) -> Source {
        if !is_scan(event.class) {
            return Source::NoCode;
        }
        let channel = self.channel(event.scene.as_ref(), event.ticket.as_ref());
        channel.map_or(Source::UnassignedCode, |name| Source::Channel(name.clone()))
    }
}

/// Whether somebody scanned a code with parameters, following already or not.
pub(crate) fn is_scan(class: PushClass) -> bool {
    matches!(class, PushClass::FollowViaQr | PushClass::Scan)
}
