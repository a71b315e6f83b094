//! The style file.

use crate::logos::solid_png;
use std::{fs, path::Path};
use wx_render::{
    ArtError, Caption, Color, EyeShape, Eyes, Frame, Level, Logo, ModuleShape, Paint, Picture, Size, Style,
};

fn read(text: &str) -> Result<Style, ArtError> {
    Style::from_toml(text, Path::new(""))
}

#[test]
fn every_key_does_what_the_builder_does() {
    let folder = tempfile::tempdir().unwrap();
    let logo = solid_png(20, 20, [1, 2, 3]);
    fs::write(folder.path().join("logo.png"), &logo).unwrap();
    let file = folder.path().join("style.toml");
    let text = r##"
        level = "Q"
        quiet_zone = 5
        size = "30mm"
        dpi = 600
        [colors]
        dark = "#102030"
        dark_to = "#405060"
        gradient = "linear"
        angle = 90
        light = "#fffffe"
        [modules]
        shape = "connected"
        [eyes]
        frame = "rounded"
        ball = "leaf"
        frame_color = "#111111"
        ball_color = "#222222"
        [logo]
        file = "logo.png"
        size = 20
        margin = 1
        round = true
        [frame]
        kind = "card"
        color = "#333333"
        width = 1.5
        radius = 4
        [caption]
        text = "扫码关注"
        size = 9
        color = "#444444"
        above = true
    "##;
    fs::write(&file, text).unwrap();
    let from = Color::new(0x10, 0x20, 0x30);
    let to = Color::new(0x40, 0x50, 0x60);
    let built = Style::new()
        .level(Level::Q)
        .quiet_zone(5)
        .millimetres(30.0, 600)
        .dark(Paint::Linear { from, to, angle: 90.0 })
        .light(Color::new(255, 255, 254))
        .modules(ModuleShape::Connected)
        .eyes(Eyes::new(EyeShape::Rounded, EyeShape::Leaf).color(Color::grey(0x11), Color::grey(0x22)))
        .logo(Logo::new(Picture::new(&logo).unwrap()).size(20.0).margin(1.0).round())
        .frame(Frame::card(Color::grey(0x33)).width(1.5).radius(4.0))
        .caption(Caption::new("扫码关注").size(9.0).color(Color::grey(0x44)).above());
    assert_eq!(Style::read(&file).unwrap(), built);
}

#[test]
fn sizes_have_three_units() {
    assert_eq!(read(r#"size = "430px""#).unwrap(), Style::new().size(Size::Picture(430)));
    assert_eq!(read(r#"size = "8px/module""#).unwrap(), Style::new().size(Size::Module(8)));
    assert_eq!(read(r#"size = "25.4mm""#).unwrap(), Style::new().millimetres(25.4, 300));
    for wrong in ["430", "0px", "-3mm", "NaNmm", "infmm", "50%", "1e99px/module", "px"] {
        let error = read(&format!("size = {wrong:?}")).unwrap_err().to_string();
        assert!(error.contains("is no size"), "{error}");
    }
}

#[test]
fn a_preset_lies_under_the_rest_of_the_file() {
    let style = read("preset = \"green\"\nlevel = \"H\"\n[modules]\nshape = \"square\"\n").unwrap();
    let preset = Style::preset("green").unwrap().level(Level::H).modules(ModuleShape::Square);
    assert_eq!(style, preset);
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let cases = [
        ("[colors]\ndrak = \"#000\"", "line 2 of the style: `drak` is unknown; did you mean `dark`?"),
        (
            "\n\n[module]\nshape = \"dot\"",
            "line 3 of the style: `module` is unknown; did you mean `modules`?",
        ),
        ("[modules]\nshape = \"dots\"", "line 2 of the style: `dots` is unknown; did you mean `dot`?"),
        ("[colors]\ndark = \"blue\"", "line 2 of the style: \"blue\" is no colour"),
        ("level = \"X\"", "line 1 of the style: `X` is unknown; there are L, M, Q, H"),
        (
            "quiet_zone = 400",
            "line 1 of the style: `quiet_zone` cannot be 400; it is a whole number of modules, 2 to 255",
        ),
        (
            "\nquiet_zone = nan # wide",
            "line 2 of the style: `quiet_zone` cannot be nan; it is a whole number",
        ),
        ("level = 5", "line 1 of the style: `level` cannot be 5; it is \"L\", \"M\", \"Q\" or \"H\""),
        ("size = 40", "line 1 of the style: `size` cannot be 40; it is a text like \"430px\""),
        (
            "dpi = 0",
            "line 1 of the style: `dpi` cannot be 0; it is a whole number of pixels per inch, 1 to 9600",
        ),
        (
            "[caption]\ntext = \"a\"\nsize = \"9\"",
            "line 3 of the style: `size` cannot be \"9\"; it is a number",
        ),
        ("[eyes]\nframe = 1", "line 2 of the style: `frame` cannot be 1; it is \"square\", \"rounded\""),
        ("colors = \"x\"", "line 1 of the style: `colors` cannot be \"x\"; it is a table"),
        ("[logo]\nsize = 3", "line 1 of the style: missing field `file`"),
        ("level = ", "line 1 of the style"),
        ("preset = \"inc\"", "there is no preset \"inc\"; did you mean \"ink\"?"),
        ("[logo]\nfile = \"not/there.png\"", "cannot read not/there.png"),
        ("[caption]\ntext = \"a\"\nfont = \"No Such Font 7\"", "there is no font \"No Such Font 7\""),
    ];
    for (text, sentence) in cases {
        let error = read(text).and_then(|style| style.draw("x")).unwrap_err().to_string();
        assert!(error.contains(sentence), "{error}");
    }
}

#[test]
fn texts_and_codes_lie_on_the_poster() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("back.png"), solid_png(400, 600, [200, 210, 220])).unwrap();
    let poster = |size: &str, x: &str, y: &str| {
        let code =
            format!("[poster]\nbackground = \"back.png\"\nx = \"10px\"\ny = \"10px\"\nsize = \"{size}\"\n");
        let text = format!(
            "[[poster.text]]\ntext = \"Shop\"\nx = \"{x}\"\ny = \"{y}\"\nsize = \"40px\"\nalign = \"center\"\n"
        );
        let drawn = Style::from_toml(&(code + &text), folder.path()).unwrap().draw("x");
        drawn.map(drop).map_err(|error| error.to_string())
    };
    assert_eq!(poster("50%", "50%", "90%"), Ok(()));
    for (x, y) in [("50%", "101%"), ("50%", "1%"), ("0%", "90%"), ("5000%", "90%")] {
        let error = poster("50%", x, y).unwrap_err();
        assert!(error.starts_with("the text \"Shop\" does not lie within the poster"), "{error}");
    }
    for size in ["-5px", "20px"] {
        let error = poster(size, "50%", "90%").unwrap_err();
        assert!(
            error.contains("the code on the poster would be") && error.contains("29 are needed"),
            "{error}"
        );
    }
}

#[test]
fn hostile_files_are_refused() {
    assert!(read(&"#".repeat(64 * 1024 + 1)).unwrap_err().to_string().contains("at most 65536 bytes"));
    assert!(read(&format!("level = {}", "[".repeat(30_000))).is_err());
    assert!(read(&"[a.".repeat(20_000)).is_err());
    assert!(read("[logo]\nfile = \"/dev/zero\"").unwrap_err().to_string().contains("more than"));
    for value in ["nan", "inf", "-1", "1e30"] {
        assert!(
            read(&format!("[frame]\ncolor = \"#000\"\nwidth = {value}")).unwrap().draw("x").is_err(),
            "{value}"
        );
        assert!(
            read(&format!("[caption]\ntext = \"\"\nsize = {value}")).unwrap().draw("x").is_err(),
            "{value}"
        );
    }
}
