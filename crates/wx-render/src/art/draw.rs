use super::{
    Align, ArtError, Color, Drawing, Paint, Poster, PosterText, Unreadable,
    area::Area,
    cleared::{Cleared, most_covered},
    item::{Fill, Item},
    parts::{Art, Correction},
    poster::Length,
    tile::{Tile, whole},
    unreadable::{LEAST_CONTRAST, LEAST_QUIET_ZONE, MOST_COVERED},
};
use crate::{DrawError, Level, Size, Style, Symbol};

/// Pixels per inch where lengths on paper are given without them.
pub(crate) const DPI: u32 = 300;

impl Style {
    /// Draws the code of a text with everything that the style says.
    ///
    /// # Errors
    ///
    /// [`ArtError`], among them [`ArtError::Unreadable`] for what could not be scanned: contrast, quiet zone, logo. Whether
    /// it is really read, [`Drawing::file`] finds out.
    pub fn draw(&self, text: &str) -> Result<Drawing, ArtError> {
        self.art.check()?;
        self.check_scannable()?;
        let symbol = self.symbol(text)?;
        let Some(poster) = &self.art.poster else {
            let tile = Tile::new(&symbol, self, self.size)?;
            return self.drawing(tile, symbol, text);
        };
        self.on_poster(poster, &symbol, text)
    }

    /// At the style's level, or the lowest above it that bears the logo.
    fn symbol(&self, text: &str) -> Result<Symbol, ArtError> {
        let encode = |level| match self.art.level {
            Correction::AtLeast(_) => Symbol::encode_at_least(text, level),
            Correction::Default | Correction::Exactly(_) => Symbol::encode(text, level),
        };
        let least = self.art.level.least();
        let Some(logo) = &self.art.logo else {
            return Ok(encode(least)?);
        };
        let mut covered = 0.0;
        for level in Level::ALL.into_iter().filter(|level| *level >= least) {
            let symbol = encode(level)?;
            covered = Cleared::new(logo, symbol.width()).share();
            if covered <= most_covered(symbol.level()) {
                return Ok(symbol);
            }
        }
        debug_assert!(covered > MOST_COVERED, "the highest level is tried last");
        Err(Unreadable::Logo { covered }.into())
    }

    fn drawing(&self, tile: Tile, symbol: Symbol, text: &str) -> Result<Drawing, ArtError> {
        let Tile { items, width, height, symbol: place, module } = tile;
        let (width, height) = (whole(width), whole(height));
        check_side(width.max(height))?;
        Ok(Drawing {
            items,
            width,
            height,
            dpi: self.art.dpi,
            text: text.to_owned(),
            level: symbol.level(),
            symbol: place,
            module,
            plain: self.is_plain().then(|| (symbol, self.clone())),
        })
    }

    fn on_poster(&self, poster: &Poster, symbol: &Symbol, text: &str) -> Result<Drawing, ArtError> {
        let dpi = self.art.dpi.unwrap_or(DPI);
        let (across, down) = poster.background.size();
        let width = poster.width.map_or(across, |width| width.pixels(across, dpi)).round();
        let height = (width * down / across).round();
        check_side(whole(width.max(height)))?;
        let whole_poster = Area::new(0.0, 0.0, width, height);
        let mut items = vec![Item::Picture { area: whole_poster, picture: poster.background.clone() }];

        let side = whole(poster.size.pixels(width, dpi));
        let tile = Tile::new(symbol, self, Size::Picture(side)).map_err(|error| match error {
            ArtError::Draw(DrawError::TooSmall { needed }) => ArtError::Value(format!(
                "the code on the poster would be {side} pixels wide, at least {needed} are needed for one pixel a module, \
                 better several times that; give it a larger width"
            )),
            other => other,
        })?;
        let (x, y) = (poster.x.pixels(width, dpi).round(), poster.y.pixels(height, dpi).round());
        if x < 0.0 || y < 0.0 || x + tile.width > width || y + tile.height > height {
            return Err(ArtError::Value(format!(
                "the code does not lie within the poster: it takes {x} to {} of {width} pixels across and {y} to {} of \
                 {height} down; move it or make it smaller",
                x + tile.width,
                y + tile.height
            )));
        }
        items.extend(tile.items.into_iter().filter_map(|item| item.moved(x, y)));
        for text in &poster.texts {
            items.extend(line(text, width, height, dpi)?);
        }
        Ok(Drawing {
            items,
            width: whole(width),
            height: whole(height),
            dpi: self.art.dpi.or_else(|| matches!(poster.width, Some(Length::Millimetres(_))).then_some(DPI)),
            text: text.to_owned(),
            level: symbol.level(),
            symbol: tile.symbol.moved(x, y),
            module: tile.module,
            plain: None,
        })
    }

    fn check_scannable(&self) -> Result<(), Unreadable> {
        let Art { light, dark, eyes, .. } = &self.art;
        // Where nothing is light, paper is.
        let light = light.unwrap_or(Color::WHITE);
        if self.quiet_zone < LEAST_QUIET_ZONE {
            return Err(Unreadable::QuietZone { modules: self.quiet_zone });
        }
        let colors = dark.ends().into_iter().chain(eyes.frame_color).chain(eyes.ball_color);
        for dark in colors {
            if dark.luminance() > light.luminance() {
                return Err(Unreadable::Inverted { dark, light });
            }
            if dark.contrast(light) < LEAST_CONTRAST {
                return Err(Unreadable::Contrast { dark, light });
            }
        }
        Ok(())
    }

    /// Whether the short ways from symbol to file draw the same.
    fn is_plain(&self) -> bool {
        self.art == Art { level: self.art.level, ..Art::default() }
    }
}

impl Art {
    /// Numbers within their bounds.
    fn check(&self) -> Result<(), ArtError> {
        let within = |what: &str, value: f32, least: f32, most: f32| {
            let is_within = (least..=most).contains(&value);
            let sentence = || ArtError::Value(format!("{what} is {least} to {most}, not {value}"));
            is_within.then_some(()).ok_or_else(sentence)
        };
        if let Paint::Linear { angle, .. } = self.dark {
            within("the angle of a gradient in degrees", angle, -360.0, 360.0)?;
        }
        if let Some(logo) = &self.logo {
            within("the size of the logo in percent", logo.size, 5.0, 40.0)?;
            within("the margin of the logo in modules", logo.margin, 0.0, 4.0)?;
        }
        if let Some(frame) = &self.frame {
            within("the width of the frame in modules", frame.width, 0.2, 8.0)?;
            within("the radius of the frame in modules", frame.radius, 0.0, 12.0)?;
        }
        if let Some(caption) = &self.caption {
            within("the size of the caption in percent", caption.size, 2.0, 25.0)?;
        }
        Ok(())
    }
}

fn check_side(side: u32) -> Result<(), ArtError> {
    match side {
        0 => Err(DrawError::TooSmall { needed: 1 }.into()),
        1..=crate::MAX_SIDE => Ok(()),
        _ => Err(DrawError::TooLarge { side }.into()),
    }
}

fn line(text: &PosterText, width: f32, height: f32, dpi: u32) -> Result<Option<Item>, ArtError> {
    let PosterText { x, y, size, align, color, font, .. } = text;
    let Some(line) = font.line(&text.text)? else { return Ok(None) };
    let (x, y, size) = (x.pixels(width, dpi), y.pixels(height, dpi), size.pixels(width, dpi));
    let back = match align {
        Align::Left => 0.0,
        Align::Center => line.width() * size / 2.0,
        Align::Right => line.width() * size,
    };
    let (left, right) = (x - back, x - back + line.width() * size);
    // As high as capital letters and most of a Chinese character are.
    let top = y - 0.75 * size;
    let lies_within = left >= 0.0 && right <= width && top >= 0.0 && y <= height;
    if !(size > 0.0 && lies_within) {
        let text: String = text.text.chars().take(20).collect();
        return Err(ArtError::Value(format!(
            "the text {text:?} does not lie within the poster: it takes {left:.0} to {right:.0} of {width} pixels across and \
             {top:.0} to {y:.0} of {height} down; move it, or make it shorter or smaller"
        )));
    }
    let path = line.at(left, y, size);
    Ok(path.map(|path| Item::Shape { path, fill: Fill::Solid(*color), is_ring: false }))
}
