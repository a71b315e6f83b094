use crate::sample::{Place, scan};
use std::{sync::Arc, thread};
use wx_channel::{
    Appended::New, Claim, ClaimRules, CodeLedger, CodeOrder, EventStore, Settlement, conformance::account,
};
use wx_model::{CreateRequest, PermanentScene};
use wx_store::SqliteStore;

/// Two stores on one file are what two processes have: each push is new to exactly one of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_stores_record_a_push_once() {
    let place = Place::new();
    let stores = [(); 2].map(|()| Arc::new(SqliteStore::open(place.path()).unwrap()));
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..100 {
        for store in stores.clone() {
            // Neighbours overlap, so that batches of both stores meet in the same rows.
            tasks.spawn(async move { store.append(&[scan(number), scan(number + 1)]).await.unwrap() });
        }
    }
    let answers = tasks.join_all().await;
    assert_eq!(answers.into_iter().flatten().filter(|answer| *answer == New).count(), 101);
    for store in stores {
        assert_eq!(store.count(&account()).await.unwrap(), 101);
    }
}

/// Processes of one service start together and find no file.
#[test]
fn a_new_file_is_made_by_whoever_comes_first() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wx.db");
        thread::scope(|scope| {
            let opening: Vec<_> =
                (0..8).map(|_| scope.spawn(|| SqliteStore::open(&path).map(drop))).collect();
            for opened in opening {
                opened.join().unwrap().unwrap();
            }
        });
    }
}

/// What another process creates counts, although each process remembers how many places it has seen taken.
#[tokio::test]
async fn two_stores_keep_one_stop_mark() {
    let place = Place::new();
    let [one, other] = [(); 2].map(|()| SqliteStore::open(place.path()).unwrap());
    let order = |n: u32| {
        let scene = PermanentScene::id(u64::from(n)).unwrap();
        [CodeOrder::new(account(), &CreateRequest::permanent(scene))]
    };
    let rules = ClaimRules::new().stop_mark(5);
    for n in 1..=2 {
        assert_eq!(one.claim(&order(n), &rules, 0).await.unwrap(), [Claim::Granted]);
        assert_eq!(other.claim(&order(10 + n), &rules, 0).await.unwrap(), [Claim::Granted]);
    }
    assert_eq!(one.claim(&order(3), &rules, 0).await.unwrap(), [Claim::Granted]);
    assert_eq!(other.claim(&order(13), &rules, 0).await.unwrap(), [Claim::Full { taken: 5 }]);
    one.settle(&[Settlement::NotDone { order: order(1)[0].clone(), reason: None }]).await.unwrap();
    assert_eq!(one.claim(&order(4), &rules, 0).await.unwrap(), [Claim::Granted]);
    assert_eq!(one.claim(&order(5), &rules, 0).await.unwrap(), [Claim::Full { taken: 5 }]);
}
