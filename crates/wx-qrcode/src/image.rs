use crate::Error;
use bytes::Bytes;
use std::fmt;

/// A picture of a code as the platform drew it. Its first bytes have been checked; it has not been decoded.
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    bytes: Bytes,
    format: ImageFormat,
}

impl Image {
    /// Takes the bytes of an answer for a picture if they begin like one. The content type is of no use: the platform
    /// says `image/jpg`, which does not exist (protocol §3).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotAnImage`](crate::ErrorKind::NotAnImage), which says what the bytes are instead.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Result<Self, Error> {
        let bytes = bytes.into();
        match ImageFormat::of(&bytes) {
            Some(format) => Ok(Self { bytes, format }),
            None => Err(Error::not_an_image(&bytes)),
        }
    }

    /// The file as it came.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file as it came, without a copy.
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }

    /// The kind of file.
    pub fn format(&self) -> ImageFormat {
        self.format
    }

    /// The usual end of its file name, without a dot: `jpg` or `png`.
    pub fn extension(&self) -> &'static str {
        match self.format {
            ImageFormat::Jpeg => "jpg",
            ImageFormat::Png => "png",
        }
    }
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Image").field("format", &self.format).field("bytes", &self.bytes.len()).finish()
    }
}

/// The kind of an [`Image`] file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ImageFormat {
    /// What the platform sends.
    Jpeg,
    /// What a gateway or a simulator may send.
    Png,
}

impl ImageFormat {
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Self::Png),
            _ => None,
        }
    }
}
