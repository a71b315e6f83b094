//! `wx code`

use crate::program::{Running, wx, wx_in};

fn dry_run(args: &[&str]) -> crate::program::Run {
    wx(&[&["code", "create", "--dry-run", "--json"], args].concat())
}

#[test]
fn dry_run_prints_exactly_the_body_of_each_kind() {
    let body = |args: &[&str]| {
        let run = dry_run(args);
        assert_eq!(run.code, 0, "{run:?}");
        run.stdout
    };
    insta::assert_snapshot!(body(&["--temporary", "604800", "--scene-id", "4294967295"]), @r#"{"expire_seconds":604800,"action_name":"QR_SCENE","action_info":{"scene":{"scene_id":4294967295}}}"#);
    insta::assert_snapshot!(body(&["--temporary", "30d", "--scene-str", "login:7f3c"]), @r#"{"expire_seconds":2592000,"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"login:7f3c"}}}"#);
    insta::assert_snapshot!(body(&["--permanent", "--scene-id", "2026"]), @r#"{"action_name":"QR_LIMIT_SCENE","action_info":{"scene":{"scene_id":2026}}}"#);
    insta::assert_snapshot!(body(&["--permanent", "--scene-str", "store:SH-0117/desk 3"]), @r#"{"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene":{"scene_str":"store:SH-0117/desk 3"}}}"#);
    insta::assert_snapshot!(body(&["--permanent", "--scene-str", "门店"]), @r#"{"action_name":"QR_LIMIT_STR_SCENE","action_info":{"scene":{"scene_str":"门店"}}}"#);
}

#[test]
fn what_the_platform_would_refuse_is_refused_here() {
    let long = "x".repeat(65);
    let cases: [(&[&str], &str); 14] = [
        (&["--permanent", "--scene-id", "0"], "a permanent scene id is 1..=100000, not 0"),
        (&["--permanent", "--scene-id", "100001"], "a permanent scene id is 1..=100000, not 100001"),
        (&["--temporary", "60", "--scene-id", "0"], "a temporary scene id is 1..=4294967295, not 0"),
        (
            &["--temporary", "60", "--scene-id", "4294967296"],
            "a temporary scene id is 1..=4294967295, not 4294967296",
        ),
        (&["--permanent", "--scene-str", ""], "a scene text is 1..=64 bytes long, this one is empty"),
        (&["--temporary", "60", "--scene-str", &long], "a scene text is 1..=64 bytes long, this one has 65"),
        (
            &["--temporary", "0", "--scene-id", "1"],
            "a temporary code lives 1..=2592000 seconds (30 days), not 0",
        ),
        (&["--temporary", "2592001", "--scene-id", "1"], "(30 days), not 2592001"),
        (&["--temporary", "soon", "--scene-id", "1"], "a lifetime is a number of seconds"),
        (&["--permanent", "--temporary", "60", "--scene-id", "1"], "cannot be used with"),
        (&["--permanent", "60", "--scene-id", "1"], "unexpected argument '60'"),
        (&["--scene-id", "1"], "<--temporary <LIFETIME>|--permanent>"),
        (&["--permanent"], "<--scene-id <N>|--scene-str <S>>"),
        (&["--permanent", "--scene-id", "-7"], "a scene id is 1..=4294967295, permanent 1..=100000, not -7"),
    ];
    for (args, sentence) in cases {
        dry_run(args).assert_sentence(2, sentence);
    }
}

#[test]
fn creates_shows_and_downloads_against_the_simulator() {
    let folder = tempfile::tempdir().unwrap();
    let mut sim = Running::start(folder.path(), &["sim", "--json", "--listen", "127.0.0.1:0"], &[]);
    let base = sim.json()["base_url"].as_str().unwrap().to_owned();
    let env = [
        ("WX_API_BASE", base.as_str()),
        ("WX_APP_ID", "wx7a3f00c1d2e3b4a5"),
        ("WX_APP_SECRET", "00112233445566778899aabbccddeeff"),
    ];
    let wx = |args: &[&str]| wx_in(folder.path(), args, &env);

    let created =
        wx(&["code", "create", "--json", "--permanent", "--scene-str", "shop-042", "--channel", "门店 42"]);
    assert_eq!(created.code, 0, "{created:?}");
    let created = created.json();
    assert_eq!(
        (&created["action_name"], &created["scene"]),
        (&"QR_LIMIT_STR_SCENE".into(), &"shop-042".into())
    );
    let ticket = created["ticket"].as_str().unwrap();

    let shown = wx(&["code", "show-url", ticket]);
    assert_eq!(shown.stdout.trim(), created["show_url"].as_str().unwrap());
    let image = wx(&["code", "image", ticket, "--out", "code.jpg"]);
    assert_eq!(image.code, 0, "{image:?}");
    assert!(std::fs::read(folder.path().join("code.jpg")).unwrap().starts_with(&[0xFF, 0xD8, 0xFF]));
    wx(&["code", "image", "no-such-ticket", "--out", "no.jpg"])
        .assert_sentence(1, "no picture for this ticket");
    assert!(!folder.path().join("no.jpg").exists(), "an error page never becomes a picture");

    let report = wx(&["report", "--json"]).json();
    assert_eq!(report["rows"][0]["channel"], "门店 42", "the code is booked");

    let secret = [env[0], env[1], ("WX_APP_SECRET", "ffffffffffffffffffffffffffffffff")];
    let refused = wx_in(folder.path(), &["code", "create", "--permanent", "--scene-id", "1"], &secret);
    refused.assert_sentence(3, "40125");
    assert!(!refused.stderr.contains("ffffffff"), "{refused:?}");
}

#[test]
fn an_unreachable_platform_is_a_reason_to_try_later() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", taken.local_addr().unwrap());
    drop(taken);
    let folder = tempfile::tempdir().unwrap();
    let env =
        [("WX_API_BASE", base.as_str()), ("WX_APP_ID", "wx7a3f00c1d2e3b4a5"), ("WX_APP_SECRET", "canary42")];
    let run = wx_in(folder.path(), &["code", "create", "--permanent", "--scene-id", "1"], &env);
    run.assert_sentence(4, "connect");
    assert!(!run.stderr.contains("canary42"), "{run:?}");
}

#[test]
fn says_which_setting_is_missing() {
    wx(&["code", "create", "--permanent", "--scene-id", "1"]).assert_sentence(2, "WX_APP_ID");
    let env = [("WX_APP_ID", "wx7a3f00c1d2e3b4a5")];
    let folder = tempfile::tempdir().unwrap();
    wx_in(folder.path(), &["code", "create", "--permanent", "--scene-id", "1"], &env)
        .assert_sentence(2, "WX_APP_SECRET");
}

#[test]
fn draws_svg_png_and_in_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let url = "http://weixin.qq.com/q/02ZyXwVuTsRqP10000M03k";
    let wx = |args: &[&str]| wx_in(folder.path(), args, &[]);
    assert_eq!(wx(&["code", "render", url, "--out", "a.svg"]).code, 0);
    assert!(std::fs::read_to_string(folder.path().join("a.svg")).unwrap().contains("<svg"));
    assert_eq!(wx(&["code", "render", url, "--out", "a.png", "--size", "430"]).code, 0);
    assert!(std::fs::read(folder.path().join("a.png")).unwrap().starts_with(b"\x89PNG"));
    let terminal = wx(&["code", "render", url]);
    assert!(terminal.stdout.contains('█') && !terminal.stdout.contains('\x1b'), "{terminal:?}");
    wx(&["code", "render", url, "--out", "a.bmp"]).assert_sentence(2, "none of .svg, .png, .jpg and .pdf");
    wx(&["code", "render", "", "--out", "a.svg"]).assert_sentence(2, "text");
    wx(&["code", "render", url, "--out", "no/such/folder.svg"]).assert_sentence(1, "cannot write");
}
