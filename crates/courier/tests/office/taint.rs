//! Only what may leave goes out: answers are marked by their tags, and no mark of one that stays is in anything that was sent.

use crate::world::{COUNCIL, World};
use catalogue::{Kind, Service};
use serde_json::{Value as Json, json};
use testkit::{sample, samples};

const STAYS: &str = "STAYS-HERE";
const LEAVES: &str = "MAY-LEAVE";

/// Marks every text that people type, by whether its question may leave.
fn marked(service: &Service, answers: &mut Json) -> (bool, bool) {
    let (mut stays, mut leaves) = (false, false);
    for question in &service.questions {
        let Some(answer) = answers.get_mut(&question.id) else { continue };
        let mark = if question.may_leave() { LEAVES } else { STAYS };
        match &question.kind {
            Kind::LongText { .. } if answer.is_string() => {
                *answer = json!(format!("{mark} {}", answer.as_str().unwrap_or_default()));
                if question.may_leave() { leaves = true } else { stays = true }
            }
            Kind::Person { .. } => {
                for part in ["codeword", "who_may_answer"] {
                    let wish = answer.get_mut("safe").and_then(|safe| safe.get_mut(part));
                    if let Some(text) = wish.filter(|text| text.is_string()) {
                        *text = json!(STAYS);
                        stays = true;
                    }
                }
            }
            _ => {}
        }
    }
    (stays, leaves)
}

#[tokio::test]
async fn evidence_restricted_answers_and_wishes_about_contact_never_leave() {
    let plain: Vec<String> = testkit_services();
    let codes = plain.iter().map(|id| format!("[[office.code]]\nservice = \"{id}\"\ncode = \"{id}\"\n"));
    let said = format!("[office]\ncontact = true\nsource = \"a test\"\n{}", codes.collect::<String>());
    let world = World::new(&said).await;
    let (mut stay, mut leave, mut kept_apart, mut reached) = (0, 0, 0, 0);
    for id in &plain {
        let service = world.house.setting.catalogue.service(id).unwrap().clone();
        for name in samples(id) {
            let mut sample = sample(id, &name);
            if sample["expect"]["end"] != "check" || !sample["expect"]["agencies"].to_string().contains(COUNCIL) {
                continue;
            }
            let (stays, leaves) = marked(&service, &mut sample["answers"]);
            let contact = service.questions.iter().find(|question| matches!(question.kind, Kind::Person { .. }));
            let wishes = contact.is_some_and(|question| sample["answers"][&question.id]["safe"].is_object());
            world.house.file_answers(id, &sample["answers"]).await;
            world.drain().await;
            (stay, leave) = (stay + usize::from(stays), leave + usize::from(leaves));
            let got = world.office.got();
            let (_, fields) = got.last().unwrap();
            let all = fields.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join("\n");
            assert!(!all.contains(STAYS), "{id} {name}: {all}");
            assert!(!leaves || all.contains(LEAVES), "{id} {name}: {all}");
            reached += usize::from(fields.iter().any(|(field, _)| field == "email"));
            if wishes {
                kept_apart += 1;
                assert!(
                    !fields.iter().any(|(field, _)| ["email", "phone", "last_name"].contains(&field.as_str())),
                    "{id} {name}"
                );
            }
        }
    }
    assert!(stay >= 5 && leave >= 5 && kept_apart >= 1 && reached >= 5, "{stay} {leave} {kept_apart} {reached}");
}

/// What the council offers.
fn testkit_services() -> Vec<String> {
    let catalogue = testkit::definitions();
    let agency = catalogue.agency(COUNCIL).unwrap();
    let all = agency.services.iter().map(|offer| offer.service.clone());
    all.filter(|id| ["noise", "asb", "fly-tipping", "dog-fouling", "vehicle-littering"].contains(&id.as_str()))
        .collect()
}
