//! The page and the JSON report, and that neither is on the public address.

use crate::{
    client::{get, post},
    service::{ACCOUNT, Service, scan, signed},
};
use std::{net::TcpListener, sync::Arc, sync::atomic::Ordering};
use wx_channel::{AccountId, Channel, ChannelName, CodeStore, MemoryStore};
use wx_events::Callback;
use wx_server::{CallbackRoute, Server};

#[tokio::test]
async fn reports_as_json() {
    let service = Service::start().await;
    post(service.callback, &signed(), scan("o1").as_bytes()).await;
    let report = get(service.console, "/api/report?from=2026-01-01&to=2026-01-01").await;
    assert!(report.head.contains("content-type: application/json"), "{}", report.head);
    let report: serde_json::Value = serde_json::from_str(&report.body).unwrap();
    assert_eq!(report["account"], ACCOUNT);
    insta::assert_json_snapshot!(report["rows"], @r#"
    [
      {
        "channel": null,
        "lost": 0,
        "net": 0,
        "new_followers": 0,
        "people": 1,
        "returning": 0,
        "scans": 1,
        "source": "unassigned_code"
      }
    ]
    "#);
    let empty = get(service.console, "/api/report?from=2026-01-02").await;
    assert!(empty.body.contains(r#""rows":[]"#), "{}", empty.body);
    let back = get(service.console, "/api/report?from=2026-01-02&to=2026-01-01").await;
    assert_eq!((back.status, back.body.as_str()), (400, "from is a later day than to"));
    let wrong = get(service.console, "/api/report?from=yesterday").await;
    assert_eq!((wrong.status, wrong.body.as_str()), (400, "from is a date such as 2026-01-31"));
}

#[tokio::test]
async fn shows_hostile_names_as_text_and_lets_no_script_run() {
    let service = Service::start().await;
    let name = ChannelName::new("<script>alert(1)</script>\"'&").unwrap();
    service.store.put_channel(&AccountId::from(ACCOUNT), &Channel::new(name)).await.unwrap();
    let page = get(service.console, "/").await;
    assert_eq!(page.status, 200);
    assert!(page.head.contains("content-security-policy: default-src 'none'"), "{}", page.head);
    assert!(!page.body.contains("<script") && page.body.contains("&#60;script&#62;"), "{}", page.body);
    let filtered = get(service.console, "/?from=%22%3E%3Cscript%3E").await;
    assert_eq!(filtered.status, 400);
    assert!(!filtered.body.contains("<script"), "{}", filtered.body);
    assert_eq!(get(service.console, "/dashboard.css").await.status, 200);
}

#[tokio::test]
async fn says_that_figures_are_missing_without_telling_why() {
    let service = Service::start().await;
    service.store.fails.store(true, Ordering::SeqCst);
    for target in ["/", "/api/report"] {
        let answer = get(service.console, target).await;
        assert_eq!((answer.status, answer.body.contains("disk")), (503, false), "{}", answer.body);
    }
}

#[tokio::test]
async fn keeps_the_console_off_the_public_address() {
    let service = Service::start().await;
    for target in ["/", "/api/report", "/dashboard.css"] {
        assert_eq!(get(service.callback, target).await.status, 404, "{target}");
    }
    assert_eq!(post(service.console, &signed(), b"").await.status, 404);
}

#[tokio::test]
async fn names_the_address_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap();
    let builder = Server::builder(AccountId::from(ACCOUNT), Arc::new(MemoryStore::default()), Arc::new(|| 0));
    let error = builder.listen(addr).bind().await.unwrap_err().to_string();
    assert_eq!(
        error,
        format!("cannot listen on {addr}: another program uses it; stop that or choose another port")
    );
}

#[test]
fn takes_only_paths_that_mean_themselves() {
    for path in ["", "wx", "/{*any}", "/a b", "/healthz", "/微信", "/a?b"] {
        assert!(CallbackRoute::new(path, Callback::plain("t".into())).is_err(), "{path}");
    }
    assert!(CallbackRoute::new("/", Callback::plain("t".into())).is_ok());
}

#[tokio::test]
async fn answers_nobody_who_comes_under_another_name() {
    let service = Service::start().await;
    let request = b"GET /api/report HTTP/1.1\r\nHost: evil.test:8081\r\nConnection: close\r\n\r\n";
    let answer = crate::client::raw(service.console, request).await.unwrap();
    assert_eq!((answer.status, answer.body.contains("rows")), (421, false), "{}", answer.body);
}
