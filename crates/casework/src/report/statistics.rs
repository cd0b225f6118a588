//! What everybody reads in sums (C-56): how many reports, how they stand, how long it took. Public reports alone, so that nothing of
//! a private or hidden one shows through (C-45, C-55).

use crate::{Result, Setting};
use std::collections::BTreeMap;
use store::{Time, Tx, publication::Stand, statistic};

/// Of fewer than these nothing is ranked, and no usual time is told (C-56).
pub const FEWEST: i64 = 10;

/// How many took how long, the shortest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread(BTreeMap<i64, i64>);

impl Spread {
    pub fn add(&mut self, long: i64, count: i64) {
        *self.0.entry(long).or_default() += count;
    }

    pub fn join(&mut self, other: &Spread) {
        other.0.iter().for_each(|(long, count)| self.add(*long, *count));
    }

    pub fn total(&self) -> i64 {
        self.0.values().sum()
    }

    /// So many in a hundred took no longer than this; the nearest rank.
    pub fn within(&self, hundredths: i64) -> Option<i64> {
        let rank = ((self.total() * hundredths + 99) / 100).max(1);
        let mut passed = 0;
        self.0.iter().find_map(|(long, count)| {
            passed += count;
            (passed >= rank).then_some(*long)
        })
    }

    pub fn median(&self) -> Option<i64> {
        self.within(50)
    }
}

/// One service of one agency, or a sum of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub agency: String,
    pub agency_name: String,
    pub service: String,
    pub title: String,
    pub all: i64,
    pub open: i64,
    pub fixed: i64,
    /// Ended because those who reported them said that they are fixed: no word of the agency's.
    pub said: i64,
    pub closed: i64,
    /// Open ones that residents say are fixed.
    pub claimed: i64,
    /// Whole days until those were fixed that the agency fixed.
    pub days: Spread,
}

impl Line {
    /// Adds what another says, under its agency.
    pub(super) fn join(&mut self, other: &Line) {
        self.agency.clone_from(&other.agency);
        self.agency_name.clone_from(&other.agency_name);
        self.all += other.all;
        self.open += other.open;
        self.fixed += other.fixed;
        self.said += other.said;
        self.closed += other.closed;
        self.claimed += other.claimed;
        self.days.join(&other.days);
    }

    /// Nine in ten were fixed in so many days, where enough were fixed to say so.
    pub fn most_days(&self) -> Option<i64> {
        self.days.within(90).filter(|_| self.fixed >= FEWEST)
    }

    /// The usual days to fix, where enough were fixed to say so.
    pub fn usual_days(&self) -> Option<i64> {
        self.days.median().filter(|_| self.fixed >= FEWEST)
    }
}

/// Of what came from one instant up to another: a line for each agency and service, by name.
pub fn lines(tx: &mut Tx, setting: &Setting, from: Time, to: Time) -> Result<Vec<Line>> {
    let mut lines: BTreeMap<(String, String), Line> = BTreeMap::new();
    let blank = |agency: &str, service: &str| Line {
        agency: agency.to_owned(),
        agency_name: setting.agency_name(agency),
        service: service.to_owned(),
        title: setting.service_name(service),
        ..Line::default()
    };
    let is_said = |row: &statistic::Public| {
        let said = setting.fixed_by_reporter(&row.agency);
        said.is_some_and(|said| row.outcome.as_ref() == Some(&said.id))
    };
    for row in statistic::public(tx, from, to)? {
        let key = (row.agency.clone(), row.service.clone());
        let line = lines.entry(key).or_insert_with(|| blank(&row.agency, &row.service));
        line.all += row.count;
        match row.stand {
            Stand::Open => line.open += row.count,
            Stand::Closed => line.closed += row.count,
            Stand::Fixed if is_said(&row) => line.said += row.count,
            Stand::Fixed => {
                line.fixed += row.count;
                line.days.add(row.days.unwrap_or_default(), row.count);
            }
        }
    }
    for (agency, service, count) in statistic::claimed(tx, from, to)? {
        if let Some(line) = lines.get_mut(&(agency, service)) {
            line.claimed += count;
        }
    }
    let mut lines: Vec<Line> = lines.into_values().collect();
    lines.sort_by(|a, b| (&a.agency_name, &a.title).cmp(&(&b.agency_name, &b.title)));
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_spread_says_what_a_sorted_list_says(mut all in prop::collection::vec(0i64..40, 1..60)) {
            let mut spread = Spread::default();
            all.iter().for_each(|long| spread.add(*long, 1));
            all.sort_unstable();
            prop_assert_eq!(spread.total() as usize, all.len());
            prop_assert_eq!(spread.median(), Some(all[(all.len() - 1) / 2]));
            prop_assert_eq!(spread.within(90), Some(all[(all.len() * 90).div_ceil(100) - 1]));
        }
    }

    #[test]
    fn of_fewer_than_ten_no_usual_time_is_told() {
        let mut line = Line { fixed: 9, ..Line::default() };
        line.days.add(3, 9);
        assert_eq!(line.usual_days(), None);
        line.fixed = 10;
        line.days.add(3, 1);
        assert_eq!(line.usual_days(), Some(3));
        assert_eq!(Spread::default().median(), None);
    }
}
