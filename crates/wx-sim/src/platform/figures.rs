use crate::{SubscribeScene, beijing};
use std::collections::BTreeMap;

/// How many came and went on each day in Beijing (用户分析数据, protocol §10.5).
#[derive(Default)]
pub(crate) struct Figures(BTreeMap<i64, Day>);

#[derive(Debug, Clone, Default)]
pub(crate) struct Day {
    /// New followers by `user_source`.
    pub(crate) new: BTreeMap<u32, u32>,
    pub(crate) cancelled: u32,
    /// How many followed at its end.
    pub(crate) total: usize,
}

impl Figures {
    pub(crate) fn came(&mut self, now: i64, scene: SubscribeScene, total: usize) {
        *self.day(now, total).new.entry(scene.user_source()).or_default() += 1;
    }

    pub(crate) fn went(&mut self, now: i64, total: usize) {
        self.day(now, total).cancelled += 1;
    }

    pub(crate) fn of(&self, day: i64) -> Day {
        self.0.get(&day).cloned().unwrap_or_default()
    }

    /// How many followed at the end of a day.
    pub(crate) fn total_at(&self, day: i64) -> usize {
        self.0.range(..=day).next_back().map_or(0, |(_, day)| day.total)
    }

    fn day(&mut self, now: i64, total: usize) -> &mut Day {
        if self.0.len() == KEPT {
            self.0.pop_first();
        }
        let day = self.0.entry(beijing::day(now)).or_default();
        day.total = total;
        day
    }
}

/// Ten years of days.
const KEPT: usize = 3660;
