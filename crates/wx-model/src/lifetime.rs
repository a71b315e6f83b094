use std::{fmt, str::FromStr};

/// How long a temporary code lives (有效时间, `expire_seconds`): 1..=2592000 seconds, at most 30 days.
///
/// There is no default: the platform's own is 60 seconds, which has ruined printed codes (protocol §2.2), so a
/// lifetime is always chosen and always sent.
///
/// ```
/// use wx_model::Lifetime;
///
/// assert_eq!(Lifetime::days(30)?.seconds(), 2_592_000);
/// assert_eq!("12h".parse::<Lifetime>()?.seconds(), 43_200);
/// assert!(Lifetime::days(31).is_err());
/// # Ok::<(), wx_model::InvalidLifetime>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lifetime(u32);

impl Lifetime {
    /// The longest lifetime: 30 days.
    pub const MAX: Self = Self(2_592_000);

    /// A lifetime in seconds, 1..=2592000.
    pub fn from_seconds(seconds: u64) -> Result<Self, InvalidLifetime> {
        match u32::try_from(seconds) {
            Ok(short @ 1..=2_592_000) => Ok(Self(short)),
            _ => Err(InvalidLifetime::Range { seconds }),
        }
    }

    /// A lifetime in hours, 1..=720.
    pub fn hours(hours: u32) -> Result<Self, InvalidLifetime> {
        Self::from_seconds(u64::from(hours) * 3600)
    }

    /// A lifetime in days, 1..=30.
    pub fn days(days: u32) -> Result<Self, InvalidLifetime> {
        Self::from_seconds(u64::from(days) * 86_400)
    }

    /// The lifetime in seconds.
    pub fn seconds(self) -> u32 {
        self.0
    }
}

/// In the largest unit that fits, as it is read: `30d`, `12h`, `15m`, `90s`.
impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(86_400, 'd'), (3600, 'h'), (60, 'm')];
        let (size, unit) =
            units.into_iter().find(|(size, _)| self.0.is_multiple_of(*size)).unwrap_or((1, 's'));
        write!(f, "{}{unit}", self.0 / size)
    }
}

/// Reads seconds (`600`), or a number with `s`, `m`, `h` or `d` (`90s`, `15m`, `12h`, `30d`).
impl FromStr for Lifetime {
    type Err = InvalidLifetime;

    fn from_str(text: &str) -> Result<Self, InvalidLifetime> {
        let (number, unit) = match text.char_indices().last() {
            Some((end, 's')) => (&text[..end], 1),
            Some((end, 'm')) => (&text[..end], 60),
            Some((end, 'h')) => (&text[..end], 3600),
            Some((end, 'd')) => (&text[..end], 86_400),
            _ => (text, 1),
        };
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidLifetime::Text);
        }
        // Only an overflow is left to go wrong here, and that is out of range in any case.
        let seconds = number.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(unit);
        Self::from_seconds(seconds)
    }
}

/// Why a value is no [`Lifetime`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidLifetime {
    /// Outside 1..=2592000 seconds.
    Range {
        /// What was asked for.
        seconds: u64,
    },
    /// Not a number with an optional unit.
    Text,
}

impl fmt::Display for InvalidLifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range { seconds } => write!(
                f,
                "a temporary code lives 1..=2592000 seconds (30 days), not {seconds}; take a permanent code to print"
            ),
            Self::Text => f.write_str(
                "a lifetime is a number of seconds, or a number with s, m, h or d such as 12h or 30d",
            ),
        }
    }
}

impl std::error::Error for InvalidLifetime {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_seconds_and_units() {
        assert_eq!(Lifetime::MAX.to_string(), "30d");
        assert_eq!(Lifetime(3601).to_string(), "3601s");
        for (text, seconds) in [("1", 1), ("90s", 90), ("15m", 900), ("12h", 43_200), ("30d", 2_592_000)] {
            let lifetime = text.parse::<Lifetime>().unwrap();
            assert_eq!(lifetime.seconds(), seconds, "{text}");
            assert_eq!(lifetime.to_string().parse(), Ok(lifetime), "{text}");
        }
        for text in ["", "d", "-1", "+1", "1.5h", "10 d", "1w", "三天"] {
            assert_eq!(text.parse::<Lifetime>(), Err(InvalidLifetime::Text), "{text}");
        }
        for text in ["0", "2592001", "31d", "99999999999999999999d"] {
            assert!(matches!(text.parse::<Lifetime>(), Err(InvalidLifetime::Range { .. })), "{text}");
        }
    }
}
