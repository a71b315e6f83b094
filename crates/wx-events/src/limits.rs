/// How large a body may be. What goes beyond is refused, so that no sender decides about memory or time.
///
/// ```
/// use wx_events::Limits;
///
/// let mut limits = Limits::with_bytes(64 * 1024);
/// limits.depth = 8;
/// assert_eq!(Limits::default().bytes, 1024 * 1024);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the body. 1 MiB unless told otherwise.
    pub bytes: usize,
    /// Elements inside one another, the root not counted. 16 unless told otherwise; the deepest known push has 4.
    pub depth: usize,
    /// Elements in all, the root not counted; in JSON, arrays as well. 1024 unless told otherwise; known pushes have some dozens.
    pub elements: usize,
    /// Bytes of a tag, which is a name and its attributes; in JSON, of a name. 256 unless told otherwise; the longest
    /// known name has 28, and pushes have no attributes.
    pub tag: usize,
    /// Bytes of text in one element, the `Encrypt` of an envelope apart. 64 KiB unless told otherwise; what a person
    /// types has 2048 at most.
    pub text: usize,
}

impl Limits {
    /// The usual limits with another size of the body.
    pub fn with_bytes(bytes: usize) -> Self {
        Self { bytes, ..Self::default() }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1024 * 1024, depth: 16, elements: 1024, tag: 256, text: 64 * 1024 }
    }
}
