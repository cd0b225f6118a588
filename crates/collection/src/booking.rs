//! Days that people book (council 1.7): which there are, and until when a booking can be changed, cancelled, given back.

use catalogue::{Booking, CutOff};
use jiff::{
    Timestamp,
    civil::{Date, Weekday},
};
use places::{
    Holidays,
    working_days::{self, add_days, london_day, working_days_before},
};

/// A day on which a crew comes, and how many bookings it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookedDay {
    pub day: Date,
    pub places: u32,
}

/// The first day that may be booked now, whether a crew comes on it or not.
pub fn first_day(rules: &Booking, now: Timestamp) -> Date {
    let today = london_day(now);
    let late = rules.later_from.is_some_and(|hour| now >= working_days::at(today, hour).timestamp());
    add_days(today, rules.first_days + u32::from(late))
}

/// The days that may be booked now, the first one first. What is `given` for a day comes before the pattern of the week; so
/// many places less those that are taken are free.
pub fn days(rules: &Booking, given: &[BookedDay], now: Timestamp, holidays: &Holidays) -> Vec<BookedDay> {
    let last = add_days(london_day(now), rules.window_days);
    let mut day = first_day(rules, now);
    let mut days = Vec::new();
    while day <= last {
        let places = match given.iter().find(|given| given.day == day) {
            Some(given) => given.places,
            None => by_week(rules, day, holidays),
        };
        if places > 0 {
            days.push(BookedDay { day, places });
        }
        // The calendar of the library ends with the year 9999.
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    days
}

fn by_week(rules: &Booking, day: Date, holidays: &Holidays) -> u32 {
    let off = rules.closed.contains(&day) || holidays.days.iter().any(|holiday| holiday.date == day);
    if off { 0 } else { rules.week[day.weekday().since(Weekday::Monday) as usize] }
}

/// The first instant that is too late.
pub fn until(cut: &CutOff, day: Date, holidays: &Holidays) -> Timestamp {
    let last = match cut.working {
        true => working_days_before(day, cut.days, holidays),
        false => day.checked_sub(jiff::Span::new().days(i64::from(cut.days))).unwrap_or(day),
    };
    working_days::at(last, cut.at).timestamp()
}

pub fn is_open(cut: &CutOff, day: Date, now: Timestamp, holidays: &Holidays) -> bool {
    now < until(cut, day, holidays)
}

/// What stands against these things: too many of all, or of this kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TooMany {
    Items { most: u32 },
    Kind { kind: String, most: i64 },
}

pub fn too_many(rules: &Booking, items: &[(String, i64)]) -> Option<TooMany> {
    let over = |(kind, n): &(String, i64)| rules.most_of(kind).filter(|most| n > most).map(|most| (kind.clone(), most));
    if let Some((kind, most)) = items.iter().find_map(over) {
        return Some(TooMany::Kind { kind, most });
    }
    let all = items.iter().fold(0_i64, |sum, (_, n)| sum.saturating_add(*n));
    (all > i64::from(rules.most_items)).then_some(TooMany::Items { most: rules.most_items })
}

/// The first instant after now at which people are reminded of a day that they booked.
pub fn next_reminder(rules: &Booking, day: Date, now: Timestamp) -> Option<Timestamp> {
    let at = rules.remind_at?;
    let due = rules.remind_days.iter().filter_map(|n| {
        let on = day.checked_sub(jiff::Span::new().days(i64::from(*n))).ok()?;
        Some(working_days::at(on, at).timestamp())
    });
    due.filter(|due| *due > now).min()
}
