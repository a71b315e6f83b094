//! `wx token` and the settings of the access token.

use crate::{platform::Platform, program::wx_in};
use serde_json::{Value, json};
use wx_sim::Options;

fn shown(platform: &Platform, args: &[&str]) -> Value {
    let run = platform.wx(&[&["token", "show", "--json"], args].concat());
    assert_eq!(run.code, 0, "{run:?}");
    run.json()
}

#[test]
fn shows_the_stable_token_by_its_fingerprint_only() {
    let platform = Platform::start(Options::deterministic());
    let hidden = shown(&platform, &[]);
    assert_eq!(
        hidden["source"],
        json!({"from": "platform", "kind": "stable", "store": null, "mirror": null})
    );
    assert_eq!((&hidden["state"], &hidden["token"]["access_token"]), (&"present".into(), &Value::Null));
    let left = hidden["token"]["expires_in"].as_u64().unwrap();
    assert!((1..=7200).contains(&left), "{hidden}");
    let revealed = shown(&platform, &["--reveal"]);
    let token = revealed["token"]["access_token"].as_str().unwrap();
    assert_eq!(hidden["token"]["fingerprint"], revealed["token"]["fingerprint"], "nobody's token was ended");
    let people = platform.wx(&["token", "show"]);
    assert!(!people.stdout.contains(token), "{people:?}");
    for part in ["account wx7a3f00c1d2e3b4a5", "source  stable token", "来源    平台稳定版", ", lives "]
    {
        assert!(people.stdout.contains(part), "{part}: {people:?}");
    }
}

/// To look at it must not end it for others.
#[test]
fn a_classic_token_that_nobody_keeps_is_not_fetched_to_be_shown() {
    let platform = Platform::start(Options::deterministic());
    let shown = shown(&platform, &["--token-kind", "classic"]);
    assert_eq!((&shown["state"], &shown["token"]), (&"not_kept".into(), &Value::Null));
    platform
        .wx(&["token", "refresh", "--token-kind", "classic"])
        .assert_sentence(2, "ends that of all other programs within 5 minutes; say --force");
    assert_eq!(platform.calls(), [""; 0]);
    let forced = platform.wx(&["token", "refresh", "--json", "--force", "--token-kind", "classic"]);
    assert_eq!((forced.code, &forced.json()["done"]), (0, &"renewed".into()), "{forced:?}");
    assert_eq!(platform.calls().len(), 1);
}

#[test]
fn a_stable_token_is_replaced_by_force_only_and_every_30_s_only() {
    let platform = Platform::start(Options::deterministic());
    let refresh = |args: &[&str]| platform.wx(&[&["token", "refresh", "--json"], args].concat());
    let asked = refresh(&[]).json();
    assert_eq!(asked["done"], "asked");
    let replaced = refresh(&["--force"]).json();
    assert_eq!(replaced["done"], "replaced");
    assert_ne!(replaced["token"]["fingerprint"], asked["token"]["fingerprint"]);
    let too_soon = refresh(&["--force"]);
    assert_eq!((too_soon.code, &too_soon.json()["done"]), (4, &"no_other_now".into()), "{too_soon:?}");
    assert_eq!(too_soon.json()["token"]["fingerprint"], replaced["token"]["fingerprint"]);
    platform.simulator.advance(30).unwrap();
    assert_eq!(refresh(&["--force"]).json()["done"], "replaced");
}

#[test]
fn a_store_is_shared_shown_and_refreshed() {
    let platform = Platform::start(Options::deterministic());
    let store = ["--token-store", "sqlite:tokens.db"];
    let classic = [&["--token-kind", "classic"], &store[..]].concat();
    let empty = shown(&platform, &classic);
    assert_eq!((&empty["state"], &empty["token"]), (&"none".into(), &Value::Null));
    assert_eq!(empty["source"]["store"], "SQLite tokens.db");

    let refresh =
        |args: &[&str]| platform.wx(&[&["token", "refresh", "--json"], &classic[..], args].concat());
    let first = refresh(&["--force"]).json();
    assert_eq!((&first["done"], &first["before"]), (&"renewed".into(), &Value::Null));
    let kept = refresh(&[]).json();
    assert_eq!(
        (&kept["done"], &kept["token"]["fingerprint"]),
        (&"kept".into(), &first["token"]["fingerprint"])
    );
    let replaced = refresh(&["--force"]).json();
    assert_eq!(
        (&replaced["done"], &replaced["before"]["fingerprint"]),
        (&"replaced".into(), &first["token"]["fingerprint"])
    );
    assert_eq!(shown(&platform, &classic)["token"]["fingerprint"], replaced["token"]["fingerprint"]);
    assert_eq!(platform.calls().len(), 2, "two tokens were fetched: {:?}", platform.calls());

    let code = [&["code", "create", "--temporary", "60", "--scene-id", "1"], &classic[..]].concat();
    assert_eq!(platform.wx(&code).code, 0);
    assert_eq!(platform.calls().len(), 3, "the code took the token of the store: {:?}", platform.calls());
}

/// All processes with one store make ten refreshes at once, and one more each minute.
#[test]
fn forced_refreshes_keep_to_the_budget_of_the_store() {
    let platform = Platform::start(Options::deterministic());
    let args =
        ["token", "refresh", "--json", "--force", "--token-kind", "classic", "--token-store", "sqlite:t.db"];
    let mut runs = (0..100).map(|_| platform.wx(&args)).skip_while(|run| run.code == 0);
    let refused = runs.next().expect("a hundred take less than ninety minutes");
    assert_eq!((refused.code, &refused.json()["done"]), (4, &"no_other_now".into()), "{refused:?}");
    assert!(platform.calls().len() >= 10, "{:?}", platform.calls());
}

#[test]
fn a_fixed_token_needs_no_secret() {
    let platform = Platform::start(Options::deterministic());
    let revealed = shown(&platform, &["--reveal"]);
    let token = revealed["token"]["access_token"].as_str().unwrap();
    let base = platform.simulator.base_url();
    let env =
        [("WX_API_BASE", base.as_str()), ("WX_APP_ID", wx_sim::DEFAULT_APP_ID), ("WX_ACCESS_TOKEN", token)];
    let run = |args: &[&str]| wx_in(platform.folder.path(), args, &env);
    let code = run(&["code", "create", "--temporary", "60", "--scene-id", "1", "--json"]);
    assert_eq!(code.code, 0, "{code:?}");
    let shown = run(&["token", "show", "--json"]);
    assert_eq!(
        (&shown.json()["source"]["from"], &shown.json()["token"]["expires"]),
        (&"fixed".into(), &Value::Null)
    );
    assert!(!shown.stdout.contains(token));
    run(&["token", "refresh"]).assert_sentence(2, "is renewed by whoever fetched it");
}

#[test]
fn a_refused_account_is_named_with_cause_and_remedy() {
    let platform = Platform::start(Options::deterministic());
    let wrong = [("WX_APP_SECRET", "ffffffffffffffffffffffffffffffff")];
    platform.wx_with(&["token", "show"], &wrong).assert_sentence(3, "40125");
}

#[test]
fn the_file_names_a_source_and_flags_name_another() {
    let platform = Platform::start(Options::deterministic());
    let file = "[access_token]\nservice = \"http://127.0.0.1:1/token\"\nservice_secret = \"canary\"\n";
    crate::platform::write(platform.folder.path(), "wx.toml", file);
    let unreachable = platform.wx(&["token", "show"]);
    unreachable.assert_sentence(4, "the token service");
    assert!(!unreachable.stderr.contains("canary"), "{unreachable:?}");
    assert_eq!(shown(&platform, &["--token-kind", "stable"])["source"]["from"], "platform");
    assert_eq!(shown(&platform, &["--token-store", "sqlite:t.db"])["source"]["store"], "SQLite t.db");
}

#[test]
fn settings_that_cannot_be_are_refused_before_anything_is_sent() {
    let platform = Platform::start(Options::deterministic());
    let cases: [(&[&str], &str); 12] = [
        (&["--token-kind", "old"], "possible values: stable, classic"),
        (&["--token-store", "tokens.db"], "is written sqlite:FILE"),
        (&["--token-store", "mysql://wx:canary@host/"], "is written sqlite:FILE"),
        (
            &["--token-store", "postgres://wx:canary@host:port/"],
            "the address of the PostgreSQL server is not valid",
        ),
        (&["--token-store", "redis://:canary@host:port/"], "the address of the Redis server is not valid"),
        (&["--token-store", "redis://host/", "--token-kind", "classic"], "Redis may lose a token"),
        (&["--token-mirror", "redis://host/"], "give --token-store too"),
        (&["--token-mirror-layout", "default"], "give --token-mirror"),
        (
            &["--token-mirror", "redis://host/", "--token-mirror-layout", "easywechat"],
            "\"easywechat\" is no layout of a mirror",
        ),
        (
            &["--token-service", "ftp://host/"],
            "the token service: a base address starts with http:// or https://",
        ),
        (&["--access-token", "canary", "--token-service", "http://host/"], "leave one of them out"),
        (&["--access-token", "canary", "--token-kind", "stable"], "is of no kind and in no store"),
    ];
    for (args, sentence) in cases {
        let run = platform.wx(&[&["token", "show"], args].concat());
        run.assert_sentence(2, sentence);
        assert!(!run.stderr.contains("canary"), "{run:?}");
    }
    assert_eq!(platform.calls(), [""; 0]);
    platform.wx(&["token", "show", "--token-store", "sqlite:no/such/folder/t.db"]).assert_sentence(1, "t.db");
}
