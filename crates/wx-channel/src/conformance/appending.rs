use super::{
    at_once::at_once,
    sample::{ACCOUNT, DAY_1, Person, account, append, figures, name, row},
};
use crate::{
    AccountId,
    Appended::{Duplicate, New},
    Channel, Day, DayRange, ReportQuery, ScanEvent, Store,
};

const ANNA: Person = Person("oAnna");

/// The platform delivers a push up to three times; the first delivery is the one that stays.
pub async fn a_second_delivery_is_a_duplicate(store: &dyn Store) {
    let first = ANNA.scans("a1", DAY_1);
    let again = ScanEvent { received: first.received + 5, ..first.clone() };
    assert_eq!(store.append(std::slice::from_ref(&first)).await.unwrap(), [New]);
    assert_eq!(store.append(&[again.clone(), again]).await.unwrap(), [Duplicate, Duplicate]);
    assert_eq!(store.count(&account()).await.unwrap(), 1);
    assert_eq!(store.scan(&account(), None, 10).await.unwrap().events, [first]);
}

/// A delivery is repeated while the first one is still being stored: exactly one of them is new.
pub async fn deliveries_at_the_same_time_are_one(store: &dyn Store) {
    for second in 0..8 {
        let batch = [ANNA.scans("a1", DAY_1 + second)];
        let answers = at_once((0..16).map(|_| store.append(&batch))).await;
        let mut answers: Vec<_> = answers.into_iter().flat_map(Result::unwrap).collect();
        answers.sort_by_key(|answer| *answer == Duplicate);
        assert_eq!(answers, [&[New][..], &[Duplicate; 15]].concat(), "answers to one event at the same time");
        assert_eq!(store.count(&account()).await.unwrap(), second.cast_unsigned() + 1);
    }
}

/// Also when new events and duplicates are mixed, and when a batch repeats itself.
pub async fn answers_come_in_the_order_of_the_batch(store: &dyn Store) {
    let event = |second| ANNA.scans("a1", DAY_1 + second);
    assert_eq!(store.append(&[event(3), event(1), event(3)]).await.unwrap(), [New, New, Duplicate]);
    let batch = [event(2), event(1), event(4), event(2), event(3)];
    assert_eq!(store.append(&batch).await.unwrap(), [New, Duplicate, New, Duplicate, Duplicate]);
    assert_eq!(store.count(&account()).await.unwrap(), 4);
}

/// One person, one second, another event, key or message: nothing is merged.
pub async fn two_events_of_one_second_are_two(store: &dyn Store) {
    let card =
        |code| ANNA.does(DAY_1, &[("Event", "user_get_card"), ("EventKey", ""), ("UserCardCode", code)]);
    let batch = [
        ANNA.scans("a1", DAY_1),
        ANNA.scans("b1", DAY_1),
        ANNA.follows(DAY_1),
        ANNA.follows_via("a1", DAY_1),
        ANNA.unfollows(DAY_1),
        ANNA.does(DAY_1, &[("Event", "LOCATION"), ("Latitude", "23.1")]),
        card("1"),
        card("2"),
        ANNA.writes("1", "hello", DAY_1),
        ANNA.writes("2", "hello", DAY_1),
        Person("oBo").writes("1", "hello", DAY_1),
    ];
    assert_eq!(store.append(&batch).await.unwrap(), [New; 11]);
    assert_eq!(store.append(&batch).await.unwrap(), [Duplicate; 11]);
    assert_eq!(store.count(&account()).await.unwrap(), 11);
}

/// The same person, key and channel name in another account are others.
pub async fn accounts_do_not_mix(store: &dyn Store) {
    let other = AccountId::from("wxfedcba9876543210");
    let event = ANNA.scans("a1", DAY_1);
    let elsewhere = ScanEvent { account: other.clone(), ..event.clone() };
    assert_eq!(store.append(&[event, elsewhere.clone(), elsewhere]).await.unwrap(), [New, New, Duplicate]);
    store.put_channel(&other, &Channel::new(name("a"))).await.unwrap();
    assert_eq!(store.count(&account()).await.unwrap(), 1);
    assert_eq!(store.channels(&account()).await.unwrap(), []);
    assert_eq!(figures(store, DayRange::ALL).await, [row("unassigned_code", [1, 1, 0, 0, 0, 0])]);
    assert_eq!(store.report(&ReportQuery::new(other)).await.unwrap().rows.len(), 2);
    let nobody = ReportQuery::new("wx0000000000000000");
    assert_eq!(store.report(&nobody).await.unwrap().rows, []);
    assert_eq!(store.daily(&nobody).await.unwrap(), []);
}

/// With no answers.
pub async fn an_empty_batch_is_answered(store: &dyn Store) {
    assert_eq!(store.append(&[]).await.unwrap(), []);
    assert_eq!(store.count(&account()).await.unwrap(), 0);
}

/// More events than any group of a store.
pub async fn a_large_batch_is_taken_whole(store: &dyn Store) {
    let batch: Vec<_> = (0..2_000).map(|second| ANNA.scans("a1", DAY_1 + second)).collect();
    assert_eq!(store.append(&batch).await.unwrap(), vec![New; 2_000]);
    assert_eq!(store.append(&batch).await.unwrap(), vec![Duplicate; 2_000]);
    assert_eq!(store.count(&account()).await.unwrap(), 2_000);
}

/// `CreateTime` is what the platform says, whatever it says.
pub async fn every_create_time_has_its_place(store: &dyn Store) {
    let times = [i64::MIN, i64::MIN + 1, -1, 0, 1 << 31, 1 << 40, i64::MAX - 1, i64::MAX];
    let batch: Vec<_> = times.iter().rev().map(|time| ANNA.scans("a1", *time)).collect();
    assert_eq!(store.append(&batch).await.unwrap(), [New; 8]);
    let page = store.scan(&account(), None, 100).await.unwrap();
    assert_eq!(page.events.iter().map(|event| event.created).collect::<Vec<_>>(), times);
    let daily = store.daily(&ReportQuery::new(ACCOUNT)).await.unwrap();
    let per_day: Vec<_> = daily.iter().map(|row| (row.day.to_string(), row.scans)).collect();
    let (first, last) = (Day::MIN.to_string(), Day::MAX.to_string());
    let expected = [(&*first, 2), ("1970-01-01", 2), ("2038-01-19", 1), (&*last, 3)];
    assert_eq!(per_day, expected.map(|(day, scans)| (day.to_owned(), scans)));
    assert_eq!(figures(store, DayRange::day(Day::MAX)).await, [row("unassigned_code", [3, 1, 0, 0, 0, 0])]);
}

/// Every field, with texts that quote, end or hide things.
pub async fn what_was_recorded_comes_back_whole(store: &dyn Store) {
    let mut events: Vec<ScanEvent> = HOSTILE.into_iter().map(|text| ANNA.scans(text, DAY_1)).collect();
    events.push(ANNA.writes("1", "\u{0}\u{1F600}\"\\\u{1D}", DAY_1));
    events.push(ANNA.unfollows(DAY_1));
    append(store, &events).await;
    let mut stored = store.scan(&account(), None, 100).await.unwrap().events;
    stored.sort_by_key(|event| events.iter().position(|sent| sent.dedupe == event.dedupe));
    assert_eq!(stored, events);
}

/// Texts that break careless code.
pub(super) const HOSTILE: [&str; 8] = [
    "'; DROP TABLE scan_event; --",
    "\"quoted\" \\ back",
    "<script>alert(1)</script>",
    "qrscene_qrscene_",
    "店 042 \u{1F3EA}",
    "\u{202E}reversed\u{200D}",
    "%_*?",
    "NULL",
];
