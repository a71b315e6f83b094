use super::{
    Align, ArtError, Caption, Color, EyeShape, Eyes, Font, Frame, Length, Logo, ModuleShape, Paint, Picture,
    Poster, PosterText, draw::DPI, style_error,
};
use crate::{Level, PictureError, Size, Style};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The largest style file, in bytes.
const MAX_BYTES: u64 = 64 * 1024;
/// The largest picture file.
const MAX_PICTURE_BYTES: u64 = 32 * 1024 * 1024;

impl Style {
    /// Reads a style file (TOML of at most 64 KiB); all its keys are in the crate's documentation. Files that it names lie
    /// beside it.
    ///
    /// # Errors
    ///
    /// [`ArtError`]: the file or one that it names cannot be read; a key is unknown or a value wrong, with the line.
    pub fn read(path: &Path) -> Result<Self, ArtError> {
        let bytes = super::file::read(path, MAX_BYTES)?;
        let text = String::from_utf8(bytes).map_err(|_| ArtError::File {
            path: path.to_owned(),
            reason: "a style is a text in UTF-8".to_owned(),
        })?;
        Self::from_toml(&text, path.parent().unwrap_or(Path::new("")))
    }

    /// The same from a text; files that it names lie in that folder.
    ///
    /// # Errors
    ///
    /// As [`Style::read`].
    pub fn from_toml(text: &str, folder: &Path) -> Result<Self, ArtError> {
        if text.len() as u64 > MAX_BYTES {
            return Err(ArtError::Value(format!(
                "a style has at most {MAX_BYTES} bytes, not {}",
                text.len()
            )));
        }
        StyleFile::parse(text)?.style(folder)
    }
}

impl Style {
    /// The size as it stands in a style file: `430px`, `30mm` at that many pixels per inch, or `8px/module`.
    ///
    /// # Errors
    ///
    /// [`ArtError::Value`] if the text is no size.
    pub fn sized(self, size: &str, dpi: u32) -> Result<Self, ArtError> {
        let invalid = || {
            let size: String = size.chars().take(32).collect();
            ArtError::Value(format!(
                "{size:?} is no size; write it like \"430px\", \"30mm\" or \"8px/module\""
            ))
        };
        if let Some(pixels) = size.strip_suffix("px/module") {
            return Ok(self.size(Size::Module(pixels.trim().parse().map_err(|_| invalid())?)));
        }
        match size.parse().map_err(|_| invalid())? {
            Length::Pixels(pixels) if pixels >= 1.0 => {
                Ok(self.size(Size::Picture(super::tile::whole(pixels))))
            }
            Length::Millimetres(width) if width > 0.0 => Ok(self.millimetres(width, dpi)),
            _ => Err(invalid()),
        }
    }
}

/// What stands in a style file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct StyleFile {
    preset: Option<String>,
    level: Option<LevelName>,
    quiet_zone: Option<u8>,
    size: Option<SizeText>,
    dpi: Option<Dpi>,
    colors: Colors,
    modules: Modules,
    eyes: EyesTable,
    logo: Option<LogoTable>,
    frame: Option<FrameTable>,
    caption: Option<CaptionTable>,
    poster: Option<PosterTable>,
}

/// What [`Style::sized`] takes.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct SizeText(String);

impl TryFrom<String> for SizeText {
    type Error = ArtError;

    fn try_from(text: String) -> Result<Self, ArtError> {
        Style::new().sized(&text, DPI).map(|_| Self(text))
    }
}

/// Pixels per inch.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u32")]
struct Dpi(u32);

impl TryFrom<u32> for Dpi {
    type Error = &'static str;

    fn try_from(dpi: u32) -> Result<Self, &'static str> {
        if (1..=9600).contains(&dpi) { Ok(Self(dpi)) } else { Err("out of range") }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
enum LevelName {
    L,
    M,
    Q,
    H,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Colors {
    dark: Option<Color>,
    dark_to: Option<Color>,
    gradient: Gradient,
    angle: Option<f32>,
    light: Option<Light>,
}

#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Gradient {
    #[default]
    Linear,
    Radial,
}

/// `"transparent"` or a colour.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Light(Option<Color>);

impl TryFrom<String> for Light {
    type Error = super::InvalidColor;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text == "transparent" { Ok(Self(None)) } else { text.parse().map(Some).map(Self) }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Modules {
    shape: ModuleShape,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct EyesTable {
    frame: EyeShape,
    ball: EyeShape,
    frame_color: Option<Color>,
    ball_color: Option<Color>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LogoTable {
    file: PathBuf,
    size: Option<f32>,
    margin: Option<f32>,
    #[serde(default)]
    round: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameTable {
    #[serde(default)]
    kind: FrameKind,
    color: Color,
    width: Option<f32>,
    radius: Option<f32>,
}

#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum FrameKind {
    #[default]
    Line,
    Card,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaptionTable {
    text: String,
    size: Option<f32>,
    color: Option<Color>,
    font: Option<String>,
    font_file: Option<PathBuf>,
    #[serde(default)]
    above: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PosterTable {
    background: PathBuf,
    width: Option<Length>,
    x: Length,
    y: Length,
    size: Length,
    #[serde(default)]
    text: Vec<PosterTextTable>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PosterTextTable {
    text: String,
    x: Length,
    y: Length,
    size: Length,
    #[serde(default)]
    align: Align,
    color: Option<Color>,
    font: Option<String>,
    font_file: Option<PathBuf>,
}

impl StyleFile {
    /// A preset that the text names lies under it.
    pub(super) fn parse(text: &str) -> Result<Self, ArtError> {
        // Read alone first, so that errors have their lines.
        let alone: Self = toml::from_str(text).map_err(|error| style_error::of(&error, text))?;
        let Some(preset) = &alone.preset else { return Ok(alone) };
        let mut table: Table =
            Style::preset_file(preset)?.parse().map_err(|error| style_error::of(&error, text))?;
        merge(&mut table, text.parse().map_err(|error| style_error::of(&error, text))?);
        Self::deserialize(table).map_err(|error| style_error::of(&error, text))
    }

    pub(super) fn style(self, folder: &Path) -> Result<Style, ArtError> {
        let mut style = Style::new();
        if let Some(level) = self.level {
            style = style.level(match level {
                LevelName::L => Level::L,
                LevelName::M => Level::M,
                LevelName::Q => Level::Q,
                LevelName::H => Level::H,
            });
        }
        if let Some(modules) = self.quiet_zone {
            style = style.quiet_zone(modules);
        }
        let dpi = self.dpi.map(|Dpi(dpi)| dpi);
        style.art.dpi = dpi;
        if let Some(SizeText(size)) = &self.size {
            style = style.sized(size, dpi.unwrap_or(DPI))?;
        }
        style = style.dark(self.colors.paint()).modules(self.modules.shape);
        if let Some(Light(light)) = self.colors.light {
            style = style.light(light);
        }
        let EyesTable { frame, ball, frame_color, ball_color } = self.eyes;
        style = style.eyes(Eyes { frame, ball, frame_color, ball_color });
        let logo = self.logo.map(|logo| logo.logo(folder)).transpose()?;
        let caption = self.caption.map(|caption| caption.caption(folder)).transpose()?;
        let poster = self.poster.map(|poster| poster.poster(folder)).transpose()?;
        Ok(style.logo(logo).frame(self.frame.map(FrameTable::frame)).caption(caption).poster(poster))
    }
}

impl Colors {
    fn paint(&self) -> Paint {
        let from = self.dark.unwrap_or(Color::BLACK);
        match (self.dark_to, self.gradient) {
            (None, _) => Paint::Solid(from),
            (Some(to), Gradient::Linear) => Paint::Linear { from, to, angle: self.angle.unwrap_or(45.0) },
            (Some(to), Gradient::Radial) => Paint::Radial { from, to },
        }
    }
}

impl LogoTable {
    fn logo(self, folder: &Path) -> Result<Logo, ArtError> {
        let mut logo = Logo::new(Picture::read(&folder.join(self.file))?);
        logo.size = self.size.unwrap_or(logo.size);
        logo.margin = self.margin.unwrap_or(logo.margin);
        logo.is_round = self.round;
        Ok(logo)
    }
}

impl FrameTable {
    fn frame(self) -> Frame {
        let frame = match self.kind {
            FrameKind::Line => Frame::line(self.color),
            FrameKind::Card => Frame::card(self.color),
        };
        frame.width(self.width.unwrap_or(frame.width)).radius(self.radius.unwrap_or(frame.radius))
    }
}

impl CaptionTable {
    fn caption(self, folder: &Path) -> Result<Caption, ArtError> {
        let mut caption = Caption::new(self.text).font(font(self.font, self.font_file, folder)?);
        caption.size = self.size.unwrap_or(caption.size);
        caption.color = self.color;
        caption.is_above = self.above;
        Ok(caption)
    }
}

impl PosterTable {
    fn poster(self, folder: &Path) -> Result<Poster, ArtError> {
        let background = Picture::read(&folder.join(self.background))?;
        let mut poster = Poster::new(background, self.x, self.y, self.size);
        poster.width = self.width;
        for PosterTextTable { text, x, y, size, align, color, font: name, font_file } in self.text {
            let text = PosterText::new(text, x, y, size).align(align).color(color.unwrap_or(Color::BLACK));
            poster = poster.text(text.font(font(name, font_file, folder)?));
        }
        Ok(poster)
    }
}

impl Picture {
    /// Reads a file of at most 32 MiB.
    ///
    /// # Errors
    ///
    /// [`ArtError::File`] if it cannot be read or is refused.
    pub fn read(path: &Path) -> Result<Self, ArtError> {
        let bytes = super::file::read(path, MAX_PICTURE_BYTES)?;
        let refused =
            |error: PictureError| ArtError::File { path: path.to_owned(), reason: error.to_string() };
        Self::new(&bytes).map_err(refused)
    }
}

fn font(family: Option<String>, file: Option<PathBuf>, folder: &Path) -> Result<Font, ArtError> {
    match (file, family) {
        (Some(file), _) => Font::file(&folder.join(file)),
        (None, Some(family)) => Ok(Font::family(family)),
        (None, None) => Ok(Font::default()),
    }
}

/// Lays one table over another.
fn merge(under: &mut Table, over: Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Table(under)), Value::Table(over)) => merge(under, over),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}
