/// The customer-service messages that a person's acts allow (客服消息下发条数限制, protocol §10.4).
///
/// Each kind of act opens a window of its own, anew each time. A message is taken from the open window that ends
/// first.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Allowances([Allowance; 4]);

#[derive(Debug, Clone, Copy, Default)]
struct Allowance {
    until: i64,
    left: u32,
}

/// What a person did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trigger {
    /// Wrote a message: five within 48 hours.
    Message,
    /// Tapped the menu, or an item of a message menu: three within a minute.
    Menu,
    /// Followed: three within a minute.
    Follow,
    /// Scanned a code while following: three within a minute.
    Scan,
}

/// Why nothing can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAllowance {
    /// 45015: no window is open.
    Closed,
    /// 45047: those that are open are used up.
    UsedUp,
}

impl Allowances {
    pub(crate) fn open(&mut self, trigger: Trigger, now: i64) {
        let (seconds, left) = match trigger {
            Trigger::Message => (48 * 3600, 5),
            Trigger::Menu | Trigger::Follow | Trigger::Scan => (60, 3),
        };
        self.0[trigger as usize] = Allowance { until: now.saturating_add(seconds), left };
    }

    pub(crate) fn take(&mut self, now: i64) -> Result<(), NoAllowance> {
        if self.0.iter().all(|allowance| allowance.until <= now) {
            return Err(NoAllowance::Closed);
        }
        let usable = self.0.iter_mut().filter(|allowance| allowance.until > now && allowance.left > 0);
        let next = usable.min_by_key(|allowance| allowance.until).ok_or(NoAllowance::UsedUp)?;
        next.left -= 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(allowances: &mut Allowances, now: i64) -> Vec<Result<(), NoAllowance>> {
        std::iter::repeat_with(|| allowances.take(now)).take(9).collect()
    }

    #[test]
    fn a_message_allows_five_in_48_hours_and_a_scan_three_in_a_minute() {
        for (trigger, window, count) in [(Trigger::Message, 172_800, 5), (Trigger::Scan, 60, 3)] {
            let mut allowances = Allowances::default();
            allowances.open(trigger, 1000);
            assert_eq!(allowances.clone().take(1000 + window), Err(NoAllowance::Closed));
            let seen = taken(&mut allowances, 1000 + window - 1);
            assert_eq!(seen.iter().filter(|taken| taken.is_ok()).count(), count);
            assert_eq!(seen[count], Err(NoAllowance::UsedUp));
        }
    }

    #[test]
    fn the_window_that_ends_first_is_used_first_and_an_act_opens_its_own_anew() {
        let mut allowances = Allowances::default();
        allowances.open(Trigger::Message, 0);
        allowances.open(Trigger::Follow, 0);
        for _ in 0..3 {
            allowances.take(1).unwrap();
        }
        assert_eq!(taken(&mut allowances, 70).iter().filter(|taken| taken.is_ok()).count(), 5);
        allowances.open(Trigger::Menu, 80);
        assert_eq!(allowances.take(80), Ok(()));
    }
}
