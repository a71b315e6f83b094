use super::sample::{ACCOUNT, DAY_1, DAY_2, DAY_3, account, days, name};
use crate::{
    Appended, Channel, ChannelName, Code, Cursor, DayRange, DedupeKey, ReportQuery, ScanEvent, Store,
};
use proptest::{collection::vec, option, prelude::*, sample::select, test_runner::TestRunner};
use wx_model::{ActionName, OpenId, PushClass, SceneValue, Ticket};

/// What happened to an account, in the order in which a store is told.
pub type History = Vec<Step>;

/// One call of a store.
#[derive(Debug, Clone)]
#[expect(clippy::exhaustive_enums, reason = "these are all calls that write")]
pub enum Step {
    /// A batch of pushes.
    Append(Vec<ScanEvent>),
    /// A channel.
    PutChannel(Channel),
    /// A code.
    PutCode(Code),
}

/// Runs the test with many random histories. If it panics, so does this, with the smallest history that it could find
/// to fail. How many is for the environment to say (`PROPTEST_CASES`), 256 if it does not.
pub fn random_histories(test: impl Fn(&[Step])) {
    // No files beside somebody else's tests.
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(&history(), |history| {
        test(&history);
        Ok(())
    });
    assert!(outcome.is_ok(), "{}", outcome.unwrap_err());
}

/// Random histories of a small world, so that everything meets everything: three people, three scenes, three
/// tickets, two channels, few moments, keys that collide.
pub fn history() -> impl Strategy<Value = History> {
    let step = prop_oneof![
        4 => vec(event(), 1..6).prop_map(Step::Append),
        1 => channel().prop_map(Step::PutChannel),
        2 => code().prop_map(Step::PutCode),
    ];
    vec(step, 1..16)
}

fn event() -> impl Strategy<Value = ScanEvent> {
    let classes = [
        PushClass::FollowViaQr,
        PushClass::FollowViaQr,
        PushClass::Follow,
        PushClass::Unfollow,
        PushClass::Unfollow,
        PushClass::Scan,
        PushClass::OtherEvent,
        PushClass::Message,
    ];
    let person = select(vec!["oAnna", "oBo", "oChen"]);
    let code = (option::of(scene()), option::of(ticket()));
    (any::<u8>(), time(), 0..3_i64, select(classes.to_vec()), person, code).prop_map(
        |(key, created, late, class, person, (scene, ticket))| ScanEvent {
            account: account(),
            dedupe: DedupeKey::from_bytes([key % 32; 16]),
            created,
            received: created.saturating_add(late),
            class,
            scene,
            openid: OpenId::from(person),
            ticket,
            raw: String::from("{}"),
        },
    )
}

fn time() -> impl Strategy<Value = i64> {
    select(vec![DAY_1 - 1, DAY_1, DAY_1 + 1, DAY_1 + 1, DAY_2 - 1, DAY_2, DAY_2, DAY_3, i64::MIN, i64::MAX])
}

fn scene() -> impl Strategy<Value = SceneValue> {
    select(vec!["s1", "s2", "s3"]).prop_map(SceneValue::from)
}

fn ticket() -> impl Strategy<Value = Ticket> {
    select(vec!["t1", "t2", "t3"]).prop_map(Ticket::from)
}

fn channel_name() -> impl Strategy<Value = ChannelName> {
    select(vec!["a", "b"]).prop_map(name)
}

fn channel() -> impl Strategy<Value = Channel> {
    let text = || option::of(select(vec!["Hi", ""]).prop_map(str::to_owned));
    (channel_name(), text(), text()).prop_map(|(name, welcome, welcome_back)| Channel {
        name,
        welcome,
        welcome_back,
    })
}

fn code() -> impl Strategy<Value = Code> {
    (scene(), ticket(), 0..3_i64, option::of(channel_name())).prop_map(|(scene, ticket, created, channel)| {
        Code {
            account: account(),
            action_name: ActionName::QrLimitStrScene,
            scene,
            ticket,
            url: None,
            created,
            expires: None,
            channel,
            batch: None,
            retired: None,
        }
    })
}

/// Plays the history into both stores and compares everything that they answer.
pub async fn agree(one: &dyn Store, other: &dyn Store, history: &[Step]) {
    for step in history {
        assert_eq!(play(one, step).await, play(other, step).await, "answers of {step:?}");
    }
    for days in ranges() {
        let query = ReportQuery::new(ACCOUNT).days(days);
        assert_eq!(one.report(&query).await.unwrap(), other.report(&query).await.unwrap());
        assert_eq!(one.daily(&query).await.unwrap(), other.daily(&query).await.unwrap(), "{days:?}");
        sums_agree(one, &query).await;
    }
    assert_eq!(one.count(&account()).await.unwrap(), other.count(&account()).await.unwrap());
    assert_eq!(one.channels(&account()).await.unwrap(), other.channels(&account()).await.unwrap());
    assert_eq!(one.codes(&account()).await.unwrap(), other.codes(&account()).await.unwrap());
    pages_agree(one, other).await;
    channels_agree(one, other).await;
}

async fn play(store: &dyn Store, step: &Step) -> Vec<Appended> {
    match step {
        Step::Append(batch) => store.append(batch).await.unwrap(),
        Step::PutChannel(channel) => {
            store.put_channel(&account(), channel).await.map(|()| Vec::new()).unwrap()
        }
        Step::PutCode(code) => store.put_code(code).await.map(|()| Vec::new()).unwrap(),
    }
}

fn ranges() -> [DayRange; 6] {
    [
        ("", ""),
        ("2026-01-01", "2026-01-01"),
        ("2026-01-02", ""),
        ("", "2025-12-31"),
        ("2026-01-01", "2026-01-02"),
        ("2026-01-02", "2026-01-01"),
    ]
    .map(|(from, to)| days(from, to))
}

/// The days of a range and the channels of the same range are two cuts through the same figures.
async fn sums_agree(store: &dyn Store, query: &ReportQuery) {
    let rows = store.report(query).await.unwrap().rows;
    let daily = store.daily(query).await.unwrap();
    let by_source =
        rows.iter().map(|row| [row.scans, row.new_followers, row.returning, row.lost]).fold([0; 4], add);
    let by_day =
        daily.iter().map(|row| [row.scans, row.new_followers, row.returning, row.lost]).fold([0; 4], add);
    assert_eq!(by_source, by_day);
}

fn add(sum: [u64; 4], row: [u64; 4]) -> [u64; 4] {
    std::array::from_fn(|figure| sum[figure] + row[figure])
}

async fn pages_agree(one: &dyn Store, other: &dyn Store) {
    let mut after: Option<Cursor> = None;
    loop {
        let page = one.scan(&account(), after, 3).await.unwrap();
        assert_eq!(page, other.scan(&account(), after, 3).await.unwrap());
        assert!(page.next.is_none_or(|next| Some(next) > after), "the cursor goes forward");
        after = page.next;
        if after.is_none() {
            return;
        }
    }
}

async fn channels_agree(one: &dyn Store, other: &dyn Store) {
    for scene in ["s1", "s2", "s3", "s4"].map(SceneValue::from) {
        for ticket in [None, Some("t1"), Some("t2"), Some("t4")].map(|ticket| ticket.map(Ticket::from)) {
            let found = one.channel_of(&account(), &scene, ticket.as_ref()).await.unwrap();
            assert_eq!(found, other.channel_of(&account(), &scene, ticket.as_ref()).await.unwrap());
        }
    }
}
