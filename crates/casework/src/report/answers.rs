//! Answers between the catalogue and the store: split by who may read them, and put together again.

use crate::contact::{Channel, Day, Kind as Way, Safe, Window};
use catalogue::{Answer, Answers, Kind, Person, Question, Sensitivity, Service, ShownAnswer, Theirs};
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
        (Kind::Place { decides: true, .. }, _, _) => Part::Place,
        (_, true, _) => Part::Evidence,
        (_, _, Sensitivity::Plain) => Part::Plain,
        (_, _, Sensitivity::Personal) => Part::Personal,
        (_, _, Sensitivity::Special) => Part::Special,
        (_, _, Sensitivity::Restricted) => Part::Restricted,
    }
}

/// The answers of some parts as text for people, in the order of the questions.
pub(super) fn shown<'b>(service: &Service, bodies: impl Iterator<Item = &'b Json>) -> Vec<ShownAnswer> {
    catalogue::shown(service, &read(service, bodies))
}

/// The answers of some parts.
pub(super) fn read<'b>(service: &Service, bodies: impl Iterator<Item = &'b Json>) -> Answers {
    let mut bodies = bodies.filter(|body| body.is_object());
    let (first, second) = (bodies.next(), bodies.next());
    // Most often there is one, and nothing has to be put together.
    let (Some(one), None) = (first, second) else {
        let mut all = Map::new();
        for map in first.into_iter().chain(second).chain(bodies).filter_map(Json::as_object) {
            all.extend(map.clone());
        }
        return Answers::from_json(service, &Json::Object(all)).unwrap_or_default();
    };
    Answers::from_json(service, one).unwrap_or_default()
}

/// The person who reports: the answer of the service's person question, and what the report says of those from whom they
/// are kept apart (P-57).
pub(super) fn person<'a>(service: &Service, answers: &'a Answers) -> Option<(&'a Person, Theirs)> {
    service.questions.iter().find_map(|question| match answers.get(&question.id) {
        Some(Answer::Person(person)) => Some((person, Theirs::of(question, answers))),
        _ => None,
    })
}

/// The contact row of the person who reports, with the record the contact gate reads.
pub(super) fn contact((person, theirs): (&Person, Theirs)) -> Contact {
    Contact {
        name: person.name.clone(),
        email: person.email.clone(),
        phone: person.phone.clone(),
        safe: json!({ "gate": safe(person, &theirs), "person": person.to_json() }),
    }
}

/// An address that is also the other person's is not safe, whatever was ticked; a letter to a home they share is not, unless
/// it was ticked.
fn safe(person: &Person, theirs: &Theirs) -> Safe {
    let stated = person.safe.as_ref();
    let shared_phone = person.phone.as_deref().is_some_and(|phone| theirs.phone(phone));
    let shared_email = person.email.as_deref().is_some_and(|email| theirs.email(email));
    let shared_home = person.address.as_deref().is_some_and(|address| theirs.home(address));
    let is_safe = |way: catalogue::Channel| match way {
        catalogue::Channel::Email if shared_email => false,
        catalogue::Channel::Phone | catalogue::Channel::Sms if shared_phone => false,
        catalogue::Channel::Letter if shared_home => stated.is_some_and(|stated| stated.safe.contains(&way)),
        _ => stated.is_none_or(|stated| stated.safe.contains(&way)),
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::{Passage, gate};
    use proptest::prelude::*;

    /// A theft with its person question and what is told of a suspect.
    fn service() -> Service {
        let question = |id: &str, kind: &str| {
            format!(
                "[[question]]\nid = \"{id}\"\n{kind}\ntags = {{ regime = \"p3\", sensitivity = \"restricted\", \
                 publish = \"none\", retention = \"police_report\" }}\n"
            )
        };
        let text = format!(
            "[service]\nid = \"one\"\nversion = 1\ngroup = \"g\"\nregime = \"p3\"\ntracking = \"link\"\n\
             anonymous = \"off\"\nretention = \"police_report\"\n{}{}",
            question("them", "kind = \"long_text\""),
            question(
                "contact",
                "kind = \"person\"\nparts = [\"name\", \"address\", \"phone\", \"email\", \"safe\"]\n\
                 apart_from = [\"them\"]"
            ),
        );
        let words = "[service]\ntitle = \"One\"\nsummary = \"One.\"\n[question.them]\nlabel = \"Who?\"\n\
                     [question.contact]\nlabel = \"You?\"\n";
        catalogue::definition(&text, words).unwrap_or_else(|faults| panic!("{faults:?}"))
    }

    fn any_way() -> impl Strategy<Value = catalogue::Channel> {
        prop::sample::select(catalogue::Channel::ALL)
    }

    proptest! {
        /// P-57: whatever is ticked, nothing goes to an address that is the suspect's too.
        #[test]
        fn nothing_goes_to_an_address_that_is_also_the_suspects(
            email in "[ab]{1,2}@example\\.org", phone in "\\+4477009001[01][0-3]", home in "[1-3] Example Road",
            theirs in "[ab]{1,2}@example\\.org", number in "077009001[01][0-3]", lives in "[1-3] Example Road",
            ticked in prop::option::of(prop::collection::vec(any_way(), 0..4)),
        ) {
            let service = service();
            let person = Person {
                email: Some(email.clone()),
                phone: Some(phone.clone()),
                address: Some(home.clone()),
                safe: ticked.clone().map(|safe| catalogue::SafeContact { safe, ..Default::default() }),
                ..Person::default()
            };
            let told = format!("He writes from {theirs}, calls from {number} and lives at {lives}.");
            let answers =
                Answers::new().with("them", Answer::Text(told)).with("contact", Answer::Person(person));
            let kept = contact(self::person(&service, &answers).unwrap()).safe;
            let goes = |way| matches!(gate(&kept, way, store::Time(1_790_000_000_000_000)), Passage::Now(_));
            let says = |way| ticked.as_ref().is_none_or(|safe| safe.contains(&way));
            let same_number = phone.ends_with(&number[1..]);
            prop_assert_eq!(goes(Way::Email), says(catalogue::Channel::Email) && email != theirs);
            prop_assert_eq!(goes(Way::Phone), says(catalogue::Channel::Phone) && !same_number);
            prop_assert_eq!(goes(Way::Sms), says(catalogue::Channel::Sms) && !same_number);
            // A letter to a home they share goes only where that was ticked.
            let letter = if home == lives { ticked.is_some() } else { true };
            prop_assert_eq!(goes(Way::Letter), says(catalogue::Channel::Letter) && letter);
        }
    }
}
