//! The commands that call the platform, in all its weathers.

use super::witness::{TOKENS, Witness};
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
    &["code", "create", "--permanent", "--scene-str", "shop-042", "--channel", "门店 42"];
const REPLACE_TOKEN: &[&str] = &["token", "refresh", "--force"];
const CLEAR_BY_SECRET: &[&str] = &["quota", "clear", "--all", "--by-secret", "--yes", "--json"];
const DOCTOR: &[&str] = &["doctor", "--json"];
const COMMANDS: [&[&str]; 11] = [
    CREATE_CODE,
    &["code", "create", "--temporary", "60", "--scene-id", "7", "--json"],
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

/// Nothing comes, until the program gives up.
#[test]
fn a_silent_platform_is_told_no_secret_about() {
    let mut witness = Witness::start();
    witness.platform.simulator.inject(Fault::timeout().on(CREATE)).unwrap();
    let run = witness.wx(CREATE_CODE);
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
