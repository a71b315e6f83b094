//! `wx sim`

use crate::program::{Running, wx};
use std::net::TcpListener;

#[test]
fn says_where_it_is_and_how_to_use_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut sim = Running::start(folder.path(), &["sim", "--listen", "127.0.0.1:0", "--mode", "safe"], &[]);
    let line = sim.line();
    assert!(line.contains("http://127.0.0.1:") && line.contains("safe mode"), "{line}");
    assert!(sim.line().contains("WX_API_BASE=http://127.0.0.1:"));
}

#[test]
fn says_why_it_cannot_start() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    wx(&["sim", "--listen", &addr]).assert_sentence(1, &addr);
    wx(&["sim", "--mode", "open"]).assert_sentence(2, "plain");
    wx(&["sim", "--aes-key", "short"]).assert_sentence(2, "43 characters");
    wx(&["sim", "--callback", "https://127.0.0.1/wx"]).assert_sentence(2, "TLS");
}
