use crate::{
    force::Force,
    world::{COUNCIL, HOUSE, POLICE, SECRET, World},
};
use courier::Told;
use serde_json::json;
use std::collections::BTreeSet;

#[tokio::test]
async fn a_crime_is_told_signed_and_its_number_comes_to_the_victims_page() {
    let force = Force::new(&[]).await;
    let world = World::telling(&force.url()).await;
    let report = world.theft().await;
    let crime = world.house.recorded(&report, POLICE, "officer").await;
    assert_eq!(world.drain().await, [Told::Taken, Told::Taken]);
    let got = force.got();
    assert!(got.iter().all(|one| one.verified(SECRET, world.seconds())), "{got:?}");
    assert_eq!([got[0].event(), got[1].event()], ["report.received", "crime.recorded"]);
    let data = got[1].json()["data"].clone();
    assert_eq!(data["crime"], json!(crime));
    assert_eq!(data["references"], json!([report.reference()]));
    assert_eq!((&data["number"], &data["version"]), (&json!(null), &json!(1)));

    let mut victim = world.house.reporter(&report).await;
    assert!(victim.get(&report.track()).await.says("We show it here as soon as we have it"));
    let mut system = world.house.records_system(POLICE);
    let at = format!("/api/v1/records/{POLICE}/crimes/{crime}");
    let (number, key) = (json!({ "number": "5226/012345" }), ("idempotency-key", "the-first-number-of-it"));
    let answer = system.post_json(&at, &number, &[key]).await;
    assert_eq!((answer.status, &answer.json()["number"]), (200, &json!("5226012345")), "{}", answer.text);
    let page = victim.get(&report.track()).await;
    assert!(page.says("5226012345") && page.says("gave the crime a number"), "{}", page.text);
    // It is not told what it said itself.
    assert_eq!(world.drain().await, []);
    let id = report.id;
    let entries = world.house.db.read(move |tx| store::journal::of_report(&HOUSE, tx, id)).await.unwrap();
    let entry = entries.iter().find(|entry| entry.kind == "crime.numbered").unwrap();
    assert_eq!((entry.actor.as_str(), entry.actor_name.as_str()), ("house", "records"));
    assert_eq!((&entry.facts["number"], &entry.facts["before"]["number"]), (&json!("5226012345"), &json!(null)));
}

#[tokio::test]
async fn every_event_is_told_in_order_and_says_nothing_personal() {
    let force = Force::new(&[]).await;
    let world = World::telling(&force.url()).await;
    let report = world.house.file("crime.bicycle", "everything").await;
    let crime = world.house.recorded(&report, POLICE, "officer").await;
    let mut officer = world.house.staff(POLICE, "officer").await;
    let mut registrar = world.house.staff(POLICE, "crime_registrar").await;
    let desk = report.desk();
    let version = async || world.house.part(&report, POLICE).await.version.to_string();
    let offence = world.house.setting.offences(POLICE).remove(1).0;
    let change = format!("{desk}/crimes/{crime}");
    let fields =
        [("version", &*version().await), ("crime_version", "1"), ("offence", &offence), ("number", "5226 000001")];
    assert_eq!(officer.post(&change, &fields).await.status, 303);
    let mut victim = world.house.reporter(&report).await;
    let said = victim.post(&format!("{}/words", report.track()), &[("words", "Robin saw a red van.")]).await;
    assert_eq!(said.status, 303);
    let outcome = world.house.setting.outcomes(POLICE).remove(0).0;
    let closing = [("version", &*version().await), ("outcome", &outcome), ("words", "Charged.")];
    assert_eq!(officer.post(&format!("{desk}/close"), &closing).await.status, 303);
    let cancel = [("version", &*version().await), ("crime_version", "3"), ("words", "It was found.")];
    assert_eq!(registrar.post(&format!("{change}/cancel"), &cancel).await.status, 303);
    world.drain().await;

    let got = force.got();
    let events: Vec<String> = got.iter().map(|one| one.event()).collect();
    let expected = [
        "report.received",
        "crime.recorded",
        "crime.changed",
        "message.added",
        "report.closed",
        "crime.changed",
        "crime.cancelled",
    ];
    assert_eq!(events, expected);
    let versions: Vec<i64> = got.iter().filter_map(|one| one.json()["data"]["version"].as_i64()).collect();
    assert_eq!(versions, [1, 2, 3, 4]);
    assert_eq!(got[4].json()["data"]["outcome"], json!(outcome));
    let mut members = BTreeSet::new();
    for one in &got {
        let data = one.json()["data"].as_object().unwrap().clone();
        assert_eq!(one.json().as_object().unwrap().keys().collect::<Vec<_>>(), ["type", "timestamp", "data"]);
        members.extend(data.keys().cloned());
        for personal in ["Robin", "van", "@", "Charged", "found", "officer of"] {
            assert!(!one.body.contains(personal), "{personal} in {}", one.body);
        }
    }
    // Whoever adds a member looks here first: no name, no contact, no words, no answer.
    let known = [
        "agency",
        "cancelled_at",
        "crime",
        "decided_at",
        "number",
        "offence",
        "outcome",
        "received_at",
        "recorded_at",
        "reference",
        "references",
        "version",
    ];
    assert_eq!(members.iter().map(String::as_str).collect::<Vec<_>>(), known);
}

#[tokio::test]
async fn an_agency_without_a_records_system_tells_nobody() {
    let force = Force::new(&[]).await;
    let world = World::telling(&force.url()).await;
    let report = world.house.file("fly-tipping", "shortest").await;
    assert_eq!(world.house.part(&report, COUNCIL).await.agency, COUNCIL);
    assert_eq!(world.rows(&report).await, []);
    assert_eq!(world.drain().await, []);
}
