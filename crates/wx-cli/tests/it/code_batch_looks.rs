//! How the pictures of `wx code batch` look.

use crate::platform::{Platform, write};
use std::{collections::BTreeMap, fs, path::Path};
use wx_channel::{AccountId, Code, CodeStore};
use wx_model::{CreateRequest, CreateResponse, PermanentScene};
use wx_sim::{DEFAULT_APP_ID, Options};
use wx_store::SqliteStore;

const PLAN: &str = "scene,channel,caption\nt-1,hall,Table 1\nt-2,hall,Table 2\nt-3,terrace,\n";

/// The lines of a manifest by their scene.
fn manifest(folder: &Path, name: &str) -> BTreeMap<String, serde_json::Value> {
    let lines: Vec<serde_json::Value> =
        serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap();
    lines.into_iter().map(|line| (line["scene"].as_str().unwrap().to_owned(), line)).collect()
}

/// Each picture is the one that `wx code render` draws of this url with this text, and says that url.
#[test]
fn each_code_is_drawn_with_the_look_and_the_text_of_its_row() {
    let platform = Platform::start(Options::default());
    let folder = platform.folder.path();
    write(folder, "plan.csv", PLAN);
    write(folder, "my.toml", "preset = \"ocean\"\nlevel = \"Q\"\n");
    let look = ["--style", "my.toml", "--size", "600"];
    let args = ["code", "batch", "plan.csv", "--out", "out", "--manifest", "m.json", "--caption"];
    let run = platform.wx(&[&args[..], &["{channel}\\n{caption}"], &look].concat());
    assert_eq!(run.code, 0, "{run:?}");
    let lines = manifest(folder, "m.json");
    for (scene, caption) in [("t-1", "hall\nTable 1"), ("t-2", "hall\nTable 2"), ("t-3", "terrace\n")] {
        let line = &lines[scene];
        let (url, file) = (line["url"].as_str().unwrap(), line["file"].as_str().unwrap());
        let render = ["code", "render", url, "--caption", caption, "--out", "same.png"];
        assert_eq!(platform.wx(&[&render[..], &look].concat()).code, 0);
        let path = format!("out/{file}");
        assert!(
            fs::read(folder.join(&path)).unwrap() == fs::read(folder.join("same.png")).unwrap(),
            "{scene}"
        );
        let read = platform.wx(&["code", "verify", "--json", &path]).json();
        assert_eq!(read[0]["codes"][0]["text"], url, "{read}");
    }
}

#[test]
fn captions_of_the_plan_stand_under_the_codes_by_themselves() {
    let platform = Platform::start(Options::default());
    let folder = platform.folder.path();
    write(folder, "plan.csv", PLAN);
    let run = platform.wx(&[
        "code",
        "batch",
        "plan.csv",
        "--out",
        "out",
        "--names",
        "{scene}.svg",
        "--manifest",
        "m.json",
    ]);
    assert_eq!(run.code, 0, "{run:?}");
    let lines = manifest(folder, "m.json");
    assert_eq!((&lines["t-2"]["caption"], &lines["t-2"]["file"]), (&"Table 2".into(), &"t-2.svg".into()));
    let url = lines["t-2"]["url"].as_str().unwrap();
    platform.wx(&["code", "render", url, "--caption", "Table 2", "--out", "same.svg"]);
    assert!(fs::read(folder.join("out/t-2.svg")).unwrap() == fs::read(folder.join("same.svg")).unwrap());
    // A static text wins, and says so.
    let run = platform.wx(&["code", "batch", "plan.csv", "--out", "out", "--caption", "Scan me"]);
    assert!(run.code == 0 && run.stderr.contains("put {caption} into the text"), "{run:?}");
}

#[test]
fn every_format_is_written_as_its_name_says() {
    let platform = Platform::start(Options::default());
    write(platform.folder.path(), "plan.csv", "scene,file\nshop,front door.jpeg\n");
    let starts: [(&str, &[u8]); 4] =
        [("svg", b"<svg"), ("png", b"\x89PNG"), ("jpg", b"\xff\xd8\xff"), ("pdf", b"%PDF")];
    for (format, start) in starts {
        let args = ["code", "batch", "plan.csv", "--out", "out", "--format", format, "--manifest", "m.xlsx"];
        let run = platform.wx(&args);
        assert_eq!(run.code, 0, "{run:?}");
        let has_none = run.stderr.contains("m.xlsx has no pictures in its cells");
        assert_eq!(has_none, ["svg", "pdf"].contains(&format), "{run:?}");
        let bytes = fs::read(platform.folder.path().join(format!("out/front door.{format}"))).unwrap();
        assert!(bytes.starts_with(start), "{format}");
    }
}

/// Whatever no picture could be drawn with is said before anything is sent.
#[test]
fn a_look_that_cannot_be_is_refused_before_anything_is_sent() {
    let platform = Platform::start(Options::default());
    let folder = platform.folder.path();
    write(folder, "plan.csv", PLAN);
    write(folder, "bare.csv", "scene\na\n");
    write(folder, "glyph.csv", "scene,caption\na,A\nb,B\u{2fffe}\n");
    write(folder, "long.csv", &format!("scene,caption\na,short\nb,{}\n", "too long ".repeat(20)));
    write(folder, "pale.toml", "[colors]\ndark = \"#ccc\"\n");
    let logo =
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>"#;
    write(folder, "logo.svg", logo);
    write(folder, "large.toml", "[logo]\nfile = \"logo.svg\"\nsize = 40\nmargin = 4\n");
    let cases: [(&str, &[&str], &str); 16] = [
        ("bare.csv", &["--caption", "{ticket}"], "{scene}, {channel}, {line} and {caption}"),
        ("bare.csv", &["--caption", "{caption}"], "no row of the plan has anything in a column caption"),
        ("bare.csv", &["--style", "pale.toml"], "too low, 1.6:1, at least 3:1 is needed"),
        ("bare.csv", &["--style", "large.toml"], "the logo is too large"),
        ("bare.csv", &["--style", "nowhere.toml"], "cannot read nowhere.toml"),
        ("bare.csv", &["--preset", "oceann"], "did you mean \"ocean\"?"),
        ("bare.csv", &["--font", "a.ttf"], "--font is for a caption"),
        ("bare.csv", &["--size", "9px"], "pixels"),
        ("bare.csv", &["--names", "{scene}.svg", "--format", "png"], "--format says png"),
        ("bare.csv", &["--format", "gif"], "there are svg, png, jpg and pdf"),
        ("bare.csv", &["--sheet", "40x60"], "do not fit on the sheet"),
        ("bare.csv", &["--sheet", "4x6", "--size", "60mm"], "60.0 x 60.0 mm"),
        ("bare.csv", &["--official", "--preset", "ocean"], "--official"),
        ("bare.csv", &["--prove", "some"], "write `all`"),
        ("glyph.csv", &[], "line 3: no font of this system has"),
        ("long.csv", &[], "line 3: the caption is too long"),
    ];
    for (plan, look, sentence) in cases {
        let run = platform.wx(&[&["code", "batch", plan, "--out", "out"], look].concat());
        run.assert_sentence(2, sentence);
    }
    assert_eq!(platform.calls(), Vec::<String>::new());
    assert!(!folder.join("out").exists() && !folder.join("wx.db").exists(), "nothing was begun");
}

#[test]
fn sheets_are_written_in_the_order_of_the_plan() {
    let platform = Platform::start(Options::default());
    let folder = platform.folder.path();
    let args = ["code", "batch", "1..9", "--out", "out", "--sheet", "2x2", "--paper", "A5", "--json"];
    let run = platform.wx(&[&args[..], &["--no-pictures"]].concat());
    assert_eq!((run.code, &run.json()["pages"]), (0, &3.into()), "{run:?}");
    let sheet = fs::read(folder.join("out/sheet.pdf")).unwrap();
    assert!(sheet.starts_with(b"%PDF") && !folder.join("out/1.png").exists());
    // The same sheet as the one of the same urls.
    let run = platform.wx(&[&args[..], &["--manifest", "m.json", "--zip", "all.zip"]].concat());
    assert_eq!(run.code, 0, "{run:?}");
    assert!(folder.join("out/9.png").exists());
    let lines = manifest(folder, "m.json");
    let urls = (1..=9).map(|scene| lines[&scene.to_string()]["url"].as_str().unwrap());
    let render = ["code", "render", "--sheet", "2x2", "--paper", "A5", "--out", "same.pdf"];
    assert_eq!(platform.wx(&render.into_iter().chain(urls).collect::<Vec<_>>()).code, 0);
    let again = fs::read(folder.join("out/sheet.pdf")).unwrap();
    assert!(sheet == again && sheet == fs::read(folder.join("same.pdf")).unwrap());
    let zip = zip::ZipArchive::new(fs::File::open(folder.join("all.zip")).unwrap()).unwrap();
    assert!(zip.file_names().any(|name| name.unwrap() == "sheet.pdf"));
}

/// What stands there as it would be drawn now is left as it is; with another look, or of another code, it is drawn anew.
#[cfg(unix)]
#[test]
fn a_run_that_goes_on_keeps_the_pictures_that_are_right() {
    use std::os::unix::fs::MetadataExt;
    let platform = Platform::start(Options::default());
    let folder = platform.folder.path();
    write(folder, "plan.csv", "scene\na\nb\n");
    let args = ["code", "batch", "plan.csv", "--out", "out", "--names", "{line}", "--resume", "--preset"];
    let files = || ["out/2.png", "out/3.png"].map(|file| fs::metadata(folder.join(file)).unwrap().ino());
    let wx = |look: &[&str]| assert_eq!(platform.wx(&[&args[..], look].concat()).code, 0);
    wx(&["ocean"]);
    let first = files();
    wx(&["ocean"]);
    assert_eq!(files(), first, "the same files");
    let bytes = fs::read(folder.join("out/2.png")).unwrap();
    wx(&["ink"]);
    assert!(fs::read(folder.join("out/2.png")).unwrap() != bytes, "another look");
    let ink = fs::read(folder.join("out/2.png")).unwrap();
    fs::write(folder.join("out/3.png"), "half of").unwrap();
    write(folder, "plan.csv", "scene\nb\na\n");
    wx(&["ink"]);
    assert!(fs::read(folder.join("out/3.png")).unwrap() == ink, "the code of another line is called 3 now");
}

/// The pictures of codes that have died since are not handed out.
#[test]
fn a_run_that_goes_on_tells_of_codes_that_have_expired() {
    let platform = Platform::start(Options::default());
    let folder = platform.folder.path();
    write(folder, "plan.csv", "scene,lifetime\na,1h\nb,2h\n");
    let args = ["code", "batch", "plan.csv", "--out", "out", "--manifest", "m.json", "--resume"];
    assert_eq!(platform.wx(&args).code, 0);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = SqliteStore::open(folder.join("wx.db")).unwrap();
    runtime.block_on(async {
        let codes = store.codes(&AccountId::from(DEFAULT_APP_ID)).await.unwrap();
        let code = codes.into_iter().find(|code| code.scene.as_str() == "a").unwrap();
        store.put_code(&Code { expires: Some(code.created), ..code }).await.unwrap();
    });
    let run = platform.wx(&args);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.stderr.contains("1 code has expired since this run was begun"), "{run:?}");
    let lines = manifest(folder, "m.json");
    assert_eq!((&lines["a"]["file"], &lines["b"]["file"]), (&serde_json::Value::Null, &"b.png".into()));
    assert!(lines["a"]["problem"].as_str().unwrap().starts_with("the code has expired"), "{lines:?}");
}

/// One that cannot be drawn or read is a problem of its row: it is not in the folder and not lost.
#[test]
fn a_picture_that_fails_is_told_of_its_row() {
    let platform = Platform::start(Options::default());
    let folder = platform.folder.path();
    let request = CreateRequest::permanent(PermanentScene::str("b").unwrap());
    let mut response = CreateResponse::new("ticket-of-b");
    response.url = Some(format!("http://weixin.qq.com/q/{}", "x".repeat(400)));
    let code = Code::new(AccountId::from(DEFAULT_APP_ID), &request, &response, 1_767_229_200);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = SqliteStore::open(folder.join("wx.db")).unwrap();
    runtime.block_on(store.put_code(&code)).unwrap();
    drop(store);
    write(folder, "plan.csv", "scene\na\nb\nc\n");
    let args =
        ["code", "batch", "plan.csv", "--out", "out", "--size", "80", "--manifest", "m.json", "--json"];
    let run = platform.wx(&args);
    let summary: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &summary["without_picture"]), (1, &1.into()), "{run:?}");
    assert!(run.stderr.contains("1 code has no picture"), "{run:?}");
    let lines = manifest(folder, "m.json");
    assert_eq!((&lines["b"]["file"], &lines["b"]["state"]), (&serde_json::Value::Null, &"created".into()));
    assert!(lines["b"]["problem"].as_str().unwrap().contains("too small"), "{}", lines["b"]);
    assert_eq!((&lines["a"]["file"], &lines["c"]["file"]), (&"a.png".into(), &"c.png".into()));
    assert!(!folder.join("out/b.png").exists());
}
