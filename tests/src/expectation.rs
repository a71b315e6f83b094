use crate::Deed;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    ops::RangeInclusive,
};

/// What a report must say after a story, counted deed by deed and without any code of the crates under test.
#[derive(Debug, Default)]
pub struct Expectation {
    facts: Vec<Fact>,
    /// Which code, if any, brought those who follow now.
    following: HashMap<&'static str, Option<usize>>,
    known: HashSet<&'static str>,
    pushes: u64,
}

/// The figures of one code (`Some`) or of follows without one: scans, people, new, returning, lost.
pub type Row = (Option<usize>, [u64; 5]);

#[derive(Debug)]
struct Fact {
    day: i64,
    code: Option<usize>,
    person: &'static str,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Scan,
    New,
    Returning,
    Lost,
}

impl Expectation {
    /// Adds what was done at a time, in seconds since 1970.
    pub fn add(&mut self, deed: Deed, now: i64) {
        let day = (now + 8 * 3600) / 86_400;
        self.pushes += u64::from(!matches!(deed, Deed::Pause(_)));
        match deed {
            Deed::Scan(person, code) => {
                self.note(day, Some(code), person, Kind::Scan);
                self.follow(day, Some(code), person);
            }
            Deed::Follow(person) => self.follow(day, None, person),
            Deed::Unfollow(person) => {
                let code = self.following.remove(person).expect("only followers unfollow");
                self.note(day, code, person, Kind::Lost);
            }
            Deed::Say(..) | Deed::Pause(_) => {}
        }
    }

    /// How many different pushes there were.
    pub fn pushes(&self) -> u64 {
        self.pushes
    }

    /// The figures of all days.
    pub fn rows(&self) -> Vec<Row> {
        self.rows_of(i64::MIN..=i64::MAX)
    }

    /// The figures of some days, which are numbered from 1970-01-01; codes without any figure are left out.
    pub fn rows_of(&self, days: RangeInclusive<i64>) -> Vec<Row> {
        let mut figures: BTreeMap<Option<usize>, [u64; 5]> = BTreeMap::new();
        let mut people = BTreeSet::new();
        for fact in self.facts.iter().filter(|fact| days.contains(&fact.day)) {
            let figures = figures.entry(fact.code).or_default();
            match fact.kind {
                Kind::Scan => {
                    figures[0] += 1;
                    figures[1] += u64::from(people.insert((fact.code, fact.person)));
                }
                Kind::New => figures[2] += 1,
                Kind::Returning => figures[3] += 1,
                Kind::Lost => figures[4] += 1,
            }
        }
        figures.into_iter().collect()
    }

    /// Scans of each day from the first to the last one on which anything happened.
    pub fn scans_per_day(&self) -> Vec<u64> {
        let days = || self.facts.iter().map(|fact| fact.day);
        let (Some(first), Some(last)) = (days().min(), days().max()) else { return Vec::new() };
        let scans = |day| self.facts.iter().filter(|fact| fact.kind == Kind::Scan && fact.day == day).count();
        (first..=last).map(|day| scans(day) as u64).collect()
    }

    fn follow(&mut self, day: i64, code: Option<usize>, person: &'static str) {
        if self.following.contains_key(person) {
            return;
        }
        self.following.insert(person, code);
        let kind = if self.known.insert(person) { Kind::New } else { Kind::Returning };
        self.note(day, code, person, kind);
    }

    fn note(&mut self, day: i64, code: Option<usize>, person: &'static str, kind: Kind) {
        self.facts.push(Fact { day, code, person, kind });
    }
}
