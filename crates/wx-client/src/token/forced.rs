use crate::clock::Moment;
use std::{collections::VecDeque, time::Duration};
use wx_model::AccessToken;

/// The platform allows 20 forced refreshes in a day of Beijing…
const A_DAY: usize = 20;
/// …that are so far apart (protocol §1.2).
const SPACING: Duration = Duration::from_secs(30);

/// The forced refreshes of this day: each ends the token of every other process at once.
#[derive(Debug, Default)]
pub(super) struct Forced {
    day: i64,
    today: usize,
    /// The refused tokens for which one was made, as many as a day can have.
    instead_of: VecDeque<AccessToken>,
    last: Option<Moment>,
    /// The platform gives no more today.
    used_up: bool,
}

impl Forced {
    /// Whether a refresh may be forced now instead of this refused token; if so, it is counted. Once for each.
    pub(super) fn may(&mut self, refused: &AccessToken, now: Moment) -> bool {
        self.begin_day(now);
        let rested = self.last.is_none_or(|last| now.since(last) >= SPACING);
        let may = rested && !self.used_up && self.today < A_DAY && !self.instead_of.contains(refused);
        if may {
            self.count(refused, now);
        }
        may
    }

    fn count(&mut self, refused: &AccessToken, now: Moment) {
        self.today += 1;
        self.last = Some(now);
        self.instead_of.truncate(A_DAY - 1);
        self.instead_of.push_front(refused.clone());
    }

    /// Other processes may have made some of the twenty.
    pub(super) fn use_up(&mut self) {
        self.used_up = true;
    }

    /// A clock that is set back begins no day anew.
    fn begin_day(&mut self, now: Moment) {
        if now.beijing_day() > self.day {
            (self.day, self.today, self.used_up) = (now.beijing_day(), 0, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of an hour's refused tokens, one each second, are replaced by force.
    fn in_an_hour(forced: &mut Forced, begin: u64, day: i64) -> usize {
        let may = |second: &u64| {
            let now = Moment { steady: Duration::from_secs(begin + second), unix: day * 86_400 };
            forced.may(&AccessToken::new(format!("{begin} {second}")), now)
        };
        (0..3600).filter(may).count()
    }

    #[test]
    fn twenty_a_day_30_seconds_apart() {
        let mut forced = Forced::default();
        assert_eq!(in_an_hour(&mut forced, 0, 100), 20);
        assert_eq!(in_an_hour(&mut forced, 10_000, 100), 0);
        assert_eq!(in_an_hour(&mut forced, 20_000, 99), 0, "the calendar was set back");
        assert_eq!(in_an_hour(&mut forced, 30_000, 101), 20);
        assert_eq!(in_an_hour(&mut forced, 40_000, 103), 20);
    }

    #[test]
    fn none_once_the_platform_gives_no_more() {
        let mut forced = Forced::default();
        assert_eq!(in_an_hour(&mut forced, 0, 100), 20);
        let mut forced = Forced { day: 100, ..Forced::default() };
        forced.use_up();
        assert_eq!(in_an_hour(&mut forced, 0, 100), 0);
        assert_eq!(in_an_hour(&mut forced, 0, 101), 20);
    }

    #[test]
    fn once_for_each_refused_token_with_a_pause_of_30_seconds() {
        let mut forced = Forced::default();
        let mut may = |token: &str, second| {
            let now = Moment { steady: Duration::from_secs(second), unix: 0 };
            forced.may(&AccessToken::new(token), now)
        };
        assert!(may("T1", 0));
        assert!(!may("T1", 30));
        assert!(may("T2", 30));
        assert!(!may("T3", 59));
        assert!(may("T3", 60));
    }
}
