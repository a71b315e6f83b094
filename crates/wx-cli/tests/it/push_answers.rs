//! `wx push decode --db`: what the service would answer.

use crate::{
    program::{Run, wx_in},
    push_decode::sample,
};
use std::path::Path;
use wx_channel::{AccountId, Channel, ChannelName, Code, CodeStore};
use wx_model::{CreateRequest, CreateResponse, PermanentScene};
use wx_store::SqliteStore;

const APP_ID: &str = "wx7a3f00c1d2e3b4a5";

/// A database whose code 2026 belongs to a channel with that welcome for followers.
#[tokio::main(flavor = "current_thread")]
async fn database(path: &Path, welcome_back: &str) {
    let account = AccountId::from(APP_ID);
    let store = SqliteStore::open(path).unwrap();
    let name = ChannelName::new("Shop 42").unwrap();
    let channel = Channel::new(name.clone()).welcome_back(welcome_back);
    store.put_channel(&account, &channel).await.unwrap();
    let request = CreateRequest::permanent(PermanentScene::id(2026).unwrap());
    let response: CreateResponse = serde_json::from_str(r#"{"ticket":"T"}"#).unwrap();
    store.put_code(&Code::new(account, &request, &response, 1).channel(name)).await.unwrap();
}

fn decode(folder: &Path, name: &str, flags: &[&str]) -> Run {
    let file = sample(name);
    wx_in(folder, &[&["push", "decode", &file, "--db", "wx.db", "--app-id", APP_ID], flags].concat(), &[])
}

#[test]
fn the_reply_of_the_channel_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wx.db");
    database(&path, "Good to see you ]]> again");
    let answer = |name: &str| decode(folder.path(), name, &["--fields"]).json()["answer"].clone();

    let scan = answer("push_scan_int.xml");
    assert_eq!((&scan["channel"], &scan["text"]), (&"Shop 42".into(), &"Good to see you ]]> again".into()));
    let body = scan["body"].as_str().unwrap();
    assert!(
        body.starts_with("<xml><ToUserName><![CDATA[oK7tV5xA2bQm9Lr0PzYc3NdEfGhI]]></ToUserName>"),
        "{body}"
    );

    let follow = answer("push_subscribe_qr_int.xml");
    assert_eq!((&follow["channel"], &follow["body"]), (&"Shop 42".into(), &"success".into()));
    for name in ["push_scan_str.xml", "push_text.xml", "component_authorized.xml"] {
        let other = answer(name);
        assert_eq!(
            (&other["channel"], &other["body"]),
            (&serde_json::Value::Null, &"success".into()),
            "{name}"
        );
    }
    let people = decode(folder.path(), "push_scan_int.xml", &[]).stdout;
    assert!(
        people.contains("answer  the text of the channel Shop 42: \"Good to see you ]]> again\""),
        "{people}"
    );
}

#[test]
fn a_reply_that_cannot_be_sent_is_told() {
    let folder = tempfile::tempdir().unwrap();
    database(&folder.path().join("wx.db"), &"a".repeat(2049));
    let answer = &decode(folder.path(), "push_scan_int.xml", &["--fields"]).json()["answer"];
    assert_eq!(answer["body"], "success");
    assert!(answer["problem"].as_str().unwrap().contains("2048 bytes"), "{answer}");
}

#[test]
fn a_database_is_read_and_never_made() {
    let folder = tempfile::tempdir().unwrap();
    decode(folder.path(), "push_scan_int.xml", &[]).assert_sentence(2, "wx.db");
    assert!(!folder.path().join("wx.db").exists());
}

#[test]
fn the_database_of_the_configuration_is_asked_if_it_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let config =
        format!("app_id = \"{APP_ID}\"\ndatabase = \"store.db\"\n[callback]\ntoken = \"ChannelToken2026\"\n");
    std::fs::write(folder.path().join("wx.toml"), config).unwrap();
    let file = sample("push_scan_int.xml");
    let line = "\"POST /wx/callback?signature=3c46e7cb6eb86d24f20facec2436c3fcfd8e9e59&timestamp=1767229200\
                &nonce=918273645 HTTP/1.1\" 200 7";
    let args = ["push", "decode", &file, "--fields", "--from-config", "--query", line];
    let without = wx_in(folder.path(), &args, &[]);
    assert_eq!((without.code, without.json().get("answer")), (0, None), "{without:?}");
    assert!(without.stderr.contains("what would be answered is not known"), "{without:?}");
    assert!(!folder.path().join("store.db").exists());

    database(&folder.path().join("store.db"), "Hello again");
    let with = wx_in(folder.path(), &args, &[]);
    assert_eq!((with.json()["answer"]["text"].as_str(), with.stderr.as_str()), (Some("Hello again"), ""));
}
