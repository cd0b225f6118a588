//! The same samples, sent by a program in one call.

use crate::browser::house;
use catalogue::{Tracking, answers_schema};
use serde_json::{Value as Json, json};
use testkit::{House, PIN, Page, files, misfits, sample, samples};

/// What a program posts to say what the sample says.
pub fn body(house: &House, service: &str, sample: &Json) -> Json {
    let definition = house.setting.catalogue.service(service).unwrap();
    let mut answers = sample["answers"].clone();
    let journey = answers.as_object_mut().unwrap().remove("journey").unwrap_or_default();
    let mut body = json!({ "service": service, "answers": answers });
    if let Some(stops) = journey.get("carried_on") {
        body["carried_on"] = stops.clone();
    }
    if definition.tracking == Tracking::LinkAndPin && sample["expect"]["anonymous"] != true {
        body["pin"] = json!(PIN);
    }
    body
}

pub async fn send(house: &House, service: &str, name: &str, sample: &Json) -> Page {
    let key = format!("{service}-{name}-by-a-program").replace('.', "-");
    let mut body = body(house, service, sample);
    let definition = house.setting.catalogue.service(service).unwrap();
    for (question, count, bytes) in files::asked(definition, &body["answers"]) {
        let mut ids = Vec::new();
        for _ in 0..count {
            let page = house.visitor().post_raw("/api/v1/uploads", "application/octet-stream", bytes).await;
            assert_eq!(page.status, 201, "{}", page.text);
            ids.push(page.json()["id"].clone());
        }
        body["answers"][&question] = Json::from(ids);
    }
    house.visitor().post_json("/api/v1/reports", &body, &[("idempotency-key", &key)]).await
}

#[tokio::test]
async fn every_sample_that_stops_is_told_the_stop_with_its_words_and_nothing_is_sent() {
    let house = house().await;
    let (mut stopped, mut inside) = (0, 0);
    for service in house.setting.catalogue.services().to_vec() {
        for name in samples(&service.id) {
            let sample = sample(&service.id, &name);
            if sample["expect"]["end"] != "stop" {
                continue;
            }
            let page = send(&house, &service.id, &name, &sample).await;
            let stop = page.json()["stop"].clone();
            if sample["expect"]["stop"] == "elsewhere" && stop.is_null() {
                // A police force answers in more than one district: the sample was drawn for a smaller world.
                inside += 1;
                continue;
            }
            assert_eq!((page.status, &stop["id"]), (422, &sample["expect"]["stop"]), "{name}: {}", page.text);
            assert!(!stop["title"].as_str().unwrap().is_empty() && !stop["body"].as_array().unwrap().is_empty());
            if stop["kind"].as_str().unwrap().starts_with("emergency") {
                assert_eq!(stop["links"][0]["href"], "tel:999", "{name}");
            }
            if stop["id"] == "elsewhere" {
                assert!(stop["who"]["name"].is_string() && !stop["links"].as_array().unwrap().is_empty(), "{stop}");
            }
            stopped += 1;
        }
    }
    assert!(stopped > 100 && inside * 4 < stopped, "{stopped} {inside}");
}

/// A client that asks the questions itself has nothing else to go by.
#[tokio::test]
async fn every_sample_has_the_shape_the_service_says() {
    let house = House::embedded().await;
    for service in house.setting.catalogue.services() {
        let told = house.get(&format!("/api/v1/services/{}", service.id)).await.json();
        assert_eq!(told["schema"], answers_schema(service));
        assert_eq!(told["questions"].as_array().unwrap().len(), service.questions.len());
        for question in told["questions"].as_array().unwrap() {
            let options = question["options"].as_array().into_iter().chain(question["states"].as_array()).flatten();
            let mut words = options.chain([question]).map(|one| one["label"].as_str().unwrap_or_default());
            assert!(words.all(|words| !words.is_empty()), "{}: {question}", service.id);
        }
        for name in samples(&service.id) {
            let body = body(&house, &service.id, &sample(&service.id, &name));
            let found = misfits(&Json::Null, &told["schema"], &body["answers"]);
            // A sample that stops answers no further.
            let stops = sample(&service.id, &name)["expect"]["end"] == "stop";
            let found: Vec<&String> = found.iter().filter(|one| !(stops && one.ends_with("is missing"))).collect();
            assert!(found.is_empty(), "{} {name}: {found:#?}", service.id);
        }
    }
}
