use std::{fmt, str::FromStr};

/// Which pictures of a batch are read again before they are handed out: `all`, or a share like `1%`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Proof {
    /// In millionths; all of them by default.
    skipped: u32,
}

const ALL: u32 = 1_000_000;

impl Proof {
    /// Every picture.
    pub const ALL: Self = Self { skipped: 0 };

    /// So many of a hundred, spread evenly; the first one always is among them. 0 and below count as the first one alone,
    /// 100 and above as all.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to a million")]
    pub fn percent(share: f64) -> Self {
        Self { skipped: ALL - (share.clamp(0.0, 100.0) * 10_000.0).round() as u32 }
    }

    /// Whether the picture with that number, from 0, is read.
    pub fn includes(self, number: u64) -> bool {
        let share = u128::from(ALL - self.skipped);
        let reached = |number: u128| (number * share).div_ceil(u128::from(ALL));
        number == 0 || reached(u128::from(number) + 1) > reached(number.into())
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.skipped {
            0 => f.write_str("all"),
            skipped => write!(f, "{}%", f64::from(ALL - skipped) / 10_000.0),
        }
    }
}

impl FromStr for Proof {
    type Err = InvalidProof;

    fn from_str(text: &str) -> Result<Self, InvalidProof> {
        if text == "all" {
            return Ok(Self::ALL);
        }
        let percent: Option<f64> = text.strip_suffix('%').and_then(|number| number.trim().parse().ok());
        let percent = percent.filter(|percent| (0.0..=100.0).contains(percent));
        percent.map(Self::percent).ok_or_else(|| InvalidProof(text.chars().take(16).collect()))
    }
}

/// A text that names no share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidProof(String);

impl fmt::Display for InvalidProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no share of pictures; write `all` or, for one of a hundred, `1%`", self.0)
    }
}

impl std::error::Error for InvalidProof {}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str, of: u64) -> usize {
        let proof: Proof = text.parse().unwrap();
        (0..of).filter(|number| proof.includes(*number)).count()
    }

    #[test]
    fn the_share_is_exact_and_even() {
        assert_eq!(count("all", 1000), 1000);
        assert_eq!(count("100%", 1000), 1000);
        assert_eq!(count("1%", 1000), 10);
        assert_eq!(count("0.1%", 10_000), 10);
        assert_eq!(count("33%", 100), 33);
        assert_eq!(count("0%", 1000), 1);
        let picked: Vec<u64> = (0..300).filter(|number| Proof::percent(1.0).includes(*number)).collect();
        assert_eq!(picked, [0, 100, 200]);
    }

    #[test]
    fn reads_what_it_writes_and_refuses_the_rest() {
        for text in ["all", "1%", "0.5%"] {
            assert_eq!(text.parse::<Proof>().unwrap().to_string(), text);
        }
        for text in ["", "none", "1", "-1%", "101%", "NaN%"] {
            assert!(text.parse::<Proof>().is_err(), "{text}");
        }
    }
}
