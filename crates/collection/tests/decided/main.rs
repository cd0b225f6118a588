//! The rules of six councils as data, and what they decide (C-28 to C-30).

mod booked;
mod days;
mod escalated;
mod reminded;
mod reported;

use catalogue::{Missed, Source, missed_rules};
use jiff::Timestamp;
use places::{Holidays, working_days};
use std::{fs, path::Path};

fn rules(council: &str) -> Missed {
    let file = format!("tests/rules/{council}.toml");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).unwrap();
    missed_rules(&Source::new(file, text)).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// The bank holidays of England and Wales, or those alone on which crews of one council do not work.
fn holidays(list: Option<&str>) -> Holidays {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../agencies/holidays/england-and-wales.toml");
    let mut whole: Holidays = toml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    if let Some(list) = list {
        assert_eq!(list, "christmas-and-new-year");
        whole.days.retain(|day| ["Christmas Day", "Boxing Day", "New Year's Day"].contains(&day.name.as_str()));
    }
    whole
}

/// The clock on the wall: `2026-05-22 16:59`, with seconds where they count.
fn at(text: &str) -> Timestamp {
    let local: jiff::civil::DateTime = text.parse().unwrap();
    let at = working_days::at(local.date(), local.time());
    assert_eq!(at.datetime(), local, "there is no such time");
    at.timestamp()
}
