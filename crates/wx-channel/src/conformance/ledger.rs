use super::{
    appending::HOSTILE,
    sample::{DAY_1, Person, account, append, code, figures, name, row},
};
use crate::{Channel, Code, DayRange, Store};
use wx_model::{SceneValue, Ticket};

const ANNA: Person = Person("oAnna");

async fn channel_of(store: &dyn Store, scene: &str, ticket: Option<&str>) -> Option<String> {
    let ticket = ticket.map(Ticket::from);
    let channel = store.channel_of(&account(), &SceneValue::from(scene), ticket.as_ref()).await.unwrap();
    channel.map(|channel| channel.name.as_str().to_owned())
}

async fn put(store: &dyn Store, codes: &[Code]) {
    for code in codes {
        store.put_code(code).await.unwrap();
    }
}

/// The number 2026 and the text `2026` push the same scene; only the ticket tells them apart.
pub async fn a_ticket_counts_before_a_scene(store: &dyn Store) {
    put(store, &[code("2026", "ticket of number", Some("a")), code("2026", "ticket of text", Some("b"))])
        .await;
    put(store, &[code("2026", "ticket of nobody", None)]).await;
    assert_eq!(channel_of(store, "2026", Some("ticket of number")).await.as_deref(), Some("a"));
    assert_eq!(channel_of(store, "other", Some("ticket of number")).await.as_deref(), Some("a"));
    for unknown in [Some("ticket of nobody"), Some("unknown"), None] {
        assert_eq!(channel_of(store, "2026", unknown).await.as_deref(), Some("b"), "{unknown:?}");
    }
    assert_eq!(channel_of(store, "2027", Some("unknown")).await, None);

    let mut scan = ANNA.scans("2026", DAY_1);
    scan.ticket = Some(Ticket::from("ticket of number"));
    append(store, &[scan]).await;
    assert_eq!(figures(store, DayRange::ALL).await, [row("a", [1, 1, 0, 0, 0, 0]), row("b", [0; 6])]);
}

/// A scene is used again for the next poster; a code without a channel is passed over.
pub async fn the_newest_code_with_a_scene_counts(store: &dyn Store) {
    let at = |created, code: Code| Code { created, ..code };
    put(store, &[at(5, code("s", "t5", Some("new"))), at(3, code("s", "t3", Some("old")))]).await;
    put(store, &[at(9, code("s", "t9", None))]).await;
    assert_eq!(channel_of(store, "s", None).await.as_deref(), Some("new"));
    append(store, &[ANNA.scans("s", DAY_1)]).await;
    assert_eq!(figures(store, DayRange::ALL).await, [row("new", [1, 1, 0, 0, 0, 0]), row("old", [0; 6])]);
    put(store, &[at(5, code("s", "t6", Some("greater")))]).await;
    assert_eq!(channel_of(store, "s", None).await.as_deref(), Some("greater"));
}

/// The figures are counted from the records, so nothing is lost by assigning late, or to another channel.
pub async fn a_channel_given_later_counts_earlier_scans(store: &dyn Store) {
    let poster = code("a1", "ticket of a1", None);
    put(store, std::slice::from_ref(&poster)).await;
    append(store, &[ANNA.follows_via("a1", DAY_1), ANNA.unfollows(DAY_1 + 1)]).await;
    assert_eq!(figures(store, DayRange::ALL).await, [row("unassigned_code", [1, 1, 1, 0, 1, 0])]);
    put(store, &[poster.clone().channel(name("a"))]).await;
    assert_eq!(figures(store, DayRange::ALL).await, [row("a", [1, 1, 1, 0, 1, 0])]);
    put(store, &[poster.channel(name("b"))]).await;
    assert_eq!(figures(store, DayRange::ALL).await, [row("a", [0; 6]), row("b", [1, 1, 1, 0, 1, 0])]);
}

/// Codes come back oldest first, then by ticket.
pub async fn a_code_is_replaced_by_its_ticket(store: &dyn Store) {
    let full = Code {
        url: Some("http://weixin.qq.com/q/02x".into()),
        expires: Some(DAY_1 + 60),
        ..code("a", "t1", None)
    };
    let late = Code { created: DAY_1 + 1, ..code("b", "t0", Some("a")) };
    put(store, &[late.clone(), code("c", "t2", Some("b")), code("d", "t1", Some("b")), full.clone()]).await;
    let expected = [full, code("c", "t2", Some("b")), late];
    assert_eq!(store.codes(&account()).await.unwrap(), expected);
}

/// A channel that exists is left alone.
pub async fn a_code_creates_its_channel_and_keeps_its_texts(store: &dyn Store) {
    let talking = Channel::new(name("b")).welcome("Welcome!").welcome_back("Back again!");
    store.put_channel(&account(), &talking).await.unwrap();
    put(store, &[code("1", "t1", Some("b")), code("2", "t2", Some("a"))]).await;
    assert_eq!(store.channels(&account()).await.unwrap(), [Channel::new(name("a")), talking.clone()]);
    let found = store.channel_of(&account(), &SceneValue::from("1"), None).await.unwrap();
    assert_eq!(found, Some(talking));
    let silent = Channel::new(name("b"));
    store.put_channel(&account(), &silent).await.unwrap();
    assert_eq!(store.channels(&account()).await.unwrap()[1], silent);
}

/// Quotes, markup, letters of any script.
pub async fn names_and_texts_come_back_as_written(store: &dyn Store) {
    let mut channels: Vec<_> =
        HOSTILE.into_iter().map(|text| Channel::new(name(text)).welcome(text)).collect();
    channels.push(Channel::new(name(&"店".repeat(64))).welcome_back("\n\t\u{0}".repeat(500)));
    for channel in &channels {
        store.put_channel(&account(), channel).await.unwrap();
        let named = code("x", channel.name.as_str(), Some(channel.name.as_str()));
        store.put_code(&named).await.unwrap();
        let found = store.channel_of(&account(), &named.scene, Some(&named.ticket)).await.unwrap();
        assert_eq!(found.as_ref(), Some(channel));
    }
    channels.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!(store.channels(&account()).await.unwrap(), channels);
    assert_eq!(figures(store, DayRange::ALL).await.len(), channels.len());
}
