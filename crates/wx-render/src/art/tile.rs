use super::{
    ArtError, Color,
    alignment::Alignment,
    area::Area,
    caption_block::CaptionBlock,
    cleared::Cleared,
    eye,
    item::{Fill, Item},
    module_shape::at,
    outline::Outline,
    parts::{Art, Frame},
};
use crate::{DrawError, Size, Style, Symbol};
use resvg::tiny_skia::Path;

/// A code with its quiet zone, frame and caption, in whole pixels from (0, 0).
#[derive(Debug)]
pub(crate) struct Tile {
    pub(crate) items: Vec<Item>,
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// The symbol without quiet zone.
    pub(crate) symbol: Area,
    /// The side of a module.
    pub(crate) module: f32,
}

impl Tile {
    pub(crate) fn new(symbol: &Symbol, style: &Style, size: Size) -> Result<Self, ArtError> {
        let art = &style.art;
        let frame_modules = art.frame.map_or(0.0, |frame| frame.width);
        let modules = at(symbol.width() + 2 * usize::from(style.quiet_zone)) + 2.0 * frame_modules;
        let (width, module) = match size {
            Size::Module(pixels) => ((modules * pixels_of(pixels)).ceil(), pixels_of(pixels)),
            Size::Picture(pixels) => (pixels_of(pixels), (pixels_of(pixels) / modules).floor()),
        };
        if module < 1.0 {
            return Err(DrawError::TooSmall { needed: whole(modules.ceil()) }.into());
        }
        let frame_width = (frame_modules * module).round();
        let inner = width - 2.0 * frame_width;
        let caption =
            art.caption.as_ref().map(|caption| CaptionBlock::new(caption, width, inner - 2.0 * module));
        let caption = caption.transpose()?;
        let block = caption.as_ref().map_or(0.0, |caption| caption.height);
        let above = if art.caption.as_ref().is_some_and(|caption| caption.is_above) { block } else { 0.0 };
        let height = 2.0 * frame_width + inner + block;
        let field = Area::square(frame_width, frame_width + above, inner);
        let across = at(symbol.width()) * module;
        let quiet = ((inner - across) / 2.0).floor();
        let place = Area::square(field.x + quiet, field.y + quiet, across);

        let mut items = background(art, Area::new(0.0, 0.0, width, height), field, module);
        items.extend(code(symbol, art, place, module));
        if let Some(caption) = caption {
            let is_card = art.frame.is_some_and(|frame| frame.is_card);
            let top = match (is_card, above > 0.0) {
                // In the middle of what is left of the card.
                (true, false) => field.y + inner + f32::midpoint(frame_width, caption.margin()),
                (true, true) => f32::midpoint(frame_width, caption.margin()),
                (false, false) => field.y + inner,
                (false, true) => frame_width + caption.margin(),
            };
            items.extend(caption.items(width / 2.0, top, caption_color(art)));
        }
        Ok(Self { items, width, height, symbol: place, module })
    }
}

/// The modules, the eyes and the logo.
fn code(symbol: &Symbol, art: &Art, place: Area, module: f32) -> Vec<Item> {
    let origin = (place.x, place.y);
    let paint = Fill::new(art.dark, place);
    let cleared = art.logo.as_ref().map(|logo| Cleared::new(logo, symbol.width()));
    let is_kept = |x: usize, y: usize| !cleared.as_ref().is_some_and(|cleared| cleared.covers(x, y));
    let width = symbol.width();
    let eyes = art.eyes;
    let fill = |color: Option<Color>| color.map_or(paint, Fill::Solid);
    let shape = |path: Option<Path>, fill, is_ring| path.map(|path| Item::Shape { path, fill, is_ring });
    let alignment = Alignment::new(width, is_kept);
    let is_free = |x: usize, y: usize| is_kept(x, y) && !alignment.has(x, y);
    let mut items: Vec<Item> = [
        shape(art.modules.draw(symbol, is_free, origin, module), paint, false),
        shape(alignment.rings(art.modules.corner(), origin, module), paint, true),
        shape(eye::frames(eyes.frame, width, origin, module), fill(eyes.frame_color), true),
        shape(eye::balls(eyes.ball, width, origin, module), fill(eyes.ball_color), false),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Some(logo) = &art.logo {
        let side = place.width * logo.size / 100.0;
        let (x, y) = place.centre();
        let (width, height) = logo.picture.size();
        let area = Area::square(x - side / 2.0, y - side / 2.0, side).fit(width, height);
        items.push(Item::Picture { area, picture: logo.picture.clone() });
    }
    items
}

/// What lies under the code: the light field, and the frame.
fn background(art: &Art, tile: Area, field: Area, module: f32) -> Vec<Item> {
    let mut items = Vec::new();
    let mut add = |color: Option<Color>, is_ring, outline: Outline| {
        if let (Some(color), Some(path)) = (color, outline.finish()) {
            items.push(Item::Shape { path, fill: Fill::Solid(color), is_ring });
        }
    };
    let mut outer = Outline::default();
    let Some(Frame { color, width, radius, is_card }) = art.frame else {
        outer.rectangle(tile);
        add(art.light, false, outer);
        return items;
    };
    let radius = radius * module;
    let mut inner = Outline::default();
    outer.rounded(tile, [radius; 4]);
    if is_card {
        add(Some(color), false, outer);
        inner.rounded(field, [radius - width * module / 2.0; 4]);
        add(art.light.or(Some(Color::WHITE)), false, inner);
    } else {
        inner.rounded(tile, [radius; 4]);
        add(art.light, false, inner);
        outer.rounded(tile.shrink(width * module), [radius - width * module; 4]);
        add(Some(color), true, outer);
    }
    items
}

fn caption_color(art: &Art) -> Color {
    let own = art.caption.as_ref().and_then(|caption| caption.color);
    own.unwrap_or(match art.frame {
        Some(Frame { is_card: true, .. }) => art.light.unwrap_or(Color::WHITE),
        _ => art.dark.from(),
    })
}

#[expect(clippy::cast_precision_loss, reason = "pictures have at most 16384 pixels a side")]
fn pixels_of(pixels: u32) -> f32 {
    pixels as f32
}

/// A length in whole pixels; what is no number or below zero is none.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
pub(crate) fn whole(length: f32) -> u32 {
    length.round() as u32
}
