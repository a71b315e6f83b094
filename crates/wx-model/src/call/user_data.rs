use super::date::day_number;
use crate::{OverLimit, UserSource};
use serde::{Deserialize, Serialize};

/// The body of `POST /datacube/getusersummary` and `getusercumulate` (用户分析数据, protocol §10.5).
///
/// Days are those of Beijing (UTC+8), `2026-01-31`; at most 7 of them, the last not after yesterday (ready at 08:00),
/// the first not before 2014-12-01. Refused with 61500, 61501 or, when not ready, 61503.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserDataRequest {
    /// The first day.
    pub begin_date: String,
    /// The last day, included.
    pub end_date: String,
}

impl UserDataRequest {
    /// The days from the first to the last.
    pub fn new(begin_date: impl Into<String>, end_date: impl Into<String>) -> Self {
        Self { begin_date: begin_date.into(), end_date: end_date.into() }
    }

    /// Whether both are days written as `2026-01-31`, in this order, 7 at most, and none is before 2014-12-01. What
    /// depends on today is left to the platform.
    pub fn check(&self) -> Result<(), OverLimit> {
        let day = |text: &str| {
            let number = day_number(text);
            OverLimit::unless(number.is_some(), || {
                format!("{text:?} is no day; days of Beijing are written as 2026-01-31")
            })?;
            Ok(number.unwrap_or_default())
        };
        let (first, last) = (day(&self.begin_date)?, day(&self.end_date)?);
        OverLimit::unless((0..7).contains(&(last - first)) && first >= FIRST_DAY, || {
            format!(
                "the figures are given for 1 to 7 days at once, since 2014-12-01; {} to {} is not such a time; ask in pieces",
                self.begin_date, self.end_date
            )
        })
    }
}

/// 2014-12-01.
const FIRST_DAY: i64 = 16_405;

/// The answer to `datacube/getusersummary`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserSummaryResponse {
    /// One row per day and source.
    pub list: Vec<UserSummary>,
}

/// Who came and went on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserSummary {
    /// The day.
    pub ref_date: String,
    /// Where they came from.
    pub user_source: UserSource,
    /// New followers.
    pub new_user: u64,
    /// Followers who left.
    pub cancel_user: u64,
}

/// The answer to `datacube/getusercumulate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserCumulateResponse {
    /// One row per day.
    pub list: Vec<UserCumulate>,
}

/// How many followed at the end of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UserCumulate {
    /// The day.
    pub ref_date: String,
    /// Always the row of all sources, where it is said at all.
    #[serde(default)]
    pub user_source: UserSource,
    /// The followers.
    pub cumulate_user: u64,
}
