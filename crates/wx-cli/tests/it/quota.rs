//! `wx quota`

use crate::platform::Platform;
use wx_sim::{AccountKind, Options};

#[test]
fn shows_what_is_used_and_left_and_when_it_begins_anew() {
    let platform = Platform::start(Options::deterministic().daily_limit("/cgi-bin/qrcode/create", 2));
    let create = ["code", "create", "--temporary", "60", "--scene-id", "1"];
    assert_eq!(platform.wx(&create).code, 0);
    let json = platform.wx(&["quota", "--json"]).json();
    let code = &json["calls"][0];
    assert_eq!(
        (&code["path"], &code["used"], &code["limit"], &code["left"]),
        (&"/cgi-bin/qrcode/create".into(), &1.into(), &2.into(), &1.into())
    );
    let left = json["resets_in"].as_i64().unwrap();
    assert!((1..=86_400).contains(&left), "{json}");
    assert_eq!((json["resets_at"].as_i64().unwrap() + 8 * 3600) % 86_400, 0, "midnight in Beijing");

    assert_eq!(platform.wx(&create).code, 0);
    assert_eq!(platform.wx(&create).code, 4, "45009: tomorrow");
    let people = platform.wx(&["quota"]);
    let table = people.stdout.split("\n\n").next().unwrap();
    insta::assert_snapshot!(table, @r"
    call 接口                           used 已用  limit 每日上限  left 剩余  note 备注
    /cgi-bin/qrcode/create                      2               2          0  used up 已用完
    /cgi-bin/stable_token                       5          500000     499995  10000 in 60 s
    /cgi-bin/token                              0            2000       2000
    /cgi-bin/user/info                          0         5000000    5000000
    /cgi-bin/user/info/batchget                 0         1000000    1000000
    /cgi-bin/user/get                           0             500        500
    /cgi-bin/tags/members/batchtagging          0         1000000    1000000
    /cgi-bin/message/custom/send                0          500000     500000
    /cgi-bin/shorten/gen                        0         1000000    1000000
    ");
    assert!(people.stdout.contains("begins anew at midnight in Beijing, in "), "{people:?}");
}

#[test]
fn a_call_that_the_account_may_not_make_is_a_line_among_others() {
    let platform = Platform::start(Options::deterministic().account_kind(AccountKind::Subscription));
    let all = platform.wx(&["quota"]);
    assert_eq!(all.code, 0, "{all:?}");
    assert!(all.stdout.contains("\n76022: "), "{all:?}");
    let one = platform.wx(&["quota", "/cgi-bin/user/info", "--json"]).json();
    assert_eq!((one["calls"].as_array().unwrap().len(), &one["calls"][0]["limit"]), (1, &5_000_000.into()));
    platform.wx(&["quota", "/cgi-bin/qrcode/create"]).assert_sentence(3, "76022");
    platform.wx(&["quota", "qrcode/create"]).assert_sentence(2, "name it by its path");
    platform.wx(&["quota", "/cgi-bin/token?secret=x"]).assert_sentence(2, "without a query");
}

#[test]
fn clears_one_call_or_all_and_asks_before() {
    let platform = Platform::start(Options::deterministic().daily_limit("/cgi-bin/qrcode/create", 1));
    let create = ["code", "create", "--temporary", "60", "--scene-id", "1"];
    let clear = |args: &[&str]| platform.wx(&[&["quota", "clear"], args].concat());
    for (args, a_month) in [
        (&["/cgi-bin/qrcode/create", "--yes"][..], "50"),
        (&["--all", "--yes"], "10"),
        (&["--all", "--by-secret", "--yes"], "10"),
    ] {
        assert_eq!(platform.wx(&create).code, 0, "{args:?}");
        assert_eq!(platform.wx(&create).code, 4, "{args:?}");
        let cleared = clear(args);
        assert_eq!(cleared.code, 0, "{cleared:?}");
        assert!(cleared.stdout.contains(&format!("allows {a_month} such clearings a month")), "{cleared:?}");
    }
    let before = platform.calls().len();
    clear(&["--all"])
        .assert_sentence(2, "uses one of 10 clearings a month; nobody can be asked here, so say --yes");
    clear(&[]).assert_sentence(2, "<PATH|--all>");
    clear(&["--all", "/cgi-bin/token", "--yes"]).assert_sentence(2, "cannot be used with");
    clear(&["everything", "--yes"]).assert_sentence(2, "name it by its path");
    assert_eq!(platform.calls().len(), before, "nothing was sent");

    let json = clear(&["--all", "--yes", "--json"]).json();
    assert_eq!((&json["cleared"], &json["a_month"]), (&"all".into(), &10.into()));
    for _ in 3..10 {
        assert_eq!(clear(&["--all", "--yes"]).code, 0);
    }
    clear(&["--all", "--yes"]).assert_sentence(3, "48006");
}

#[test]
fn explains_a_refused_request_without_its_secrets() {
    let platform = Platform::start(Options::deterministic().permanent_cap(0));
    let refused = platform.wx(&["code", "create", "--permanent", "--scene-id", "1"]);
    assert_eq!(refused.code, 3, "{refused:?}");
    let rid = refused.stderr.split("rid").nth(1).unwrap().trim_start_matches([':', ' ']);
    let rid: String = rid.chars().take_while(|c| c.is_ascii_hexdigit() || *c == '-').collect();
    let hidden = platform.wx(&["quota", "rid", &rid, "--json"]).json();
    assert!(hidden["response_body"].as_str().unwrap().contains("45029"), "{hidden}");
    assert_eq!(
        (&hidden["client_ip"], &hidden["request_body"]),
        (&"127.0.0.1".into(), &serde_json::Value::Null)
    );
    let all = platform.wx(&["quota", "rid", &rid, "--reveal"]);
    assert!(all.stdout.contains("QR_LIMIT_SCENE") && all.stdout.contains("2026-01-01 09:00:00"), "{all:?}");
    platform.wx(&["quota", "rid", "1-2-3"]).assert_sentence(3, "7600");
}
