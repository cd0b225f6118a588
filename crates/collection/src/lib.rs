//! Bins and their days: the days of a round, whether a missed collection can be reported (C-28), whether somebody may say
//! that nobody came back (C-30), and the rows of the files that councils send.
//!
//! Pure: the rules are data of the agency, the time is an argument.

pub mod booking;
pub mod day;
mod escalation;
pub mod evening;
mod missed;
pub mod round;
pub mod rows;

pub use escalation::{Waiting, escalation};
pub use missed::{By, Facts, Opened, Record, Stand, stand};
pub use round::{Change, Occurrence, Round};

use jiff::Timestamp;
use places::{Holidays, working_days};

/// An address as it is searched for: small letters and figures, words apart by one space.
pub fn folded(address: &str) -> String {
    let small: String = address
        .chars()
        .filter(|letter| !matches!(letter, '\'' | '’'))
        .flat_map(char::to_lowercase)
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same hour by the clock on the wall, so many working days later.
fn working_days_on(from: &jiff::ZonedDateTime, days: u32, holidays: &Holidays) -> Timestamp {
    let day = working_days::add_working_days(from.date(), days, holidays);
    working_days::at(day, from.time()).timestamp()
}
