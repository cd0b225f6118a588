use catalogue::{Answers, Kind, Sensitivity, shown};
use testkit::{House, sample, samples};

/// How a staff page writes the lines of an answer.
fn lines(answer: &catalogue::ShownAnswer) -> String {
    web::page::said(&answer.lines)
}

/// Agency, roles with every right to see of which the first whose limits leave it the service reads it, and one without the right
/// to evidence and restricted answers.
const DESKS: [(&str, &[&str], &str); 2] = [
    ("north-somerset-council", &["enforcement", "waste_supervisor", "claims_officer", "team_leader"], "officer"),
    ("avon-and-somerset-police", &["inspector"], "crime_registrar"),
];

#[tokio::test]
async fn every_answer_shows_to_staff_who_have_the_right_and_only_to_them() {
    let house = House::embedded().await;
    for (agency, roles, some) in DESKS {
        let mut some = house.staff(agency, some).await;
        let services: Vec<_> = house.setting.catalogue.services().to_vec();
        let offered = |id: &str| house.setting.offering(id).iter().any(|offering| offering == agency);
        for service in services.iter().filter(|service| offered(&service.id)) {
            let (mut told, mut led) = (0, 0);
            let known = house.setting.catalogue.agency(agency).unwrap();
            let leaves = |role: &&&str| {
                let role = known.role(role).unwrap();
                role.services.is_empty() || role.services.contains(&service.id)
            };
            let mut all = house.staff(agency, roles.iter().find(leaves).unwrap()).await;
            for name in samples(&service.id) {
                let sample = sample(&service.id, &name);
                // Who helps the one that leads sees less: `staff_desk/leads.rs`.
                let agencies = sample["expect"]["agencies"].as_array().cloned().unwrap_or_default();
                let is_led_here = agencies.first().is_none_or(|first| *first == agency);
                if sample["expect"]["end"] != "check" || !is_led_here {
                    continue;
                }
                led += 1;
                let filed = house.file(&service.id, &name).await;
                let answers = Answers::from_json(service, &sample["answers"]).unwrap();
                let (whole, part) = (all.get(&filed.desk()).await, some.get(&filed.desk()).await);
                assert_eq!((whole.status, part.status), (200, 200), "{name}");
                for answer in shown(service, &answers) {
                    let question = service.question(&answer.question).unwrap();
                    let is_person = matches!(question.kind, Kind::Person { .. });
                    if question.gate || is_person {
                        continue;
                    }
                    told += 1;
                    assert!(whole.says(&lines(&answer)), "{name}: {} is not shown: {}", answer.question, whole.text);
                    let closed = answer.evidence
                        || matches!(question.sensitivity, Sensitivity::Special | Sensitivity::Restricted);
                    if closed && !evidence_seen(agency, &answer) {
                        let label = format!("{}</dt>", web_escape(&answer.label));
                        assert!(!part.text.contains(&label), "{name}: {} is shown", answer.question);
                    }
                }
            }
            assert!(told >= 2 * led, "{}: {told} answers in {led} samples", service.id);
        }
    }
}

/// The crime registrar of the police sees restricted answers and no evidence; the council's officer neither.
fn evidence_seen(agency: &str, answer: &catalogue::ShownAnswer) -> bool {
    agency == "avon-and-somerset-police" && !answer.evidence
}

fn web_escape(text: &str) -> String {
    text.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;").replace('"', "&#34;").replace('\'', "&#39;")
}

#[tokio::test]
async fn contact_details_show_only_with_their_right() {
    let house = House::embedded().await;
    let filed = house.file("crime.theft", "everything").await;
    let mut officer = house.staff("avon-and-somerset-police", "officer").await;
    let mut registrar = house.staff("avon-and-somerset-police", "crime_registrar").await;
    for secret in ["Robin Example", "robin@example.org", "apple"] {
        assert!(officer.get(&filed.desk()).await.says(secret), "{secret}");
        assert!(!registrar.get(&filed.desk()).await.says(secret), "{secret}");
    }
}

/// PT-5: what a closed branch asked is in no page and no row.
#[tokio::test]
async fn a_hidden_branchs_answers_are_in_no_view() {
    let house = House::embedded().await;
    let mut answers = sample("fly-tipping", "everything")["answers"].clone();
    answers["seen"] = "no".into();
    let filed = house.file_answers("fly-tipping", &answers).await;
    let mut enforcement = house.staff("north-somerset-council", "enforcement").await;
    let page = enforcement.get(&filed.desk()).await;
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    for hidden in ["Two people in dark coats", "Ford Transit", "AB12"] {
        assert!(!page.says(hidden) && !own.says(hidden), "{hidden}");
    }
}
