//! What staff wrote for the page of a team: made tidy, and what is wrong with it.

use super::body::{Body, Event, LONG, MOST, Officer, Priority, SHORT, Way};
use std::ops::RangeInclusive;

/// How long a time may be that people ask for at a meeting.
const MINUTES: RangeInclusive<u16> = 5..=120;

/// A fault of a form: where, as `officers.0.name`, and what to do, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub field: String,
    pub words: String,
}

/// Everything that is wrong, in the order of the page.
pub fn faults(body: &Body) -> Vec<Fault> {
    let mut found = Faults(Vec::new());
    found.long("about", &body.about);
    for (n, Officer { name, rank, bio, .. }) in body.officers.iter().enumerate() {
        let at = |field: &str| format!("officers.{n}.{field}");
        found.needed(&at("name"), name, "Write the officer’s name");
        found.short(&at("rank"), rank);
        found.long(&at("bio"), bio);
    }
    for (n, Priority { issue, issued, action, acted }) in body.priorities.iter().enumerate() {
        let at = |field: &str| format!("priorities.{n}.{field}");
        if issue.is_empty() {
            found.add(&at("issue"), "Write what people are worried about");
        }
        found.long(&at("issue"), issue);
        found.long(&at("action"), action);
        if matches!((issued, acted), (Some(issued), Some(acted)) if acted < issued) {
            found.add(&at("acted"), "The day of what was done cannot come before the day it was set");
        }
    }
    for (n, Event { title, about, place, starts, ends, minutes, .. }) in body.events.iter().enumerate() {
        let at = |field: &str| format!("events.{n}.{field}");
        found.needed(&at("title"), title, "Write what the meeting is called");
        found.long(&at("about"), about);
        found.short(&at("where"), place);
        if minutes.is_some_and(|minutes| !MINUTES.contains(&minutes)) {
            found.add(&at("minutes"), "Write how many minutes each person gets, from 5 to 120, or leave it empty");
        }
        if ends.is_some_and(|ends| ends <= *starts) {
            found.add(&at("ends"), "The end must come after the start");
        }
    }
    for (n, Way { name, about, phone, email, web }) in body.ways.iter().enumerate() {
        let at = |field: &str| format!("ways.{n}.{field}");
        found.needed(&at("name"), name, "Write what this way is called");
        found.long(&at("about"), about);
        found.short(&at("phone"), phone.as_deref().unwrap_or_default());
        if email.as_ref().is_some_and(|mail| !mail.contains('@') || mail.contains(char::is_whitespace)) {
            found.add(&at("email"), "Write an email address, like name@example.org");
        }
        if web.as_ref().is_some_and(|web| !web.starts_with("https://") || web.contains(char::is_whitespace)) {
            found.add(&at("web"), "Write an address that begins with https://");
        }
    }
    for (field, count) in [
        ("officers", body.officers.len()),
        ("priorities", body.priorities.len()),
        ("events", body.events.len()),
        ("ways", body.ways.len()),
    ] {
        if count > MOST {
            found.add(&format!("{field}.{MOST}"), &format!("Keep to {MOST} at most"));
        }
    }
    found.0
}

struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, field: &str, words: &str) {
        self.0.push(Fault { field: field.to_owned(), words: words.to_owned() });
    }

    fn needed(&mut self, field: &str, text: &str, words: &str) {
        if text.is_empty() {
            self.add(field, words);
        }
        self.short(field, text);
    }

    fn short(&mut self, field: &str, text: &str) {
        self.length(field, text, SHORT);
    }

    fn long(&mut self, field: &str, text: &str) {
        self.length(field, text, LONG);
    }

    fn length(&mut self, field: &str, text: &str, most: usize) {
        if text.chars().count() > most {
            self.add(field, &format!("Keep it to {most} characters or fewer"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_is_named_by_its_field() {
        let body = Body {
            about: "x".repeat(LONG + 1),
            officers: vec![Officer { rank: "PC".into(), ..Officer::default() }],
            priorities: vec![Priority {
                issue: "Bikes".into(),
                issued: "2026-11-02".parse().ok(),
                acted: "2026-11-01".parse().ok(),
                ..Priority::default()
            }],
            events: vec![Event {
                title: "Surgery".into(),
                about: String::new(),
                kind: String::new(),
                place: String::new(),
                starts: "2026-12-03T18:00".parse().unwrap(),
                ends: "2026-12-03T18:00".parse().ok(),
                minutes: None,
            }],
            ways: vec![Way {
                name: "Write".into(),
                email: Some("nobody".into()),
                web: Some("javascript:alert(1)".into()),
                ..Way::default()
            }],
            ..Body::default()
        };
        let fields: Vec<String> = faults(&body).into_iter().map(|fault| fault.field).collect();
        assert_eq!(
            fields,
            ["about", "officers.0.name", "priorities.0.acted", "events.0.ends", "ways.0.email", "ways.0.web"]
        );
        assert!(faults(&Body::default()).is_empty());
    }
}
