use super::{ArtError, outline::Outline};
use resvg::{
    tiny_skia::Path,
    usvg::{self, Group, Node, Options, Tree, fontdb},
};
use skrifa::{FontRef, MetadataProvider};
use std::{
    collections::BTreeSet,
    fmt,
    path::Path as FilePath,
    sync::{Arc, LazyLock},
};

/// A font: a family of the system, a font file, or, by default, whatever the system has for the text.
#[derive(Clone, Default)]
pub struct Font(Choice);

#[derive(Clone, Default)]
enum Choice {
    #[default]
    System,
    Family(String),
    File(Arc<fontdb::Database>),
}

/// Families with simplified Chinese glyphs, the best first; the system is asked for them before all others.
const PREFERRED: [&str; 12] = [
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "HarmonyOS Sans SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "SimHei",
];

/// The largest font file, in bytes; collections for all of East Asia have about 20 MB.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Outlines are made this large and scaled.
const EM: f32 = 100.0;

static SYSTEM: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    Arc::new(fonts)
});

impl Font {
    /// The system's font of that family.
    pub fn family(name: impl Into<String>) -> Self {
        Self(Choice::Family(name.into()))
    }

    /// A TTF, OTF or TTC file of at most 64 MiB.
    ///
    /// # Errors
    ///
    /// [`ArtError::Font`] if it cannot be read or holds no font.
    pub fn file(path: &FilePath) -> Result<Self, ArtError> {
        let is_font =
            |head: &[u8]| [&[0, 1, 0, 0], b"OTTO", b"ttcf", b"true"].iter().any(|kind| *kind == head);
        let mut fonts = fontdb::Database::new();
        if let Some(bytes) = super::file::read_if(path, MAX_BYTES, is_font)? {
            fonts.load_font_data(bytes);
        }
        if fonts.is_empty() {
            return Err(ArtError::Font(format!("{} is no TTF, OTF or TTC font", path.display())));
        }
        Ok(Self(Choice::File(Arc::new(fonts))))
    }

    /// One line of text as an outline of 100 units height, its baseline at 0, and its width.
    pub(crate) fn line(&self, text: &str) -> Result<Option<Line>, ArtError> {
        if text.trim().is_empty() {
            return Ok(None);
        }
        let (fonts, family) = self.find(text)?;
        let options = Options { fontdb: fonts, font_family: family.clone(), ..Options::default() };
        let document = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'>\
             <text font-family='{}' font-weight='500' font-size='{EM}' xml:space='preserve'>{}</text></svg>",
            escaped(&format!("\"{family}\"")),
            escaped(text)
        );
        let tree = Tree::from_str(&document, &options)
            .map_err(|error| ArtError::Font(format!("the text cannot be laid out: {error}")))?;
        let mut outline = Outline::default();
        collect(tree.root(), &mut outline);
        let Some(path) = outline.finish() else { return Ok(None) };
        let bounds = path.bounds();
        Ok(Some(Line { left: bounds.left(), right: bounds.right(), path }))
    }

    /// Whether one font has all of the text.
    pub(super) fn has(&self, text: &str) -> Result<(), ArtError> {
        if text.trim().is_empty() { Ok(()) } else { self.find(text).map(drop) }
    }

    /// The fonts to ask and the family that has all of the text.
    fn find(&self, text: &str) -> Result<(Arc<fontdb::Database>, String), ArtError> {
        let fonts = match &self.0 {
            Choice::File(fonts) => Arc::clone(fonts),
            Choice::System | Choice::Family(_) => Arc::clone(&SYSTEM),
        };
        let mut faces: Vec<&fontdb::FaceInfo> = fonts.faces().collect();
        match &self.0 {
            Choice::Family(name) => {
                faces.retain(|face| has_name(face, name));
                if faces.is_empty() {
                    return Err(ArtError::Font(format!(
                        "there is no font {name:?} on this system; install it, give a font file, or leave the font out"
                    )));
                }
            }
            Choice::System => faces.sort_by_key(|face| rank(face)),
            Choice::File(_) => {}
        }
        let wanted: BTreeSet<char> = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let mut least: Option<BTreeSet<char>> = None;
        for face in faces {
            let missing = missing(&fonts, face, &wanted);
            if let (true, Some((name, _))) = (missing.is_empty(), face.families.first()) {
                return Ok((Arc::clone(&fonts), name.clone()));
            }
            if least.as_ref().is_none_or(|least| missing.len() < least.len()) {
                least = Some(missing);
            }
        }
        let characters = least.unwrap_or(wanted).into_iter().collect();
        Err(ArtError::Glyphs { characters, is_given: !matches!(self.0, Choice::System) })
    }
}

impl PartialEq for Font {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Choice::System, Choice::System) => true,
            (Choice::Family(a), Choice::Family(b)) => a == b,
            (Choice::File(a), Choice::File(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl fmt::Debug for Font {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Choice::System => f.write_str("Font(system)"),
            Choice::Family(name) => write!(f, "Font({name:?})"),
            Choice::File(_) => f.write_str("Font(file)"),
        }
    }
}

/// A line of text as an outline.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) path: Path,
    pub(crate) left: f32,
    pub(crate) right: f32,
}

impl Line {
    /// Its width for a height of 1.
    pub(crate) fn width(&self) -> f32 {
        (self.right - self.left) / EM
    }

    /// The outline with its baseline beginning at (x, y), for that height.
    pub(crate) fn at(&self, x: f32, y: f32, height: f32) -> Option<Path> {
        let scale = height / EM;
        let transform = usvg::Transform::from_row(scale, 0.0, 0.0, scale, x - self.left * scale, y);
        self.path.clone().transform(transform)
    }
}

fn has_name(face: &fontdb::FaceInfo, wanted: &str) -> bool {
    face.families.iter().any(|(name, _)| name.eq_ignore_ascii_case(wanted))
}

/// Preferred families first, upright faces of normal weight before others.
fn rank(face: &fontdb::FaceInfo) -> (usize, bool, u16) {
    let place = PREFERRED.iter().position(|name| has_name(face, name)).unwrap_or(PREFERRED.len());
    (place, face.style != fontdb::Style::Normal, face.weight.0.abs_diff(500))
}

fn missing(fonts: &fontdb::Database, face: &fontdb::FaceInfo, wanted: &BTreeSet<char>) -> BTreeSet<char> {
    let lacks = |data: &[u8], index: u32| {
        let font = FontRef::from_index(data, index).ok()?;
        let glyphs = font.charmap();
        Some(wanted.iter().copied().filter(|c| glyphs.map(*c).is_none()).collect())
    };
    fonts.with_face_data(face.id, lacks).flatten().unwrap_or_else(|| wanted.clone())
}

fn collect(group: &Group, outline: &mut Outline) {
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, outline),
            Node::Path(path) => {
                if let Some(path) = path.data().clone().transform(path.abs_transform()) {
                    outline.push(&path);
                }
            }
            Node::Text(text) => collect(text.flattened(), outline),
            Node::Image(_) => {}
        }
    }
}

fn escaped(text: &str) -> String {
    let is_fine = |c: &char| !c.is_control() && *c != '\u{fffe}' && *c != '\u{ffff}';
    let text: String = text.chars().filter(is_fine).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&apos;")
}
