//! `wx sim`

use crate::program::{Running, wx};
use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
};

#[test]
fn says_where_it_is_and_how_to_use_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut sim = Running::start(folder.path(), &["sim", "--listen", "127.0.0.1:0", "--mode", "safe"], &[]);
    let line = sim.line();
    assert!(line.contains("http://127.0.0.1:") && line.contains("safe mode"), "{line}");
    assert!(sim.line().contains("WX_API_BASE=http://127.0.0.1:"));
    let line = sim.line();
    assert!(line.contains("http://127.0.0.1:") && line.contains("/sim/console"), "{line}");
}

#[test]
fn plays_another_account_with_another_clock() {
    let folder = tempfile::tempdir().unwrap();
    let args = [
        "sim",
        "--json",
        "--listen",
        "127.0.0.1:0",
        "--account-kind",
        "subscription",
        "--stopped-at",
        "1767229200",
        "--allow-ip",
        "203.0.113.9",
        "--permanent-cap",
        "3",
        "--push-shape",
        "single-line",
        "--seed",
        "7",
        "--second-callback",
        "http://127.0.0.1:1/second",
    ];
    let mut sim = Running::start(folder.path(), &args, &[]);
    let base = serde_json::from_str::<serde_json::Value>(&sim.line()).unwrap()["base_url"].clone();
    assert_eq!(get(base.as_str().unwrap(), "/sim/clock"), serde_json::json!({ "now": 1_767_229_200 }));
    let options = get(base.as_str().unwrap(), "/sim/options");
    for (name, value) in [
        ("account_kind", serde_json::json!("subscription")),
        ("allow_list", serde_json::json!(["203.0.113.9"])),
        ("permanent_cap", serde_json::json!(3)),
        ("push_shape", serde_json::json!("single-line")),
        ("second_callback", serde_json::json!({ "url": "http://127.0.0.1:1/second", "mode": "plain" })),
    ] {
        assert_eq!(options[name], value, "{name}");
    }
}

#[test]
fn may_be_the_platform_alone() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["sim", "--json", "--listen", "127.0.0.1:0", "--no-control"];
    let mut sim = Running::start(folder.path(), &args, &[]);
    let base = serde_json::from_str::<serde_json::Value>(&sim.line()).unwrap()["base_url"].clone();
    assert_eq!(get(base.as_str().unwrap(), "/sim/clock")["errcode"], 40066);
}

/// The JSON behind an address of the simulator.
fn get(base: &str, path: &str) -> serde_json::Value {
    let host = base.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[test]
fn says_why_it_cannot_start() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    wx(&["sim", "--listen", &addr]).assert_sentence(1, &addr);
    wx(&["sim", "--mode", "open"]).assert_sentence(2, "plain");
    wx(&["sim", "--account-kind", "big"]).assert_sentence(2, "subscription");
    wx(&["sim", "--push-shape", "round"]).assert_sentence(2, "single-line");
    wx(&["sim", "--allow-ip", "everybody"]).assert_sentence(2, "IP address");
    wx(&["sim", "--second-callback", "https://127.0.0.1/wx"]).assert_sentence(2, "TLS");
    wx(&["sim", "--aes-key", "short"]).assert_sentence(2, "43 characters");
    wx(&["sim", "--callback", "https://127.0.0.1/wx"]).assert_sentence(2, "TLS");
}
