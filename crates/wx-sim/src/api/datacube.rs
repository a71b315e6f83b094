//! How many came and went (用户分析数据接口, protocol §10.5), from what really happened here.

use super::{Call, Grant, Refusal};
use crate::{beijing, platform::Account};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

#[derive(Deserialize)]
struct Dates {
    begin_date: Option<String>,
    end_date: Option<String>,
}

#[derive(Serialize)]
struct List<T: Serialize> {
    list: Vec<T>,
}

#[derive(Serialize)]
struct Summary {
    ref_date: String,
    user_source: u32,
    new_user: u32,
    cancel_user: u32,
}

/// `POST /datacube/getusersummary`: a row for each day and `user_source` that has figures. Nobody knows why people go,
/// so cancellations stand in the row of source 0, which each day has.
pub(super) fn getusersummary(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let mut list = Vec::new();
    for day in days(account, call)? {
        let figures = account.figures.of(day);
        let ref_date = beijing::date(day);
        let others = figures.new.get(&0).copied().unwrap_or_default();
        let row = |user_source, new_user, cancel_user| Summary {
            ref_date: ref_date.clone(),
            user_source,
            new_user,
            cancel_user,
        };
        list.push(row(0, others, figures.cancelled));
        list.extend(
            figures.new.iter().filter(|(source, _)| **source > 0).map(|(source, new)| row(*source, *new, 0)),
        );
    }
    let note = format!("{} rows", list.len());
    Ok(Grant::json(&List { list }, note))
}

#[derive(Serialize)]
struct Cumulated {
    ref_date: String,
    user_source: u32,
    cumulate_user: usize,
}

/// `POST /datacube/getusercumulate`: a row for each day, of source 0.
pub(super) fn getusercumulate(account: &mut Account, call: &Call) -> Result<Grant, Refusal> {
    let row = |day| Cumulated {
        ref_date: beijing::date(day),
        user_source: 0,
        cumulate_user: account.figures.total_at(day),
    };
    let list: Vec<_> = days(account, call)?.map(row).collect();
    let note = format!("{} rows", list.len());
    Ok(Grant::json(&List { list }, note))
}

const LONGEST: i64 = 7;
/// 2014-12-01.
const FIRST_DAY: i64 = 16_405;
/// Yesterday's figures are ready at eight in the morning.
const READY: i64 = 8 * 3600;

/// At most seven days, none of them before the first or in the future (61501), all of them ready (61503).
fn days(account: &Account, call: &Call) -> Result<RangeInclusive<i64>, Refusal> {
    let dates: Dates = call.json()?;
    let day =
        |text: Option<String>| beijing::parse_date(&text.unwrap_or_default()).ok_or(Refusal::DATE_FORMAT);
    let (begin, end) = (day(dates.begin_date)?, day(dates.end_date)?);
    let today = beijing::day(account.now);
    if !(1..=LONGEST).contains(&(end - begin + 1)) || begin < FIRST_DAY || end > today {
        return Err(Refusal::DATE_RANGE);
    }
    let is_ready = beijing::second_of_day(account.now) >= READY;
    if end >= today || (end == today - 1 && !is_ready) {
        return Err(Refusal::DATA_NOT_READY);
    }
    Ok(begin..=end)
}
