//! The days of a service that people book (council 1.7): when a crew comes, how far ahead, how much it takes, and until when a
//! booking can be changed. Data of the agency, with its source; `collection::booking` reads it.

use super::Agency;
use crate::Catalogue;
use crate::source::{Fault, Faults, Source};
use crate::tree::{Node, Reader};
use jiff::civil::{Date, Time};

const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// `[[booking]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    pub service: String,
    /// Bookings that a crew takes on each day of the week, Monday first.
    pub week: [u32; 7],
    /// The list of days on which no crew comes; without one, that of the agency.
    pub holidays: Option<String>,
    /// More days on which none comes.
    pub closed: Vec<Date>,
    /// The first day is so many days from today; from `later_from` on, one more.
    pub first_days: u32,
    pub later_from: Option<Time>,
    /// The last day is so many days from today.
    pub window_days: u32,
    /// All together.
    pub most_items: u32,
    /// Of one kind; a kind that is not named has no such limit.
    pub most_each: Vec<(String, i64)>,
    pub cancel: CutOff,
    pub amend: CutOff,
    /// Until then what was paid is given back to who cancels; None: it is not.
    pub refund: Option<CutOff>,
    /// Hours for which a day is kept while it is to be paid another way than by card; None: it is kept.
    pub keep_hours: Option<u32>,
    /// Days before it on which people are reminded.
    pub remind_days: Vec<u32>,
    /// The hour of the mail.
    pub remind_at: Option<Time>,
    /// Where to put the things, in words.
    pub put_out: String,
    /// The hour by which they must be there.
    pub by: Time,
    pub source: String,
}

/// Something can be done until this hour so many days before, and not from then on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutOff {
    pub days: u32,
    /// Working days alone are counted.
    pub working: bool,
    pub at: Time,
}

impl Booking {
    pub fn most_of(&self, kind: &str) -> Option<i64> {
        self.most_each.iter().find(|(known, _)| known == kind).map(|(_, most)| *most)
    }
}

/// Reads a file that holds such rules alone, as a council would send them to be tried.
///
/// # Errors
/// Every fault, with its line.
pub fn booking_rules(source: &Source) -> Result<Booking, Vec<Fault>> {
    let mut faults = Faults::of(&source.path);
    let node = Node::parse(&source.text, &mut faults);
    let rules = booking(&node, &mut faults);
    let found = faults.done();
    rules.filter(|_| found.is_empty()).ok_or(found)
}

pub(super) fn booking(node: &Node, faults: &mut Faults) -> Option<Booking> {
    let mut reader = Reader::of(node, "a booking", faults)?;
    let week = week(&mut reader, faults);
    let (mut first_days, mut later_from) = (None, None);
    if let Some(mut table) = reader.take("first").and_then(|node| Reader::of(node, "`first` of a booking", faults)) {
        first_days = table.number("days", faults);
        later_from = hour(&mut table, "later_from", faults);
        table.close(faults);
    }
    if first_days.is_none() {
        faults.add(node.line, "a booking needs first, with its days");
    }
    let cancel = cut_off(&mut reader, "cancel", faults);
    let amend = cut_off(&mut reader, "amend", faults);
    if cancel.is_none() || amend.is_none() {
        faults.add(node.line, "a booking needs cancel and amend");
    }
    let mut need = |key: &'static str, faults: &mut Faults| {
        let number: Option<u32> = reader.number(key, faults);
        if number.is_none_or(|number| number == 0) {
            faults.add(node.line, format_args!("a booking needs {key}, at least 1"));
        }
        number.unwrap_or(1)
    };
    let (window_days, most_items) = (need("window_days", faults), need("most_items", faults));
    let by = hour(&mut reader, "by", faults);
    if by.is_none() {
        faults.add(node.line, "a booking needs `by`, an hour");
    }
    let booking = Booking {
        service: reader.need_text("service", faults),
        week,
        holidays: reader.text("holidays", faults),
        closed: days(&mut reader, faults),
        first_days: first_days.unwrap_or(1),
        later_from,
        window_days,
        most_items,
        most_each: reader.numbers("most_each", faults).into_iter().map(|(_, kind, most)| (kind, most)).collect(),
        refund: cut_off(&mut reader, "refund", faults),
        keep_hours: reader.number("keep_hours", faults),
        remind_days: remind(&mut reader, faults),
        remind_at: hour(&mut reader, "remind_at", faults),
        put_out: reader.need_text("put_out", faults),
        by: by.unwrap_or(Time::midnight()),
        cancel: cancel?,
        amend: amend?,
        source: reader.need_text("source", faults),
    };
    if booking.remind_days.is_empty() != booking.remind_at.is_none() {
        faults.add(node.line, "a booking has remind_days and remind_at, or neither");
    }
    reader.close(faults);
    Some(booking)
}

fn week(reader: &mut Reader, faults: &mut Faults) -> [u32; 7] {
    let mut week = [0; 7];
    let line = reader.line_of("week");
    for (line, day, most) in reader.numbers("week", faults) {
        match (WEEK.iter().position(|known| *known == day), u32::try_from(most)) {
            (Some(n), Ok(most)) => week[n] = most,
            _ => faults.add(line, format_args!("`{day}` of `week` is no day of the week with a number")),
        }
    }
    if week.iter().all(|most| *most == 0) {
        faults.add(line, "a booking needs a week with at least one day");
    }
    week
}

fn days(reader: &mut Reader, faults: &mut Faults) -> Vec<Date> {
    let mut days = Vec::new();
    for (line, text) in reader.texts_at("closed", faults) {
        match text.parse() {
            Ok(day) => days.push(day),
            Err(_) => faults.add(line, format_args!("`{text}` of `closed` is no day like 2026-12-24")),
        }
    }
    days
}

fn remind(reader: &mut Reader, faults: &mut Faults) -> Vec<u32> {
    let mut days = Vec::new();
    for (line, text) in reader.texts_at("remind_days", faults) {
        match text.parse() {
            Ok(n) if n > 0 => days.push(n),
            _ => faults.add(line, format_args!("`{text}` of `remind_days` is no number of days")),
        }
    }
    days
}

fn cut_off(reader: &mut Reader, key: &'static str, faults: &mut Faults) -> Option<CutOff> {
    let mut table = reader.take(key).and_then(|node| Reader::of(node, format!("`{key}` of a booking"), faults))?;
    let line = table.line;
    let (days, working_days) = (table.number("days_before", faults), table.number("working_days_before", faults));
    let at = hour(&mut table, "at", faults);
    table.close(faults);
    match (days, working_days, at) {
        (Some(days), None, Some(at)) => Some(CutOff { days, working: false, at }),
        (None, Some(days), Some(at)) => Some(CutOff { days, working: true, at }),
        _ => {
            faults.add(line, format_args!("`{key}` has days_before or working_days_before, and at"));
            None
        }
    }
}

fn hour(reader: &mut Reader, key: &'static str, faults: &mut Faults) -> Option<Time> {
    let line = reader.line_of(key);
    let typed = reader.text(key, faults)?;
    let time = typed.parse::<Time>().ok().filter(|_| typed.len() == 5);
    if time.is_none() {
        faults.add(line, format_args!("`{key}` is an hour like \"17:00\""));
    }
    time
}

pub(super) fn check(agency: &Agency, catalogue: &Catalogue, list: impl Fn(&str) -> bool, faults: &mut Faults) {
    for (n, booking) in agency.bookings.iter().enumerate() {
        let what = &booking.service;
        if agency.bookings[..n].iter().any(|before| before.service == *what) {
            faults.add(0, format_args!("`{what}` has two bookings"));
        }
        if agency.offer(what).is_none() {
            faults.add(0, format_args!("a booking names service `{what}`, which it does not offer"));
        }
        if let Some(name) = booking.holidays.as_deref().filter(|name| !list(name)) {
            faults.add(0, format_args!("the booking of `{what}` names holiday list `{name}`, which is not there"));
        }
        let Some(service) = catalogue.service(what) else { continue };
        let Some(booked) = &service.booking else {
            faults.add(0, format_args!("a booking names service `{what}`, which has no [booking]"));
            continue;
        };
        let Some(options) = booked.things.options(service) else { continue };
        for (kind, _) in booking.most_each.iter().filter(|(kind, _)| !options.contains(kind)) {
            faults.add(0, format_args!("the booking of `{what}` limits `{kind}`, which is no option"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        service = "things"
        week = { monday = 10, friday = 4 }
        first = { days = 1, later_from = "14:00" }
        window_days = 28
        most_items = 8
        cancel = { days_before = 0, at = "07:00" }
        amend = { working_days_before = 1, at = "14:00" }
        remind_days = ["3", "1"]
        remind_at = "18:00"
        put_out = "By the kerb"
        by = "07:00"
        source = "made up"
    "#;

    fn faulty(from: &str, to: &str) -> String {
        let faults = booking_rules(&Source::new("rules.toml", RULES.replacen(from, to, 1))).unwrap_err();
        faults.iter().map(|fault| fault.reason.clone()).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_rule_that_lacks_something_is_a_fault() {
        let rules = booking_rules(&Source::new("rules.toml", RULES)).unwrap();
        assert_eq!((rules.week[0], rules.week[1], rules.week[4]), (10, 0, 4));
        assert!(rules.amend.working && !rules.cancel.working);
        assert_eq!(rules.remind_days, [3, 1]);
        assert!(faulty("monday", "moonday").contains("no day of the week"));
        assert!(faulty("monday = 10, friday = 4", "monday = 0").contains("at least one day"));
        assert!(faulty("days_before = 0, ", "").contains("days_before or working_days_before"));
        assert!(faulty("\"07:00\"", "\"7am\"").contains("an hour like"));
        assert!(faulty("window_days = 28", "").contains("window_days"));
        assert!(faulty("days = 1, ", "").contains("needs first"));
        assert!(faulty("remind_at = \"18:00\"", "").contains("remind_at"));
        assert!(faulty("\"3\"", "\"soon\"").contains("no number of days"));
        assert!(faulty("source = \"made up\"", "").contains("source"));
    }
}
