use super::Fault;
use crate::Error;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The faults that wait for calls to strike, oldest first.
#[derive(Default)]
pub(crate) struct Armed(Mutex<Vec<Fault>>);

/// More than this nobody can mean.
const MOST: usize = 1000;

impl Armed {
    pub(crate) fn add(&self, fault: Fault) -> Result<(), Error> {
        fault.check()?;
        let mut faults = self.faults();
        if faults.len() == MOST {
            return Err(Error::Fault { reason: "a thousand faults are waiting already; clear them first" });
        }
        faults.push(fault);
        Ok(())
    }

    /// The fault that strikes this call: the oldest that is for its path and has no calls left to skip.
    pub(crate) fn strike(&self, path: &str) -> Option<Fault> {
        let mut faults = self.faults();
        let place = faults.iter_mut().position(|fault| fault.is_due(path))?;
        let fault = &mut faults[place];
        fault.times = fault.times.map(|left| left.saturating_sub(1));
        Some(if fault.times == Some(0) { faults.remove(place) } else { fault.clone() })
    }

    /// Those that still wait, with what is left of their numbers.
    pub(crate) fn waiting(&self) -> Vec<Fault> {
        self.faults().clone()
    }

    pub(crate) fn clear(&self) -> usize {
        std::mem::take(&mut *self.faults()).len()
    }

    fn faults(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fault {
    /// Whether it strikes a call of this path now; counts the call where it is to be skipped.
    fn is_due(&mut self, path: &str) -> bool {
        let is_meant = self.path.as_ref().is_none_or(|meant| meant == path);
        let passes = is_meant && self.skip > 0;
        self.skip -= u32::from(passes);
        is_meant && !passes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn struck(armed: &Armed, path: &str) -> String {
        armed.strike(path).map_or("-".to_owned(), |fault| fault.to_string())
    }

    #[test]
    fn faults_strike_in_order_by_path_and_number() {
        let armed = Armed::default();
        armed.add(Fault::html().on("/a").skipping(1).times(2)).unwrap();
        armed.add(Fault::status(503).times(2)).unwrap();
        let seen = ["/a", "/a", "/b", "/a", "/a", "/b"].map(|path| struck(&armed, path));
        assert_eq!(seen, ["status 503", "HTML with 200", "status 503", "HTML with 200", "-", "-"]);
        assert!(armed.waiting().is_empty());
    }

    #[test]
    fn a_fault_for_ever_ends_when_it_is_cleared() {
        let armed = Armed::default();
        armed.add(Fault::reset().for_ever()).unwrap();
        assert!((0..100).all(|_| struck(&armed, "/a") == "connection reset"));
        assert_eq!((armed.clear(), struck(&armed, "/a")), (1, "-".to_owned()));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let armed = Armed::default();
        for bad in [
            Fault::errcode(0),
            Fault::status(199),
            Fault::status(600),
            Fault::redirect("a\nb"),
            Fault::delay(std::time::Duration::from_secs(3601)),
            Fault::html().on("cgi-bin"),
            Fault::html().on("/a?b"),
            Fault::html().times(0),
        ] {
            assert!(matches!(armed.add(bad.clone()), Err(Error::Fault { .. })), "{bad:?}");
        }
        (0..1000).for_each(|_| armed.add(Fault::html()).unwrap());
        assert!(armed.add(Fault::html()).is_err());
    }
}
