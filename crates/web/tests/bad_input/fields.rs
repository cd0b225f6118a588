//! Every field of every question, with what may never be kept.

use crate::sound::{before, nothing_happened};
use catalogue::{Answers, Filled, Kind, Service, kind};
use std::collections::BTreeSet;
use testkit::{House, forms, sample};
use web::question::{Look, draw};

/// The fields a person types into, with what stands in the others.
pub fn typed(service: &Service, answers: &Answers, id: &str) -> Vec<(String, String)> {
    let question = service.question(id).unwrap();
    let filled = answers.get(id).map_or(Filled::Empty, Filled::Answer);
    let face = kind::face(question, &service.words, filled, answers);
    forms(draw(&face, Look::new(&[])).unwrap().html.as_str()).remove(0).filled()
}

fn is_text(service: &Service, id: &str, field: &str) -> bool {
    let question = service.question(id).unwrap();
    let unread = [".lat", ".lon", ".how", ".row", ".add", ".remove"].iter().any(|end| field.ends_with(end));
    // Times have a test of their own; options are no text.
    let typed = match &question.kind {
        Kind::Text { .. } | Kind::LongText { .. } | Kind::Vehicle | Kind::Place { .. } => true,
        Kind::Person { .. } => {
            !field.contains("safe") && !field.contains("windows") && !field.contains("_ok") && !field.contains("never")
        }
        Kind::Items { .. } => !field.ends_with(".kind") && !field.ends_with(".state") && !field.ends_with(".about"),
        Kind::Group { questions, .. } => {
            let mut chosen = questions.iter().filter(|inner| inner.kind.options().is_some());
            !chosen.any(|inner| field.ends_with(&format!(".{}", inner.id)))
        }
        _ => false,
    };
    typed && !unread
}

pub async fn text_fields(house: &House) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    // A service that only leads on asks nothing.
    for service in house.setting.catalogue.services().iter().filter(|service| !service.questions.is_empty()) {
        let answers = Answers::from_json(service, &sample(&service.id, "everything")["answers"]).unwrap();
        for question in &service.questions {
            for (field, _) in typed(service, &answers, &question.id) {
                if is_text(service, &question.id, &field) {
                    all.push((service.id.clone(), question.id.clone(), field));
                }
            }
        }
    }
    all
}

#[tokio::test]
async fn every_field_refuses_what_cannot_be_kept_and_shows_it_again() {
    let house = House::embedded().await;
    let mut fields = text_fields(&house).await;
    // What a part asks is the same in every service that takes it in: each such field once.
    let mut seen = BTreeSet::new();
    fields.retain(|(service, question, field)| {
        let kind = &house.setting.catalogue.service(service).unwrap().question(question).unwrap().kind;
        seen.insert(format!("{field} {kind:?}"))
    });
    assert!(fields.len() > 30, "{}", fields.len());
    let long = "é".repeat(6000);
    let mut cases = 0;
    let mut faults = Vec::new();
    for (service, question, field) in &fields {
        let answers = sample(service, "everything")["answers"].clone();
        let definition = house.setting.catalogue.service(service).unwrap();
        let given = Answers::from_json(definition, &answers).unwrap();
        let at = format!("/report/{service}/q/{question}");
        let mut client = house.begun(service, &answers).await;
        if client.get(&at).await.status != 200 {
            continue;
        }
        for bad in [long.as_str(), "bell\u{7}", "turn\u{202e}ed", "esc\u{1b}[2J", "isolate\u{2066}d"] {
            let mut sent = typed(definition, &given, question);
            sent.retain(|(name, _)| name != field);
            sent.push((field.clone(), bad.to_owned()));
            let sent: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            let before = before(&house, &client).await;
            let page = client.post(&at, &sent).await;
            let case = format!("{service} {field} {}", bad.chars().take(10).collect::<String>());
            nothing_happened(&house, &client, &before, &page, &case).await;
            let again = page.forms().iter().any(|form| form.value(field) == Some(bad));
            if page.status != 422 || !again || page.errors().is_empty() {
                faults.push(format!("{case}: {} shown again: {again} {:?}", page.status, page.errors()));
            }
            cases += 1;
        }
    }
    assert!(faults.is_empty(), "{} of {cases}:\n{}", faults.len(), faults.join("\n"));
    assert!(cases >= 150, "{cases}");
}
