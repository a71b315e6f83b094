use crate::{Call, Error, clock::Moment};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use wx_model::ErrCode;

/// What an answer of 45011 closes a call for.
const MINUTE: Duration = Duration::from_mins(1);
/// So close after midnight the platform's clock may still show the day before.
const DAWN: Duration = Duration::from_mins(10);
/// Paths are the caller's: more of them than this are not remembered at once.
const MOST: usize = 1_000;

/// Keeps calls back whose allowance is used up, so that nobody asks in vain, and nothing gets worse by asking.
#[derive(Debug, Default)]
pub(crate) struct QuotaGuard(Mutex<Closed>);

#[derive(Debug, Default)]
struct Closed {
    paths: HashMap<String, Closure>,
    /// By the name of the allowance; for ever.
    allowances: HashMap<&'static str, Error>,
}

#[derive(Debug)]
struct Closure {
    refusal: Error,
    until: Until,
}

#[derive(Debug, Clone, Copy)]
enum Until {
    /// The end of that day of Beijing. A clock that is set to another day opens.
    EndOfDay(i64),
    /// On the steady clock.
    Steady(Duration),
}

impl QuotaGuard {
    /// The refusal that the platform would repeat, if the call need not be sent to get it.
    pub(crate) fn refusal(&self, call: &Call<'_>, now: Moment) -> Option<Error> {
        let closed = self.closed();
        if let Some(refusal) = call.allowance_name().and_then(|name| closed.allowances.get(name)) {
            return Some(refusal.held_back(None));
        }
        let closure = closed.paths.get(call.path())?;
        closure.until.left(now).map(|left| closure.refusal.held_back(Some(left)))
    }

    /// Remembers what the platform says about allowances.
    pub(crate) fn learn(&self, call: &Call<'_>, error: &Error, now: Moment) {
        let Some(code) = error.errcode().filter(|_| error.is_of_call()) else { return };
        let until = match (code, call.allowance_name()) {
            (ErrCode::DAILY_QUOTA_REACHED, _) => Until::day(now),
            (ErrCode::MINUTE_QUOTA_REACHED, _) => Until::Steady(now.steady + MINUTE),
            (ErrCode::QRCODE_COUNT_LIMIT, Some(name)) => {
                self.closed().allowances.insert(name, error.clone());
                return;
            }
            _ => return,
        };
        self.closed().close(call.path(), Closure { refusal: error.clone(), until }, now);
    }

    /// The operator has cleared the counters of this path.
    pub(crate) fn open(&self, path: &str) {
        self.closed().paths.remove(path);
    }

    /// The operator has cleared the counters of all paths.
    pub(crate) fn open_paths(&self) {
        self.closed().paths.clear();
    }

    /// The operator says that all is open.
    pub(crate) fn open_all(&self) {
        *self.closed() = Closed::default();
    }

    fn closed(&self) -> MutexGuard<'_, Closed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Closed {
    fn close(&mut self, path: &str, closure: Closure, now: Moment) {
        if self.paths.len() >= MOST {
            self.paths.retain(|_, closure| closure.until.left(now).is_some());
        }
        if self.paths.len() < MOST {
            self.paths.insert(path.to_owned(), closure);
        }
    }
}

impl Until {
    fn day(now: Moment) -> Self {
        let gone = Duration::from_hours(24).saturating_sub(now.until_beijing_midnight());
        if gone < DAWN { Self::Steady(now.steady + MINUTE) } else { Self::EndOfDay(now.beijing_day()) }
    }

    /// `None` when it is over.
    fn left(self, now: Moment) -> Option<Duration> {
        match self {
            Self::EndOfDay(day) => (now.beijing_day() == day).then(|| now.until_beijing_midnight()),
            Self::Steady(end) => end.checked_sub(now.steady).filter(|left| !left.is_zero()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-01-01 00:00:00 in Beijing.
    const NEW_YEAR: i64 = 1_767_196_800;

    fn at(second: i64) -> Moment {
        Moment { steady: Duration::from_secs(second.unsigned_abs()), unix: NEW_YEAR + second }
    }

    /// For how many seconds the path is closed that got this code then.
    fn closed_for(code: i64, second: i64) -> Option<u64> {
        let guard = QuotaGuard::default();
        let call = Call::get("/x", &[]).unwrap();
        guard.learn(&call, &Error::api("/x", ErrCode::new(code), String::new(), None), at(second));
        let refusal = guard.refusal(&call, at(second))?;
        let left = refusal.held_for().map(|left| left.as_secs()).unwrap();
        let after = |seconds: u64| guard.refusal(&call, at(second + i64::try_from(seconds).unwrap()));
        assert!(after(left - 1).is_some() && after(left).is_none());
        Some(left)
    }

    #[test]
    fn a_used_up_day_ends_at_midnight_in_beijing() {
        assert_eq!(closed_for(45009, 12 * 3600), Some(12 * 3600));
        assert_eq!(closed_for(45009, 86_399), Some(1));
        // The platform's clock may be a little behind.
        assert_eq!(closed_for(45009, 0), Some(60));
        assert_eq!(closed_for(45009, 600), Some(85_800));
    }

    #[test]
    fn a_used_up_minute_is_a_minute_and_nothing_else_closes_a_path() {
        assert_eq!(closed_for(45011, 86_390), Some(60));
        for code in [-1, 45029, 45056, 45047, 48006, 40001] {
            assert_eq!(closed_for(code, 3600), None, "{code}");
        }
    }

    #[test]
    fn many_paths_cost_no_memory() {
        let guard = QuotaGuard::default();
        let close = |path: &str, second| {
            let call = Call::get(path, &[]).unwrap();
            guard.learn(&call, &Error::api(path, ErrCode::new(45011), String::new(), None), at(second));
        };
        (0..5_000).for_each(|number| close(&format!("/{number}"), 0));
        assert_eq!(guard.closed().paths.len(), MOST);
        close("/new", 60);
        assert_eq!(guard.closed().paths.len(), 1);
    }
}
