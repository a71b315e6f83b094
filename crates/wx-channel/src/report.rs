use crate::{AccountId, ChannelName, Day, DayRange};
use serde::{Serialize, Serializer, ser::SerializeStruct};

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReportQuery {
    /// Whose figures.
    pub account: AccountId,
    /// Which days are counted.
    pub days: DayRange,
}

impl ReportQuery {
    /// All days of an account.
    pub fn new(account: impl Into<AccountId>) -> Self {
        Self { account: account.into(), days: DayRange::ALL }
    }

    /// Counts only these days.
    pub fn days(mut self, days: DayRange) -> Self {
        self.days = days;
        self
    }
}

/// The figures of an account per channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Whose figures.
    pub account: AccountId,
    /// Which days are counted.
    pub days: DayRange,
    /// One row per channel that exists, by name, zeros included; then codes without a channel and follows
    /// without a code, if they have any figure.
    pub rows: Vec<ReportRow>,
}

impl Report {
    /// The answer to a query.
    pub fn new(query: &ReportQuery, rows: Vec<ReportRow>) -> Self {
        Self { account: query.account.clone(), days: query.days, rows }
    }
}

/// Where a scan or a stay came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a follow comes through a code or not, and a code has a channel or not"
)]
pub enum Source {
    /// A code of this channel.
    Channel(ChannelName),
    /// A code that belongs to no channel, or is not in the ledger.
    UnassignedCode,
    /// No code: search, card, article, payment.
    NoCode,
}

impl Source {
    /// The channel, if it is one.
    pub fn channel(&self) -> Option<&ChannelName> {
        match self {
            Self::Channel(name) => Some(name),
            _ => None,
        }
    }

    /// The name in JSON: `channel`, `unassigned_code`, `no_code`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Channel(_) => "channel",
            Self::UnassignedCode => "unassigned_code",
            Self::NoCode => "no_code",
        }
    }
}

/// The figures of one source. The [crate documentation](crate#what-the-figures-mean) defines each.
///
/// Not `#[non_exhaustive]`: a store that forgets a new figure must not compile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// Where they came from.
    pub source: Source,
    /// Scans of its codes.
    pub scans: u64,
    /// How many different people scanned.
    pub people: u64,
    /// First stays (关注期) that began.
    pub new_followers: u64,
    /// Later stays that began.
    pub returning: u64,
    /// Stays that ended.
    pub lost: u64,
}

impl ReportRow {
    /// A row of zeros.
    pub fn new(source: Source) -> Self {
        Self { source, scans: 0, people: 0, new_followers: 0, returning: 0, lost: 0 }
    }

    /// `new_followers + returning - lost`. Over all days this is how many people follow now thanks to this source.
    pub fn net(&self) -> i64 {
        (self.new_followers + self.returning).cast_signed() - self.lost.cast_signed()
    }

    /// Whether any figure is not zero.
    pub fn has_figures(&self) -> bool {
        [self.scans, self.people, self.new_followers, self.returning, self.lost] != [0; 5]
    }
}

/// `{"channel": name or null, "source": …, "scans": …, "people": …, "new_followers": …, "returning": …, "lost": …,
/// "net": …}`: scripts rely on it.
impl Serialize for ReportRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("ReportRow", 8)?;
        row.serialize_field("channel", &self.source.channel())?;
        row.serialize_field("source", self.source.as_str())?;
        row.serialize_field("scans", &self.scans)?;
        row.serialize_field("people", &self.people)?;
        row.serialize_field("new_followers", &self.new_followers)?;
        row.serialize_field("returning", &self.returning)?;
        row.serialize_field("lost", &self.lost)?;
        row.serialize_field("net", &self.net())?;
        row.end()
    }
}

/// The figures of a whole account on one day. Summed over the days they equal the sums over a report's rows.
///
/// Not `#[non_exhaustive]`: a store that forgets a new figure must not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DayRow {
    /// The day, in Beijing time.
    pub day: Day,
    /// Scans of all codes.
    pub scans: u64,
    /// First stays (关注期) that began.
    pub new_followers: u64,
    /// Later stays that began.
    pub returning: u64,
    /// Stays that ended.
    pub lost: u64,
}

impl DayRow {
    /// A row of zeros.
    pub fn new(day: Day) -> Self {
        Self { day, scans: 0, new_followers: 0, returning: 0, lost: 0 }
    }
}
