use super::sample::{
    ACCOUNT, DAY_1, DAY_2, DAY_3, Person, append, code, days, figures, name, row, two_channels,
};
use crate::{Channel, DayRange, ReportQuery, Store};

const ANNA: Person = Person("oAnna");
const BO: Person = Person("oBo");
const ALL: DayRange = DayRange::ALL;

/// One scan, one person, one new follower.
pub async fn a_follow_through_a_code_counts_for_its_channel(store: &dyn Store) {
    two_channels(store).await;
    append(store, &[ANNA.follows_via("a1", DAY_1)]).await;
    assert_eq!(figures(store, ALL).await, [row("a", [1, 1, 1, 0, 0, 1]), row("b", [0; 6])]);
}

/// Scans by followers are scans, and bring nobody.
pub async fn people_are_counted_once_per_channel(store: &dyn Store) {
    two_channels(store).await;
    let scans =
        [ANNA.scans("a1", DAY_1), ANNA.scans("a1", DAY_2), BO.scans("a1", DAY_2), ANNA.scans("b1", DAY_2)];
    append(store, &scans).await;
    assert_eq!(figures(store, ALL).await, [row("a", [3, 2, 0, 0, 0, 0]), row("b", [1, 1, 0, 0, 0, 0])]);
    assert_eq!(
        figures(store, days("", "2026-01-01")).await,
        [row("a", [1, 1, 0, 0, 0, 0]), row("b", [0; 6])]
    );
}

/// Not for the code that was scanned last, and on the day of the loss.
pub async fn a_loss_counts_for_the_channel_that_brought_the_follower(store: &dyn Store) {
    two_channels(store).await;
    let history = [ANNA.follows_via("a1", DAY_1), ANNA.scans("b1", DAY_1 + 9), ANNA.unfollows(DAY_2)];
    append(store, &history).await;
    assert_eq!(figures(store, ALL).await, [row("a", [1, 1, 1, 0, 1, 0]), row("b", [1, 1, 0, 0, 0, 0])]);
    let second_day = figures(store, days("2026-01-02", "")).await;
    assert_eq!(second_day, [row("a", [0, 0, 0, 0, 1, -1]), row("b", [0; 6])]);
}

/// For the channel that brought them back.
pub async fn a_follower_who_comes_back_is_returning(store: &dyn Store) {
    two_channels(store).await;
    append(store, &[ANNA.follows_via("a1", DAY_1), ANNA.unfollows(DAY_2), ANNA.follows_via("b1", DAY_3)])
        .await;
    assert_eq!(figures(store, ALL).await, [row("a", [1, 1, 1, 0, 1, 0]), row("b", [1, 1, 0, 1, 0, 1])]);
}

/// The unfollow between them was lost, so the loss counts when it shows.
pub async fn a_follow_after_a_follow_ends_the_stay_before(store: &dyn Store) {
    two_channels(store).await;
    append(store, &[ANNA.follows_via("a1", DAY_1), ANNA.follows_via("b1", DAY_2), ANNA.unfollows(DAY_3)])
        .await;
    assert_eq!(figures(store, ALL).await, [row("a", [1, 1, 1, 0, 1, 0]), row("b", [1, 1, 0, 1, 1, 0])]);
    let second_day = figures(store, days("2026-01-02", "2026-01-02")).await;
    assert_eq!(second_day, [row("a", [0, 0, 0, 0, 1, -1]), row("b", [1, 1, 0, 1, 0, 1])]);
}

/// Search, card, article, and the follow after a payment.
pub async fn a_follow_without_a_code_is_no_code(store: &dyn Store) {
    two_channels(store).await;
    let after_payment = BO.does(DAY_1, &[("Event", "subscribe"), ("EventKey", "last_trade_no_4200000123")]);
    append(store, &[ANNA.follows(DAY_1), after_payment, ANNA.unfollows(DAY_2)]).await;
    let expected = [row("a", [0; 6]), row("b", [0; 6]), row("no_code", [0, 0, 2, 0, 1, 1])];
    assert_eq!(figures(store, ALL).await, expected);
}

/// Neither is a code that the ledger does not know.
pub async fn a_code_without_a_channel_is_unassigned(store: &dyn Store) {
    store.put_code(&code("free", "ticket of free", None)).await.unwrap();
    append(store, &[ANNA.follows_via("free", DAY_1), ANNA.scans("unknown", DAY_2), ANNA.unfollows(DAY_3)])
        .await;
    assert_eq!(figures(store, ALL).await, [row("unassigned_code", [2, 1, 1, 0, 1, 0])]);
}

/// Nobody knows which channel brought a person whose follow was never recorded.
pub async fn an_unfollow_without_a_follow_is_no_loss(store: &dyn Store) {
    two_channels(store).await;
    append(store, &[ANNA.scans("a1", DAY_1), ANNA.unfollows(DAY_1 + 1), ANNA.unfollows(DAY_2)]).await;
    assert_eq!(figures(store, ALL).await, [row("a", [1, 1, 0, 0, 0, 0]), row("b", [0; 6])]);
    append(store, &[ANNA.follows_via("b1", DAY_3), ANNA.unfollows(DAY_3 + 1), ANNA.unfollows(DAY_3 + 2)])
        .await;
    assert_eq!(figures(store, ALL).await, [row("a", [1, 1, 0, 0, 0, 0]), row("b", [1, 1, 1, 0, 1, 0])]);
}

/// Pushes come in any order, some days late.
pub async fn the_order_of_arrival_does_not_matter(store: &dyn Store) {
    two_channels(store).await;
    append(store, &[ANNA.follows_via("b1", DAY_3)]).await;
    assert_eq!(figures(store, ALL).await, [row("a", [0; 6]), row("b", [1, 1, 1, 0, 0, 1])]);
    append(store, &[ANNA.unfollows(DAY_2), ANNA.follows_via("a1", DAY_1)]).await;
    assert_eq!(figures(store, ALL).await, [row("a", [1, 1, 1, 0, 1, 0]), row("b", [1, 1, 0, 1, 0, 1])]);
}

/// So that who left and came back within a second follows.
pub async fn of_one_second_the_unfollow_comes_first(store: &dyn Store) {
    two_channels(store).await;
    append(store, &[ANNA.follows_via("a1", DAY_1)]).await;
    append(store, &[ANNA.follows_via("b1", DAY_2), ANNA.unfollows(DAY_2)]).await;
    assert_eq!(figures(store, ALL).await, [row("a", [1, 1, 1, 0, 1, 0]), row("b", [1, 1, 0, 1, 0, 1])]);
}

/// That is at 16:00 UTC; ranges include both ends.
pub async fn a_day_begins_at_midnight_in_beijing(store: &dyn Store) {
    two_channels(store).await;
    append(store, &[ANNA.follows_via("a1", DAY_1 - 1), BO.follows_via("a1", DAY_1)]).await;
    append(store, &[ANNA.unfollows(DAY_2 - 1), BO.unfollows(DAY_2)]).await;
    for (from, to, expected) in [
        ("2025-12-31", "2025-12-31", [1, 1, 1, 0, 0, 1]),
        ("2026-01-01", "2026-01-01", [1, 1, 1, 0, 1, 0]),
        ("2026-01-02", "2026-01-02", [0, 0, 0, 0, 1, -1]),
        ("", "2026-01-01", [2, 2, 2, 0, 1, 1]),
        ("2026-01-01", "", [1, 1, 1, 0, 2, -1]),
        ("2026-01-02", "2026-01-01", [0; 6]),
    ] {
        assert_eq!(figures(store, days(from, to)).await[0], row("a", expected), "{from} to {to}");
    }
    let daily = store.daily(&ReportQuery::new(ACCOUNT)).await.unwrap();
    let per_day: Vec<_> =
        daily.iter().map(|day| [day.scans, day.new_followers, day.returning, day.lost]).collect();
    assert_eq!(per_day, [[1, 1, 0, 0], [1, 1, 0, 1], [0, 0, 0, 1]]);
    let query = ReportQuery::new(ACCOUNT).days(days("2026-01-01", "2026-01-01"));
    assert_eq!(store.daily(&query).await.unwrap(), daily[1..2]);
}

/// Who followed before the range began is returning within it.
pub async fn first_is_judged_over_all_records(store: &dyn Store) {
    two_channels(store).await;
    append(store, &[ANNA.follows(DAY_1), ANNA.unfollows(DAY_1 + 1), ANNA.follows_via("a1", DAY_3)]).await;
    assert_eq!(
        figures(store, days("2026-01-03", "")).await,
        [row("a", [1, 1, 0, 1, 0, 1]), row("b", [0; 6])]
    );
    let daily = store.daily(&ReportQuery::new(ACCOUNT).days(days("2026-01-03", ""))).await.unwrap();
    assert_eq!((daily.len(), daily[0].new_followers, daily[0].returning), (1, 0, 1));
}

/// They are recorded all the same.
pub async fn messages_and_other_events_count_nowhere(store: &dyn Store) {
    let menu = ANNA.does(DAY_1, &[("Event", "CLICK"), ("EventKey", "a1")]);
    append(store, &[ANNA.writes("1", "a1", DAY_1), menu]).await;
    assert_eq!(figures(store, ALL).await, []);
    assert_eq!(store.daily(&ReportQuery::new(ACCOUNT)).await.unwrap(), []);
    assert_eq!(store.count(&super::account()).await.unwrap(), 2);
}

/// By name, zeros included; the rows of codes without a channel and of no code come last.
pub async fn every_channel_has_a_row(store: &dyn Store) {
    for channel in ["店", "b", "Z", "a b"] {
        store.put_channel(&super::account(), &Channel::new(name(channel))).await.unwrap();
    }
    append(store, &[ANNA.follows(DAY_1), BO.scans("x", DAY_1)]).await;
    let rows = figures(store, ALL).await;
    let sources: Vec<_> = rows.iter().map(|(source, _)| source.as_str()).collect();
    assert_eq!(sources, ["Z", "a b", "b", "店", "unassigned_code", "no_code"]);
}
