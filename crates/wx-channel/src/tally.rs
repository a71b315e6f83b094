use crate::{
    Channel, Code, Day, DayRange, DayRow, ReportRow, ScanEvent, Source,
    ledger::{Ledger, is_scan},
    stay::Stay,
};
use std::collections::{BTreeMap, HashSet};

/// All that is known of one account.
#[derive(Debug)]
pub(crate) struct Records<'a> {
    pub(crate) events: Vec<&'a ScanEvent>,
    pub(crate) channels: Vec<&'a Channel>,
    pub(crate) codes: Vec<&'a Code>,
}

/// The figures per source, by one walk over all events.
pub(crate) fn per_source(records: &Records<'_>, days: DayRange) -> Vec<ReportRow> {
    let ledger = Ledger::new(records.codes.iter().copied());
    let mut rows = Rows::default();
    for channel in &records.channels {
        rows.of(Source::Channel(channel.name.clone()));
    }
    let mut people = HashSet::new();
    for event in scans(records, days) {
        let source = ledger.source(event);
        let is_new_person = people.insert((source.clone(), &event.openid));
        let row = rows.of(source);
        row.scans += 1;
        row.people += u64::from(is_new_person);
    }
    for stay in Stay::all(records.events.iter().copied()) {
        let row = rows.of(ledger.source(stay.follow));
        row.new_followers += u64::from(began(&stay, days) && stay.is_first);
        row.returning += u64::from(began(&stay, days) && !stay.is_first);
        row.lost += u64::from(stay.ended.is_some_and(|day| days.contains(day)));
    }
    rows.0.into_values().filter(|row| row.source.channel().is_some() || row.has_figures()).collect()
}

/// The figures of the account per day, by one walk over all events.
pub(crate) fn per_day(records: &Records<'_>, days: DayRange) -> Vec<DayRow> {
    let mut rows = Days::default();
    for event in scans(records, days) {
        rows.of(event.day()).scans += 1;
    }
    for stay in Stay::all(records.events.iter().copied()) {
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

fn scans<'a>(records: &Records<'a>, days: DayRange) -> impl Iterator<Item = &'a ScanEvent> {
    records.events.iter().copied().filter(move |event| is_scan(event.class) && days.contains(event.day()))
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
}

#[derive(Default)]
struct Days(BTreeMap<Day, DayRow>);

impl Days {
    fn of(&mut self, day: Day) -> &mut DayRow {
        self.0.entry(day).or_insert_with(|| DayRow::new(day))
    }
}
