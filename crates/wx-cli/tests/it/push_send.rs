//! `wx push send`: against `wx serve`, and against services that answer wrongly.

use crate::{
    program::{Run, Running, wx, wx_in},
    push_decode::sample,
};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Mutex},
    thread,
};
use wx_channel::{AccountId, Channel, ChannelName, Code, CodeStore};
use wx_model::{CreateRequest, CreateResponse, PermanentScene};
use wx_store::SqliteStore;

const KEY: &str = "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A";
const APP_ID: &str = "wx7a3f00c1d2e3b4a5";
const ENV: [(&str, &str); 3] = [("WX_APP_ID", APP_ID), ("WX_TOKEN", "ChannelToken2026"), ("WX_AES_KEY", KEY)];

#[tokio::main(flavor = "current_thread")]
async fn database(path: &Path) {
    let account = AccountId::from(APP_ID);
    let store = SqliteStore::open(path).unwrap();
    let name = ChannelName::new("Shop 42").unwrap();
    let channel = Channel::new(name.clone()).welcome("Welcome to shop 42!");
    store.put_channel(&account, &channel).await.unwrap();
    let request = CreateRequest::permanent(PermanentScene::str("shop-042").unwrap());
    let response: CreateResponse = serde_json::from_str(r#"{"ticket":"T"}"#).unwrap();
    store.put_code(&Code::new(account, &request, &response, 1).channel(name)).await.unwrap();
}

fn serve(folder: &Path, mode: &str) -> (Running, String) {
    let args = ["serve", "--json", "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0", "--mode", mode];
    let mut service = Running::start(folder, &args, &ENV);
    let url = service.json()["callback"].as_str().unwrap().to_owned();
    (service, url)
}

fn send(url: &str, args: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    wx_in(folder.path(), &[&["push", "send", url], args].concat(), &ENV)
}

#[test]
fn the_service_is_content_with_every_push_and_shows_the_channels_welcome() {
    for mode in ["plain", "compatible", "safe"] {
        let folder = tempfile::tempdir().unwrap();
        database(&folder.path().join("wx.db"));
        let (_service, url) = serve(folder.path(), mode);
        let send = |args: &[&str]| send(&url, &[args, &["--mode", mode, "--json"]].concat());

        let shown = send(&["--follow", "shop-042"]);
        let said = shown.json();
        assert_eq!(
            (shown.code, &said["verdict"], &said["status"]),
            (0, &"shown".into(), &200.into()),
            "{said}"
        );
        assert_eq!(said["encrypted"], mode != "plain", "{said}");
        assert!(said["reply"].as_str().unwrap().contains("<![CDATA[Welcome to shop 42!]]>"), "{said}");

        let file = sample("push_location_report.xml");
        for args in [&["--follow"][..], &["--scan", "shop-042"], &["--unfollow"], &["--text", "hi"], &[&file]]
        {
            let accepted = send(args);
            assert_eq!((accepted.code, &accepted.json()["verdict"]), (0, &"accepted".into()), "{accepted:?}");
        }
        let checked = send(&["--check"]);
        assert_eq!((checked.code, &checked.json()["verdict"]), (0, &"passed".into()), "{checked:?}");
    }
}

#[test]
fn the_service_refuses_what_does_not_agree_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let (_service, url) = serve(folder.path(), "safe");
    let cases = [
        &["--mode", "plain"][..],
        &["--mode", "safe", "--token", "Other"],
        &["--mode", "safe", "--app-id", "wx0"],
    ];
    for args in cases {
        let refused = send(&url, &[&["--unfollow", "--json"], args].concat());
        let said = refused.json();
        assert_eq!(
            (refused.code, &said["verdict"], &said["status"]),
            (1, &"refused".into(), &403.into()),
            "{said}"
        );
        assert!(said["reason"].as_str().unwrap().contains("do Token"), "{said}");
    }
    let checked = send(&url, &["--check", "--token", "Other"]);
    assert_eq!(checked.code, 1);
    assert!(checked.stdout.contains("failed"), "{checked:?}");
}

#[test]
fn the_shown_reply_is_shown_to_people() {
    let folder = tempfile::tempdir().unwrap();
    database(&folder.path().join("wx.db"));
    let (_service, url) = serve(folder.path(), "safe");
    let shown = send(&url, &["--follow", "shop-042", "--mode", "safe"]).stdout;
    for part in [
        "push     subscribe with EventKey qrscene_shop-042, from oTestFollower_wx_push_send_0 to gh_000000000000\n",
        "in safe mode to http://127.0.0.1:",
        "answer   status 200 after ",
        "verdict  shown 用户可见: a text “Welcome to shop 42!”\n",
        "\nreply (decrypted)\n<xml><ToUserName>",
        "\nraw answer\n<xml><Encrypt>",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

/// A service that answers the first request with the first answer, and so on; what it was asked.
struct Scripted {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    fn start(answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/callback", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            let mut silent = Vec::new();
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                seen.lock().unwrap().push(request(&stream));
                // The caller may have gone.
                let _ = stream.write_all(answer.as_bytes());
                if answer.is_empty() {
                    silent.push(stream);
                }
            }
            // Whoever was not answered waits until the listener ends with the test.
            drop(listener.accept());
        });
        Self { url, requests }
    }

    fn send(&self, args: &[&str]) -> Run {
        send(&self.url, args)
    }
}

/// The request line and the body.
fn request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).unwrap();
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    format!("{first}{}", String::from_utf8(body).unwrap())
}

fn http(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn reply(to: &str, from: &str, content: &str) -> String {
    format!(
        "<xml><ToUserName>{to}</ToUserName><FromUserName>{from}</FromUserName><CreateTime>1</CreateTime>\
         <MsgType>text</MsgType><Content>{content}</Content></xml>"
    )
}

#[test]
fn every_wrong_answer_is_named() {
    let good = |content: &str| reply("o1", "gh_1", content);
    let cases = [
        ("200 OK", String::new(), 0, "accepted", ""),
        ("200 OK", "success".to_owned(), 0, "accepted", ""),
        ("200 OK", good("hi"), 0, "shown", ""),
        ("200 OK", "SUCCESS".to_owned(), 1, "refused", "neither `success`, nor empty"),
        ("200 OK", "<html>ok</html>".to_owned(), 1, "refused", "the ToUserName of the reply"),
        ("200 OK", reply("gh_1", "o1", "hi"), 1, "refused", "swap the two names"),
        ("200 OK", good(" "), 1, "refused", "the Content of the reply is empty"),
        ("200 OK", good(&"a".repeat(2049)), 1, "refused", "at most 2048 bytes"),
        ("302 Found\r\nLocation: http://127.0.0.1:1/", String::new(), 1, "refused", "follows no redirect"),
        ("404 Not Found", String::new(), 1, "refused", "nothing is at this path"),
        ("500 Oops", "success".to_owned(), 1, "refused", "the status is 500, not 200"),
    ];
    for (status, body, code, verdict, reason) in cases {
        let service = Scripted::start(vec![http(status, &body)]);
        let run = service.send(&["--text", "hi", "--from", "o1", "--to", "gh_1", "--json"]);
        let said = run.json();
        assert_eq!((run.code, said["verdict"].as_str().unwrap()), (code, verdict), "{status} {body}: {said}");
        assert!(said["reason"].as_str().unwrap_or_default().contains(reason), "{status} {body}: {said}");
        assert_eq!(said["answer"], body);
        assert_eq!(service.requests.lock().unwrap().len(), 1, "redirects are not followed");
    }
}

#[test]
fn no_answer_is_late_or_broken() {
    let service = Scripted::start(vec![String::new()]);
    let run = service.send(&["--unfollow", "--timeout", "1", "--json"]);
    assert_eq!((run.code, &run.json()["verdict"]), (1, &"late".into()), "{run:?}");

    let broken = Scripted::start(vec![
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nabc".to_owned(),
    ]);
    let run = broken.send(&["--unfollow", "--json"]);
    assert_eq!((run.code, &run.json()["verdict"]), (1, &"broken".into()), "{run:?}");

    let huge = Scripted::start(vec!["HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n".to_owned()]);
    let run = huge.send(&["--unfollow", "--json"]);
    assert!(run.json()["reason"].as_str().unwrap().contains("larger than a mebibyte"), "{run:?}");

    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    for args in [&["--unfollow"][..], &["--check"]] {
        let run = send(&nobody, &[args, &["--json"]].concat());
        assert_eq!((run.code, &run.json()["status"]), (4, &serde_json::Value::Null), "{run:?}");
    }
    assert_eq!(send(&nobody, &["--unfollow"]).code, 4);
}

#[test]
fn the_platform_delivers_up_to_three_times_the_same_push_signed_anew() {
    let oops = || http("500 Oops", "");
    let service = Scripted::start(vec![oops(), oops(), http("200 OK", "success")]);
    let run = service.send(&["--text", "hi", "--as-platform", "--json"]);
    let said = run.json();
    let verdicts: Vec<_> = said["deliveries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|delivery| delivery["verdict"].as_str().unwrap())
        .collect();
    assert_eq!((run.code, verdicts), (0, vec!["refused", "refused", "accepted"]), "{said}");
    let requests = service.requests.lock().unwrap();
    let bodies: Vec<_> = requests.iter().map(|request| request.split_once("\r\n").unwrap().1).collect();
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:?}");
    let queries: Vec<_> = requests.iter().map(|request| request.split_once("\r\n").unwrap().0).collect();
    assert_ne!(queries[0], queries[1]);

    let service = Scripted::start(vec![oops(), oops(), oops()]);
    let run = service.send(&["--unfollow", "--as-platform"]);
    assert_eq!(run.code, 1);
    for part in ["delivery 1  status 500", "delivery 3  status 500", "该公众号提供的服务出现故障"]
    {
        assert!(run.stdout.contains(part), "{part}: {run:?}");
    }
    let once = Scripted::start(vec![http("200 OK", "success")]);
    assert_eq!(
        once.send(&["--unfollow", "--as-platform", "--json"]).json()["deliveries"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn the_check_wants_the_exact_bytes() {
    let echo = "a+b/c=1";
    let cases = [
        (echo.to_owned(), ""),
        (format!("{echo}\n"), "blanks or a line end"),
        (format!("\"{echo}\""), "quotation marks"),
        (format!("\u{feff}{echo}"), "byte order mark"),
        (format!("<p>{echo}</p>"), "other text stands around"),
        ("a b/c=1".to_owned(), "a + became a blank"),
        ("<html></html>".to_owned(), "a web page"),
        (String::new(), "the body is empty"),
        ("success".to_owned(), "another text"),
    ];
    for (body, reason) in cases {
        let service = Scripted::start(vec![http("200 OK", &body)]);
        let run = service.send(&["--check", "--echo", echo, "--json"]);
        let said = run.json();
        let passes = reason.is_empty();
        assert_eq!((run.code == 0, said["verdict"] == "passed"), (passes, passes), "{body:?}: {said}");
        assert!(said["reason"].as_str().unwrap_or_default().contains(reason), "{body:?}: {said}");
        assert!(service.requests.lock().unwrap()[0].contains("echostr=a%2Bb%2Fc%3D1"));
    }
}

#[test]
fn what_cannot_be_sent_says_why_and_sends_nothing() {
    let fails = |args: &[&str], part: &str| {
        let folder = tempfile::tempdir().unwrap();
        wx_in(folder.path(), &[&["push", "send"], args].concat(), &ENV).assert_sentence(2, part);
    };
    for url in ["127.0.0.1:8080/wx", "ftp://127.0.0.1/", "http://", "", "http://a b/"] {
        fails(&[url, "--unfollow"], "is no address");
    }
    let url = "http://127.0.0.1:1/";
    fails(&[url], "--follow");
    fails(&[url, "--unfollow", "--check"], "cannot be used with");
    fails(&[url, "--check", "--as-platform"], "cannot be used with");
    fails(&[url, "--unfollow", "--timeout", "0"], "--timeout");
    fails(&[url, "."], "cannot read .");
    fails(&[url, &sample("encrypted_push_envelope.xml")], "the body is encrypted");
    wx(&["push", "send", url, "--unfollow"]).assert_sentence(2, "WX_TOKEN");
}
