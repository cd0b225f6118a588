//! How many homes one origin may look up in a day (C-34): a table in memory, one a node. What is looked up is general data;
//! the limit keeps anybody from copying it whole.

use crate::App;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};
use store::Time;

/// Before it is known whose property it is, the widest limits of all agencies hold.
pub fn limits(app: &App) -> Option<catalogue::Lookups> {
    let all = app.setting.catalogue.agencies().iter().filter_map(|agency| agency.bins.as_ref());
    all.map(|bins| bins.lookups).reduce(|one, other| catalogue::Lookups {
        requests: one.requests.max(other.requests),
        properties: one.properties.max(other.properties),
        calendars: one.calendars.max(other.calendars),
    })
}

const DAY: i64 = 86_400_000_000;
/// Look-ups remembered at once; beyond that the table is emptied.
const MOST: usize = 500_000;

#[derive(Default)]
pub struct Lookups(Mutex<Table>);

#[derive(Default)]
struct Table {
    day: i64,
    remembered: usize,
    requests: BTreeMap<String, u32>,
    homes: BTreeMap<String, BTreeSet<String>>,
}

impl Lookups {
    /// Counts one request; false when it is one too many for this day.
    pub fn request(&self, origin: &str, most: u32, now: Time) -> bool {
        self.counted(now, |table| {
            let n = table.requests.entry(origin.to_owned()).or_insert(0);
            *n += 1;
            (*n == 1, *n <= most)
        })
    }

    /// Counts a home; one that was looked up before on this day costs nothing. `door` keeps pages and calendars apart.
    pub fn home(&self, door: &str, origin: &str, uprn: &str, most: u32, now: Time) -> bool {
        self.counted(now, |table| {
            let seen = table.homes.entry(format!("{door} {origin}")).or_default();
            if seen.contains(uprn) {
                return (false, true);
            }
            let fits = seen.len() < most as usize;
            if fits {
                seen.insert(uprn.to_owned());
            }
            (fits, fits)
        })
    }

    fn counted(&self, now: Time, count: impl FnOnce(&mut Table) -> (bool, bool)) -> bool {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let day = now.micros().div_euclid(DAY);
        if table.day != day || table.remembered > MOST {
            *table = Table { day, ..Table::default() };
        }
        let (is_new, fits) = count(&mut table);
        table.remembered += usize::from(is_new);
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time(1_790_000_000_000_000);

    #[test]
    fn a_home_counts_once_a_day_and_each_origin_for_itself() {
        let lookups = Lookups::default();
        assert!(lookups.home("page", "a", "1", 2, NOW) && lookups.home("page", "a", "2", 2, NOW));
        assert!(!lookups.home("page", "a", "3", 2, NOW));
        assert!(lookups.home("page", "a", "1", 2, NOW), "it was looked up before");
        assert!(lookups.home("page", "b", "3", 2, NOW) && lookups.home("calendar", "a", "3", 2, NOW));
        assert!(lookups.home("page", "a", "3", 2, NOW.plus_hours(24)));
    }

    #[test]
    fn requests_are_counted_too() {
        let lookups = Lookups::default();
        assert!(lookups.request("a", 1, NOW) && !lookups.request("a", 1, NOW));
        assert!(lookups.request("b", 1, NOW) && lookups.request("a", 1, NOW.plus_hours(24)));
    }
}
