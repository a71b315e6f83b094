use super::{contest::Contest, peer::Peer};
use std::fmt;

/// Everybody, ours first.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) contest: &'static Contest,
    pub(super) rows: Vec<Row>,
}

/// What is to be said about one: nanoseconds in each mode, or why it was not measured.
#[derive(Debug)]
pub(super) struct Row {
    name: String,
    nanos: [Option<f64>; 2],
    missing: Option<String>,
}

impl Row {
    pub(super) fn of(peer: &Peer, contest: &Contest) -> Self {
        let nanos = contest.modes.map(|mode| peer.median(mode.name));
        Self { name: peer.name.clone(), nanos, missing: None }
    }

    pub(super) fn missing(name: &str, why: String) -> Self {
        Self { name: name.to_owned(), nanos: [None; 2], missing: Some(why) }
    }
}

impl Table {
    pub(super) fn is_whole(&self) -> bool {
        self.rows.iter().all(|row| row.missing.is_none())
    }

    /// Its name, and how many times as long as ours it takes.
    fn fastest_other(&self, mode: usize) -> Option<(&str, f64)> {
        let others =
            self.rows.iter().skip(1).filter_map(|row| Some((row.name.as_str(), self.times(row, mode)?)));
        others.min_by(|a, b| a.1.total_cmp(&b.1))
    }

    fn times(&self, row: &Row, mode: usize) -> Option<f64> {
        Some(row.nanos[mode]? / self.rows.first()?.nanos[mode]?)
    }

    fn cells(&self, row: &Row, mode: usize) -> String {
        let nanos = row.nanos[mode].map_or(String::new(), |nanos| format!("{nanos:.0}"));
        let times = self.times(row, mode).map_or(String::new(), |times| format!("{times:.1}"));
        format!("{nanos:>12} {times:>8}")
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.contest.modes.map(|mode| mode.name);
        writeln!(
            f,
            "{:<20} {:>12} {:>8} {:>12} {:>8}",
            self.contest.figures, names[0], "x ours", names[1], "x ours"
        )?;
        for row in &self.rows {
            match &row.missing {
                None => writeln!(f, "{:<20} {} {}", row.name, self.cells(row, 0), self.cells(row, 1))?,
                Some(why) => writeln!(f, "{:<20} not measured: {why}", row.name)?,
            }
        }
        for (index, mode) in self.contest.modes.iter().enumerate() {
            let Some((name, times)) = self.fastest_other(index) else { continue };
            let goal = mode.goal;
            let verdict = if times >= goal { "PASS" } else { "SHORT" };
            writeln!(f, "{}: {times:.1} x as fast as {name} (goal {goal:.0} x): {verdict}", mode.name)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::contest::PUSHES;

    fn row(name: &str, clear: Option<f64>, safe: Option<f64>) -> Row {
        Row { name: name.to_owned(), nanos: [clear, safe], missing: None }
    }

    #[test]
    fn goals_are_held_against_the_fastest_of_the_others() {
        let mut rows = vec![
            row("wx-events 0.1.0", Some(800.0), Some(4_000.0)),
            row("slow 1", Some(90_000.0), Some(99_000.0)),
            row("fast 2", Some(40_000.0), None),
        ];
        rows.push(Row::missing("gone", "npm is not here".to_owned()));
        let table = Table { contest: &PUSHES, rows };
        assert!(!table.is_whole());
        let lines = [
            "ns per message              clear   x ours         safe   x ours",
            "wx-events 0.1.0               800      1.0         4000      1.0",
            "slow 1                      90000    112.5        99000     24.8",
            "fast 2                      40000     50.0                      ",
            "gone                 not measured: npm is not here",
            "clear: 50.0 x as fast as fast 2 (goal 20 x): PASS",
            "safe: 24.8 x as fast as slow 1 (goal 25 x): SHORT",
        ];
        assert_eq!(table.to_string().lines().collect::<Vec<_>>(), lines);
    }
}
