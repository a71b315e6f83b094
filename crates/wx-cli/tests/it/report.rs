//! `wx report`

use crate::program::{wx, wx_in};

const ACCOUNT: [(&str, &str); 1] = [("WX_APP_ID", "wx7a3f00c1d2e3b4a5")];

#[test]
fn prints_the_figures_of_a_demo_as_table_and_json() {
    let folder = tempfile::tempdir().unwrap();
    let demo = wx_in(folder.path(), &["demo", "--once", "--json", "--dir", "demo"], &[]).json();
    let report =
        |args: &[&str]| wx_in(folder.path(), &[&["report", "--db", "demo/demo.db"], args].concat(), &ACCOUNT);
    assert_eq!(report(&["--json"]).json()["rows"], demo["report"]);
    assert_eq!(report(&["--format", "json"]).json()["rows"], demo["report"]);
    let table = report(&[]).stdout;
    assert!(table.contains("Shop 42 门店") && table.contains("回流"), "{table}");
    let none = report(&["--json", "--to", "2001-01-01"]).json();
    assert!(none["rows"].as_array().unwrap().iter().all(|row| row["scans"] == 0), "{none}");
    report(&["--from", "2026-01-02", "--to", "2026-01-01"])
        .assert_sentence(2, "--from is a later day than --to");
    report(&["--from", "yesterday"]).assert_sentence(2, "yesterday");
}

#[test]
fn says_what_is_wrong_with_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let report = |path: &str| wx_in(folder.path(), &["report", "--db", path], &ACCOUNT);
    report("none.db").assert_sentence(2, "there is no database none.db");
    std::fs::write(folder.path().join("text.db"), "this is no database at all".repeat(400)).unwrap();
    report("text.db").assert_sentence(1, "text.db");
    wx_in(folder.path(), &["report"], &ACCOUNT).assert_sentence(2, "there is no database wx.db");
    wx(&["report"]).assert_sentence(2, "WX_APP_ID");
}
