//! `wx code verify`

use crate::{
    platform::Platform,
    program::{wx, wx_in},
};
use std::fs;
use wx_sim::Options;

#[test]
fn a_booked_code_is_known_by_its_picture() {
    let platform = Platform::start(Options::default());
    let wx = |args: &[&str]| platform.wx(args);
    let args = [
        "code",
        "create",
        "--temporary",
        "30d",
        "--scene-str",
        "desk-3",
        "--channel",
        "门店 42",
        "--db",
        "wx.db",
    ];
    let created = wx(&[&args[..], &["--json"]].concat()).json();
    let (url, ticket) = (created["url"].as_str().unwrap(), created["ticket"].as_str().unwrap());
    // The platform's own picture, and one of ours.
    assert_eq!(wx(&["code", "image", ticket, "--out", "theirs.jpg"]).code, 0);
    assert_eq!(wx(&["code", "render", url, "--preset", "dots", "--out", "ours.png"]).code, 0);

    let verified = wx(&["code", "verify", "theirs.jpg", "ours.png", "--db", "wx.db", "--json"]);
    assert_eq!(verified.code, 0, "{verified:?}");
    for file in verified.json().as_array().unwrap() {
        let code = &file["codes"][0];
        assert_eq!((&code["text"], &code["kind"]), (&url.into(), &"platform".into()), "{file}");
        assert_eq!(code["read_by"], serde_json::json!(["rqrr", "rxing"]), "{file}");
        let booked = &code["booked"];
        assert_eq!((&booked["scene"], &booked["channel"]), (&"desk-3".into(), &"门店 42".into()));
        assert_eq!((&booked["expires"], &booked["expired"]), (&created["expires"], &false.into()));
    }
    let words = wx(&["code", "verify", "ours.png"]);
    for part in [
        "a url of the platform",
        "channel 门店 42",
        "QR_STR_SCENE with scene desk-3",
        "expires in ",
        " days, 20",
    ] {
        assert!(words.stdout.contains(part), "{words:?}");
    }
    assert_eq!(verified.json()[0]["codes"][0]["booked"]["state"], "created");
    assert_eq!(wx(&["code", "retire", "--scene-str", "desk-3", "--db", "wx.db"]).code, 0);
    let retired = wx(&["code", "verify", "ours.png"]);
    assert!(retired.stdout.contains("RETIRED 20"), "{retired:?}");
    assert!(retired.stdout.contains("whoever scans it still comes to you"), "{retired:?}");
    let other = "http://weixin.qq.com/q/02ZyXwVuTsRqP10000M03k";
    assert_eq!(wx(&["code", "render", other, "--out", "other.png"]).code, 0);
    let unknown = wx(&["code", "verify", "other.png"]);
    assert!(unknown.stdout.contains("not in the ledger"), "{unknown:?}");
    // Nobody said that a file of this name is a database.
    std::fs::write(platform.folder.path().join("wx.db"), "something else").unwrap();
    let without = wx(&["code", "verify", "ours.png", "--json"]);
    assert_eq!(without.json()[0]["codes"][0].get("booked"), None);
    assert_eq!(wx(&["code", "verify", "ours.png", "--db", "wx.db"]).code, 1);
}

#[test]
fn other_texts_are_said_to_be_no_codes_of_the_platform() {
    let folder = tempfile::tempdir().unwrap();
    let kind = |text: &str| {
        assert_eq!(wx_in(folder.path(), &["code", "render", text, "--out", "a.png"], &[]).code, 0);
        let verified = wx_in(folder.path(), &["code", "verify", "a.png", "--json"], &[]);
        verified.json()[0]["codes"][0]["kind"].as_str().unwrap().to_owned()
    };
    assert_eq!(kind("http://weixin.qq.com/q/02ZyXwVuTsRqP10000M03"), "altered", "21 characters");
    assert_eq!(kind("http://weixin.qq.com/q/02ZyXwVuTsRqP10000M03k"), "platform");
    assert_eq!(kind("https://weixin.qq.com/q/02ZyXwVuTsRqP10000M03k"), "altered");
    assert_eq!(kind("https://example.com/"), "other");
}

#[test]
fn what_cannot_be_read_is_said_for_each_file() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("page.png", b"<html>not found</html>");
    write("cut.jpg", &[0xff, 0xd8, 0xff, 0xe0]);
    let good = wx_in(folder.path(), &["code", "render", "x", "--out", "good.png"], &[]);
    assert_eq!(good.code, 0, "{good:?}");
    let run = wx_in(
        folder.path(),
        &["code", "verify", "page.png", "cut.jpg", "none.png", "good.png", "--json"],
        &[],
    );
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("in 3 of 4 files there is no code"), "{run:?}");
    let files = run.json();
    let error = |at: usize| files[at]["error"].as_str().unwrap_or_default().to_owned();
    assert!(error(0).contains("looks like a web page"), "{files}");
    assert!(error(1).contains("damaged"), "{files}");
    assert!(error(2).contains("cannot read the file"), "{files}");
    assert_eq!(files[3]["codes"][0]["text"], "x");
    wx(&["code", "verify"]).assert_sentence(2, "<FILE>");
}

#[test]
fn a_folder_stands_for_its_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let wx = |args: &[&str]| wx_in(folder.path(), args, &[]);
    fs::create_dir_all(folder.path().join("海报/empty")).unwrap();
    for (text, file) in [("二", "海报/门店 2.png"), ("一", "海报/门店 1.JPG")] {
        assert_eq!(wx(&["code", "render", text, "--out", file]).code, 0);
    }
    fs::write(folder.path().join("海报/manifest.csv"), "scene").unwrap();
    let run = wx(&["code", "verify", "海报", "--json"]);
    assert_eq!(run.code, 0, "{run:?}");
    let files = run.json();
    let row =
        |at: usize| (files[at]["file"].as_str().unwrap(), files[at]["codes"][0]["text"].as_str().unwrap());
    assert_eq!([row(0), row(1)], [("海报/门店 1.JPG", "一"), ("海报/门店 2.png", "二")]);
    assert_eq!(files.as_array().unwrap().len(), 2);
    assert!(wx(&["code", "verify", "海报"]).stdout.starts_with("海报/门店 1.JPG\n  一\n"));
    wx(&["code", "verify", "海报/empty"]).assert_sentence(2, "there is no picture");
}
