use crate::{AccountId, ChannelName, Code, DayRange, ReportQuery, ScanEvent, Source, Store};
use wx_model::{CreateRequest, CreateResponse, FieldsBuilder, PermanentScene, Push, Ticket};

/// The account of most rules.
pub const ACCOUNT: &str = "wx0123456789abcdef";
/// 2026-01-01 00:00 in Beijing, in seconds since 1970.
pub const DAY_1: i64 = 1_767_196_800;
/// The next midnight.
pub const DAY_2: i64 = DAY_1 + 86_400;
/// The midnight after.
pub const DAY_3: i64 = DAY_2 + 86_400;

/// [`ACCOUNT`] as its type.
pub fn account() -> AccountId {
    AccountId::from(ACCOUNT)
}

/// A permanent code with its ticket, created at the beginning of [`DAY_1`].
pub fn code(scene: &str, ticket: &str, channel: Option<&str>) -> Code {
    let request = CreateRequest::permanent(PermanentScene::str(scene).expect("a valid scene"));
    Code::new(account(), &request, &CreateResponse::new(ticket), DAY_1).channel(channel.map(name))
}

/// Days from one to another, as in `2026-01-01`; an empty text is an open end.
pub fn days(from: &str, to: &str) -> DayRange {
    let day = |text: &str| (!text.is_empty()).then(|| text.parse().expect("a date"));
    DayRange::new(day(from), day(to))
}

/// Somebody whose acts become pushes; scans carry the ticket `ticket of SCENE`.
#[derive(Debug, Clone, Copy)]
pub struct Person(pub &'static str);

impl Person {
    /// Follows without a code.
    pub fn follows(self, time: i64) -> ScanEvent {
        self.does(time, &[("Event", "subscribe"), ("EventKey", "")])
    }

    /// Follows through a code.
    pub fn follows_via(self, scene: &str, time: i64) -> ScanEvent {
        let key = format!("qrscene_{scene}");
        self.does(time, &[("Event", "subscribe"), ("EventKey", &key), ("Ticket", &ticket(scene))])
    }

    /// Scans a code as a follower.
    pub fn scans(self, scene: &str, time: i64) -> ScanEvent {
        self.does(time, &[("Event", "SCAN"), ("EventKey", scene), ("Ticket", &ticket(scene))])
    }

    /// Leaves.
    pub fn unfollows(self, time: i64) -> ScanEvent {
        self.does(time, &[("Event", "unsubscribe"), ("EventKey", "")])
    }

    /// Any event with these fields.
    pub fn does(self, time: i64, fields: &[(&str, &str)]) -> ScanEvent {
        self.push(time, &[&[("MsgType", "event")], fields].concat())
    }

    /// Sends a text.
    pub fn writes(self, msg_id: &str, text: &str, time: i64) -> ScanEvent {
        self.push(time, &[("MsgType", "text"), ("MsgId", msg_id), ("Content", text)])
    }

    fn push(self, time: i64, fields: &[(&str, &str)]) -> ScanEvent {
        let mut leaves = FieldsBuilder::default();
        leaves.leaf("FromUserName", self.0);
        leaves.leaf("CreateTime", &time.to_string());
        for (path, text) in fields {
            leaves.leaf(path, text);
        }
        let push = Push::from_fields(leaves.finish()).expect("a push");
        ScanEvent::from_push(&account(), &push, time.saturating_add(1))
    }
}

pub(super) fn name(text: &str) -> ChannelName {
    ChannelName::new(text).expect("a valid name")
}

pub(super) fn ticket(scene: &str) -> String {
    format!("ticket of {scene}")
}

/// Channel `a` with scene `a1`, channel `b` with scene `b1`.
pub(super) async fn two_channels(store: &dyn Store) {
    for (scene, channel) in [("a1", "a"), ("b1", "b")] {
        store
            .put_code(&code(scene, Ticket::new(ticket(scene)).as_str(), Some(channel)))
            .await
            .expect("stored");
    }
}

pub(super) async fn append(store: &dyn Store, events: &[ScanEvent]) {
    store.append(events).await.expect("recorded");
}

/// Channel or source, and scans, people, new followers, returning, lost, net.
pub(super) type Figures = (String, [i64; 6]);

pub(super) fn row(source: &str, figures: [i64; 6]) -> Figures {
    (source.to_owned(), figures)
}

/// The report as short rows.
pub(super) async fn figures(store: &dyn Store, days: DayRange) -> Vec<Figures> {
    let report = store.report(&ReportQuery::new(ACCOUNT).days(days)).await.expect("a report");
    let rows = report.rows.iter().map(|line| {
        let source = match &line.source {
            Source::Channel(name) => name.as_str(),
            other => other.as_str(),
        };
        let counts = [line.scans, line.people, line.new_followers, line.returning, line.lost];
        let [scans, people, new_followers, returning, lost] = counts.map(u64::cast_signed);
        row(source, [scans, people, new_followers, returning, lost, line.net()])
    });
    rows.collect()
}
