use crate::ComponentStore;
use wx_model::{AppId, AuthorizerRefreshToken, VerifyTicket};

fn component() -> AppId {
    AppId::new("wx9cExampleComp0001")
}

fn account(number: u32) -> AppId {
    AppId::new(format!("wx{number:016}"))
}

fn refresh(text: &str) -> AuthorizerRefreshToken {
    AuthorizerRefreshToken::new(text)
}

/// Deliveries overtake each other.
pub async fn the_ticket_that_was_created_last_stays(store: &dyn ComponentStore) {
    assert_eq!(store.verify_ticket(&component()).await.unwrap(), None);
    for (text, created, there) in [("b", 20, "b"), ("a", 10, "b"), ("c", 30, "c"), ("d", 30, "d")] {
        store.put_verify_ticket(&component(), &VerifyTicket::new(text), created).await.unwrap();
        assert_eq!(store.verify_ticket(&component()).await.unwrap(), Some(VerifyTicket::new(there)));
    }
}

/// Of any length that the platform may give.
pub async fn a_refresh_token_comes_back_whole(store: &dyn ComponentStore) {
    let long: String = (0..1024).map(|at| char::from(b"aZ09-_@+/=!"[at % 11])).collect();
    for text in ["refreshtoken@@@1", &long] {
        assert!(store.put_refresh_token(&component(), &account(1), &refresh(text), None).await.unwrap());
        let stored = store.refresh_token(&component(), &account(1)).await.unwrap();
        assert_eq!(stored, Some(refresh(text)));
    }
}

/// Whoever is late overwrites nothing.
pub async fn a_refresh_token_is_replaced_only_if_it_is_the_one_before(store: &dyn ComponentStore) {
    let put = |token, before| async move {
        let before = Option::<&str>::map(before, refresh);
        let token = refresh(token);
        store.put_refresh_token(&component(), &account(1), &token, before.as_ref()).await.unwrap()
    };
    assert!(!put("r1", Some("r0")).await, "there is none");
    assert_eq!(store.refresh_token(&component(), &account(1)).await.unwrap(), None);
    assert!(put("r1", None).await);
    assert!(put("r2", Some("r1")).await);
    assert!(!put("late", Some("r1")).await);
    assert_eq!(store.refresh_token(&component(), &account(1)).await.unwrap(), Some(refresh("r2")));
    assert!(put("anew", None).await);
    assert_eq!(store.refresh_token(&component(), &account(1)).await.unwrap(), Some(refresh("anew")));
}

/// An owner who withdrew, and nobody else.
pub async fn an_account_is_forgotten(store: &dyn ComponentStore) {
    for number in [3, 1, 2] {
        store.put_refresh_token(&component(), &account(number), &refresh("r"), None).await.unwrap();
    }
    assert_eq!(store.accounts(&component()).await.unwrap(), [1, 2, 3].map(account));
    store.forget(&component(), &account(2)).await.unwrap();
    store.forget(&component(), &account(9)).await.unwrap();
    assert_eq!(store.accounts(&component()).await.unwrap(), [1, 3].map(account));
    assert_eq!(store.refresh_token(&component(), &account(2)).await.unwrap(), None);
}

/// Several third-party platforms may use one store.
pub async fn components_do_not_mix(store: &dyn ComponentStore) {
    let other = AppId::new("wx9cExampleComp0002");
    store.put_verify_ticket(&component(), &VerifyTicket::new("t"), 1).await.unwrap();
    store.put_refresh_token(&component(), &account(1), &refresh("r"), None).await.unwrap();
    assert_eq!(store.verify_ticket(&other).await.unwrap(), None);
    assert_eq!(store.refresh_token(&other, &account(1)).await.unwrap(), None);
    assert_eq!(store.accounts(&other).await.unwrap(), [] as [AppId; 0]);
    store.forget(&other, &account(1)).await.unwrap();
    assert_eq!(store.refresh_token(&component(), &account(1)).await.unwrap(), Some(refresh("r")));
}
