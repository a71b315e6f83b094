use crate::{
    Channel, Code, Day, DayRange, DayRow, Report, ReportQuery, ReportRow, ScanEvent, Source,
    ledger::{Ledger, is_scan},
    stay::Stay,
};
use std::collections::{BTreeMap, HashSet};

/// Counts the figures per channel: what [`EventStore::report`] answers, as the
/// [crate documentation](crate#what-the-figures-mean) defines it.
///
/// Give it all channels of the account and all its codes and events, in any order and of all days, because earlier
/// days decide who is new. Each event counts, so give none twice. Codes and events of other accounts are passed over.
///
/// [`EventStore::report`]: crate::EventStore::report
pub fn report<'a>(
    query: &ReportQuery,
    channels: impl IntoIterator<Item = &'a Channel>,
    codes: impl IntoIterator<Item = &'a Code>,
    events: impl IntoIterator<Item = &'a ScanEvent>,
) -> Report {
    let events = of_account(query, events);
    let ledger = Ledger::new(codes.into_iter().filter(|code| code.account == query.account));
    let mut rows = Rows::default();
    for channel in channels {
        rows.of(Source::Channel(channel.name.clone()));
    }
    rows.count_scans(&ledger, scans(&events, query.days));
    rows.count_stays(&ledger, &Stay::all(events), query.days);
    Report::new(query, rows.finish())
}

/// Counts the figures of the whole account per day, oldest first: what [`EventStore::daily`] answers.
///
/// Give it all events of the account, as for [`report`](report()).
///
/// [`EventStore::daily`]: crate::EventStore::daily
pub fn daily<'a>(query: &ReportQuery, events: impl IntoIterator<Item = &'a ScanEvent>) -> Vec<DayRow> {
    let (events, days) = (of_account(query, events), query.days);
    let mut rows = Days::default();
    for event in scans(&events, days) {
        rows.of(event.day()).scans += 1;
    }
    for stay in Stay::all(events) {
        if began(&stay, days) {
            let row = rows.of(stay.follow.day());
            *if stay.is_first { &mut row.new_followers } else { &mut row.returning } += 1;
        }
        if let Some(day) = stay.ended.filter(|day| days.contains(*day)) {
            rows.of(day).lost += 1;
        }
    }
    rows.0.into_values().collect()
}

fn of_account<'a>(
    query: &ReportQuery,
    events: impl IntoIterator<Item = &'a ScanEvent>,
) -> Vec<&'a ScanEvent> {
    events.into_iter().filter(|event| event.account == query.account).collect()
}

fn scans<'a>(events: &[&'a ScanEvent], days: DayRange) -> impl Iterator<Item = &'a ScanEvent> {
    events.iter().copied().filter(move |event| is_scan(event.class) && days.contains(event.day()))
}

fn began(stay: &Stay<'_>, days: DayRange) -> bool {
    days.contains(stay.follow.day())
}

#[derive(Default)]
struct Rows(BTreeMap<Source, ReportRow>);

impl Rows {
    fn of(&mut self, source: Source) -> &mut ReportRow {
        self.0.entry(source).or_insert_with_key(|source| ReportRow::new(source.clone()))
    }

    fn count_scans<'a>(&mut self, ledger: &Ledger<'_>, scans: impl Iterator<Item = &'a ScanEvent>) {
        let mut people = HashSet::new();
        for event in scans {
            let source = ledger.source(event);
            let is_new_person = people.insert((source.clone(), &event.openid));
            let row = self.of(source);
            row.scans += 1;
            row.people += u64::from(is_new_person);
        }
    }

    fn count_stays(&mut self, ledger: &Ledger<'_>, stays: &[Stay<'_>], days: DayRange) {
        for stay in stays {
            let row = self.of(ledger.source(stay.follow));
            row.new_followers += u64::from(began(stay, days) && stay.is_first);
            row.returning += u64::from(began(stay, days) && !stay.is_first);
            row.lost += u64::from(stay.ended.is_some_and(|day| days.contains(day)));
        }
    }

    /// Every channel has a row, the others if they have any figure.
    fn finish(self) -> Vec<ReportRow> {
        self.0.into_values().filter(|row| row.source.channel().is_some() || row.has_figures()).collect()
    }
}

#[derive(Default)]
struct Days(BTreeMap<Day, DayRow>);

impl Days {
    fn of(&mut self, day: Day) -> &mut DayRow {
        self.0.entry(day).or_insert_with(|| DayRow::new(day))
    }
}
