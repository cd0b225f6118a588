//! Reports that were made in the back office: fetched, filed once, and never told back (C-92).

use crate::{
    office::{MadeThere, Said, written},
    world::{COUNCIL, HOUSE, PLAIN, World},
};
use courier::OfficeFate::Taken;
use store::{fetched, journal};
use uuid::Uuid;

/// A hole in Weston-super-Mare.
pub fn hole_there(number: &str, words: &str, at: Option<i64>) -> MadeThere {
    let stamp = at.map(written).unwrap_or_default();
    let fields = [
        ("service_request_id", number),
        ("status", "open"),
        ("service_code", "HOLE"),
        ("description", words),
        ("requested_datetime", &stamp),
        ("address", "1 Example Street"),
        ("lat", "51.3461"),
        ("long", "-2.9772"),
    ];
    MadeThere { at, fields: fields.map(|(name, text)| (name, text.to_owned())).into() }
}

/// The same with some fields otherwise; an empty one is there and says nothing.
fn otherwise(mut made: MadeThere, other: &[(&'static str, &str)]) -> MadeThere {
    made.fields.retain(|(name, _)| !other.iter().any(|(changed, _)| changed == name));
    made.fields.extend(other.iter().map(|(name, text)| (*name, (*text).to_owned())));
    made
}

/// Numbers there and ids here of reports that were filed by the back office.
pub async fn all_made(world: &World) -> Vec<(String, Uuid)> {
    let all = world.house.db.read(|tx| journal::waiting(&HOUSE, tx, 100_000)).await.unwrap();
    let notes = all.iter().filter(|entry| entry.kind == "note.added" && entry.facts["outside_id"].is_string());
    notes.map(|note| (note.facts["outside_id"].as_str().unwrap().to_owned(), note.report.unwrap())).collect()
}

fn saying(more: &str) -> String {
    PLAIN.replace("source", &format!("reports = true\n{more}source"))
}

async fn asked(world: &World) {
    world.forward_seconds(301);
    world.ask().await;
}

#[tokio::test]
async fn a_report_that_was_made_there_is_filed_once_without_a_reporter_and_is_not_told_back() {
    let world = World::new(&saying("")).await;
    let ours = world.hole().await;
    assert_eq!(world.drain().await, [Taken]);
    world.office.kept.lock().unwrap().muddled = true;
    let now = world.now();
    world.office.kept.lock().unwrap().made.push(hole_there("OWN-1", "It is deep & wide.", Some(now)));
    for _ in 0..3 {
        asked(&world).await;
    }
    let made = all_made(&world).await;
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!(made[0].0, "OWN-1");
    let id = made[0].1;
    let head = world.house.db.read(move |tx| store::report::by_id(tx, id)).await.unwrap();
    assert_eq!((head.service.as_str(), head.anonymous), ("pothole", true));
    assert_eq!(world.drain().await, [], "it is not told back");
    let mut officer = world.house.staff(COUNCIL, "officer").await;
    let desk = officer.get(&format!("/staff/reports/{}", head.reference)).await;
    for words in ["It is deep & wide.", "Made in the back office as OWN-1", "1 Example Street"] {
        assert!(desk.says(words), "{words}: {}", desk.text);
    }
    // Nobody sees it before somebody looked; then it is like any other, and what is done here is told there.
    assert_eq!(world.house.get(&format!("/reports/{}", head.reference)).await.status, 404);
    officer.submit(&desk.form("/acknowledge"), &[]).await;
    let page = world.house.get(&format!("/reports/{}", head.reference)).await;
    assert!(page.status == 200 && page.says("It is deep & wide."), "{}", page.text);
    let form = officer.get(&format!("/staff/reports/{}", head.reference)).await.form("/stage");
    officer.submit(&form, &[("stage", "planned"), ("words", "On Monday.")]).await;
    world.drain().await;
    let kept = world.office.kept.lock().unwrap();
    assert_eq!(kept.requests.len(), 1, "only ours was told as new");
    let told = kept.updates.iter().any(|(_, fields)| {
        crate::office::field(fields, "service_request_id") == "OWN-1"
            && crate::office::field(fields, "description") == "On Monday."
    });
    assert!(told, "{:?}", kept.updates);
    drop(kept);
    assert!(world.office.number(ours.reference()).is_some());
}

#[tokio::test]
async fn what_is_said_of_it_is_taken_in_and_one_that_is_closed_there_is_closed_here() {
    let world = World::new(&saying("")).await;
    let now = world.now();
    world.office.kept.lock().unwrap().made.extend([
        hole_there("OWN-1", "A hole.", Some(now)),
        otherwise(hole_there("OWN-2", "Another.", Some(now)), &[("status", "closed"), ("status_notes", "Filled in.")]),
    ]);
    asked(&world).await;
    let now = world.now();
    let request = "OWN-1".to_owned();
    let (stamp, words) = (written(now), "On its way.".to_owned());
    world.office.say(Said { id: "u".to_owned(), request, status: "IN_PROGRESS", stamp, at: Some(now), words });
    asked(&world).await;
    for (number, id) in all_made(&world).await {
        let entries = world.house.db.read(move |tx| journal::of_report(&HOUSE, tx, id)).await.unwrap();
        let kinds: Vec<&str> = entries.iter().map(|entry| entry.kind.as_str()).collect();
        let kind = if number == "OWN-1" { "stage.set" } else { "report.closed" };
        assert!(kinds.contains(&kind), "{number}: {kinds:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_filed_waits_and_staff_see_why() {
    let world = World::new(&saying("")).await;
    let now = Some(world.now());
    world.office.kept.lock().unwrap().made.extend([
        otherwise(hole_there("", "Nobody's number.", now), &[]),
        otherwise(hole_there("NO-PLACE", "Nowhere.", now), &[("lat", ""), ("long", "")]),
        otherwise(hole_there("BAD-PLACE", "North.", now), &[("lat", "north")]),
        otherwise(hole_there("FAR", "Far away.", now), &[("lat", "53.0"), ("long", "-1.5")]),
        otherwise(hole_there("ODD", "What is it?", now), &[("service_code", "MYSTERY")]),
        otherwise(hole_there("NO-TIME", "When?", None), &[("requested_datetime", "a while ago")]),
    ]);
    for _ in 0..3 {
        asked(&world).await;
    }
    let made = all_made(&world).await;
    assert_eq!(made.iter().map(|(number, _)| number.as_str()).collect::<Vec<_>>(), ["NO-TIME"]);
    let mut leader = world.house.staff(COUNCIL, "team_leader").await;
    let page = leader.get("/staff/deliveries").await;
    for words in [
        "it has no number",
        "Nobody's number.",
        "NO-PLACE",
        "BAD-PLACE",
        "it has no place",
        "its place is outside the agency’s area",
        "its code “MYSTERY” is no service here",
    ] {
        assert!(page.says(words), "{words}: {}", page.text);
    }
    let id = made[0].1;
    let entries = world.house.db.read(move |tx| journal::of_report(&HOUSE, tx, id)).await.unwrap();
    assert!(entries.iter().any(|entry| format!("{:?}", entry.content).contains("a while ago")));
    // Thirty days, then its words go and its number stays.
    world.forward_seconds(30 * 24 * 3600);
    world.ask().await;
    let from = (store::Time(i64::MIN), "");
    let waiting = world.house.db.read(move |tx| fetched::waiting(&HOUSE, tx, COUNCIL, from, 10)).await.unwrap();
    assert_eq!(waiting, vec![]);
    assert_eq!(all_made(&world).await.len(), 1);
}

#[tokio::test]
async fn a_code_in_no_row_is_the_service_that_the_map_names_as_other() {
    let world = World::new(&saying("other = \"street-hazard\"\n")).await;
    let now = Some(world.now());
    let odd = otherwise(hole_there("ODD", "What is it?", now), &[("service_code", "MYSTERY")]);
    world.office.kept.lock().unwrap().made.push(odd);
    asked(&world).await;
    let id = all_made(&world).await[0].1;
    let head = world.house.db.read(move |tx| store::report::by_id(tx, id)).await.unwrap();
    assert_eq!(head.service, "street-hazard");
}

#[tokio::test]
async fn an_update_stamped_weeks_ago_that_shows_only_now_is_heard_while_its_report_is_worked() {
    let world = World::new(PLAIN).await;
    let report = world.hole().await;
    world.drain().await;
    world.ask().await;
    let request = world.office.number(report.reference()).unwrap();
    let then = world.now() + 3600;
    world.forward_seconds(40 * 24 * 3600);
    world.ask().await;
    let (stamp, words) = (written(then), "We said so weeks ago.".to_owned());
    world.office.say(Said { id: "late".to_owned(), request, status: "IN_PROGRESS", stamp, at: Some(then), words });
    world.forward_seconds(24 * 3600 + 1);
    world.ask().await;
    let entries = world.entries(&report).await;
    assert!(entries.iter().any(|entry| entry.facts["update_id"] == "late"), "nothing is dropped for its time");
}
