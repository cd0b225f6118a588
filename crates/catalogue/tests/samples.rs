//! Every sample of every service is walked; together they reach every question, every effect and every stop.

mod ours;

use catalogue::{Answers, End, Filled, Service, StopKind, Test, Who, kind, walk};
use serde_json::Value;
use std::collections::BTreeSet;

struct Sample {
    name: String,
    answers: Value,
    expect: Value,
}

fn samples(service: &Service) -> Vec<Sample> {
    let files = ours::files(&format!("services/{}/samples", service.id));
    let read = |file: catalogue::Source| {
        let json: Value = serde_json::from_str(&file.text).unwrap_or_else(|why| panic!("{}: {why}", file.path));
        Sample { name: file.path, answers: json["answers"].clone(), expect: json["expect"].clone() }
    };
    files.into_iter().map(read).collect()
}

fn answers(service: &Service, sample: &Sample) -> Answers {
    Answers::from_json(service, &sample.answers).unwrap_or_else(|problems| panic!("{}: {problems:#?}", sample.name))
}

fn strings<'a>(values: impl IntoIterator<Item = &'a String>) -> Value {
    values.into_iter().map(|value| Value::from(value.as_str())).collect()
}

#[test]
fn each_sample_comes_to_its_end_with_its_agencies_flags_priority_and_type() {
    let catalogue = ours::catalogue();
    let world = ours::World::new(catalogue.clone());
    for service in catalogue.services() {
        for sample in samples(service) {
            let (name, expect) = (&sample.name, &sample.expect);
            let answers = answers(service, &sample);
            let walk = walk(service, &answers, &world.ctx());
            match &walk.end {
                End::Stop(stop) => assert_eq!(expect["stop"], stop.id, "{name}"),
                End::Check => assert_eq!(expect["end"], "check", "{name}"),
                End::Ask(question) => panic!("{name} still asks {}", question.id),
            }
            assert_eq!(walk.dropped, Vec::<String>::new(), "{name}");
            if walk.end != End::Check {
                continue;
            }
            let agencies = match &walk.who {
                Some(Who::Answered(agencies)) => agencies.clone(),
                _ => Vec::new(),
            };
            let effects = &walk.effects;
            let receivers = catalogue.receivers(service, walk.lead, agencies);
            assert_eq!(expect["agencies"], strings(&receivers.agencies), "{name}");
            assert_eq!(expect["lead"].as_str(), receivers.row.as_deref(), "{name}");
            assert_eq!(receivers.reason.is_empty(), service.leads.is_empty(), "{name}");
            assert_eq!(expect["flags"], strings(&effects.flags), "{name}");
            assert_eq!(expect["priority"], effects.priority, "{name}");
            assert_eq!(expect["type"], effects.type_code, "{name}");
            let recipients = expect.get("recipients").cloned().unwrap_or_else(|| Value::Array(vec![]));
            assert_eq!(recipients, strings(&effects.recipients), "{name}");
            assert_eq!(expect["sensitive"].as_bool().unwrap_or(false), effects.sensitive, "{name}");
            assert_eq!(expect["anonymous"].as_bool().unwrap_or(false), effects.anonymous, "{name}");
        }
    }
}

/// Ids of questions and stops that stand in parts.
fn of_parts() -> BTreeSet<String> {
    let parts = ours::files("services/parts").into_iter().filter(|file| !file.path.ends_with(".en.toml"));
    let id = |line: &str| Some(line.strip_prefix("id = \"")?.strip_suffix('"')?.to_owned());
    parts.flat_map(|part| part.text.lines().filter_map(id).collect::<Vec<_>>()).collect()
}

/// What stands in a part is reached by the samples of any service that takes it in; the rest by each service's own.
#[test]
fn the_samples_reach_every_question_every_effect_and_every_stop() {
    let catalogue = ours::catalogue();
    let world = ours::World::new(catalogue.clone());
    let shared = of_parts();
    let (mut asked_anywhere, mut taken_anywhere, mut stopped_anywhere) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for service in catalogue.services() {
        let (mut asked, mut taken, mut stopped) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let samples = samples(service);
        // A signpost has one way through it.
        let least = if service.questions.is_empty() { 1 } else { 4 };
        assert!(samples.len() >= least, "{} has {} samples", service.id, samples.len());
        stopped.extend(service.opening.clone());
        for sample in &samples {
            let answers = answers(service, sample);
            let walk = walk(service, &answers, &world.ctx());
            asked.extend(
                walk.path.iter().filter(|question| answers.get(&question.id).is_some()).map(|question| &question.id),
            );
            for question in &walk.path {
                let holding = question.when.iter().enumerate();
                let holding = holding.filter(|(_, when)| when.holds(question, &walk.kept, &world.now));
                for (place, when) in holding {
                    taken.insert((question.id.clone(), place));
                    stopped.extend(when.stop.clone());
                }
            }
        }
        for question in service.questions.iter().filter(|question| !shared.contains(&question.id)) {
            assert!(asked.contains(&question.id), "no sample of {} answers {}", service.id, question.id);
            for (place, when) in question.when.iter().enumerate() {
                let id = &question.id;
                assert!(taken.contains(&(id.clone(), place)), "no sample of {} takes {id} {:?}", service.id, when.test);
            }
        }
        for stop in service.stops.iter().filter(|stop| !shared.contains(&stop.id)) {
            assert!(stopped.contains(&stop.id), "no sample of {} reaches stop {}", service.id, stop.id);
        }
        asked_anywhere.extend(asked.into_iter().cloned());
        taken_anywhere.extend(taken);
        stopped_anywhere.extend(stopped);
    }
    for service in catalogue.services() {
        for question in service.questions.iter().filter(|question| shared.contains(&question.id)) {
            assert!(asked_anywhere.contains(&question.id), "no sample of any service answers {}", question.id);
            for (place, when) in question.when.iter().enumerate() {
                let key = (question.id.clone(), place);
                assert!(
                    taken_anywhere.contains(&key),
                    "no sample of any service takes {} {:?}",
                    question.id,
                    when.test
                );
            }
        }
        for stop in service.stops.iter().filter(|stop| shared.contains(&stop.id)) {
            assert!(stopped_anywhere.contains(&stop.id), "no sample of any service reaches stop {}", stop.id);
        }
    }
}

#[test]
fn a_stop_holds_until_the_person_goes_on_and_some_hold_for_good() {
    let catalogue = ours::catalogue();
    let world = ours::World::new(catalogue.clone());
    for service in catalogue.services() {
        for sample in samples(service) {
            let Some(stops) = sample.answers["journey"]["carried_on"].as_array() else { continue };
            let mut without = sample.answers.clone();
            without.as_object_mut().unwrap().remove("journey");
            let answers = Answers::from_json(service, &without).unwrap();
            let End::Stop(stop) = walk(service, &answers, &world.ctx()).end else {
                panic!("{} does not stop", sample.name)
            };
            assert!(stops.contains(&Value::from(stop.id.as_str())), "{}", sample.name);
            assert!(
                stop.carry_on && !stop.carry_on_words.is_empty() && !stop.title.is_empty() && !stop.body.is_empty()
            );
        }
        // An emergency that somebody told of is not passed; one that was guessed from words is (P-101).
        let told = service.questions.iter().flat_map(|question| &question.when);
        let told: Vec<&String> =
            told.filter(|when| !matches!(when.test, Test::Mentions(_))).filter_map(|when| when.stop.as_ref()).collect();
        for stop in service.stops.iter().filter(|stop| stop.kind == StopKind::Emergency && told.contains(&&stop.id)) {
            assert!(!stop.carry_on, "{}: an emergency at the door is not passed", stop.id);
        }
    }
}

#[test]
fn each_answer_of_each_sample_is_the_same_after_json() {
    let catalogue = ours::catalogue();
    for service in catalogue.services() {
        for sample in samples(service) {
            let answers = answers(service, &sample);
            let again = Answers::from_json(service, &answers.to_json()).unwrap();
            assert_eq!(again, answers, "{}", sample.name);
        }
    }
}

#[test]
fn every_question_has_a_face_and_every_answer_of_a_sample_is_shown() {
    let catalogue = ours::catalogue();
    for service in catalogue.services() {
        for question in &service.questions {
            let face = kind::face(question, &service.words, Filled::Empty, &Answers::new());
            assert_eq!(face.frame().id, question.id);
            assert!(!face.frame().label.is_empty(), "{}", question.id);
            let written = format!("{face:?}");
            assert!(!written.contains("label: \"\""), "{} has a part without a label: {written}", question.id);
            assert!(!written.contains("legend: \"\""), "{} has a part without a legend: {written}", question.id);
            assert!(kind::json_schema(question).is_object());
        }
        for sample in samples(service) {
            let answers = answers(service, &sample);
            let shown = catalogue::shown(service, &answers);
            assert_eq!(shown.len(), answers.iter().count(), "{}", sample.name);
            for answer in &shown {
                assert!(!answer.label.is_empty());
                assert!(answer.lines.iter().any(|line| !line.text.is_empty()), "{} {}", sample.name, answer.question);
            }
        }
    }
}

#[test]
fn a_stored_report_keeps_nothing_of_the_gate_but_that_it_was_passed() {
    let catalogue = ours::catalogue();
    let world = ours::World::new(catalogue.clone());
    let mut proved = 0;
    for service in catalogue.services().iter().filter(|service| service.questions.iter().any(|question| question.gate))
    {
        for sample in samples(service).iter().filter(|sample| sample.expect["end"] == "check") {
            let answers = answers(service, sample);
            let stored = walk(service, &answers, &world.ctx()).to_store().unwrap();
            assert!(stored.gate_passed());
            assert!(!stored.iter().any(|(id, _)| service.question(id).is_some_and(|question| question.gate)));
            let again = walk(service, &stored, &world.ctx());
            assert_eq!(again.end, End::Check, "{}", sample.name);
            proved += 1;
        }
    }
    assert!(proved > 0);
}

#[test]
fn nothing_is_stored_of_a_journey_that_stopped() {
    let catalogue = ours::catalogue();
    let world = ours::World::new(catalogue.clone());
    for service in catalogue.services() {
        for sample in samples(service).iter().filter(|sample| sample.expect["end"] == "stop") {
            let answers = answers(service, sample);
            assert_eq!(walk(service, &answers, &world.ctx()).to_store(), None, "{}", sample.name);
        }
    }
}
