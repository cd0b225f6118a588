//! `/api/v1/records/{agency}/crimes/{crime}`: what an agency's records system says of its crimes.

use crate::{
    asked::errors,
    kept::{changed, kept},
    shapes::Description,
};
use rights::Actor;
use serde_json::{Value as Json, json};
use testkit::{Client, Filed, House, Page, systems};
use uuid::Uuid;

const POLICE: &str = "avon-and-somerset-police";
const COUNCIL: &str = "north-somerset-council";
const PATH: &str = "/api/v1/records/{agency}/crimes/{crime}";

/// A house whose police and council have records systems, a crime of the police, and their system at the door.
struct World {
    house: House,
    report: Filed,
    crime: Uuid,
    system: Client,
}

impl World {
    async fn new() -> World {
        let house = House::with_records(systems(&[POLICE, COUNCIL])).await;
        let report = house.file("crime.theft", "shortest").await;
        let crime = house.recorded(&report, POLICE, "officer").await;
        let system = house.records_system(POLICE);
        World { house, report, crime, system }
    }

    fn at(&self) -> String {
        at(POLICE, &self.crime.to_string())
    }

    async fn say(&mut self, body: &Json, key: &str) -> Page {
        let at = self.at();
        self.system.post_json(&at, body, &[("idempotency-key", key)]).await
    }
}

fn at(agency: &str, crime: &str) -> String {
    format!("/api/v1/records/{agency}/crimes/{crime}")
}

fn kind(page: &Page) -> String {
    page.json()["type"].as_str().unwrap_or_default().replace("urn:moothall:problem:", "")
}

#[tokio::test]
async fn what_is_given_has_the_shape_that_is_described() {
    let mut world = World::new().await;
    let told = Description::of(&world.house).await;
    let at = world.at();
    let page = world.system.get(&at).await;
    assert_eq!(page.status, 200, "{}", page.text);
    told.fits("get", PATH, &page);
    let shown = page.json();
    assert_eq!((&shown["crime"], &shown["agency"]), (&json!(world.crime), &json!(POLICE)));
    assert_eq!((&shown["number"], &shown["officer"], &shown["version"]), (&json!(null), &json!(null), &json!(1)));
    assert_eq!(shown["references"], json!([world.report.reference()]));
    let page = world.say(&json!({ "number": "5226 012345" }), "of-the-shape-described").await;
    told.fits("post", PATH, &page);
    assert_eq!((&page.json()["number"], &page.json()["version"]), (&json!("5226012345"), &json!(2)));
    assert_eq!(page.json()["recorded_at"], shown["recorded_at"]);
    told.fits("post", PATH, &world.say(&json!({ "number": "12" }), "of-the-shape-described-2").await);
    told.fits("post", PATH, &world.say(&json!({ "number": "5226/000001" }), "of-the-shape-described").await);
    told.fits("get", PATH, &world.house.visitor().get(&at).await);
    told.fits("get", PATH, &world.house.records_system(COUNCIL).get(&at).await);
}

#[tokio::test]
async fn the_same_again_gives_the_first_answer_and_changes_nothing() {
    let mut world = World::new().await;
    let first = world.say(&json!({ "number": "5226/012345", "offence": "8N" }), "number-of-the-theft-1").await;
    assert_eq!(first.status, 200, "{}", first.text);
    let later = world.say(&json!({ "number": "5226/777777" }), "number-of-the-theft-2").await;
    assert_eq!(later.json()["version"], json!(3));
    let before = kept(&world.house).await;
    // In another order, and after something else has changed it.
    let again = world.say(&json!({ "offence": "8N", "number": "5226/012345" }), "number-of-the-theft-1").await;
    assert_eq!((again.status, &again.text), (200, &first.text));
    let other = world.say(&json!({ "number": "5226/012346" }), "number-of-the-theft-1").await;
    assert_eq!((other.status, kind(&other).as_str()), (409, "key-used"));
    assert_eq!(changed(&before, &kept(&world.house).await), Vec::<String>::new());

    // The key stands for one crime.
    let second = world.house.recorded(&world.report, POLICE, "officer").await;
    let body = json!({ "number": "5226/012345", "offence": "8N" });
    let elsewhere = at(POLICE, &second.to_string());
    let page = world.system.post_json(&elsewhere, &body, &[("idempotency-key", "number-of-the-theft-1")]).await;
    assert_eq!((page.status, kind(&page).as_str()), (409, "key-used"));
    // What was refused leaves its key free.
    assert_eq!(world.say(&json!({ "number": "x" }), "number-of-the-theft-3").await.status, 422);
    assert_eq!(world.say(&json!({ "number": "5226/012345" }), "number-of-the-theft-3").await.status, 200);
}

#[tokio::test]
async fn what_cannot_be_taken_is_named_and_keeps_nothing() {
    let mut world = World::new().await;
    let second = world.house.recorded(&world.report, POLICE, "officer").await;
    let numbered = json!({ "number": "5226/000001" });
    let there = at(POLICE, &second.to_string());
    let page = world.system.post_json(&there, &numbered, &[("idempotency-key", "number-of-the-second")]).await;
    assert_eq!(page.status, 200);
    let before = kept(&world.house).await;
    let council = world.house.person(COUNCIL, "officer").login.clone();
    for (body, field, code) in [
        (json!({ "number": "4226/000002" }), "number", "number.form"),
        (json!({ "number": "5226/1" }), "number", "number.form"),
        (json!({ "number": "5226 000001" }), "number", "number.taken"),
        (json!({ "number": null }), "number", "json.shape"),
        (json!({ "number": 5226000002i64 }), "number", "json.shape"),
        (json!({ "offence": "no such class" }), "offence", "offence.unknown"),
        (json!({ "outcome": "no such outcome" }), "outcome", "outcome.unknown"),
        (json!({ "officer": "nobody@example.org" }), "officer", "officer.unknown"),
        (json!({ "officer": council }), "officer", "officer.unknown"),
        (json!({ "recorded_at": "2026-11-24T10:00:00Z" }), "recorded_at", "json.unknown"),
        (json!({ "version": "1", "number": "5226/000003" }), "version", "json.shape"),
        (json!({ "version": 1 }), "", "json.missing"),
        (json!({}), "", "json.missing"),
    ] {
        let page = world.say(&body, "something-that-is-wrong").await;
        assert_eq!(page.status, 422, "{body}: {}", page.text);
        assert!(errors(&page).contains(&(field.to_owned(), code.to_owned())), "{body}: {}", page.text);
    }
    let stale = world.say(&json!({ "version": 7, "number": "5226/000003" }), "something-that-is-stale").await;
    assert_eq!((stale.status, kind(&stale).as_str()), (409, "changed-meanwhile"));
    let at = world.at();
    let without = world.system.post_json(&at, &numbered, &[]).await;
    assert_eq!((without.status, kind(&without).as_str()), (400, "idempotency-key"));
    let page = world.system.post_raw(&at, "text/plain", "number").await;
    assert_eq!((page.status, kind(&page).as_str()), (415, "media-type"));
    assert_eq!(changed(&before, &kept(&world.house).await), Vec::<String>::new());
}

#[tokio::test]
async fn a_cancelled_crime_is_left_as_it_is() {
    let mut world = World::new().await;
    let registrar = world.house.actor(POLICE, "crime_registrar").await;
    let (version, reference) =
        (world.house.part(&world.report, POLICE).await.version, world.report.reference().to_owned());
    let (setting, draw, crime) = (world.house.setting.clone(), world.house.draw(), world.crime);
    let cancelled = world.house.db.write(move |tx| {
        let on = casework::report::acts::On { reference: &reference, version };
        casework::report::crime::cancel(&registrar, tx, &setting, &mut draw.clone(), on, (crime, 1), "It was found.")
    });
    cancelled.await.unwrap();
    let page = world.say(&json!({ "number": "5226/000003" }), "number-of-one-cancelled").await;
    assert_eq!((page.status, kind(&page).as_str()), (409, "ended"));
    let at = world.at();
    assert!(world.system.get(&at).await.json()["cancelled_at"].is_string());
}

/// J-27: a crime of another agency and one that never was are one and the same.
#[tokio::test]
async fn a_foreign_crime_and_one_that_never_was_answer_alike() {
    let world = World::new().await;
    let absent = "00000000-0000-7000-8000-000000000000";
    let crime = world.crime.to_string();
    let mut council = world.house.records_system(COUNCIL);
    let before = kept(&world.house).await;
    let mut answers = Vec::new();
    for (agency, crime) in [
        (COUNCIL, crime.as_str()),
        (COUNCIL, absent),
        (POLICE, &crime),
        (POLICE, absent),
        (COUNCIL, "no-crime-at-all"),
        ("no-agency", absent),
    ] {
        let page = council.get(&at(agency, crime)).await;
        answers.push((page.status, page.text));
        let body = json!({ "number": "5226/000003" });
        let page = council.post_json(&at(agency, crime), &body, &[("idempotency-key", "a-foreign-crime-000")]).await;
        answers.push((page.status, page.text));
    }
    assert!(answers.iter().all(|answer| answer.0 == 404 && *answer == answers[0]), "{answers:#?}");
    let mut nobody = world.house.visitor();
    for token in [None, Some(""), Some("a guess"), Some("a-long-and-random-key-of-nobody")] {
        nobody.token = token.map(str::to_owned);
        for agency in [POLICE, COUNCIL, "no-agency"] {
            let page = nobody.get(&at(agency, &crime)).await;
            assert_eq!((page.status, kind(&page).as_str()), (401, "token"));
            assert_eq!(page.header("www-authenticate"), "Bearer");
        }
    }
    assert_eq!(changed(&before, &kept(&world.house).await), Vec::<String>::new());
}

#[tokio::test]
async fn an_outcome_is_a_task_for_a_person_and_is_not_told_by_itself() {
    let mut world = World::new().await;
    let outcome = world.house.setting.outcomes(POLICE).remove(0).0;
    let sentence = world.house.setting.outcome(POLICE, &outcome).unwrap().sentence.clone();
    let before = kept(&world.house).await;
    let page = world.say(&json!({ "outcome": outcome }), "outcome-of-the-theft").await;
    assert_eq!((page.status, &page.json()["outcome"]), (200, &json!(outcome)), "{}", page.text);
    assert!(page.json()["decided_at"].is_string());
    let changes = changed(&before, &kept(&world.house).await);
    assert_eq!(changes, ["attempt +1", "journal crime.changed +1", "unsealed +1"], "no message, no webhook");
    let mut victim = world.house.reporter(&world.report).await;
    let page = victim.get(&world.report.track()).await;
    assert!(!page.text.contains(&sentence) && !page.says("Changed the record"), "{}", page.text);
    let mut officer = world.house.staff(POLICE, "officer").await;
    assert!(officer.get("/staff").await.says("Outcome recorded: tell them"));
    let page = officer.get(&world.report.desk()).await;
    assert!(page.says("Records system, Avon and Somerset Police"), "{}", page.text);
}

#[tokio::test]
async fn an_officer_is_named_by_sign_in_and_looking_is_entered() {
    let mut world = World::new().await;
    let login = world.house.person(POLICE, "officer").login.clone();
    let page = world.say(&json!({ "officer": login }), "officer-of-the-theft").await;
    assert_eq!((page.status, &page.json()["officer"]), (200, &json!(login)), "{}", page.text);
    let mut victim = world.house.reporter(&world.report).await;
    assert!(victim.get(&world.report.track()).await.says("officer of avon-and-somerset-police"));
    let at = world.at();
    world.system.get(&at).await;
    let page = world.say(&json!({ "officer": null }), "officer-of-the-theft-2").await;
    assert_eq!(page.json()["officer"], json!(null));
    let id = world.report.id;
    let entries = world.house.db.read(move |tx| store::journal::of_report(&Actor::House("test"), tx, id)).await;
    let entries = entries.unwrap();
    let seen: Vec<_> = entries.iter().filter(|entry| entry.kind == "report.seen").collect();
    assert_eq!((seen.len(), seen[0].actor_name.as_str(), seen[0].agency.as_deref()), (1, "records", Some(POLICE)));
    let mut inspector = world.house.staff(POLICE, "inspector").await;
    assert!(inspector.get(&format!("{}/history", world.report.desk())).await.says("records"));
}

#[tokio::test]
async fn a_crime_of_two_reports_is_numbered_on_both() {
    let mut world = World::new().await;
    world.say(&json!({ "number": "5226/000001" }), "number-of-both-reports").await;
    let second = world.house.file("crime.theft", "shortest").await;
    let officer = world.house.actor(POLICE, "officer").await;
    let (version, reference) = (world.house.part(&second, POLICE).await.version, second.reference().to_owned());
    let (setting, draw) = (world.house.setting.clone(), world.house.draw());
    let joined = world.house.db.write(move |tx| {
        let on = casework::report::acts::On { reference: &reference, version };
        casework::report::crime::join(&officer, tx, &setting, &mut draw.clone(), on, "5226000001", "The same theft.")
    });
    joined.await.unwrap();
    let page = world.say(&json!({ "number": "5226/000002" }), "number-of-both-reports-2").await;
    assert_eq!(page.json()["references"].as_array().unwrap().len(), 2);
    for report in [&world.report, &second] {
        let mut victim = world.house.reporter(report).await;
        assert!(victim.get(&report.track()).await.says("gave the crime a number: 5226000002"));
    }
}
