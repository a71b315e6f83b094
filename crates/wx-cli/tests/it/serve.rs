//! `wx serve`

use crate::program::{Running, wx_in};
use std::{
    collections::BTreeSet,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
};
use wx_channel::{AccountId, EventStore};

const ENV: [(&str, &str); 2] = [("WX_APP_ID", "wx7a3f00c1d2e3b4a5"), ("WX_TOKEN", "ChannelToken2026")];

fn serve(folder: &Path) -> (Running, SocketAddr) {
    let args = ["serve", "--json", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0"];
    let mut service = Running::start(folder, &args, &ENV);
    let url = service.json()["callback"].as_str().unwrap().to_owned();
    let addr = url.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/wx/callback")).unwrap();
    (service, addr.parse().unwrap())
}

/// One push by that person; the status and body of the answer, if one came.
fn push(addr: SocketAddr, person: usize) -> Option<String> {
    let signature = wx_crypto::signature(["ChannelToken2026", "1767229700", "42"]);
    let body = format!(
        "<xml><ToUserName>gh_3f9a1c77be20</ToUserName><FromUserName>o{person}</FromUserName>\
         <CreateTime>1767229600</CreateTime><MsgType>event</MsgType><Event>subscribe</Event></xml>"
    );
    let request = format!(
        "POST /wx/callback?signature={signature}&timestamp=1767229700&nonce=42 HTTP/1.1\r\nHost: wx\r\n\
         Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    raw(addr, &request)
}

fn raw(addr: SocketAddr, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(addr).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    (!answer.is_empty()).then_some(answer)
}

#[test]
fn whatever_was_answered_with_success_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = BTreeSet::new();
    for round in 0..5 {
        let (service, addr) = serve(folder.path());
        let senders: Vec<_> = (0..4)
            .map(|sender| {
                std::thread::spawn(move || {
                    let mine = (0..).map(|number| round * 1_000_000 + sender * 100_000 + number);
                    mine.map_while(|person| push(addr, person).map(|answer| (person, answer)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        // Killed in the middle of the work: as soon as some pushes are answered.
        for extra in 0..40 {
            assert!(push(addr, round * 1_000_000 + 900_000 + extra).is_some());
        }
        service.kill();
        for sender in senders {
            for (person, answer) in sender.join().unwrap() {
                if answer.ends_with("success") {
                    acknowledged.insert(format!("o{person}"));
                }
            }
        }
    }
    assert!(acknowledged.len() > 20, "{}", acknowledged.len());
    let stored = stored_people(&folder.path().join("wx.db"));
    let lost: Vec<_> = acknowledged.difference(&stored).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[tokio::main(flavor = "current_thread")]
async fn stored_people(path: &Path) -> BTreeSet<String> {
    let store = wx_store::SqliteStore::open(path).unwrap();
    let account = AccountId::from("wx7a3f00c1d2e3b4a5");
    let mut people = BTreeSet::new();
    let mut cursor = None;
    loop {
        let page = store.scan(&account, cursor, 1000).await.unwrap();
        people.extend(page.events.iter().map(|event| event.openid.to_string()));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(store.count(&account).await.unwrap(), people.len() as u64, "one row per push");
    people
}

#[test]
fn says_why_it_cannot_start() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str], env: &[(&str, &str)]| wx_in(folder.path(), &[&["serve"], args].concat(), env);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    run(&["--listen", &addr], &ENV)
        .assert_sentence(1, &format!("cannot listen on {addr}: another program uses it"));
    run(&["--listen", "here"], &ENV).assert_sentence(2, "invalid value 'here'");
    run(&["--db", "no/such/folder/wx.db"], &ENV).assert_sentence(1, "no/such/folder/wx.db");
    run(&["--db", "."], &ENV).assert_sentence(1, "database");
    run(&[], &ENV[..1]).assert_sentence(2, "WX_TOKEN");
    run(&[], &[]).assert_sentence(2, "WX_APP_ID");
    run(&["--mode", "safe"], &ENV).assert_sentence(2, "WX_AES_KEY");
    run(&["--mode", "safe", "--aes-key", "short"], &ENV).assert_sentence(2, "43 characters, this one has 5");
    let key = "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A";
    run(&["--mode", "safe", "--aes-key", key, "--previous-aes-key", "short"], &ENV)
        .assert_sentence(2, "the previous key: an EncodingAESKey has 43 characters");
    run(&["--mode", "open"], &ENV).assert_sentence(2, "plain, compatible or safe");
    run(&["--path", "wx callback"], &ENV).assert_sentence(2, "a callback path starts with /");
}

/// While Token and key are exchanged, pushes of before and after are taken, each answered in its own secrets.
#[test]
fn pushes_under_the_previous_secrets_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let old = "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A";
    let new = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    std::fs::write(folder.path().join("old"), old).unwrap();
    let config =
        "[callback]\nmode = \"safe\"\nprevious_token = \"OldToken\"\nprevious_aes_key_file = \"old\"\n";
    std::fs::write(folder.path().join("wx.toml"), config).unwrap();
    let env = [&ENV[..], &[("WX_AES_KEY", new)]].concat();
    let args = ["serve", "--json", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0"];
    let mut service = Running::start(folder.path(), &args, &env);
    let url = service.json()["callback"].as_str().unwrap().to_owned();
    let send = |token: &str, key: &str| {
        let secrets = ["--mode", "safe", "--token", token, "--aes-key", key, "--app-id", ENV[0].1];
        wx_in(Path::new("."), &[&["push", "send", &url, "--unfollow"], &secrets[..]].concat(), &[]).code
    };
    assert_eq!([send("ChannelToken2026", new), send("OldToken", old), send("OldToken", new)], [0, 0, 0]);
    assert_eq!([send("Other", new), send("OldToken", &new.to_lowercase())], [1, 1]);
}

#[test]
fn another_body_under_a_remembered_nonce_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let args =
        ["serve", "--json", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0", "--nonce-memory", "10"];
    let mut service = Running::start(folder.path(), &args, &ENV);
    let url = service.json()["callback"].as_str().unwrap().to_owned();
    let addr = url.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/wx/callback")).unwrap();
    let addr: SocketAddr = addr.parse().unwrap();
    assert!(push(addr, 1).unwrap().ends_with("success"));
    assert!(push(addr, 1).unwrap().ends_with("success"), "a retry");
    assert!(push(addr, 2).unwrap().starts_with("HTTP/1.1 403"));
}

/// A log that cannot be written must not take the service with it.
#[cfg(target_os = "linux")]
#[test]
fn serves_although_its_log_is_full() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["-vv", "serve", "--json", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0"];
    let mut service = Running::start_deaf(folder.path(), &args, &ENV);
    let url = service.json()["callback"].as_str().unwrap().to_owned();
    let addr = url.strip_prefix("http://").and_then(|rest| rest.strip_suffix("/wx/callback")).unwrap();
    let addr: SocketAddr = addr.parse().unwrap();
    let refused = raw(addr, "POST /wx/callback HTTP/1.1\r\nHost: wx\r\nContent-Length: 0\r\n\r\n").unwrap();
    assert!(refused.starts_with("HTTP/1.1 403"), "{refused}");
    assert!(push(addr, 1).unwrap().ends_with("success"));
}
