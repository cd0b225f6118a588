use crate::{
    browser::{Person, house, stored},
    program,
};
use catalogue::{Answer, Territory, Who};
use serde_json::Value as Json;
use testkit::{House, sample, samples};

/// What the sample says that is kept: not the gate, not what was passed over, not how the person went.
fn to_keep(person: &Person) -> Json {
    let mut answers = person.answers.to_json();
    answers.as_object_mut().unwrap().retain(|id, answer| {
        let question = person.service.question(id);
        question.is_some_and(|question| !question.gate) && !answer.is_null()
    });
    answers
}

/// The words for a pin, the names of files and the moment of signing come from the house, not from the person.
fn without_ours(mut answers: Json) -> Json {
    for ids in answers.as_object_mut().unwrap().values_mut().filter_map(Json::as_array_mut) {
        let is_file = |id: &Json| id.as_str().is_some_and(|id| uuid::Uuid::try_parse(id).is_ok());
        ids.iter_mut().filter(|id| is_file(id)).for_each(|id| *id = Json::from("a file"));
    }
    for answer in answers.as_object_mut().unwrap().values_mut().filter_map(Json::as_object_mut) {
        if answer.get("how").is_some_and(|how| how == "pin" || how == "device") {
            answer.remove("label");
        }
        if answer.contains_key("text") {
            answer.remove("at");
        }
    }
    answers
}

async fn each_sample(mut check: impl AsyncFnMut(&House, &str, &str, &Json)) {
    let house = house().await;
    let services: Vec<String> = house.setting.catalogue.services().iter().map(|s| s.id.clone()).collect();
    for service in services {
        let names = samples(&service);
        assert!(!names.is_empty(), "{service} has no samples");
        for name in names {
            let sample = sample(&service, &name);
            check(&house, &service, &name, &sample).await;
        }
    }
}

#[tokio::test]
async fn every_sample_that_ends_well_is_typed_or_sent_by_a_program_and_kept_as_it_was_said() {
    let mut sent = 0;
    each_sample(async |house, service, name, sample| {
        if sample["expect"]["end"] != "check" {
            return;
        }
        let mut person = Person::with(house, service, &sample["answers"]);
        let page = person.walk(house).await;
        assert_eq!(page.heading(), "Check your answers", "{service} {name}: {}", page.text);
        let (reference, done) = person.send().await;
        let kept = without_ours(stored(house, &reference).await);
        let said = without_ours(to_keep(&person));
        assert_eq!(kept, said, "{service} {name}");
        let by_program = program::send(house, service, name, sample).await;
        assert_eq!(by_program.status, 201, "{service} {name}: {}", by_program.text);
        let reference = by_program.json()["reference"].as_str().unwrap().to_owned();
        assert_eq!(without_ours(stored(house, &reference).await), kept, "{service} {name} by a program");
        let looked_up = person.service.tracking != catalogue::Tracking::Nothing;
        let anonymous = looked_up && sample["expect"]["anonymous"] == true;
        assert_eq!(done.says("You cannot follow this, and nobody can look it up"), !looked_up, "{service} {name}");
        assert_eq!(done.says("You did not give your name"), anonymous, "{service} {name}");
        sent += 1;
    })
    .await;
    assert!(sent > 15, "{sent}");
}

#[tokio::test]
async fn every_sample_that_stops_stops_there_and_nothing_is_sent() {
    let mut inside = Vec::new();
    each_sample(async |house, service, name, sample| {
        if sample["expect"]["end"] != "stop" {
            return;
        }
        let mut person = Person::with(house, service, &sample["answers"]);
        if sample["expect"]["stop"] == "elsewhere" && is_answered_here(house, &person) {
            // A police force answers in more than one district: the sample was drawn for a smaller world.
            inside.push(format!("{service} {name}"));
            return;
        }
        let page = person.walk(house).await;
        let stop = sample["expect"]["stop"].as_str().unwrap();
        let words = &person.service.words;
        let title = words.get(&format!("stop.{stop}.title")).unwrap_or_default().to_owned();
        assert!(page.says(title.split('{').next().unwrap()), "{service} {name} {stop}: {}", page.text);
        assert_ne!(page.heading(), "Check your answers", "{service} {name}");
        let send = person.client.post(&format!("/report/{service}/send"), &[]).await;
        assert!(send.status == 410 || !send.location.ends_with("/done"), "{service} {name}: {}", send.location);
        let reports = house.db.read(store::report::count).await.unwrap();
        assert_eq!(reports, 0, "{service} {name}");
    })
    .await;
    assert!(inside.iter().all(|sample| sample.ends_with("another-area")), "{inside:?} stop nowhere");
}

/// Whether the demonstration's own boundaries put the sample's place within the area of an agency.
pub fn is_answered_here(house: &House, person: &Person) -> bool {
    let id = &person.service.deciding_place().unwrap().id;
    let Some(Answer::Place(place)) = person.answers.get(id) else { return false };
    matches!(house.setting.geography().who(&person.service, place), Who::Answered(_))
}

/// PT-1: a "yes" at the gate leaves no answer anywhere.
#[tokio::test]
async fn what_the_gate_hears_is_kept_nowhere() {
    each_sample(async |house, service, name, sample| {
        if !name.starts_with("gate-") && name != "danger" {
            return;
        }
        let mut person = Person::with(house, service, &sample["answers"]);
        let page = person.walk(house).await;
        assert!(page.text.contains("tel:999"), "{name}: {}", page.text);
        assert_eq!(person.client.cookie("attempt"), None, "{service} {name}");
    })
    .await;
}
