//! What a PDF program shows can be scanned, and looks as it should.

use crate::grey::Grey;
use std::{fs, path::Path, process::Command};
use wx_render::{Caption, Color, Drawing, Format, Frame, Logo, Picture, Sheet, SheetWriter, Size, Style};

const URL: &str = "http://weixin.qq.com/q/02Ck5lxPvycA310000g07a";

/// With all that shapes can say: fills, strokes, gradients, clips, opacity.
const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60">
    <defs>
        <linearGradient id="line" x2="1" y2="1"><stop offset="0" stop-color="#f00"/><stop offset=".5" stop-color="#fd0"/>
            <stop offset="1" stop-color="#080"/></linearGradient>
        <radialGradient id="round"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#03c"/></radialGradient>
        <clipPath id="half" transform="translate(2 0)"><rect x="28" y="4" width="30" height="24"/></clipPath>
    </defs>
    <rect width="60" height="60" fill="#eeeef0"/>
    <g transform="translate(3 3) rotate(5)"><rect width="24" height="24" rx="5" fill="url(#line)"/></g>
    <g clip-path="url(#half)"><circle cx="42" cy="16" r="16" fill="url(#round)"/></g>
    <path d="M6 36h16v16h-16zM10 40v8h8v-8z" fill="#788080" fill-rule="evenodd"/>
    <path d="M34 54c4-24 12-4 18-20" fill="none" stroke="#602" stroke-width="4" stroke-linecap="round"/>
    <circle cx="30" cy="30" r="9" fill="#05f" fill-opacity=".5"/>
    <g opacity=".4"><rect fill="#003" x="24" y="48" width="12" height="8"/></g>
</svg>"##;

#[test]
fn every_preset_can_be_scanned() {
    let folder = tempfile::tempdir().unwrap();
    let logo = Picture::new(LOGO.as_bytes()).unwrap();
    let mut styles: Vec<Style> = Style::PRESETS.iter().map(|name| Style::preset(name).unwrap()).collect();
    styles.push(Style::new().logo(Logo::new(logo)));
    for style in styles {
        let drawing = style.size(Size::Picture(500)).draw(URL).unwrap();
        assert_eq!(read(folder.path(), &drawing.file(Format::Pdf).unwrap()), [[URL]]);
    }
}

#[test]
fn every_code_of_a_sheet_can_be_scanned() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = SheetWriter::new(Vec::new(), Sheet::new(2, 3)).unwrap();
    let texts: Vec<String> =
        (0..8).map(|number| format!("http://weixin.qq.com/q/02abcdefghijklmnop{number:04}")).collect();
    for text in &texts {
        writer.add(&Style::preset("ink").unwrap().draw(text).unwrap()).unwrap();
    }
    let mut pages = read(folder.path(), &writer.finish().unwrap().0);
    for page in &mut pages {
        page.sort();
    }
    assert_eq!(pages, [&texts[..6], &texts[6..]]);
}

/// The same in PDF as in PNG, where the shapes of the logo are drawn by another program.
#[test]
fn an_svg_logo_looks_the_same_in_shapes() {
    let folder = tempfile::tempdir().unwrap();
    let logo = Logo::new(Picture::new(LOGO.as_bytes()).unwrap());
    // Grey would be black ink, which a screen shows as a grey of its own.
    let style =
        Style::new().dark(Color::new(0, 0, 64)).logo(logo).frame(Frame::card(Color::new(140, 20, 40)));
    let drawing = style.millimetres(50.0, 300).draw(URL).unwrap();
    let pdf = drawing.file(Format::Pdf).unwrap();
    assert!(!String::from_utf8_lossy(&pdf).contains("/Subtype /Image"), "nothing of it is pixels");
    let (shown, drawn) = (page(folder.path(), &drawing), Grey::from_png(&drawing.file(Format::Png).unwrap()));
    assert!(shown.width.abs_diff(drawn.width) <= 1 && shown.height.abs_diff(drawn.height) <= 1);
    // Edges fall between pixels differently, so cells of 8 x 8 pixels are compared.
    let mut worst = 0;
    for (x, y) in (0..drawn.height / 8 - 1).flat_map(|y| (0..drawn.width / 8 - 1).map(move |x| (x, y))) {
        worst = worst.max(cell(&shown, x, y).abs_diff(cell(&drawn, x, y)));
    }
    assert!(worst <= 24, "a cell differs by {worst}");
}

/// The mean of 8 x 8 pixels.
fn cell(grey: &Grey, x: usize, y: usize) -> usize {
    let rows = (y * 8..y * 8 + 8).flat_map(|y| &grey.pixels[y * grey.width + x * 8..][..8]);
    rows.map(|value| usize::from(*value)).sum::<usize>() / 64
}

/// The file has the size on paper that was asked for.
#[test]
fn millimetres_are_exact() {
    let folder = tempfile::tempdir().unwrap();
    let drawing = Style::new().millimetres(40.0, 600).draw(URL).unwrap();
    let file = folder.path().join("a.pdf");
    fs::write(&file, drawing.file(Format::Pdf).unwrap()).unwrap();
    let said = Command::new("pdfinfo").arg(&file).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let size = said.lines().find_map(|line| line.strip_prefix("Page size:")).unwrap();
    let points: f64 = size.trim().split(' ').next().unwrap().parse().unwrap();
    assert!((points / 72.0 * 25.4 - 40.0).abs() < 0.05, "{size}");
}

#[cfg(feature = "fonts")]
#[test]
fn captions_are_outlines() {
    let folder = tempfile::tempdir().unwrap();
    let drawing = Style::new().caption(Caption::new("扫码关注")).draw(URL).unwrap();
    let file = folder.path().join("a.pdf");
    fs::write(&file, drawing.file(Format::Pdf).unwrap()).unwrap();
    let fonts = Command::new("pdffonts").arg(&file).output().unwrap();
    assert_eq!(String::from_utf8(fonts.stdout).unwrap().lines().count(), 2, "the head of an empty list");
}

/// The texts that are read on each page.
fn read(folder: &Path, pdf: &[u8]) -> Vec<Vec<String>> {
    let texts = |png: &Vec<u8>| wx_render::read(png).unwrap().into_iter().map(|found| found.text).collect();
    pages(folder, pdf, 150).iter().map(texts).collect()
}

/// The one page of a drawing, as large as its own pixels.
fn page(folder: &Path, drawing: &Drawing) -> Grey {
    let pages = pages(folder, &drawing.file(Format::Pdf).unwrap(), 300);
    assert_eq!(pages.len(), 1);
    Grey::from_png(&pages[0])
}

fn pages(folder: &Path, pdf: &[u8], dpi: u32) -> Vec<Vec<u8>> {
    let file = folder.join("a.pdf");
    fs::write(&file, pdf).unwrap();
    let mut command = Command::new("pdftoppm");
    let run =
        command.args(["-png", "-r", &dpi.to_string()]).arg(&file).arg(folder.join("page")).output().unwrap();
    assert!(run.status.success() && run.stderr.is_empty(), "{run:?}");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "png"));
    files.sort();
    let take = |path| {
        let png = fs::read(&path).unwrap();
        fs::remove_file(path).unwrap();
        png
    };
    files.into_iter().map(take).collect()
}
