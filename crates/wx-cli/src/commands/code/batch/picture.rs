use crate::failure::{Failure, Outcome, sentence};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Write},
    path::Path,
};
use tempfile::NamedTempFile;
use wx_qrcode::Image;
use wx_render::{Level, Style, Symbol};

/// Draws what the platform's picture says, black on white.
pub(super) fn draw(url: &str) -> Outcome<Vec<u8>> {
    let failed = |error: &dyn std::error::Error| Failure::failed(sentence(error));
    let symbol = Symbol::encode(url, Level::M).map_err(|error| failed(&error))?;
    symbol.to_png(&Style::new()).map_err(|error| failed(&error))
}

/// Writes the whole file or none: under another name first, which is then changed.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = beside(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// A file in the folder that goes away unless it is kept, with the rights that other files of this user get.
pub(super) fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".wx-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// How many pictures are read back after they were drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sample(f64);

impl Sample {
    /// Reads `all`, `none` or a percentage such as `1%`.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let percent = match text {
            "all" => 100.0,
            "none" => 0.0,
            other => other.strip_suffix('%').and_then(|number| number.parse::<f64>().ok()).unwrap_or(-1.0),
        };
        if (0.0..=100.0).contains(&percent) {
            Ok(Self(percent))
        } else {
            Err(format!("write all, none or a percentage such as 1%, not {text}"))
        }
    }

    /// Whether the picture of this url is one of them: always the same ones.
    fn takes(self, url: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        url.hash(&mut hasher);
        #[expect(clippy::cast_precision_loss, reason = "a share of all numbers needs no more")]
        let place = hasher.finish() as f64 / u64::MAX as f64 * 100.0;
        self.0 >= 100.0 || place < self.0
    }

    /// Reads the picture back, if it is one of those.
    pub(super) fn prove(self, url: &str, picture: &[u8]) -> Outcome {
        if self.takes(url) {
            Image::from_bytes(picture.to_vec())?.prove(url).map_err(Into::into)
        } else {
            Ok(())
        }
    }
}
