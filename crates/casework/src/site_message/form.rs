//! What staff wrote of a message, and what is wrong with it.

use crate::{Refusal, Setting, clocks, words};
use jiff::{ToSpan, civil::Date};
use store::{
    Time,
    site_message::{Hours, Place},
};

/// As it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub place: Place,
    pub hours: Hours,
    pub ward: String,
    pub heading: String,
    pub words: String,
    /// Day, month, year; empty: from now on.
    pub from: [String; 3],
    /// Its last day; empty: until it is ended.
    pub until: [String; 3],
}

impl Default for Form {
    fn default() -> Form {
        let (ward, heading, words, from, until) = Default::default();
        Form { place: Place::Front, hours: Hours::Any, ward, heading, words, from, until }
    }
}

/// Something wrong: the field, and what to do.
pub type Fault = (&'static str, String);

/// Most letters of a heading, and of the words.
const SHORT: usize = 100;
const LONG: usize = 600;
/// How many years ahead a day may lie.
const AHEAD: i32 = 1;

fn day(typed: &[String; 3]) -> Option<Date> {
    let [day, month, year] = typed;
    Date::new(year.trim().parse().ok()?, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()
}

fn is_empty(typed: &[String; 3]) -> bool {
    typed.iter().all(|part| part.trim().is_empty())
}

impl Form {
    pub(super) fn begins_at(&self) -> Option<Time> {
        Some(clocks::end_of(day(&self.from)?.yesterday().ok()?))
    }

    pub(super) fn ends_at(&self) -> Option<Time> {
        Some(clocks::end_of(day(&self.until)?))
    }
}

/// Everything that is wrong, in the order of the page.
pub fn faults(setting: &Setting, form: &Form, now: Time) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut text =
        |field: &'static str, typed: &str, needed: &str, most: usize, one_line: bool| match words::read(typed) {
            Err(Refusal::WordsNeeded) => found.push((field, needed.to_owned())),
            Ok(text) if text.chars().count() <= most && !(one_line && text.contains('\n')) => {}
            Err(Refusal::WordsUnreadable) => {
                found.push((field, "The text holds hidden characters. Type it again".into()))
            }
            _ => found.push((field, format!("Keep it to {most} characters or fewer"))),
        };
    text("heading", &form.heading, "Write what it is about, in a few words", SHORT, true);
    text("words", &form.words, "Write what people read", LONG, false);
    if !form.ward.is_empty() && setting.geography().ward_of(&form.ward).is_none() {
        found.push(("ward", "Choose a ward from the list".into()));
    }
    // A ward is known once somebody has said where: on the front page only of who keeps a home there.
    let today = clocks::local_day(now);
    let last = today.saturating_add(AHEAD.years());
    match day(&form.from) {
        None if is_empty(&form.from) => {}
        None => found.push(("from", "Write the day it begins, such as 3 12 2026, or leave it empty".into())),
        Some(day) if day < today || day > last => {
            found.push(("from", format!("The day it begins must be today or later, and within {AHEAD} year")));
        }
        Some(_) => {}
    }
    match day(&form.until) {
        None if is_empty(&form.until) => {}
        None => found.push(("until", "Write its last day, such as 3 12 2026, or leave it empty".into())),
        Some(until) if until < day(&form.from).unwrap_or(today).max(today) => {
            found.push(("until", "Its last day must not be before it begins".into()));
        }
        Some(until) if until > last => found.push(("until", format!("Its last day must be within {AHEAD} year"))),
        Some(_) => {}
    }
    found
}
