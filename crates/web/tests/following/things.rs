//! A thing that the victim adds to their list, or tells again (P-93).

use crate::kept::{changed, kept};
use casework::report::follow;
use rights::{Actor, Resident, Sight};
use serde_json::json;
use testkit::{Client, Filed, House, Page, sample};

const POLICE: &str = "avon-and-somerset-police";

async fn victim() -> (House, Filed, Client) {
    let house = House::embedded().await;
    let mut answers = sample("crime.theft", "everything")["answers"].clone();
    answers["prop.item"] = json!([{ "kind": "computer", "make": "Example", "model": "Flat 13", "state": "stolen" }]);
    answers.as_object_mut().unwrap().retain(|id, _| !matches!(id.as_str(), "theft.phone" | "theft.live"));
    let filed = house.file_answers("crime.theft", &answers).await;
    let client = house.reporter(&filed).await;
    (house, filed, client)
}

async fn add(client: &mut Client, filed: &Filed, fields: &[(&str, &str)]) -> Page {
    let form = client.get(&format!("{}/things", filed.track())).await.form("/things");
    client.submit(&form, fields).await
}

const PHONE: &[(&str, &str)] = &[
    ("prop.item.0.kind", "phone"),
    ("prop.item.0.make", "Sample"),
    ("prop.item.0.imei", "49 015420-323751 8"),
    ("prop.item.0.value", "250"),
    ("prop.item.0.state", "stolen"),
];

#[tokio::test]
async fn a_thing_is_added_with_its_date_and_the_first_list_stays() {
    let (house, filed, mut client) = victim().await;
    assert!(client.get(&filed.track()).await.says("Add or correct a thing on your list"));
    let before = kept(&house).await;
    let page = add(&mut client, &filed, PHONE).await;
    assert_eq!(page.location, format!("{}?done=thing", filed.track()), "{}", page.text);
    let more = changed(&before, &kept(&house).await);
    assert!(more.contains(&"journal property.added +1".to_owned()), "{more:?}");
    assert!(more.contains(&"property_mark +1".to_owned()), "{more:?}");
    let own = client.follow(page).await;
    let desk = house.staff(POLICE, "officer").await.get(&filed.desk()).await;
    for page in [&own, &desk] {
        assert!(page.says("Flat 13") && page.says("490154203237518") && page.says("£250"), "{}", page.text);
    }
    assert!(own.says("Told later") && own.says("You added a thing"), "{}", own.text);
    assert!(desk.says("The resident added a thing") && desk.says("Added 24 November 2026"), "{}", desk.text);
    assert!(house.part(&filed, POLICE).await.flags.to_string().contains("resident_wrote"));
    // The insurer reads both.
    let actor = Actor::Resident(Resident { report: filed.id, sight: Sight::Whole });
    let (setting, now) = (house.setting.clone(), casework::Clock::now(&*house.clock));
    let shown = house.db.read(move |tx| follow::following(&actor, tx, &setting, now)).await.unwrap();
    let fonts = house.app.assets.paper_fonts();
    let fonts = paper::Fonts::read(&fonts.regular, &fonts.bold).unwrap();
    let paper = format!("{:?}", web::track::paper::words(&shown, now, &fonts));
    let (first, later) = paper.split_once("Told later").unwrap();
    assert!(first.contains("Flat 13") && later.contains("490154203237518") && !first.contains("490154"), "{paper}");
    // It is personal, and stands in no fact.
    let facts: Vec<(String,)> = house
        .db
        .read(|tx| tx.all("SELECT CAST(facts AS TEXT) FROM journal WHERE kind = 'property.added'", &[]))
        .await
        .unwrap();
    assert!(!facts[0].0.contains("490154") && !facts[0].0.contains("Sample"), "{facts:?}");
}

#[tokio::test]
async fn a_thing_is_told_again_and_what_it_stands_for_is_named() {
    let (house, filed, mut client) = victim().await;
    let fields = [
        ("prop.item.0.kind", "computer"),
        ("prop.item.0.make", "Example"),
        ("prop.item.0.model", "Flat 15"),
        ("instead", "0"),
    ];
    let page = add(&mut client, &filed, &fields).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let own = client.follow(page).await;
    assert!(own.says("You corrected a thing") && own.says("Flat 15"), "{}", own.text);
    assert!(own.says("Instead of: Computer or tablet, Example, Flat 13"), "{}", own.text);
    let desk = house.staff(POLICE, "officer").await.get(&filed.desk()).await;
    assert!(
        desk.says("The resident corrected a thing") && desk.says("Instead of: Computer or tablet"),
        "{}",
        desk.text
    );
    // There is no ninth thing.
    let form = client.get(&format!("{}/things", filed.track())).await.form("/things");
    let page = client.post(&form.action, &[("prop.item.0.make", "Example"), ("instead", "9")]).await;
    assert_eq!(page.status, 404);
}

#[tokio::test]
async fn what_does_not_hold_comes_back_with_what_was_typed() {
    let (house, filed, mut client) = victim().await;
    let before = kept(&house).await;
    let page = add(&mut client, &filed, &[]).await;
    assert!(page.status == 422 && page.says("Tell us what it is first"), "{}", page.text);
    let page = add(&mut client, &filed, &[("prop.item.0.make", "Sample"), ("prop.item.0.value", "a lot")]).await;
    assert!(page.status == 422 && page.text.contains("value=\"Sample\""), "{}", page.text);
    let page = client.post(&format!("{}/things", filed.track()), &[("prop.item.0.kind", "castle")]).await;
    assert_eq!(page.status, 422, "{}", page.text);
    assert_eq!(changed(&before, &kept(&house).await), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_added_meets_what_was_found() {
    let (house, filed, mut client) = victim().await;
    // Somebody handed in the phone.
    house.file("prop.found", "everything").await;
    assert!(!house.part(&filed, POLICE).await.flags.to_string().contains("may_match"));
    add(&mut client, &filed, PHONE).await;
    assert!(house.part(&filed, POLICE).await.flags.to_string().contains("may_match"));
    let own = client.get(&filed.track()).await;
    assert!(!own.says("may have been found") && !own.says("match"), "{}", own.text);
}

#[tokio::test]
async fn only_the_reporter_of_an_open_report_with_a_list_adds_to_it() {
    let (house, filed, mut client) = victim().await;
    let things = format!("{}/things", filed.track());
    assert_eq!(house.visitor().get(&things).await.status, 404);
    assert_eq!(house.visitor().post(&things, PHONE).await.status, 404);
    assert_eq!(house.staff(POLICE, "officer").await.get(&things).await.status, 404);
    let mut officer = house.staff(POLICE, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/close");
    let page = officer.submit(&form, &[("outcome", "outcome_18"), ("words", "We looked.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(!client.get(&filed.track()).await.says("Add or correct a thing"));
    assert_eq!(client.get(&things).await.status, 404);
    assert_eq!(client.post(&things, PHONE).await.status, 404);
}

#[tokio::test]
async fn a_list_takes_no_more_than_twenty() {
    let (_, filed, mut client) = victim().await;
    for _ in 0..20 {
        assert_eq!(add(&mut client, &filed, &[("prop.item.0.make", "Sample")]).await.status, 303);
    }
    let page = add(&mut client, &filed, &[("prop.item.0.make", "Sample")]).await;
    assert!(page.status == 422 && page.says("as many things as it can have"), "{}", page.text);
}
