//! `wx code create|list|renew|retire|image` and the ledger behind them.

use crate::platform::Platform;
use wx_sim::{Fault, Options};

const CREATE: &str = "/cgi-bin/qrcode/create";

#[test]
fn a_permanent_scene_is_created_once() {
    let platform = Platform::start(Options::default());
    let args = ["code", "create", "--json", "--permanent", "--scene-str", "shop-042"];
    let first = platform.wx(&args).json();
    let calls = platform.calls().len();
    let again = platform.wx(&[&args[..], &["--channel", "门店"]].concat()).json();
    assert_eq!((&first["created"], &again["created"]), (&true.into(), &false.into()));
    assert_eq!((&first["ticket"], &again["channel"]), (&again["ticket"], &"门店".into()));
    assert_eq!(platform.calls().len(), calls, "nothing was asked");

    let retired = platform.wx(&["code", "retire", "--scene-str", "shop-042"]);
    assert_eq!(
        retired.stdout, "QR_LIMIT_STR_SCENE with scene shop-042 retired; its picture works on for ever\n",
        "{retired:?}"
    );
    let list =
        |state: &str| platform.wx(&["code", "list", "--state", state, "--json"]).json()["codes"].clone();
    assert_eq!(list("retired")[0]["scene"], "shop-042");
    platform.wx(&["code", "retire", "--scene-str", "shop-042"]).assert_sentence(2, "in use");
    let reused = platform.wx(&args).json();
    assert_eq!((&reused["ticket"], &reused["created"]), (&first["ticket"], &false.into()));
    assert_eq!(list("retired"), serde_json::json!([]));
    assert_eq!(platform.simulator.codes().len(), 1);

    // Shown at once, it is drawn as `render` draws it.
    let url = first["url"].as_str().unwrap();
    let shown = platform.wx(&["code", "create", "--permanent", "--scene-str", "shop-042", "--show"]).stdout;
    let drawn = platform.wx(&["code", "render", url]).stdout;
    assert!(drawn.lines().count() > 10 && shown.ends_with(&drawn), "{shown}");
    assert!(platform.wx(&[&args[..], &["--show"]].concat()).json()["drawing"].is_string());
}

#[test]
fn a_lost_answer_is_unknown_and_shown_with_the_choice() {
    let platform = Platform::start(Options::default());
    platform.simulator.inject(Fault::reset().after_effect().on(CREATE)).unwrap();
    let args = ["code", "create", "--permanent", "--scene-str", "shop-042"];
    platform.wx(&args).assert_sentence(1, "--retry-unknown");
    let calls = platform.calls().len();
    for _ in 0..2 {
        platform
            .wx(&args)
            .assert_sentence(1, "Choose: --retry-unknown asks once more and may take a second place");
    }
    assert_eq!((platform.calls().len(), platform.simulator.codes().len()), (calls, 1));
    let list = platform.wx(&["code", "list", "--json"]).json();
    assert_eq!(
        (&list["codes"][0]["state"], &list["places"]["unknown"]),
        (&"unknown".into(), &1.into()),
        "{list}"
    );
    assert!(list["codes"][0]["reason"].is_string(), "{list}");
    let decided = platform.wx(&[&args[..], &["--retry-unknown", "--json"]].concat());
    assert_eq!(decided.json()["created"], true);
    assert_eq!(platform.simulator.codes().len(), 2, "as the operator chose");
}

/// What the platform surely did not do leaves nothing behind.
#[test]
fn a_refused_code_may_be_asked_for_again() {
    let platform = Platform::start(Options::default());
    platform.simulator.inject(Fault::errcode(40053).on(CREATE)).unwrap();
    let args = ["code", "create", "--permanent", "--scene-str", "shop-042"];
    platform.wx(&args).assert_sentence(3, "40053");
    assert_eq!(platform.wx(&["code", "list", "--json"]).json()["codes"], serde_json::json!([]));
    assert_eq!(platform.wx(&args).code, 0);
    platform
        .wx(&["code", "create", "--permanent", "--scene-id", "1", "--stop-mark", "1"])
        .assert_sentence(1, "stop mark");
    let digits = platform.wx(&["code", "create", "--permanent", "--scene-str", "2026", "--dry-run"]);
    assert!(digits.stderr.contains("put a letter in front"), "{digits:?}");
    platform
        .wx(&["code", "create", "--temporary", "7d", "--scene-id", "1", "--print-safe"])
        .assert_sentence(2, "--permanent");
}

#[test]
fn codes_that_expire_are_listed_and_renewed() {
    let platform = Platform::start(Options::default());
    let create = |life: &str, scene: &str, channel: &str| {
        let args =
            ["code", "create", "--json", "--temporary", life, "--scene-str", scene, "--channel", channel];
        platform.wx(&args).json()
    };
    let old = create("3d", "a", "门店");
    create("20d", "b", "门店");
    create("20d", "c", "other");
    let list =
        |args: &[&str]| platform.wx(&[&["code", "list", "--json"], args].concat()).json()["codes"].clone();
    let soon = list(&["--expiring", "7d"]);
    assert_eq!((soon.as_array().unwrap().len(), &soon[0]["scene"]), (1, &"a".into()));
    assert!(soon[0]["expires_in"].as_str().unwrap().starts_with("in "), "{soon}");
    assert_eq!(list(&["--expiring", "90d"]).as_array().unwrap().len(), 3);
    assert_eq!(list(&["--channel", "门店", "--kind", "temporary"]).as_array().unwrap().len(), 2);

    let renewed = platform.wx(&["code", "renew", "--channel", "门店", "--expiring", "7d", "--json"]).json();
    let codes = renewed["codes"].as_array().unwrap();
    assert_eq!((codes.len(), &codes[0]["scene"], &codes[0]["channel"]), (1, &"a".into(), &"门店".into()));
    assert_ne!(codes[0]["ticket"], old["ticket"]);
    let lived = codes[0]["expires"].as_i64().unwrap() - codes[0]["created"].as_i64().unwrap();
    assert_eq!(lived, 3 * 86_400);
    let soon = list(&["--expiring", "7d"]);
    assert_eq!((soon.as_array().unwrap().len(), &soon[0]["ticket"]), (1, &codes[0]["ticket"]), "{soon}");
    assert_eq!(list(&["--state", "retired"])[0]["ticket"], old["ticket"]);
    platform.wx(&["code", "renew", "--channel", "nobody"]).assert_sentence(2, "no temporary code");
    let csv = platform.wx(&["code", "list", "--format", "csv"]).stdout;
    assert_eq!(csv.lines().count(), 5, "{csv}");
}

#[test]
fn a_picture_is_compared_with_the_ledger() {
    let platform = Platform::start(Options::default());
    let ticket = |scene: &str| {
        let made = platform.wx(&["code", "create", "--json", "--permanent", "--scene-str", scene]).json();
        (made["ticket"].as_str().unwrap().to_owned(), made["url"].as_str().unwrap().to_owned())
    };
    let ((one, url), (_, other)) = (ticket("a"), ticket("b"));
    let image = platform.wx(&["code", "image", &one, "--out", "a.jpg", "--print-safe", "--json"]).json();
    assert_eq!((&image["url"], &image["compared"]), (&url.into(), &true.into()));
    platform
        .wx(&["code", "image", &one, "--out", "b.jpg", "--url", &other])
        .assert_sentence(1, "says something else");
    assert!(!platform.folder.path().join("b.jpg").exists());
    let temporary = platform.wx(&["code", "create", "--json", "--temporary", "60", "--scene-id", "1"]).json();
    let temporary = temporary["ticket"].as_str().unwrap();
    platform
        .wx(&["code", "image", temporary, "--out", "c.jpg", "--print-safe"])
        .assert_sentence(2, "not safe to print");
}

#[test]
fn without_a_database_there_is_no_ledger() {
    let platform = Platform::start(Options::default());
    platform.wx(&["code", "list"]).assert_sentence(2, "there is no database wx.db");
    assert!(!platform.folder.path().join("wx.db").exists());
}
