//! Answers between the catalogue and the store: split by who may read them, and put together again.

use crate::contact::{Channel, Day, Kind as Way, Safe, Window};
use catalogue::{Answer, Answers, Kind, Person, Question, Sensitivity, Service, ShownAnswer};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use store::{answer::Part, contact::Contact};

/// A body for each part that has an answer. The person question is not among them: it is the contact row.
pub(super) fn parts(service: &Service, answers: &Answers) -> BTreeMap<Part, Json> {
    let mut parts: BTreeMap<Part, Map<String, Json>> = BTreeMap::new();
    for question in &service.questions {
        let Some(answer) = answers.get(&question.id) else { continue };
        if matches!(question.kind, Kind::Person { .. }) {
            continue;
        }
        parts.entry(part_of(question)).or_default().insert(question.id.clone(), answer.to_json());
    }
    parts.into_iter().map(|(part, map)| (part, Json::Object(map))).collect()
}

/// Where the answer of a question lies.
pub(super) fn part_of(question: &Question) -> Part {
    match (&question.kind, question.evidence, question.sensitivity) {
        (Kind::Place { decides: true }, _, _) => Part::Place,
        (_, true, _) => Part::Evidence,
        (_, _, Sensitivity::Plain) => Part::Plain,
        (_, _, Sensitivity::Personal) => Part::Personal,
        (_, _, Sensitivity::Special) => Part::Special,
        (_, _, Sensitivity::Restricted) => Part::Restricted,
    }
}

/// The answers of some parts as text for people, in the order of the questions.
pub(super) fn shown<'b>(service: &Service, bodies: impl Iterator<Item = &'b Json>) -> Vec<ShownAnswer> {
    let mut all = Map::new();
    for body in bodies {
        if let Json::Object(map) = body {
            all.extend(map.clone());
        }
    }
    let answers = Answers::from_json(service, &Json::Object(all)).unwrap_or_default();
    catalogue::shown(service, &answers)
}

/// The person who reports: the answer of the service's person question.
pub(super) fn person<'a>(service: &Service, answers: &'a Answers) -> Option<&'a Person> {
    service.questions.iter().find_map(|question| match answers.get(&question.id) {
        Some(Answer::Person(person)) => Some(person),
        _ => None,
    })
}

/// The contact row of the person who reports, with the record the contact gate reads.
pub(super) fn contact(person: &Person) -> Contact {
    Contact {
        name: person.name.clone(),
        email: person.email.clone(),
        phone: person.phone.clone(),
        safe: json!({ "gate": safe(person), "person": person.to_json() }),
    }
}

fn safe(person: &Person) -> Safe {
    let stated = person.safe.as_ref();
    let is_safe = |way: catalogue::Channel| stated.is_none_or(|stated| stated.safe.contains(&way));
    let mut channels = Vec::new();
    let mut add = |kind, address: &Option<String>, safe| {
        if let Some(address) = address {
            channels.push(Channel { kind, address: address.clone(), safe });
        }
    };
    add(Way::Email, &person.email, is_safe(catalogue::Channel::Email));
    add(Way::Phone, &person.phone, is_safe(catalogue::Channel::Phone));
    add(Way::Sms, &person.phone, is_safe(catalogue::Channel::Sms));
    add(Way::Letter, &person.address, is_safe(catalogue::Channel::Letter));
    Safe {
        channels,
        windows: stated.map(|stated| stated.windows.iter().map(window).collect()).unwrap_or_default(),
        never_via: stated
            .map(|stated| stated.never_via.iter().map(|way| gate_kind(*way)).collect())
            .unwrap_or_default(),
    }
}

fn gate_kind(way: catalogue::Channel) -> Way {
    match way {
        catalogue::Channel::Email => Way::Email,
        catalogue::Channel::Sms => Way::Sms,
        catalogue::Channel::Phone => Way::Phone,
        catalogue::Channel::Letter => Way::Letter,
    }
}

fn window(window: &catalogue::Window) -> Window {
    let minute = |time: jiff::civil::Time| time.hour().unsigned_abs() as u16 * 60 + time.minute().unsigned_abs() as u16;
    let day = |day: &catalogue::Day| match day {
        catalogue::Day::Mon => Day::Monday,
        catalogue::Day::Tue => Day::Tuesday,
        catalogue::Day::Wed => Day::Wednesday,
        catalogue::Day::Thu => Day::Thursday,
        catalogue::Day::Fri => Day::Friday,
        catalogue::Day::Sat => Day::Saturday,
        catalogue::Day::Sun => Day::Sunday,
    };
    Window { days: window.days.iter().map(day).collect(), from: minute(window.from), to: minute(window.to) }
}
