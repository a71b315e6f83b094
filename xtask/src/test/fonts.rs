use super::{packages, report::Outcome};
use std::path::Path;

/// Fonts with Chinese characters, as Debian and Ubuntu have them; the tests write with one of them.
const FILES: [&str; 3] = [
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
];

/// Makes sure that there is a Chinese font, the smallest by default; otherwise says what became of the tests that need it.
pub(super) fn prepare(install: bool) -> Result<(), Outcome> {
    let is_installed = || FILES.iter().any(|file| Path::new(file).is_file());
    packages::ensure("fonts with Chinese characters", &["fonts-wqy-microhei"], install, is_installed)
}
