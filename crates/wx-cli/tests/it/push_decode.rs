//! `wx push decode`

use crate::program::{Run, wx};
use serde_json::Value;
use std::path::PathBuf;

pub(crate) fn sample(name: &str) -> String {
    let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../wx-events/tests/fixtures");
    let folders = ["pushes", "envelopes"].map(|folder| fixtures.join(folder).join(name));
    folders.into_iter().find(|path| path.exists()).unwrap().to_str().unwrap().to_owned()
}

fn fields(name: &str, args: &[&str]) -> Run {
    let file = sample(name);
    wx(&[&["push", "decode", &file, "--fields"], args].concat())
}

const QUERY: &str = "signature=3c46e7cb6eb86d24f20facec2436c3fcfd8e9e59&timestamp=1767229200&nonce=918273645\
                     &openid=oK7tV5xA2bQm9Lr0PzYc3NdEfGhI&encrypt_type=aes\
                     &msg_signature=4ea68114bed40263e8386263caa1ec10ba13b97e";

fn opened(name: &str, mode: &str, change: (&str, &str)) -> Run {
    let mut args = vec![
        ("--mode", mode),
        ("--token", "ChannelToken2026"),
        ("--aes-key", "Q1JDb2RlUHJvdG9jb2xSZWZlcmVuY2UyMDI2RGVtb0A"),
        ("--app-id", "wx7a3f00c1d2e3b4a5"),
        ("--query", QUERY),
    ];
    for arg in &mut args {
        if arg.0 == change.0 {
            arg.1 = change.1;
        }
    }
    fields(name, &args.iter().flat_map(|(name, value)| [*name, *value]).collect::<Vec<_>>())
}

#[test]
fn prints_every_field_of_a_push() {
    insta::assert_json_snapshot!(fields("push_subscribe_qr_str_with_inner_prefix.xml", &[]).json(), @r#"
    {
      "class": "follow_via_qr",
      "create_time": 1767229200,
      "encrypted": false,
      "event": "subscribe",
      "event_key": "qrscene_qrscene_x_qrscene_9",
      "fields": {
        "CreateTime": "1767229200",
        "Event": "subscribe",
        "EventKey": "qrscene_qrscene_x_qrscene_9",
        "FromUserName": "oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ",
        "MsgType": "event",
        "Ticket": "gQEX8DwAAAAAAAAAAS5odHRwOi8vd2VpeGluLnFxLmNvbS9xLzAyYUIza0xtTm9QcVIxMDAwMGcwN1oAAgQ8uVVpAwQAAAAA",
        "ToUserName": "gh_3f9a1c77be20"
      },
      "from_user": "oK7tV5yB8nWs4Jk1RuTe6MaXcVbZ",
      "msg_id": null,
      "msg_type": "event",
      "outcome": "ok",
      "scene": "qrscene_x_qrscene_9",
      "ticket": "gQEX8DwAAAAAAAAAAS5odHRwOi8vd2VpeGluLnFxLmNvbS9xLzAyYUIza0xtTm9QcVIxMDAwMGcwN1oAAgQ8uVVpAwQAAAAA",
      "to_user": "gh_3f9a1c77be20",
      "verified": false
    }
    "#);
}

#[test]
fn tells_the_classes_apart() {
    let cases = [
        ("push_subscribe_qr_int.xml", "follow_via_qr", Value::from("2026")),
        ("push_subscribe_plain.xml", "follow", Value::Null),
        ("push_subscribe_empty_eventkey_and_ticket.xml", "follow", Value::Null),
        ("push_subscribe_last_trade_no.xml", "follow", Value::Null),
        ("push_unsubscribe.xml", "unfollow", Value::Null),
        ("push_scan_lowercase_event.xml", "scan", Value::from("2026")),
        ("push_scan_zero.xml", "scan", Value::from("0")),
        ("push_menu_click.xml", "other_event", Value::Null),
        ("push_unknown_event.xml", "other_event", Value::Null),
        ("component_authorized.xml", "other_event", Value::Null),
        ("push_text.xml", "message", Value::Null),
        ("push_image.xml", "message", Value::Null),
    ];
    for (name, class, scene) in cases {
        let decoded = fields(name, &[]).json();
        assert_eq!((&decoded["class"], &decoded["scene"]), (&class.into(), &scene), "{name}");
    }
    let popup = fields("push_subscribe_msg_popup_event.xml", &[]).json();
    assert_eq!(popup["fields"]["SubscribeMsgPopupEvent.List[1].TemplateId"], "TPL_EXAMPLE_0002");
    let scan = fields("push_scancode_push.xml", &[]).json();
    assert_eq!(scan["fields"]["ScanCodeInfo.ScanType"], "qrcode");
    assert_eq!(fields("push_text.xml", &[]).json()["msg_id"], "24900000000000117");
}

#[test]
fn verifies_and_decrypts_with_the_callback_configuration() {
    for (name, mode) in [("encrypted_push_envelope.xml", "safe"), ("compat_mode_push.xml", "compatible")] {
        let decoded = opened(name, mode, ("", "")).json();
        assert_eq!(decoded["outcome"], "ok", "{decoded}");
        assert_eq!((&decoded["verified"], &decoded["encrypted"]), (&true.into(), &true.into()));
        assert_eq!(decoded["scene"], "2026");
    }
    let plain = ["--token", "ChannelToken2026", "--query", QUERY];
    assert_eq!(fields("push_scan_int.xml", &plain).json()["verified"], true);
}

#[test]
fn says_at_which_step_a_push_fails() {
    let envelope = "encrypted_push_envelope.xml";
    let cases = [
        (opened(envelope, "safe", ("--token", "AnotherToken")), -40001, "signature"),
        (opened(envelope, "safe", ("--app-id", "wx0000000000000000")), -40005, "app_id"),
        (
            opened(envelope, "safe", ("--aes-key", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")),
            -40007,
            "decrypt",
        ),
        (opened("push_scan_int.xml", "safe", ("", "")), -40002, "find_encrypt"),
    ];
    for (run, code, step) in cases {
        assert_eq!(run.code, 1, "{run:?}");
        let problem = run.json();
        assert_eq!((&problem["outcome"], &problem["code"]), (&"error".into(), &code.into()), "{problem}");
        assert_eq!(problem["step"], step, "{problem}");
        assert!(problem["message"].as_str().unwrap().len() > 20, "{problem}");
    }
}

#[test]
fn a_body_that_is_no_push_is_an_outcome_and_a_missing_file_is_not() {
    let folder = tempfile::tempdir().unwrap();
    for body in ["", "hello", "<xml>", "<xml></xml>", "\u{0}", "<!DOCTYPE a><xml/>"] {
        let file = folder.path().join("push.xml");
        std::fs::write(&file, body).unwrap();
        let run = wx(&["push", "decode", file.to_str().unwrap(), "--fields"]);
        assert_eq!((run.code, &run.json()["outcome"]), (1, &"error".into()), "{body:?}");
        let run = wx(&["push", "decode", file.to_str().unwrap()]);
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.is_empty()), (1, "", false), "{body:?}");
    }
    wx(&["push", "decode", "none.xml", "--fields"]).assert_sentence(2, "cannot read none.xml");
    let safe = ["push", "decode", "x", "--token", "t", "--mode", "safe"];
    wx(&safe).assert_sentence(2, "cannot read x");
}

#[test]
fn explains_to_people() {
    let file = sample("push_scan_str.xml");
    let run = wx(&["push", "decode", &file]);
    for part in
        ["SCAN", "not verified", "scene   store:SH-0117/desk 3", "fields", "2026-01-01 09:06:50 Beijing time"]
    {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
}
