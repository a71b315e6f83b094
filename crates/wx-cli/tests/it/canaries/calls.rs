//! The commands that call the platform, in all its weathers.

use super::witness::{TOKENS, Witness};
use crate::platform::write;
use wx_sim::Fault;

const CREATE: &str = "/cgi-bin/qrcode/create";
const TOKEN_CALLS: [&str; 2] = ["/cgi-bin/stable_token", "/cgi-bin/token"];
const OTHER_CALLS: [&str; 5] = [
    CREATE,
    "/cgi-bin/showqrcode",
    "/cgi-bin/openapi/quota/get",
    "/cgi-bin/openapi/rid/get",
    "/cgi-bin/clear_quota",
];

const CREATE_CODE: &[&str] =
    &["code", "create", "--temporary", "60", "--scene-id", "7", "--channel", "门店 42", "--json"];
/// The ledger has it created once, and asks for it no more.
const CREATE_PERMANENT: &[&str] = &["code", "create", "--permanent", "--scene-str", "shop-042"];
const REPLACE_TOKEN: &[&str] = &["token", "refresh", "--force"];
const CLEAR_BY_SECRET: &[&str] = &["quota", "clear", "--all", "--by-secret", "--yes", "--json"];
const DOCTOR: &[&str] = &["doctor", "--json"];
const COMMANDS: [&[&str]; 11] = [
    CREATE_CODE,
    CREATE_PERMANENT,
    &["code", "image", "gQGcanary", "--out", "code.jpg"],
    &["token", "show"],
    &["token", "refresh", "--json"],
    REPLACE_TOKEN,
    &["quota", CREATE],
    &["quota", "rid", "6a1b2c3d-0a1b2c3d-00000001"],
    &["quota", "clear", CREATE, "--yes"],
    CLEAR_BY_SECRET,
    DOCTOR,
];

/// How the platform may be: refused tokens, an address that is not allowed, pages and halves in place of answers.
fn weathers() -> Vec<Fault> {
    let codes = [42001, 40001, 40164, 40125].map(Fault::errcode);
    let answers = [
        Fault::html(),
        Fault::cut_json(),
        Fault::reset(),
        Fault::redirect("http://127.0.0.1:9/?access_token=x"),
        Fault::status(502),
    ];
    codes.into_iter().chain(answers).collect()
}

#[test]
fn calls_in_all_weathers_tell_no_secret() {
    let mut witness = Witness::start();
    for command in COMMANDS {
        witness.wx(command);
        witness.wx(&[command, &["-vv"]].concat());
    }
    for fault in weathers() {
        for (paths, commands) in [
            (&TOKEN_CALLS[..], &[CREATE_CODE, REPLACE_TOKEN, CLEAR_BY_SECRET, DOCTOR][..]),
            (&OTHER_CALLS, &COMMANDS),
        ] {
            for command in commands {
                for path in paths {
                    witness.platform.simulator.inject(fault.clone().on(*path)).unwrap();
                }
                witness.wx(command);
            }
        }
    }
    witness.reveal(&[], &[]);
    witness.found_nothing(&[
        "DEBUG",
        "wx_call",
        "got an access_token",
        "40164",
        "42001",
        "门店 42",
        "ticket",
    ]);
}

/// Files, pictures and lists are written, and some rows fail.
#[test]
fn a_batch_and_its_ledger_tell_no_secret() {
    let mut witness = Witness::start();
    let rows = (1..=20).map(|number| format!("shop-{number},门店 42,30d\n"));
    write(witness.folder(), "plan.csv", &format!("scene,channel,lifetime\n{}", rows.collect::<String>()));
    let batch =
        ["code", "batch", "plan.csv", "--out", "calm", "--manifest", "calm.xlsx", "--zip", "calm.zip"];
    assert_eq!(witness.wx(&batch).code, 0);
    for file in ["calm/shop-7.png", "calm.xlsx", "calm.zip"] {
        assert!(witness.folder().join(file).exists(), "{file}");
    }
    for (number, fault) in weathers().into_iter().enumerate() {
        let (out, manifest) = (number.to_string(), ["a.csv", "a.json", "a.xlsx"][number % 3]);
        witness.platform.simulator.inject(fault.clone().on(CREATE).times(3)).unwrap();
        witness.wx(&["code", "batch", "plan.csv", "--out", &out, "--manifest", manifest]);
        for command in [
            &["code", "list"][..],
            &["code", "list", "--format", "json"],
            &["code", "list", "--format", "csv"],
            &["code", "renew", "--expiring", "40d", "--json"],
            &["code", "retire", "--scene-str", "shop-7"],
        ] {
            witness.platform.simulator.inject(fault.clone().on(CREATE)).unwrap();
            witness.wx(command);
        }
    }
    witness.reveal(&[], &[]);
    witness.found_nothing(&["wx_call", "40164", "shop-7", "门店 42"]);
}

/// Nothing comes, until the program gives up.
#[test]
fn a_silent_platform_is_told_no_secret_about() {
    let mut witness = Witness::start();
    witness.platform.simulator.inject(Fault::timeout().on(CREATE)).unwrap();
    let run = witness.wx(CREATE_PERMANENT);
    assert_eq!(run.code, 1, "{run:?}");
    witness.found_nothing(&["wx_call", "it is not known whether the platform created the code"]);
}

#[test]
fn a_token_stands_in_its_store_only() {
    let mut witness = Witness::start();
    let store = format!("sqlite:{TOKENS}");
    for kind in ["stable", "classic"] {
        let source = ["--token-store", &store, "--token-kind", kind];
        for command in [REPLACE_TOKEN, &["token", "show"], CREATE_CODE, DOCTOR] {
            witness.wx(&[command, &source].concat());
        }
        witness.reveal(&source, &[]);
        for fault in weathers() {
            witness.platform.simulator.inject(fault.on(CREATE).times(2)).unwrap();
            witness.wx(&[CREATE_CODE, &source].concat());
            witness.reveal(&source, &[]);
        }
    }
    let stored = std::fs::read(witness.folder().join(TOKENS)).unwrap();
    assert!(witness.sees(&stored), "the control: it is in the store, and seen there");
    witness.found_nothing(&["SQLite tokens.db", "fingerprint"]);
}
