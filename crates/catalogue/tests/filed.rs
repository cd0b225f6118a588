//! Every service as staff file it for somebody (C-70): each sample comes to its end with a name alone, and without one.

mod ours;

use catalogue::{Anonymous, Answer, Answers, Ask, End, FiledAs, Kind, Person, Service, Tracking, walk};
use serde_json::Value;

fn samples(service: &Service) -> Vec<Value> {
    let files = ours::files(&format!("services/{}/samples", service.id));
    files.into_iter().map(|file| serde_json::from_str::<Value>(&file.text).unwrap()["answers"].clone()).collect()
}

fn person(service: &Service) -> Option<&str> {
    service.questions.iter().find(|asked| matches!(asked.kind, Kind::Person { .. })).map(|asked| asked.id.as_str())
}

/// The answers of the sample that the service asks for, gone on past what may be left empty; where the walk ends.
fn gone_through<'s>(world: &ours::World, service: &'s Service, sample: &Value) -> (Answers, Option<End<'s>>) {
    let mut told = sample.clone();
    if let Value::Object(map) = &mut told {
        map.retain(|id, _| service.question(id).is_some_and(|asked| !matches!(asked.kind, Kind::Person { .. })));
    }
    // "I give no name" cannot be said for somebody who does.
    let Ok(mut answers) = Answers::from_json(service, &told) else { return (Answers::new(), None) };
    if let Some(id) = person(service) {
        answers.give(id, Answer::Person(Person { name: Some("Alex Example".into()), ..Person::default() }));
    }
    loop {
        let end = walk(service, &answers, &world.ctx()).end;
        match end {
            End::Ask(asked) if asked.ask == Ask::Optional && answers.get(&asked.id).is_none() => {
                answers.pass(&asked.id)
            }
            end => return (answers, Some(end)),
        }
    }
}

#[test]
fn a_name_alone_is_enough_for_whoever_files_it_for_another() {
    let catalogue = ours::catalogue();
    let world = ours::World::new(catalogue.clone());
    let mut ends = 0;
    for service in catalogue.services().iter().filter(|service| service.can_be_filed(FiledAs::Another)) {
        let filed = service.filed(FiledAs::Another);
        assert_eq!((&filed.hash, filed.version, filed.tracking), (&service.hash, service.version, service.tracking));
        for sample in samples(service) {
            let (answers, end) = gone_through(&world, &filed, &sample);
            if end != Some(End::Check) {
                continue;
            }
            let walked = walk(&filed, &answers, &world.ctx());
            assert!(!walked.effects.anonymous, "{}", service.id);
            assert!(walked.kept.get(person(&filed).unwrap()).is_some(), "{}", service.id);
            ends += 1;
        }
    }
    assert!(ends > 100, "{ends} samples come to their end");
}

#[test]
fn nobody_is_asked_who_they_are_where_no_name_is_given_or_the_agency_files_it() {
    let catalogue = ours::catalogue();
    let world = ours::World::new(catalogue.clone());
    let mut ends = 0;
    for service in catalogue.services() {
        assert_eq!(service.can_be_filed(FiledAs::Anonymous), service.anonymous != Anonymous::Off, "{}", service.id);
        for way in [FiledAs::Anonymous, FiledAs::Agency] {
            let filed = service.filed(way);
            assert!(person(&filed).is_none() && filed.tracking != Tracking::LinkAndPin, "{}", service.id);
            for sample in samples(service) {
                let (answers, end) = gone_through(&world, &filed, &sample);
                if end != Some(End::Check) {
                    continue;
                }
                assert!(walk(&filed, &answers, &world.ctx()).effects.anonymous, "{}", service.id);
                ends += 1;
            }
        }
    }
    assert!(ends > 200, "{ends} samples come to their end");
}
