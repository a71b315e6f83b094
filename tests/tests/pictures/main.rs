//! Pictures of wx-render as strangers see them: readers, a PDF program and fonts in which no crate of ours has a part.
#![expect(clippy::unwrap_used, reason = "helpers of tests may stop the test")]

#[cfg(feature = "fonts")]
mod captions;
mod grey;
mod matrix;
mod payload;
#[cfg(feature = "poppler")]
mod poppler;
mod readers;
#[cfg(feature = "zbar")]
mod zbar;
