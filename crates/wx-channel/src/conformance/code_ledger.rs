use super::{
    at_once::at_once,
    sample::{DAY_1, account, name},
};
use crate::{
    AccountId, BatchId, Claim, ClaimRules, Code, CodeLedger, CodeOrder, CodeState, LedgerEntry, LedgerQuery,
    OrderStage, Places, Settlement,
};
use wx_model::{CreateRequest, CreateResponse, Lifetime, PermanentScene, Scene, SceneValue, Ticket};

fn permanent(scene: &str) -> CreateRequest {
    CreateRequest::permanent(PermanentScene::str(scene).unwrap())
}

fn temporary(scene: &str) -> CreateRequest {
    CreateRequest::temporary(Scene::str(scene).unwrap(), Lifetime::days(1).unwrap())
}

fn order(request: &CreateRequest) -> CodeOrder {
    CodeOrder::new(account(), request)
}

fn code(request: &CreateRequest, ticket: &str, created: i64) -> Code {
    let mut response = CreateResponse::new(ticket);
    response.url = Some(format!("http://weixin.qq.com/q/{ticket}"));
    Code::new(account(), request, &response, created)
}

async fn claim(ledger: &dyn CodeLedger, order: &CodeOrder) -> Claim {
    claim_by(ledger, order, ClaimRules::new()).await
}

async fn claim_by(ledger: &dyn CodeLedger, order: &CodeOrder, rules: ClaimRules) -> Claim {
    let mut claims = ledger.claim(std::slice::from_ref(order), &rules, DAY_1).await.unwrap();
    assert_eq!(claims.len(), 1);
    claims.remove(0)
}

async fn settle(ledger: &dyn CodeLedger, settlement: Settlement) {
    ledger.settle(&[settlement]).await.unwrap();
}

async fn find(ledger: &dyn CodeLedger, order: &CodeOrder) -> Option<LedgerEntry> {
    ledger.find(std::slice::from_ref(order)).await.unwrap().remove(0)
}

async fn state(ledger: &dyn CodeLedger, order: &CodeOrder) -> Option<CodeState> {
    find(ledger, order).await.map(|entry| entry.state(DAY_1))
}

async fn places(ledger: &dyn CodeLedger) -> Places {
    ledger.places(&account()).await.unwrap()
}

/// The ticket that the ledger has is the answer from then on; the channel is the one of the code.
pub async fn a_permanent_code_is_created_once(ledger: &dyn CodeLedger) {
    let (request, shop) = (permanent("shop-042"), name("shop"));
    let order = order(&request).channel(shop.clone());
    assert_eq!(claim(ledger, &order).await, Claim::Granted);
    let code = code(&request, "t1", DAY_1).channel(shop);
    settle(ledger, Settlement::Created(code.clone())).await;
    for rules in [ClaimRules::new(), ClaimRules::new().repeat_unknown(true), ClaimRules::new().stop_mark(0)] {
        assert_eq!(claim_by(ledger, &order, rules).await, Claim::Known(code.clone()), "{rules:?}");
    }
    assert_eq!(find(ledger, &order).await, Some(LedgerEntry::Code(code)));
    assert_eq!(places(ledger).await, Places::new(1, 0));
}

/// Number and text, and codes of another account, have scenes of their own.
pub async fn kinds_and_accounts_do_not_meet(ledger: &dyn CodeLedger) {
    let number = CreateRequest::permanent(PermanentScene::id(2026).unwrap());
    settle(ledger, Settlement::Created(code(&number, "t1", DAY_1))).await;
    let others = [
        order(&permanent("2026")),
        CodeOrder { account: AccountId::from("wx-other"), ..order(&number) },
        order(&temporary("2026")),
    ];
    for order in &others {
        assert_eq!(find(ledger, order).await, None);
        assert_eq!(claim(ledger, order).await, Claim::Granted, "{order:?}");
    }
    assert_eq!(places(ledger).await, Places::new(1, 1));
}

/// Whoever comes second, in one call or at the same time, is not granted it.
pub async fn of_all_who_claim_one_is_granted(ledger: &dyn CodeLedger) {
    let order = order(&permanent("shop-042"));
    let twice = [order.clone(), order.clone()];
    let rules = ClaimRules::new();
    let calls = (0..8).map(|_| ledger.claim(&twice, &rules, DAY_1));
    let claims: Vec<_> = at_once(calls).await.into_iter().flat_map(Result::unwrap).collect();
    assert_eq!(claims.len(), 16);
    assert_eq!(claims.iter().filter(|claim| **claim == Claim::Granted).count(), 1, "{claims:?}");
    assert!(claims.iter().all(|claim| matches!(claim, Claim::Granted | Claim::Unknown(_))), "{claims:?}");
}

/// Also when nobody could write down that it was lost; a person may decide to repeat it.
pub async fn a_lost_answer_is_never_repeated_by_itself(ledger: &dyn CodeLedger) {
    let order = order(&permanent("shop-042")).channel(name("shop"));
    assert_eq!(claim(ledger, &order).await, Claim::Granted);
    for reason in [None, Some("the answer was lost")] {
        if let Some(reason) = reason {
            settle(ledger, Settlement::Unknown { order: order.clone(), reason: reason.into() }).await;
        }
        let Claim::Unknown(booked) = claim(ledger, &order).await else { panic!("it was repeated") };
        assert_eq!((&booked.order, booked.stage, booked.planned), (&order, OrderStage::Asked, DAY_1));
        assert_eq!(booked.reason.as_deref(), reason);
    }
    assert_eq!(places(ledger).await, Places::new(0, 1));
    let decided = ClaimRules::new().repeat_unknown(true).stop_mark(1);
    assert_eq!(claim_by(ledger, &order, decided).await, Claim::Granted);
    assert_eq!(state(ledger, &order).await, Some(CodeState::Unknown));
}

/// What surely was not done is asked for again.
pub async fn a_refused_code_is_planned_again(ledger: &dyn CodeLedger) {
    let order = order(&permanent("shop-042"));
    claim(ledger, &order).await;
    let refused = Settlement::NotDone { order: order.clone(), reason: Some("errcode 45009".into()) };
    settle(ledger, refused).await;
    let Some(LedgerEntry::Order(booked)) = find(ledger, &order).await else { panic!("it was lost") };
    let expected = (OrderStage::Planned, DAY_1, Some("errcode 45009"));
    assert_eq!((booked.stage, booked.planned, booked.reason.as_deref()), expected);
    assert_eq!(places(ledger).await, Places::default());
    assert_eq!(claim(ledger, &order).await, Claim::Granted);
}

/// What is planned takes no place, and planning changes nothing that is known.
pub async fn plans_take_no_place(ledger: &dyn CodeLedger) {
    let orders = ["a", "b", "c"].map(|scene| order(&permanent(scene)));
    settle(ledger, Settlement::Created(code(&permanent("a"), "t1", DAY_1))).await;
    claim(ledger, &orders[1]).await;
    for now in [DAY_1, DAY_1 + 1] {
        ledger.plan(&orders, now).await.unwrap();
    }
    let states = [CodeState::Created, CodeState::Unknown, CodeState::Planned].map(Some);
    for (order, expected) in orders.iter().zip(states) {
        assert_eq!(state(ledger, order).await, expected, "{order:?}");
    }
    assert_eq!(places(ledger).await, Places::new(1, 1));
    assert_eq!(claim(ledger, &orders[2]).await, Claim::Granted);
}

/// Within one call, too; temporary codes take no place.
pub async fn at_the_stop_mark_no_permanent_code_is_granted(ledger: &dyn CodeLedger) {
    let rules = ClaimRules::new().stop_mark(3);
    let orders: Vec<_> = (0..5).map(|n| order(&permanent(&format!("s{n}")))).collect();
    let claims = ledger.claim(&orders, &rules, DAY_1).await.unwrap();
    let full = Claim::Full { taken: 3 };
    assert_eq!(claims, [Claim::Granted, Claim::Granted, Claim::Granted, full.clone(), full.clone()]);
    assert_eq!(claim_by(ledger, &order(&temporary("t")), rules).await, Claim::Granted);
    settle(ledger, Settlement::NotDone { order: orders[0].clone(), reason: None }).await;
    assert_eq!(claim_by(ledger, &orders[3], rules).await, Claim::Granted);
    assert_eq!(claim_by(ledger, &orders[4], rules).await, full);
    assert_eq!(places(ledger).await.left(rules.stop_mark), 0);
}

/// A batch that goes on finds its own; another batch, or nobody's, makes them anew. A lost answer costs nothing.
pub async fn a_temporary_code_is_known_to_its_batch(ledger: &dyn CodeLedger) {
    let request = temporary("login");
    let first = order(&request).batch(BatchId::new("1"));
    assert_eq!(claim(ledger, &first).await, Claim::Granted);
    assert_eq!(claim(ledger, &first).await, Claim::Granted);
    let code = code(&request, "t1", DAY_1).batch(BatchId::new("1"));
    settle(ledger, Settlement::Created(code.clone())).await;
    assert_eq!(claim(ledger, &first).await, Claim::Known(code));
    for other in [order(&request), order(&request).batch(BatchId::new("2"))] {
        assert_eq!(find(ledger, &other).await, None);
        assert_eq!(claim(ledger, &other).await, Claim::Granted);
    }
    assert_eq!(order(&permanent("a")).batch(BatchId::new("1")).batch, None);
    assert_eq!(places(ledger).await, Places::default());
}

/// What was asked for keeps its place; what was only planned is gone.
pub async fn giving_up_forgets_plans_and_no_places(ledger: &dyn CodeLedger) {
    let [planned, asked] = ["a", "b"].map(|scene| order(&permanent(scene)));
    ledger.plan(std::slice::from_ref(&planned), DAY_1).await.unwrap();
    claim(ledger, &asked).await;
    for order in [&planned, &asked] {
        settle(ledger, Settlement::GivenUp(order.clone())).await;
    }
    assert_eq!(state(ledger, &planned).await, None);
    assert_eq!(state(ledger, &asked).await, Some(CodeState::Retired));
    assert_eq!(places(ledger).await, Places::new(0, 1));
    assert!(matches!(claim(ledger, &asked).await, Claim::Unknown(_)));
}

/// Every field, whatever stands in it; entries come by kind, scene, batch, time and ticket in pages of any size.
pub async fn entries_come_in_order_and_whole(ledger: &dyn CodeLedger) {
    let codes = [
        code(&permanent("b"), "t3", DAY_1).channel(name("门店 '1'")),
        Code { retired: Some(DAY_1 + 5), ..code(&permanent("a"), "t4", DAY_1) },
        code(&temporary("a"), "t2", DAY_1 - 86_400).batch(BatchId::new("x")),
        code(&temporary("a"), "t1", DAY_1),
        code(&temporary("a"), "t0", DAY_1),
    ];
    for code in &codes {
        settle(ledger, Settlement::Created(code.clone())).await;
    }
    let lost = order(&permanent("c")).channel(name("b"));
    claim(ledger, &lost).await;
    settle(ledger, Settlement::Unknown { order: lost.clone(), reason: "lost \u{0}'".into() }).await;
    ledger.plan(&[order(&permanent("d"))], DAY_1).await.unwrap();

    let all = entries(ledger, &LedgerQuery::new(account(), DAY_1), u32::MAX).await;
    let scenes: Vec<_> =
        all.iter().map(|entry| (entry.action_name().as_str(), entry.scene().as_str())).collect();
    let (limit, temporary) = ("QR_LIMIT_STR_SCENE", "QR_STR_SCENE");
    let order = ["a", "b", "c", "d"].map(|scene| (limit, scene));
    assert_eq!(scenes, [&order[..], &[(temporary, "a"); 3]].concat());
    let found: Vec<_> = all.iter().filter_map(LedgerEntry::code).cloned().collect();
    assert_eq!(found, [1, 0, 4, 3, 2].map(|index: usize| codes[index].clone()));
    let LedgerEntry::Order(booked) = &all[2] else { panic!("{all:?}") };
    assert_eq!((&booked.order, booked.reason.as_deref()), (&lost, Some("lost \u{0}'")));

    for limit in [1, 2, 3, 7, 8] {
        assert_eq!(
            entries(ledger, &LedgerQuery::new(account(), DAY_1), limit).await,
            all,
            "pages of {limit}"
        );
    }
    let query = LedgerQuery::new(account(), DAY_1);
    assert_eq!(ledger.entries(&query, None, 0).await.unwrap(), crate::EntryPage::default());
    assert_eq!(entries(ledger, &LedgerQuery::new("wx-other", DAY_1), 9).await, []);
}

/// Each question alone, and two together.
pub async fn entries_are_those_that_were_asked_for(ledger: &dyn CodeLedger) {
    let old = code(&temporary("old"), "t1", DAY_1 - 86_400);
    let young = code(&temporary("young"), "t2", DAY_1 - 3_600).channel(name("a"));
    let poster = code(&permanent("poster"), "t3", DAY_1).channel(name("a"));
    let retired = Code { retired: Some(DAY_1), ..code(&permanent("retired"), "t4", DAY_1) };
    for code in [&old, &young, &poster, &retired] {
        settle(ledger, Settlement::Created(code.clone())).await;
    }
    let lost = order(&permanent("lost")).channel(name("a"));
    claim(ledger, &lost).await;
    ledger.plan(&[order(&permanent("planned"))], DAY_1).await.unwrap();
    let all = LedgerQuery::new(account(), DAY_1);
    let cases = [
        (all.clone().state(CodeState::Created), "poster young"),
        (all.clone().state(CodeState::Expired), "old"),
        (all.clone().state(CodeState::Retired), "retired"),
        (all.clone().state(CodeState::Unknown), "lost"),
        (all.clone().state(CodeState::Planned), "planned"),
        (all.clone().permanent(false), "old young"),
        (all.clone().permanent(true), "lost planned poster retired"),
        (all.clone().channel(name("a")), "lost poster young"),
        (all.clone().channel(name("a")).permanent(true).state(CodeState::Created), "poster"),
        (all.clone().scene(SceneValue::from("poster")), "poster"),
        (all.clone().ticket(Ticket::from("t2")), "young"),
        (all.clone().url("http://weixin.qq.com/q/t4".to_owned()), "retired"),
        (all.clone().expires_until(DAY_1), "old"),
        (all.clone().expires_until(DAY_1 + 82_800), "old young"),
        (all.clone().expires_until(DAY_1 + 82_799).state(CodeState::Created), ""),
    ];
    for (query, expected) in cases {
        let found = entries(ledger, &query, 2).await;
        let scenes: Vec<_> = found.iter().map(|entry| entry.scene().as_str()).collect();
        assert_eq!(scenes.join(" "), expected, "{query:?}");
    }
}

async fn entries(ledger: &dyn CodeLedger, query: &LedgerQuery, limit: u32) -> Vec<LedgerEntry> {
    let (mut entries, mut after) = (Vec::new(), None);
    loop {
        let page = ledger.entries(query, after.as_ref(), limit).await.unwrap();
        assert!(page.next.is_none() || page.next > after, "the cursor goes forward");
        entries.extend(page.entries);
        after = page.next;
        if after.is_none() {
            return entries;
        }
    }
}
