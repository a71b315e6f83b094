mod places;
mod trial;

use super::plan::PlanRow;
use crate::{
    commands::code::look_args::LookArgs,
    failure::{Failure, Outcome, sentence},
};
use places::Places;
use std::sync::Arc;
use wx_render::{ArtError, Drawing, Format, Level, Style, Symbol};

/// How the pictures of a batch look, and what kind of file they are.
#[derive(Debug, Clone)]
pub(super) struct Look {
    style: Arc<Style>,
    format: Format,
    /// Nothing was said about it.
    is_plain: bool,
    /// There is a shorter way to the file than over a drawing.
    is_short: bool,
    /// What the texts of the style take from the rows.
    places: Places,
}

/// A picture of a code as a file, and as a drawing where that is wanted too.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    pub(super) bytes: Vec<u8>,
    pub(super) drawing: Option<Drawing>,
}

impl Look {
    /// The look that the flags say. The captions of the plan stand under the codes if no other text is said.
    pub(super) fn new(
        args: &LookArgs,
        format: Format,
        has_captions: bool,
        needs_drawings: bool,
    ) -> Outcome<Self> {
        let caption = has_captions.then_some("{caption}");
        let style = args.style(caption).map_err(|error| Failure::invalid(sentence(&error)))?;
        let places = Places::of(&style)?;
        if places.caption && !has_captions {
            return Err(Failure::invalid(
                "the look has {caption} in it, and no row of the plan has anything in a column caption",
            ));
        }
        if has_captions && !places.caption {
            crate::print::note(
                "note: the captions of the plan are left out: put {caption} into the text of the look",
            );
        }
        let is_plain = args.is_plain() && !has_captions;
        let is_short = is_plain && !needs_drawings && matches!(format, Format::Png | Format::Svg);
        Ok(Self { style: Arc::new(style), format, is_plain, is_short, places })
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// Whether it is black and white without any text.
    pub(super) fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// The style with the texts of this row.
    pub(super) fn of(&self, row: &PlanRow) -> Arc<Style> {
        if self.places.is_none() {
            return Arc::clone(&self.style);
        }
        Arc::new((*self.style).clone().map_texts(|text| places::fill(text, row)))
    }

    /// Draws a code; `is_proven` after two decoders have read it.
    pub(super) fn draw(&self, style: &Style, url: &str, is_proven: bool) -> Result<Picture, ArtError> {
        if self.is_short && !is_proven {
            return Ok(Picture { bytes: self.draw_plainly(url)?, drawing: None });
        }
        let drawing = style.draw(url)?;
        let bytes = if is_proven { drawing.file(self.format) } else { drawing.file_unproven(self.format) };
        Ok(Picture { bytes: bytes?, drawing: Some(drawing) })
    }

    /// The same picture, without the detour over a drawing.
    fn draw_plainly(&self, url: &str) -> Result<Vec<u8>, ArtError> {
        let symbol = Symbol::encode_at_least(url, Level::M)?;
        let style = Style::new();
        Ok(match self.format {
            Format::Svg => symbol.to_svg(&style)?.into_bytes(),
            _ => symbol.to_png(&style)?,
        })
    }
}
