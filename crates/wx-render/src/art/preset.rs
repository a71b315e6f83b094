use super::{ArtError, style_file::StyleFile};
use crate::Style;
use std::path::Path;

/// Name, style file.
const PRESETS: [(&str, &str); 10] = [
    ("plain", include_str!("../../presets/plain.toml")),
    ("ink", include_str!("../../presets/ink.toml")),
    ("dots", include_str!("../../presets/dots.toml")),
    ("soft", include_str!("../../presets/soft.toml")),
    ("green", include_str!("../../presets/green.toml")),
    ("ocean", include_str!("../../presets/ocean.toml")),
    ("sunset", include_str!("../../presets/sunset.toml")),
    ("leaf", include_str!("../../presets/leaf.toml")),
    ("card", include_str!("../../presets/card.toml")),
    ("festive", include_str!("../../presets/festive.toml")),
];

/// Their names.
pub(crate) const NAMES: [&str; PRESETS.len()] = {
    let mut names = [""; PRESETS.len()];
    let mut at = 0;
    while at < PRESETS.len() {
        names[at] = PRESETS[at].0;
        at += 1;
    }
    names
};

impl Style {
    /// The names of the presets that ship.
    pub const PRESETS: &[&str] = &NAMES;

    /// A preset by its name, one of [`Style::PRESETS`].
    ///
    /// # Errors
    ///
    /// [`ArtError::Preset`] if there is none of that name.
    pub fn preset(name: &str) -> Result<Self, ArtError> {
        StyleFile::parse(Self::preset_file(name)?)?.style(Path::new(""))
    }

    /// The style file of a preset, to start one's own from.
    ///
    /// # Errors
    ///
    /// [`ArtError::Preset`] if there is none of that name.
    pub fn preset_file(name: &str) -> Result<&'static str, ArtError> {
        let preset = PRESETS.iter().find(|(known, _)| *known == name);
        preset.map(|(_, file)| *file).ok_or_else(|| {
            let name: String = name.chars().take(64).collect();
            ArtError::Preset { meant: meant(&name, NAMES), name }
        })
    }
}

/// The one of the names that may be meant.
pub(super) fn meant<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = names.into_iter().map(|known| (strsim::jaro_winkler(name, known), known));
    near.filter(|(likeness, _)| *likeness > 0.78).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}
