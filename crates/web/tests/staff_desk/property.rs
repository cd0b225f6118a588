//! A thing that is lost in one report and found in another: a task for staff, and nothing for anyone else (P-68).

use casework::report::property;
use serde_json::{Value as Json, json};
use testkit::{Client, Filed, House, Page, sample};

const POLICE: &str = "avon-and-somerset-police";
const COUNCIL: &str = "north-somerset-council";
const HOUR: i64 = 60 * 60;
const MARK: &str = "may_match_property";

fn with_item(service: &str, item: Json) -> Json {
    let mut answers = sample(service, "everything")["answers"].clone();
    answers["prop.item"] = json!([item]);
    if let Some(answers) = answers.as_object_mut() {
        // What belongs to a phone is asked where one is on the list.
        answers.retain(|id, _| !matches!(id.as_str(), "theft.phone" | "theft.live"));
    }
    answers
}

async fn lost(house: &House) -> Filed {
    let item = json!({ "kind": "computer", "serial": "wsbc-602 1234", "state": "stolen" });
    house.file_answers("crime.theft", &with_item("crime.theft", item)).await
}

async fn found(house: &House) -> Filed {
    house
        .file_answers("prop.found", &with_item("prop.found", json!({ "kind": "computer", "serial": "WSBC6021234" })))
        .await
}

async fn marked(house: &House, filed: &Filed, agency: &str) -> bool {
    house.part(filed, agency).await.flags.to_string().contains(MARK)
}

async fn tick(house: &House) -> usize {
    let draw = house.draw();
    house.db.write(move |tx| property::tick(tx, &mut draw.clone(), 100)).await.unwrap()
}

async fn answer(client: &mut Client, filed: &Filed, fields: &[(&str, &str)]) -> Page {
    let form = client.get(&filed.desk()).await.form("/matches/");
    client.submit(&form, fields).await
}

#[tokio::test]
async fn a_thing_that_is_lost_and_found_is_a_task_in_both_reports() {
    for lost_first in [true, false] {
        let house = House::embedded().await;
        let (lost, found) = if lost_first {
            let lost = lost(&house).await;
            (lost, found(&house).await)
        } else {
            let found = found(&house).await;
            (lost(&house).await, found)
        };
        assert!(marked(&house, &lost, POLICE).await && marked(&house, &found, POLICE).await);
        let mut officer = house.staff(POLICE, "officer").await;
        assert!(officer.get("/staff").await.says("may match property"));
        let page = officer.get(&lost.desk()).await;
        assert!(page.says("It may have been found") && page.text.contains(&found.desk()), "{}", page.text);
        assert!(page.says("A thing in it may have been found"), "{}", page.text);
        let page = officer.get(&found.desk()).await;
        assert!(page.says("Somebody may have lost it") && page.text.contains(&lost.desk()), "{}", page.text);
    }
}

#[tokio::test]
async fn nothing_of_it_reaches_a_resident() {
    let house = House::embedded().await;
    let (lost, found) = (lost(&house).await, found(&house).await);
    for (own, other) in [(&lost, &found), (&found, &lost)] {
        let page = house.reporter(own).await.get(&own.track()).await;
        let told = house.program(own).await.get(&format!("/api/v1/reports/{}", own.reference())).await;
        // A report that a PIN guards is not read by a program at all.
        assert_eq!((page.status, told.status), (200, 401));
        let said = format!("{}{}", page.text, told.text).to_lowercase();
        for word in [other.reference(), "may match", "may have been found", "somebody lost", "may_match", "property.m"]
        {
            assert!(!said.contains(word), "{word}: {said}");
        }
    }
    let mails: i64 = house
        .db
        .read(|tx| tx.one::<(i64,)>("SELECT COUNT(*) FROM delivery WHERE template <> 'receipt'", &[]))
        .await
        .unwrap()
        .0;
    assert_eq!(mails, 0);
    let seen: Vec<(String,)> =
        house.db.read(|tx| tx.all("SELECT audience FROM journal WHERE kind LIKE 'property.%'", &[])).await.unwrap();
    assert_eq!(seen, [("agency".to_owned(),), ("agency".to_owned(),)]);
}

#[tokio::test]
async fn staff_say_whether_it_is_the_same_and_why_and_that_ends_the_task() {
    let house = House::embedded().await;
    let (lost, found) = (lost(&house).await, found(&house).await);
    let mut officer = house.staff(POLICE, "officer").await;
    let old = officer.get(&lost.desk()).await.form("/matches/");
    for (fields, why) in [
        (&[("words", "The same sticker.")][..], "Choose whether it is the same thing"),
        (&[("answer", "perhaps"), ("words", "The same sticker.")], "Choose whether it is the same thing"),
        (&[("answer", "same")], "Write some words first"),
    ] {
        let page = officer.submit(&old, fields).await;
        assert!(page.status == 422 && page.says(why), "{}", page.text);
    }
    let page = answer(&mut officer, &lost, &[("answer", "same"), ("words", "The same sticker.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(!marked(&house, &lost, POLICE).await && !marked(&house, &found, POLICE).await);
    for filed in [&lost, &found] {
        let page = officer.get(&filed.desk()).await;
        assert!(page.says("It is the same thing") && page.says("The same sticker."), "{}", page.text);
        assert!(!page.text.contains("/matches/"), "answered once");
    }
    let late = officer.submit(&old, &[("answer", "not_same"), ("words", "No.")]).await;
    assert!(late.status == 422 && late.says("Somebody changed this report"), "{}", late.text);
    let own = house.reporter(&lost).await.get(&lost.track()).await;
    assert!(!own.says("The same sticker.") && !own.says("same thing"), "{}", own.text);
    // It does not come up again.
    house.clock.forward_seconds(48 * HOUR);
    assert_eq!(tick(&house).await, 2);
    assert!(!marked(&house, &lost, POLICE).await && !marked(&house, &found, POLICE).await);
}

#[tokio::test]
async fn who_may_not_write_on_the_report_does_not_answer() {
    let house = House::embedded().await;
    let (lost, _) = (lost(&house).await, found(&house).await);
    let form = house.staff(POLICE, "officer").await.get(&lost.desk()).await.form("/matches/");
    let mut other = house.staff(COUNCIL, "team_leader").await;
    let fields = [("version", "1"), ("answer", "same"), ("words", "w")];
    assert_eq!(other.post(&form.action, &fields).await.status, 404);
    let mut officer = house.staff(POLICE, "officer").await;
    let none = format!("{}/matches/00000000-0000-7000-8000-000000000000", lost.desk());
    assert_eq!(officer.post(&none, &fields).await.status, 404);
    assert!(marked(&house, &lost, POLICE).await);
}

#[tokio::test]
async fn a_note_leaves_the_task_and_what_came_in_at_the_same_moment_is_found_a_minute_on() {
    let house = House::embedded().await;
    let (lost, found) = (lost(&house).await, found(&house).await);
    let mut officer = house.staff(POLICE, "officer").await;
    let form = officer.get(&lost.desk()).await.form("/acknowledge");
    assert_eq!(officer.submit(&form, &[]).await.status, 303);
    assert!(marked(&house, &lost, POLICE).await, "it stays until it is answered");
    // As if neither had seen the other.
    house.db.write(|tx| tx.run("DELETE FROM property_match", &[])).await.unwrap();
    assert!(!officer.get(&found.desk()).await.text.contains("/matches/"));
    house.clock.forward_seconds(61);
    assert_eq!(tick(&house).await, 2);
    assert_eq!(tick(&house).await, 0, "once a night");
    assert!(officer.get(&found.desk()).await.text.contains("/matches/"));
}

#[tokio::test]
async fn a_thing_that_is_there_again_or_the_owners_own_meets_nothing_wrong() {
    let house = House::embedded().await;
    let item = |state: &str| json!({ "kind": "computer", "serial": "WSBC6021234", "state": state });
    let gone = house.file_answers("crime.theft", &with_item("crime.theft", item("stolen"))).await;
    let twin = house.file_answers("crime.theft", &with_item("crime.theft", item("stolen"))).await;
    assert!(!marked(&house, &gone, POLICE).await && !marked(&house, &twin, POLICE).await, "both are lost");
    let back = house.file_answers("crime.theft", &with_item("crime.theft", item("recovered"))).await;
    assert!(marked(&house, &gone, POLICE).await && marked(&house, &back, POLICE).await);
    let many = json!({ "kind": "computer", "serial": "unknown", "state": "stolen" });
    let vague = house.file_answers("crime.theft", &with_item("crime.theft", many)).await;
    let other = json!({ "kind": "computer", "serial": "Unknown" });
    house.file_answers("prop.found", &with_item("prop.found", other)).await;
    assert!(!marked(&house, &vague, POLICE).await);
}

#[tokio::test]
async fn another_agency_learns_that_there_is_a_report_and_who_has_it_and_no_more() {
    let house = House::embedded().await;
    let found = found(&house).await;
    let mut police = house.staff(POLICE, "inspector").await;
    let form = police.get(&found.desk()).await.form("/transfer");
    let fields = [("agency", COUNCIL), ("words", "Your lost property office, please."), ("share", "account")];
    assert_eq!(police.submit(&form, &fields).await.status, 303);
    let mut council = house.staff(COUNCIL, "team_leader").await;
    let form = council.get(&found.desk()).await.form("/accept");
    assert_eq!(council.submit(&form, &[]).await.status, 303);
    let lost = lost(&house).await;
    assert!(marked(&house, &lost, POLICE).await && marked(&house, &found, COUNCIL).await);
    let page = council.get(&found.desk()).await;
    assert!(
        page.says("another report, of something lost or stolen. Avon and Somerset Police has it."),
        "{}",
        page.text
    );
    assert!(!page.text.contains(lost.reference()) && !page.says("wsbc-602 1234"), "{}", page.text);
    assert_eq!(council.get(&lost.desk()).await.status, 404);
    // The police handed the report of the find over: they may still open its thread.
    let page = police.get(&lost.desk()).await;
    assert!(page.says("North Somerset Council has it") && page.text.contains(&found.desk()), "{}", page.text);
    // Each agency answers for itself, by those of its own who write on reports.
    let form = council.get(&found.desk()).await.form("/matches/");
    let mut nobody = house.staff(COUNCIL, "administrator").await;
    let fields = [("version", "1"), ("answer", "same"), ("words", "w")];
    assert_eq!(nobody.post(&form.action, &fields).await.status, 404);
    assert_eq!(answer(&mut council, &found, &[("answer", "not_same"), ("words", "Another make.")]).await.status, 303);
    assert!(!marked(&house, &found, COUNCIL).await && marked(&house, &lost, POLICE).await);
    assert!(!police.get(&lost.desk()).await.says("Another make."));
}
