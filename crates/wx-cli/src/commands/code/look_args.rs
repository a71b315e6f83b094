use clap::ValueEnum;
use std::path::{Path, PathBuf};
use wx_render::{ArtError, Caption, Font, Length, Level, Logo, Picture, Poster, Style};

/// Flags that say how a code looks; they win over the style file or preset.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Look")]
pub(super) struct LookArgs {
    /// A style file (TOML); `wx code render --presets --json` shows those of the presets, the documentation of wx-render all
    /// keys
    #[arg(long, value_name = "FILE", conflicts_with = "preset")]
    style: Option<PathBuf>,

    /// A style that ships; `wx code render --presets` lists them
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,

    /// Width of the picture: 430 or 430px, 30mm, or 8px/module [default: that of the style, ten pixels a module]
    #[arg(long, value_name = "SIZE")]
    size: Option<String>,

    /// Pixels per inch, with a size in mm
    #[arg(long, value_name = "DPI", requires = "size", default_value_t = 300, value_parser = clap::value_parser!(u32).range(36..=2400))]
    dpi: u32,

    /// Error correction [default: that of the style, else M or more where that takes no larger code]; raised by itself when a
    /// logo needs it
    #[arg(long, value_enum, ignore_case = true)]
    level: Option<Correction>,

    /// A picture in the middle: PNG, JPEG or SVG
    #[arg(long, value_name = "FILE")]
    logo: Option<PathBuf>,

    /// A line under the code, or several with \n; in a batch with {scene}, {channel}, {line} or {caption} of its row
    #[arg(long, value_name = "TEXT")]
    caption: Option<String>,

    /// A font file for the caption [default: a font of the system that has its characters]
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,

    /// A background picture that the code is placed on
    #[arg(long, value_name = "FILE")]
    poster: Option<PathBuf>,

    /// Where on the poster: left, top, width; each like 120px, 30mm or 40% [default: in the middle below]
    #[arg(long, value_name = "X,Y,WIDTH", requires = "poster", value_delimiter = ',', num_args = 1)]
    place: Vec<Length>,
}

/// How much of the code may be damaged: about 7, 15, 25 or 30 %.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "UPPER")]
enum Correction {
    L,
    M,
    Q,
    H,
}

impl LookArgs {
    /// The level that a flag says.
    pub(super) fn said_level(&self) -> Option<Level> {
        self.level.map(Level::from)
    }

    /// Whether no flag says anything.
    pub(super) fn is_plain(&self) -> bool {
        self.is_bare() && self.level.is_none()
    }

    /// Whether no flag says anything but the level.
    pub(super) fn is_bare(&self) -> bool {
        let Self { style, preset, size, dpi: _, level: _, logo, caption, font, poster, place: _ } = self;
        let files = [style, logo, font, poster];
        files.into_iter().all(Option::is_none) && [preset, size, caption].into_iter().all(Option::is_none)
    }

    /// The look, with this caption if neither flags nor style have any text.
    pub(super) fn style(&self, default_caption: Option<&str>) -> Result<Style, ArtError> {
        let style = match (&self.style, &self.preset) {
            (Some(file), _) => Style::read(file)?,
            (None, Some(name)) => Style::preset(name)?,
            (None, None) => Style::new(),
        };
        let mut style = style.raise_level();
        if let Some(size) = &self.size {
            let is_number = !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit());
            let size = if is_number { format!("{size}px") } else { size.clone() };
            style = style.sized(&size, self.dpi)?;
        }
        if let Some(level) = self.level {
            style = style.level(level.into());
        }
        if let Some(file) = &self.logo {
            style = style.logo(Logo::new(Picture::read(file)?));
        }
        if let Some(file) = &self.poster {
            style = style.poster(self.on(file)?);
        }
        let default_caption = default_caption.filter(|_| style.texts().next().is_none());
        match (self.caption.as_deref().or(default_caption), &self.font) {
            (Some(text), font) => {
                let caption = Caption::new(text.replace("\\n", "\n"));
                let font = font.as_deref().map(Font::file).transpose()?;
                Ok(style.caption(caption.font(font.unwrap_or_default())))
            }
            (None, None) => Ok(style),
            (None, Some(_)) => Err(ArtError::Value(
                "--font is for a caption; say one with --caption, or leave it out".to_owned(),
            )),
        }
    }

    fn on(&self, file: &Path) -> Result<Poster, ArtError> {
        let background = Picture::read(file)?;
        if let [x, y, width] = self.place[..] {
            return Ok(Poster::new(background, x, y, width));
        }
        if !self.place.is_empty() {
            return Err(ArtError::Value(
                "--place takes three lengths: left, top, width, like 32%,60%,36%".to_owned(),
            ));
        }
        let (width, height) = background.size();
        let side = width.min(height) * 0.36;
        let (x, y) = ((width - side) / 2.0, height - side * 1.3);
        Ok(Poster::new(background, Length::Pixels(x), Length::Pixels(y), Length::Pixels(side)))
    }
}

impl From<Correction> for Level {
    fn from(correction: Correction) -> Self {
        match correction {
            Correction::L => Self::L,
            Correction::M => Self::M,
            Correction::Q => Self::Q,
            Correction::H => Self::H,
        }
    }
}
