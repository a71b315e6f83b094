use super::svg_picture;
use crate::proof::{PictureError, PictureKind, PictureLimits};
use std::{fmt, sync::Arc};

/// A logo or a background: a PNG, JPEG or SVG file, checked and held as it is. A clone costs nothing.
///
/// What a file is says its content, not its name. PNG and JPEG may have 16 million pixels, a progressive JPEG 8 million;
/// they are decoded once to see that they are whole. An SVG may draw shapes and gradients:
/// what it refers to outside of itself, scripts, texts (turn them into paths), filters and entities are refused. Nothing
/// is ever fetched or opened.
#[derive(Clone)]
pub struct Picture(Arc<Content>);

struct Content {
    kind: Kind,
    bytes: Vec<u8>,
    width: f32,
    height: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Png,
    Jpeg,
    Svg,
}

const LIMITS: PictureLimits =
    PictureLimits { pixels: 16_000_000, buffered_pixels: 8_000_000, is_strict: true };

impl Picture {
    /// Takes the bytes of a file.
    ///
    /// # Errors
    ///
    /// [`PictureError`] if it is of another kind, too large, damaged, or an SVG that does more than draw.
    pub fn new(file: &[u8]) -> Result<Self, PictureError> {
        let Some(kind) = PictureKind::of(file) else { return Self::svg(file) };
        let (width, height) = kind.check(file, LIMITS)?;
        let kind = match kind {
            PictureKind::Png => Kind::Png,
            PictureKind::Jpeg => Kind::Jpeg,
        };
        let [width, height] = [width, height].map(super::module_shape::at);
        Ok(Self(Arc::new(Content { kind, bytes: file.to_vec(), width, height })))
    }

    fn svg(file: &[u8]) -> Result<Self, PictureError> {
        let Some(text) = svg_picture::text(file) else {
            return Err(PictureError::no_picture(file));
        };
        let tree = svg_picture::read(text)?;
        let (width, height) = (tree.size().width(), tree.size().height());
        // Written anew from what was understood, so nothing else of the file is ever in a picture of ours.
        let bytes = svg_picture::write(&tree);
        Ok(Self(Arc::new(Content { kind: Kind::Svg, bytes, width, height })))
    }

    /// Its width and height, in pixels or in units of the SVG.
    pub fn size(&self) -> (f32, f32) {
        (self.0.width, self.0.height)
    }

    pub(crate) fn kind(&self) -> Kind {
        self.0.kind
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// The shapes of an SVG.
    #[cfg(feature = "pdf")]
    pub(crate) fn tree(&self) -> Option<resvg::usvg::Tree> {
        let text = svg_picture::text(&self.0.bytes).filter(|_| self.0.kind == Kind::Svg)?;
        svg_picture::read(text).ok()
    }

    /// What two clones of one picture have in common.
    #[cfg(feature = "pdf")]
    pub(crate) fn identity(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.bytes == other.0.bytes
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Content { kind, bytes, width, height } = &*self.0;
        write!(f, "Picture({kind:?}, {width} x {height}, {} bytes)", bytes.len())
    }
}
