//! What staff wrote of a service, and what is wrong with it.

use super::{Change, Open, Span, Unit};
use crate::{Refusal, Setting, clocks, words};
use catalogue::ClosedTo;
use jiff::{ToSpan, civil::Date};
use store::Time;

/// As it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub open: Open,
    pub title: String,
    pub words: String,
    pub go: String,
    pub link: String,
    pub link_words: String,
    pub hint: String,
    pub first_answer: String,
    pub first_answer_unit: Unit,
    pub target: String,
    pub target_unit: Unit,
    pub updates_closed: String,
    pub updates_days: String,
    pub reopen_off: bool,
    pub reopen_days: String,
    /// Day, month, year.
    pub from: (String, String, String),
    pub reason: String,
}

/// Something wrong: the field, and what to do.
pub type Fault = (&'static str, String);

/// Most letters of a heading, a hint or the words of a link.
const SHORT: usize = 120;
/// Most letters of a link.
const LINK: usize = 500;
/// Most letters of the words in place of a form.
const LONG: usize = 2000;
/// A target is no longer than this, in its unit: about a year in days.
const MOST: u32 = 400;
/// How many years ahead a day may lie.
const AHEAD: i32 = 2;

impl Form {
    /// What a version says, to be changed. The day and the reason are said anew.
    pub fn of(change: &Change) -> Form {
        let number = |span: Option<Span>| span.map(|span| span.number.to_string()).unwrap_or_default();
        let unit = |span: Option<Span>| span.map(|span| span.unit).unwrap_or_default();
        let days = |days: Option<u32>| days.map(|days| days.to_string()).unwrap_or_default();
        Form {
            open: change.open,
            title: change.title.clone(),
            words: change.words.clone(),
            go: change.go.clone(),
            link: change.link.clone(),
            link_words: change.link_words.clone(),
            hint: change.hint.clone(),
            first_answer: number(change.first_answer),
            first_answer_unit: unit(change.first_answer),
            target: number(change.target),
            target_unit: unit(change.target),
            updates_closed: change.updates_closed.clone(),
            updates_days: days(change.updates_days),
            reopen_off: change.reopen_off,
            reopen_days: days(change.reopen_days),
            ..Form::default()
        }
    }

    /// The same, from this day on.
    pub fn from_day(self, day: Date) -> Form {
        Form { from: (day.day().to_string(), day.month().to_string(), day.year().to_string()), ..self }
    }

    pub fn day(&self) -> Option<Date> {
        let (day, month, year) = &self.from;
        Date::new(year.trim().parse().ok()?, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()
    }

    /// What is kept of it. What cannot be read is left out: [`faults`] has named it.
    pub fn change(&self) -> Change {
        let text = |typed: &str| typed.trim().replace("\r\n", "\n");
        let span = |typed: &str, unit| number(typed).map(|number| Span { number, unit });
        let mut change = Change {
            open: self.open,
            hint: text(&self.hint),
            first_answer: span(&self.first_answer, self.first_answer_unit),
            target: span(&self.target, self.target_unit),
            updates_closed: self.updates_closed.clone(),
            updates_days: number(&self.updates_days),
            reopen_off: self.reopen_off,
            reopen_days: number(&self.reopen_days).filter(|_| !self.reopen_off),
            ..Change::default()
        };
        // Words for nobody to read are not kept.
        if self.open != Open::Everybody {
            change = Change {
                title: text(&self.title),
                words: text(&self.words),
                go: self.go.clone(),
                link: text(&self.link),
                link_words: text(&self.link_words),
                ..change
            };
        }
        change
    }
}

fn number(typed: &str) -> Option<u32> {
    typed.trim().parse().ok()
}

/// Everything that is wrong, in the order of the page.
pub fn faults(setting: &Setting, agency: &str, service: &str, form: &Form, now: Time) -> Vec<Fault> {
    let mut found = Vec::new();
    if form.open != Open::Everybody {
        line("title", &form.title, "Write a heading for people who come to the form", &mut found);
        long("words", &form.words, "Write what people read in place of the form", &mut found);
        let offered = setting.services_of(agency).iter().any(|(id, _)| *id == form.go);
        if !form.go.is_empty() && (form.go == service || !offered) {
            found.push(("go", "Choose another kind of report from the list".into()));
        }
        if !form.link.trim().is_empty() {
            if !is_link(form.link.trim()) {
                found.push(("link", "Write the whole address. It begins with https://".into()));
            }
            line("link_words", &form.link_words, "Write what the link says", &mut found);
        }
    }
    if !form.hint.trim().is_empty() {
        line("hint", &form.hint, "", &mut found);
    }
    let counts = [
        ("first_answer", &form.first_answer, 1),
        ("target", &form.target, 1),
        ("updates_days", &form.updates_days, 0),
        ("reopen_days", &form.reopen_days, 1),
    ];
    for (field, typed, least) in counts {
        let fits = number(typed).is_some_and(|number| (least..=MOST).contains(&number));
        if !typed.trim().is_empty() && !fits {
            found.push((field, format!("Write a whole number from {least} to {MOST}, or leave it empty")));
        }
    }
    if !form.updates_closed.is_empty() && ClosedTo::from_name(&form.updates_closed).is_none() {
        found.push(("updates_closed", "Choose one from the list".into()));
    }
    let today = clocks::local_day(now);
    match form.day() {
        None => found.push(("from", "Write the day it begins, such as 3 12 2026".into())),
        // Nothing is changed for a day that has passed: reports keep what they were promised.
        Some(day) if day < today => found.push(("from", "The day it begins must be today or later".into())),
        Some(day) if day > today.saturating_add(AHEAD.years()) => {
            found.push(("from", format!("The day it begins must be within {AHEAD} years")));
        }
        Some(_) => {}
    }
    long("reason", &form.reason, "Write why, for your colleagues", &mut found);
    found
}

fn is_link(text: &str) -> bool {
    let plain = text.chars().all(|letter| letter.is_ascii_graphic() && !"<>\"'`\\".contains(letter));
    plain
        && text.len() <= LINK
        && text.strip_prefix("https://").is_some_and(|rest| rest.contains('.') && !rest.starts_with('.'))
}

/// One line of plain text.
fn line(field: &'static str, typed: &str, needed: &str, found: &mut Vec<Fault>) {
    match words::read(typed) {
        Err(Refusal::WordsNeeded) => found.push((field, needed.to_owned())),
        Ok(text) if text.chars().count() <= SHORT && !text.contains('\n') => {}
        Err(Refusal::WordsUnreadable) => found.push((field, "The text holds hidden characters. Type it again".into())),
        _ => found.push((field, format!("Keep it to one line of {SHORT} characters or fewer"))),
    }
}

/// Paragraphs of plain text.
fn long(field: &'static str, typed: &str, needed: &str, found: &mut Vec<Fault>) {
    match words::read(typed) {
        Err(Refusal::WordsNeeded) => found.push((field, needed.to_owned())),
        Ok(text) if text.chars().count() <= LONG => {}
        Err(Refusal::WordsUnreadable) => found.push((field, "The text holds hidden characters. Type it again".into())),
        _ => found.push((field, format!("Keep it to {LONG} characters or fewer"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_secure_address_is_a_link() {
        assert!(is_link("https://example.org/crews?x=1"));
        for other in
            ["http://example.org", "https://", "javascript:alert(1)", "https://a.b\"onclick", "/report", "https://.x"]
        {
            assert!(!is_link(other), "{other}");
        }
    }

    #[test]
    fn words_in_place_of_a_form_go_when_it_is_open_again() {
        let shut = Form { open: Open::Nobody, title: "Off".into(), words: "Later".into(), ..Form::default() };
        assert_eq!(shut.change().title, "Off");
        assert_eq!(Form { open: Open::Everybody, ..shut }.change(), Change::default());
    }

    #[test]
    fn a_form_gives_back_what_it_was_made_of() {
        let change = Change {
            open: Open::Staff,
            title: "Call us".into(),
            words: "One\n\nTwo".into(),
            target: Some(Span { number: 3, unit: Unit::Days }),
            updates_closed: "all".into(),
            reopen_off: true,
            ..Change::default()
        };
        assert_eq!(Form::of(&change).change(), change);
    }
}
