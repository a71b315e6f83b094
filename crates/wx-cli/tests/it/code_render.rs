//! `wx code render`

use crate::{
    platform::Platform,
    program::{wx, wx_in},
};
use std::fs;
use wx_sim::Options;

const URL: &str = "http://weixin.qq.com/q/02ZyXwVuTsRqP10000M03k";

/// What is in the picture, as `wx code verify` says.
fn text(folder: &std::path::Path, file: &str) -> String {
    let run = wx_in(folder, &["code", "verify", "--json", file], &[]);
    assert_eq!(run.code, 0, "{run:?}");
    run.json()[0]["codes"][0]["text"].as_str().unwrap().to_owned()
}

#[test]
fn a_look_from_flags_is_drawn_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let logo = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#0a0"/></svg>"##;
    fs::write(folder.path().join("logo.svg"), logo).unwrap();
    let starts: [(&str, &[u8]); 4] =
        [("svg", b"<svg"), ("png", b"\x89PNG"), ("jpg", b"\xff\xd8\xff"), ("pdf", b"%PDF")];
    for (format, start) in starts {
        let out = format!("code.{format}");
        let args = [
            "code", "render", URL, "--preset", "green", "--size", "40mm", "--logo", "logo.svg", "--out",
            &out, "--json",
        ];
        let run = wx_in(folder.path(), &args, &[]);
        assert_eq!(run.code, 0, "{run:?}");
        let json = run.json();
        assert_eq!((&json["width"], &json["format"]), (&472.into(), &format.into()));
        assert_eq!(json["level"], "H", "the logo raised it");
        assert!(fs::read(folder.path().join(&out)).unwrap().starts_with(start));
    }
    assert_eq!(text(folder.path(), "code.png"), URL);
    assert_eq!(text(folder.path(), "code.jpg"), URL);
    let named = wx_in(folder.path(), &["code", "render", URL, "--out", "picture", "--format", "png"], &[]);
    assert_eq!((named.code, text(folder.path(), "picture")), (0, URL.to_owned()));
}

#[test]
fn the_level_is_raised_where_that_costs_nothing_unless_one_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let level = |args: &[&str]| {
        let run = wx_in(folder.path(), &[&["code", "render", URL, "--json"], args].concat(), &[]);
        assert_eq!(run.code, 0, "{run:?}");
        let json = run.json();
        (json["level"].as_str().unwrap().to_owned(), json["modules"].as_u64().unwrap())
    };
    let raised = level(&["--level", "Q"]);
    assert_eq!(raised, ("Q".to_owned(), level(&["--level", "M"]).1), "Q takes no more room than M");
    assert!(level(&["--level", "H"]).1 > raised.1);
    assert_eq!(level(&[]), raised);
    assert_eq!(level(&["--out", "a.png"]), raised);
    assert_eq!(level(&["--preset", "ink", "--out", "a.png"]), raised);
    assert_eq!(level(&["--level", "M", "--out", "a.png"]).0, "M");
    fs::write(folder.path().join("m.toml"), "level = \"M\"").unwrap();
    assert_eq!(level(&["--style", "m.toml", "--out", "a.png"]).0, "M");
}

#[test]
fn a_picture_goes_to_the_standard_output_too() {
    let folder = tempfile::tempdir().unwrap();
    let wx = |args: &[&str]| wx_in(folder.path(), &[&["code", "render", URL, "-o", "-"], args].concat(), &[]);
    let run = wx(&["--format", "svg"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stdout.starts_with("<svg") && run.stdout.ends_with("</svg>\n"), "nothing else: {run:?}");
    wx(&[]).assert_sentence(2, "say --format");
    wx(&["--format", "svg", "--json"]).assert_sentence(2, "leave --json and --sheet out");
}

#[test]
fn what_cannot_be_written_leaves_the_old_file_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let wx = |args: &[&str]| wx_in(folder.path(), &[&["code", "render"], args].concat(), &[]);
    let missing = wx(&[URL, "--out", "no/a.png"]);
    missing.assert_sentence(1, "cannot write no/a.png: there is no folder no; make it first");
    wx(&[URL, "--sheet", "2x2", "--out", "no/a.pdf"]).assert_sentence(1, "there is no folder no");
    fs::write(folder.path().join("old.pdf"), "old").unwrap();
    wx(&[URL, "--sheet", "4x6", "--size", "60mm", "--out", "old.pdf"]).assert_sentence(2, "60.0 x 60.0 mm");
    assert_eq!(fs::read(folder.path().join("old.pdf")).unwrap(), b"old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_style_file_is_read_and_its_mistakes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let style = |text: &str| {
        fs::write(folder.path().join("my.toml"), text).unwrap();
        wx_in(folder.path(), &["code", "render", URL, "--style", "my.toml", "--out", "a.png"], &[])
    };
    assert_eq!(style("preset = \"soft\"\nsize = \"500px\"\n").code, 0);
    assert_eq!(text(folder.path(), "a.png"), URL);
    fs::remove_file(folder.path().join("a.png")).unwrap();
    style("[colors]\ndrak = \"#000\"\n")
        .assert_sentence(2, "line 2 of the style: `drak` is unknown; did you mean `dark`?");
    style("[colors]\ndark = \"#ccc\"\n").assert_sentence(2, "too low, 1.6:1, at least 3:1 is needed");
    style("[colors]\ndark = \"#fff\"\nlight = \"#000\"\n").assert_sentence(2, "inverted");
    assert!(!folder.path().join("a.png").exists(), "what cannot be scanned is not written");
}

#[test]
fn sheets_are_for_print() {
    let folder = tempfile::tempdir().unwrap();
    let wx = |args: &[&str]| wx_in(folder.path(), &[&["code", "render"], args].concat(), &[]);
    let one = wx(&[URL, "--sheet", "4x6", "--out", "a.pdf", "--json"]);
    assert_eq!((&one.json()["codes"], &one.json()["pages"]), (&24.into(), &1.into()), "{one:?}");
    let several =
        wx(&[URL, "http://weixin.qq.com/q/02b", "c", "--sheet", "1x2", "--paper", "A5", "--out", "b.pdf"]);
    assert!(several.stdout.starts_with("b.pdf (3 codes on 2 pages, "), "{several:?}");
    assert!(fs::read(folder.path().join("b.pdf")).unwrap().starts_with(b"%PDF"));
    wx(&[URL, "--sheet", "4x6", "--size", "60mm", "--out", "c.pdf"]).assert_sentence(2, "60.0 x 60.0 mm");
    wx(&[URL, "--sheet", "0x6", "--out", "c.pdf"]).assert_sentence(2, "do not fit on the sheet");
    wx(&[URL, "--sheet", "4x6", "--out", "c.png"]).assert_sentence(2, "a sheet is a PDF; name it .pdf");
    wx(&[URL, "--sheet", "4", "--out", "c.pdf"]).assert_sentence(2, "columns x rows");
    wx(&[URL, "again", "--out", "c.png"]).assert_sentence(2, "several codes need --sheet");
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "nothing of what failed is left");
}

#[test]
fn a_poster_takes_the_code_where_it_is_placed() {
    let folder = tempfile::tempdir().unwrap();
    let background = r##"<svg xmlns="http://www.w3.org/2000/svg" width="600" height="900"><rect width="600" height="900" fill="#c41e3a"/></svg>"##;
    fs::write(folder.path().join("back.svg"), background).unwrap();
    let wx = |place: &[&str]| {
        let args = ["code", "render", URL, "--poster", "back.svg", "--out", "poster.png"];
        wx_in(folder.path(), &[&args[..], place].concat(), &[])
    };
    for place in [&[][..], &["--place", "10%,40px,250px"]] {
        let run = wx(place);
        assert_eq!(run.code, 0, "{run:?}");
        assert!(run.stdout.contains("600 x 900"), "{run:?}");
        assert_eq!(text(folder.path(), "poster.png"), URL);
    }
    wx(&["--place", "80%,0px,50%"]).assert_sentence(2, "the code does not lie within the poster");
    wx(&["--place", "80%,0px"]).assert_sentence(2, "three lengths");
    wx(&["--place", "a,b,c"]).assert_sentence(2, "is no length");
}

#[test]
fn what_has_no_effect_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let wx = |args: &[&str]| wx_in(folder.path(), &[&["code", "render"], args].concat(), &[]);
    let shown = wx(&[URL, "--preset", "ocean"]);
    assert!(shown.stderr.contains("a terminal shows the code alone"), "{shown:?}");
    assert_eq!(wx(&[URL, "--level", "h"]).stderr, "", "the level has one there");
    let ticket = wx(&["gQH47joAAAAAAAAAASxodHRwOi8v"]);
    assert!(ticket.stderr.contains("is no url of the platform"), "{ticket:?}");
    wx(&[URL, "--dpi", "600", "--out", "a.png"]).assert_sentence(2, "--size");
    fs::write(folder.path().join("not.png"), "a text").unwrap();
    wx(&[URL, "--logo", "not.png", "--out", "a.png"])
        .assert_sentence(2, "cannot read not.png: the file is no");
}

#[test]
fn presets_are_listed() {
    let list = wx(&["code", "render", "--presets"]);
    assert_eq!(list.stdout.lines().count(), 11, "{list:?}");
    let json = wx(&["code", "render", "--presets", "--json"]).json();
    assert_eq!(json.as_array().unwrap().len(), 10);
    assert!(json[1]["style"].as_str().unwrap().contains("[modules]"));
    wx(&["code", "render", URL, "--preset", "oceann", "--out", "a.png"])
        .assert_sentence(2, "did you mean \"ocean\"?");
    wx(&["code", "render"]).assert_sentence(2, "<URL>");
}

#[test]
fn booked_codes_are_drawn_by_scene_and_ticket() {
    let platform = Platform::start(Options::default());
    let created =
        platform.wx(&["code", "create", "--permanent", "--scene-str", "shop-7", "--db", "wx.db", "--json"]);
    let created = created.json();
    let (url, ticket) = (created["url"].as_str().unwrap(), created["ticket"].as_str().unwrap());
    for which in [["--scene", "shop-7"], ["--ticket", ticket]] {
        let args = ["code", "render", "--db", "wx.db", "--out", "a.png"];
        let run = platform.wx(&[&args[..], &which].concat());
        assert_eq!(run.code, 0, "{run:?}");
        assert_eq!(text(platform.folder.path(), "a.png"), url);
    }
    platform.wx(&["code", "create", "--temporary", "9d", "--scene-str", "soon", "--db", "wx.db"]);
    let soon = platform.wx(&["code", "render", "--db", "wx.db", "--scene", "soon", "--out", "a.png"]);
    assert!(soon.stderr.contains("this code is temporary and dies at "), "{soon:?}");
    platform
        .wx(&["code", "render", "--db", "wx.db", "--scene", "no"])
        .assert_sentence(2, "no code with this scene");
}
