//! `wx push sign`

use crate::{
    program::{Run, wx, wx_in},
    push_decode::sample,
};

const TOKEN: &str = "ChannelToken2026";
const KEY: &str = "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A";
const SECRETS: [&str; 6] = ["--token", TOKEN, "--aes-key", KEY, "--app-id", "wx7a3f00c1d2e3b4a5"];
const STAMP: [&str; 4] = ["--timestamp", "1767229200", "--nonce", "918273645"];

fn sign(args: &[&str]) -> Run {
    let run = wx(&[&["push", "sign"], args, &SECRETS, &STAMP].concat());
    assert_eq!(run.code, 0, "{run:?}");
    for secret in [TOKEN, KEY] {
        assert!(!run.stdout.contains(secret) && !run.stderr.contains(secret), "{run:?}");
    }
    run
}

/// What `wx push decode` says about what was signed.
fn decoded(signed: &serde_json::Value, flags: &[&str]) -> serde_json::Value {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("body"), signed["body"].as_str().unwrap()).unwrap();
    let mode = signed["mode"].as_str().unwrap();
    let query = signed["query"].as_str().unwrap();
    let args = ["push", "decode", "body", "--fields", "--mode", mode, "--query", query];
    wx_in(folder.path(), &[&args[..], &SECRETS[..4], flags].concat(), &[]).json()
}

#[test]
fn what_is_signed_opens_in_every_mode() {
    for mode in ["plain", "compatible", "safe"] {
        for (name, class) in [
            ("push_subscribe_qr_str.xml", "follow_via_qr"),
            ("push_text.xml", "message"),
            ("push_json_style_subscribe_msg_sent_event.json", "other_event"),
        ] {
            let signed = sign(&[&sample(name), "--mode", mode, "--json"]).json();
            let decoded = decoded(&signed, &["--app-id", "wx7a3f00c1d2e3b4a5"]);
            assert_eq!(
                (&decoded["verified"], &decoded["class"]),
                (&true.into(), &class.into()),
                "{mode} {name}"
            );
            assert_eq!(decoded["encrypted"], mode != "plain", "{mode} {name}");
        }
    }
}

#[test]
fn time_and_nonce_make_it_the_same_every_time() {
    let args = [&sample("push_subscribe_qr_int.xml")[..], "--mode", "safe", "--json"];
    let signed = sign(&args).json();
    assert_eq!(signed, sign(&args).json());
    let stamp = "signature=3c46e7cb6eb86d24f20facec2436c3fcfd8e9e59&timestamp=1767229200&nonce=918273645&";
    assert!(signed["query"].as_str().unwrap().starts_with(stamp), "{signed}");
    let chance = |()| wx(&[&["push", "sign"], &args[..], &SECRETS].concat()).json();
    let [one, other] = [(); 2].map(chance);
    assert_ne!(one["nonce"], other["nonce"]);
    assert_ne!(one["body"], other["body"]);
}

#[test]
fn a_third_party_platform_has_its_own_appid() {
    let file = sample("component_verify_ticket.xml");
    let component = "wx9cExampleComp0001";
    let signed = sign(&[&file, "--component-app-id", component, "--json"]).json();
    assert_eq!(signed["mode"], "safe");
    assert!(
        signed["body"].as_str().unwrap().starts_with("<xml><AppId><![CDATA[wx9cExampleComp0001]]></AppId>")
    );
    assert_eq!(decoded(&signed, &["--app-id", component])["fields"]["InfoType"], "component_verify_ticket");
}

#[test]
fn pushes_are_made_up() {
    let body = |args: &[&str]| sign(&[args, &["--only", "body"]].concat()).stdout;
    insta::assert_snapshot!(
        [
            body(&["--follow", "shop-042"]),
            body(&["--follow"]),
            body(&["--scan", "2026", "--ticket", "T", "--from", "o1", "--to", "gh_1"]),
            body(&["--unfollow"]),
            body(&["--text", "a ]]> & <b>"]),
        ]
        .concat(),
        @r"
    <xml><ToUserName><![CDATA[gh_000000000000]]></ToUserName><FromUserName><![CDATA[oTestFollower_wx_push_send_0]]></FromUserName><CreateTime>1767229200</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event><EventKey><![CDATA[qrscene_shop-042]]></EventKey><Ticket><![CDATA[gQTestTicket_of_wx_push_send]]></Ticket></xml>
    <xml><ToUserName><![CDATA[gh_000000000000]]></ToUserName><FromUserName><![CDATA[oTestFollower_wx_push_send_0]]></FromUserName><CreateTime>1767229200</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event><EventKey><![CDATA[]]></EventKey></xml>
    <xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1767229200</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[SCAN]]></Event><EventKey><![CDATA[2026]]></EventKey><Ticket><![CDATA[T]]></Ticket></xml>
    <xml><ToUserName><![CDATA[gh_000000000000]]></ToUserName><FromUserName><![CDATA[oTestFollower_wx_push_send_0]]></FromUserName><CreateTime>1767229200</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[unsubscribe]]></Event><EventKey><![CDATA[]]></EventKey></xml>
    <xml><ToUserName><![CDATA[gh_000000000000]]></ToUserName><FromUserName><![CDATA[oTestFollower_wx_push_send_0]]></FromUserName><CreateTime>1767229200</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[a ]]]]><![CDATA[> & <b>]]></Content><MsgId>17672292008273645</MsgId></xml>
    "
    );
    for scene in ["", &"a".repeat(65), "a\u{1}"] {
        let run = wx(&[&["push", "sign", "--scan", scene], &SECRETS[..]].concat());
        assert_eq!((run.code, run.stdout.is_empty()), (2, true), "{scene:?} {run:?}");
    }
}

#[test]
fn the_account_of_the_configuration_is_addressed() {
    let folder = tempfile::tempdir().unwrap();
    let config =
        "[callback]\ntoken = \"ChannelToken2026\"\noriginal_id = \"gh_3f9a1c77be20\"\ntime_window = 1\n";
    std::fs::write(folder.path().join("wx.toml"), config).unwrap();
    let body = wx_in(folder.path(), &["push", "sign", "--unfollow", "--only", "body"], &[]).stdout;
    assert!(body.contains("<ToUserName><![CDATA[gh_3f9a1c77be20]]></ToUserName>"), "{body}");
}

#[test]
fn the_check_of_the_address_is_signed() {
    let signed = sign(&["--echo", "5577006791947779410", "--json"]).json();
    assert_eq!(
        signed["query"],
        "signature=3c46e7cb6eb86d24f20facec2436c3fcfd8e9e59&echostr=5577006791947779410&timestamp=1767229200&nonce=918273645"
    );
    assert_eq!(
        (&signed["body"], &signed["echostr"]),
        (&serde_json::Value::Null, &"5577006791947779410".into())
    );
}

/// The shell hands curl exactly the address and the body, whatever stands in them.
#[cfg(unix)]
#[test]
fn the_curl_line_is_ready_for_a_shell() {
    let line = |args: &[&str]| sign(&[args, &["--only", "curl"]].concat()).stdout;
    let words = |line: &str| {
        let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{line}");
        let output = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.split_terminator('\0').map(str::to_owned).collect::<Vec<_>>()
    };
    let text = "it's $HOME `x` \\ \"q\"\nnew line";
    let push = words(&line(&["--text", text, "--url", "http://127.0.0.1:9/a?b=c"]));
    assert_eq!(push[..4], ["-sS", "-H", "Content-Type: text/xml", "--data-binary"]);
    assert!(push[4].contains(text), "{push:?}");
    assert!(push[5].starts_with("http://127.0.0.1:9/a?b=c&signature="), "{push:?}");
    let check = words(&line(&["--echo", "1"]));
    assert_eq!((check.len(), check[0].as_str()), (2, "-sS"));
}

#[test]
fn everything_is_shown_to_people() {
    let shown = sign(&["--follow", "shop-042", "--mode", "safe"]).stdout;
    let headings: Vec<_> = shown.lines().filter(|line| !line.is_empty() && line.len() < 40).collect();
    assert_eq!(headings, ["query", "body (safe mode, 606 bytes)", "curl"], "{shown}");
}

#[test]
fn what_cannot_be_signed_says_why() {
    let fails = |args: &[&str], part: &str| wx(&[&["push", "sign"], args].concat()).assert_sentence(2, part);
    fails(&["--unfollow"], "WX_TOKEN");
    fails(&["--token", "t"], "--follow");
    fails(&["--unfollow", "--token", "t", "--mode", "safe"], "WX_AES_KEY");
    fails(&["--unfollow", "--token", "t", "--mode", "safe", "--aes-key", "short"], "43 characters");
    fails(&["--unfollow", "--token", "t", "--mode", "safe", "--aes-key", KEY], "WX_APP_ID");
    fails(&["none.xml", "--token", "t"], "cannot read none.xml");
    fails(&["--unfollow", "--text", "a", "--token", "t"], "cannot be used with");
    fails(&["--unfollow", "--nonce", "4294967296", "--token", "t"], "--nonce");
    let envelope = sample("encrypted_push_envelope.xml");
    fails(&[&[envelope.as_str()], &SECRETS[..]].concat(), "the body is encrypted");
}
