use super::{get, post, record};
use http::{HeaderValue, header};
use std::error::Error;
use wx_transport::{Answer, Recording, Redaction, ReplayTransport, Transport, TransportErrorKind};

async fn sample() -> Recording {
    let mut create = post("/create?access_token=76_real", r#"{"action_name":"QR_SCENE", "token": "short"}"#);
    create.headers_mut().insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer 0123456789abcdef"));
    let exchanges = vec![
        (
            get("/token?appid=wx1&secret=s3cr3t%2B1"),
            Answer::json(r#"{"access_token":"76_real","expires_in":7200}"#),
        ),
        (create, Answer::json(r#"{ "ticket": "gQH", "note": "for 76_real, s3cr3t+1", "openid": "oAnna" }"#)),
        (get("/picture"), Answer::bytes("image/jpeg", &b"\xFF\xD8"[..])),
        (get("/page"), Answer::bytes("text/html", "<html>")),
        (get("/slow"), Answer::from(TransportErrorKind::NoAnswer)),
    ];
    record(Redaction::default().hide("openid").keep("ticket"), exchanges).await
}

#[tokio::test]
async fn a_recording_reads_well() {
    insta::assert_snapshot!("recording", sample().await.to_text().unwrap());
}

#[tokio::test]
async fn files_are_written_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json");
    let recording = sample().await;
    recording.save(&path).unwrap();
    recording.save(&path).unwrap();
    let again = Recording::open(&path).unwrap();
    assert_eq!(again.to_text().unwrap(), recording.to_text().unwrap());
    assert_eq!(again.len(), 5);

    for error in [
        Recording::open(folder.path().join("none.json")).unwrap_err(),
        recording.save(folder.path().join("none/a.json")).unwrap_err(),
    ] {
        assert!(error.to_string().contains("none") && error.source().is_some(), "{error}");
    }
}

#[test]
fn what_is_no_recording_of_this_version_is_refused() {
    for (text, expected) in [
        ("", "this is no recording of requests; record it again"),
        ("[]", "this is no recording of requests; record it again"),
        (r#"{"exchanges":[]}"#, "this is no recording of requests; record it again"),
        (r#"{"version":"1","exchanges":[]}"#, "this is no recording of requests; record it again"),
        (r#"{"version":1}"#, "this is no recording of requests; record it again"),
        (
            r#"{"version":1,"redaction":{},"exchanges":[{}]}"#,
            "this is no recording of requests; record it again",
        ),
        (
            r#"{"version":2,"anything":"else"}"#,
            "the recording has version 2, and version 1 is read here; record it again",
        ),
        (
            r#"{"version":0,"exchanges":[]}"#,
            "the recording has version 0, and version 1 is read here; record it again",
        ),
    ] {
        assert_eq!(Recording::from_text(text).unwrap_err().to_string(), expected, "{text}");
    }
    let deep = format!(r#"{{"version":1,"redaction":{{}},"exchanges":{}"#, "[".repeat(100_000));
    assert!(Recording::from_text(&deep).is_err());
}

/// People may change the files, and make mistakes.
#[tokio::test]
async fn wrong_entries_are_errors() {
    let exchange = |url: &str, outcome: &str| {
        let text = format!(
            r#"{{"version":1,"redaction":{{}},"exchanges":[{{"request":{{"method":"GET","url":"{url}"}},"outcome":{outcome}}}]}}"#
        );
        ReplayTransport::new(Recording::from_text(&text).unwrap())
    };
    let ok = r#"{"answer":{"status":200}}"#;
    exchange("https://api.test/a", ok).send(get("/a")).await.unwrap();
    for (url, outcome) in [
        ("", ok),
        ("no url", ok),
        ("/a", ok),
        ("https://api.test/a", r#"{"answer":{"status":9999}}"#),
        ("https://api.test/a", r#"{"answer":{"status":200,"headers":["a b: c"]}}"#),
        ("https://api.test/a", r#"{"answer":{"status":200,"body":{"base64":"?"}}}"#),
        ("https://api.test/a", r#"{"error":"unheard of"}"#),
    ] {
        let error = exchange(url, outcome).send(get("/a")).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Other, "{url} {outcome}");
        assert!(error.source().is_some());
    }
}
