//! `wx demo`

use crate::program::{Running, wx_in};

#[test]
fn runs_the_whole_loop_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let run = wx_in(folder.path(), &["demo", "--once", "--json", "--dir", "demo"], &[]);
    assert_eq!(run.code, 0, "{run:?}");
    let demo = run.json();
    let codes = demo["codes"].as_array().unwrap();
    let kinds: Vec<&str> = codes.iter().map(|code| code["action_name"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE", "QR_SCENE", "QR_STR_SCENE"]);
    for code in codes {
        let picture = folder.path().join(code["image_path"].as_str().unwrap());
        assert!(std::fs::read(picture).unwrap().starts_with(&[0xFF, 0xD8, 0xFF]), "{code}");
        assert!(code["url"].as_str().unwrap().starts_with("http://weixin.qq.com/q/"), "{code}");
        assert!(!code["ticket"].as_str().unwrap().is_empty(), "{code}");
    }
    let number = |name: &str| demo[name].as_u64().unwrap();
    assert_eq!(number("stored"), number("pushes_sent"));
    assert_eq!(number("deliveries"), number("pushes_sent") + number("answers_lost") + number("duplicates"));
    assert!(number("people") >= 200 && number("answers_lost") > 20 && number("duplicates") > 20, "{demo}");
    let rows = demo["report"].as_array().unwrap();
    let sum = |name: &str| rows.iter().map(|row| row[name].as_i64().unwrap()).sum::<i64>();
    assert_eq!(sum("new_followers"), 240, "every person follows for the first time once");
    assert!(sum("returning") > 5 && sum("lost") > 20, "{demo}");
    assert_eq!(sum("net"), sum("new_followers") + sum("returning") - sum("lost"));
    assert_eq!(rows.iter().filter(|row| row["source"] == "channel").count(), 4);
}

#[test]
fn stays_with_its_dashboard_until_it_is_told_to_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = Running::start(folder.path(), &["demo", "--dir", "demo"], &[]);
    let mut text = String::new();
    while !text.contains("dashboard") {
        let line = demo.line();
        assert!(!line.is_empty(), "ended: {text}");
        text.push_str(&line);
    }
    for part in
        ["simulator", "QR_LIMIT_STR_SCENE", "stored", "Station poster", "█", "http://weixin.qq.com/q/"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let address = text.split("http://").last().unwrap().trim().trim_end_matches('/');
    assert!(std::net::TcpStream::connect(address).is_ok(), "{address}");
}

#[test]
fn does_not_mix_with_an_earlier_demo() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("demo")).unwrap();
    std::fs::write(folder.path().join("demo/demo.db"), "").unwrap();
    wx_in(folder.path(), &["demo", "--once", "--json", "--dir", "demo"], &[])
        .assert_sentence(2, "holds an earlier demo; name another folder");
}
