use super::sample::{DAY_1, DAY_2, Person, account, append};
use crate::{Page, ScanEvent, Store};

const ANNA: Person = Person("oAnna");

async fn all(store: &dyn Store, limit: u32) -> Vec<ScanEvent> {
    let (mut events, mut after) = (Vec::new(), None);
    loop {
        let page = store.scan(&account(), after, limit).await.unwrap();
        assert!(page.events.len() <= limit as usize);
        assert!(page.next.is_none_or(|next| Some(next) > after), "the cursor goes forward");
        events.extend(page.events);
        after = page.next;
        if after.is_none() {
            return events;
        }
    }
}

/// Whatever the size of a page, also among events of one second.
pub async fn pages_follow_each_other_without_gaps(store: &dyn Store) {
    assert_eq!(all(store, 3).await, []);
    let scene = |n: i64| format!("s{n}");
    let mut events: Vec<_> = (0..12).map(|n| ANNA.scans(&scene(n), DAY_1 + n / 4)).collect();
    events.extend((0..5).map(|n| ANNA.scans(&scene(n), DAY_2)));
    append(store, &events).await;
    events.sort_by_key(|event| (event.created, event.dedupe));
    for limit in [1, 2, 3, 16, 17, 18, u32::MAX] {
        assert_eq!(all(store, limit).await, events, "pages of {limit}");
    }
    assert_eq!(store.scan(&account(), None, 0).await.unwrap(), Page::default());
}

/// It appears if it lies ahead, and nothing appears twice.
pub async fn an_event_that_comes_meanwhile_shifts_no_page(store: &dyn Store) {
    let event = |second| ANNA.scans("a1", DAY_1 + second);
    append(store, &[event(2), event(4), event(6)]).await;
    let first = store.scan(&account(), None, 2).await.unwrap();
    append(store, &[event(1), event(3), event(5)]).await;
    let second = store.scan(&account(), first.next, 3).await.unwrap();
    assert_eq!((first.events, second.events), (vec![event(2), event(4)], vec![event(5), event(6)]));
    assert_eq!(second.next, None);
}
