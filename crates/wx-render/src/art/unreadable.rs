use super::Color;
use std::fmt;

/// Why people could not scan a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Unreadable {
    /// Dark and light look too much alike.
    Contrast {
        /// The lightest dark colour.
        dark: Color,
        /// The light colour.
        light: Color,
    },
    /// The modules are lighter than what is around them; many phones do not read that.
    Inverted {
        /// The colour of the modules.
        dark: Color,
        /// The colour around them.
        light: Color,
    },
    /// The margin around the symbol is too small to find it.
    QuietZone {
        /// What the style says, in modules.
        modules: u8,
    },
    /// The logo covers more than error correction can bring back and still leave something for dirt and bad light.
    Logo {
        /// What it may damage, in percent of the symbol's codewords.
        covered: f32,
    },
    /// It was drawn, and a decoder does not read it as it is in the file.
    Decoder {
        /// Whether rqrr read it.
        by_rqrr: bool,
        /// Whether rxing read it.
        by_rxing: bool,
        /// The side of a module in pixels.
        module: f32,
    },
}

/// The least contrast; below it, phones fail in shade or on a worn print.
pub(crate) const LEAST_CONTRAST: f32 = 3.0;
/// The least quiet zone in modules.
pub(crate) const LEAST_QUIET_ZONE: u8 = 2;
/// What a logo may damage at the highest level, in percent of the codewords; the level brings back 30.
pub(crate) const MOST_COVERED: f32 = 18.0;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contrast { dark, light } => write!(
                f,
                "it could not be scanned: the contrast of {dark} on {light} is too low, {:.1}:1, at least \
                 {LEAST_CONTRAST:.0}:1 is needed; make the dark colour darker or the light one lighter",
                dark.contrast(*light)
            ),
            Self::Inverted { dark, light } => write!(
                f,
                "it could not be scanned by many phones: it is inverted, the modules ({dark}) are lighter than the \
                 background ({light}); exchange the two colours"
            ),
            Self::QuietZone { modules } => write!(
                f,
                "it could not be scanned: the quiet zone is too small, {modules} modules; make it 4, at least \
                 {LEAST_QUIET_ZONE}"
            ),
            Self::Logo { covered } => write!(
                f,
                "it could not be scanned: the logo is too large, it covers {covered:.0} % of the code, error \
                 correction allows {MOST_COVERED:.0} %; make its size or margin smaller"
            ),
            Self::Decoder { by_rqrr, by_rxing, module } => {
                let who = match (by_rqrr, by_rxing) {
                    (false, false) => "neither of the two decoders (rqrr, rxing)",
                    (true, _) => "only one of two decoders (rqrr, not rxing)",
                    (_, true) => "only one of two decoders (rxing, not rqrr)",
                };
                let why = if *module < 4.0 {
                    "; a module has only few pixels: make the picture larger"
                } else {
                    "; take stronger contrast, plainer shapes, a smaller logo, or a calmer background"
                };
                write!(f, "it could not be scanned: {who} read it, at {module:.1} pixels a module{why}")
            }
        }
    }
}

impl std::error::Error for Unreadable {}
