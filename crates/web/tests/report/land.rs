//! Land on the map: who is told that it is not the council's, before anything is filed, and what staff read of it (C-4, C-14, C-16).

use super::answer;
use serde_json::json;
use testkit::{House, Page, sample};

const FLY_TIP: &str = "fly-tipping";

/// The page after the place, for a visitor of a house with land on its map.
async fn at(house: &House, place: &str) -> Page {
    let mut client = house.visitor();
    client.get("/report/fly-tipping").await;
    answer(&mut client, FLY_TIP, "now", &[("now", "no")]).await;
    answer(&mut client, FLY_TIP, "photos", &[]).await;
    answer(&mut client, FLY_TIP, "where", &[("where.text", place)]).await
}

#[tokio::test]
async fn land_that_is_neither_the_councils_nor_a_road_is_said_before_anything_is_filed() {
    let house = House::embedded().await.with_land().await;
    let page = at(&house, "Blagdon").await;
    assert_eq!(page.heading(), "This is not council land or a public road");
    assert!(page.says("Find out who owns land (GOV.UK)") && page.says("tel:01934888888"), "{}", page.text);
    // It says which maps were looked at, and of what date.
    assert!(page.says("We looked at these maps: Public road, ") && page.says("; Council land, "), "{}", page.text);
    assert!(!page.says("Carry on"), "{}", page.text);
    assert_eq!(house.db.read(store::report::count).await.unwrap(), 0);
}

#[tokio::test]
async fn a_road_through_that_land_is_taken_and_a_place_without_a_point_too() {
    let house = House::embedded().await.with_land().await;
    assert_eq!(at(&house, "51.3218, -2.714").await.heading(), "What kind of place is it?");
    let mut client = house.visitor();
    client.get("/report/fly-tipping").await;
    answer(&mut client, FLY_TIP, "now", &[("now", "no")]).await;
    answer(&mut client, FLY_TIP, "photos", &[]).await;
    let page = answer(&mut client, FLY_TIP, "where", &[("where.words", "By the old farm")]).await;
    assert_eq!(page.heading(), "What kind of place is it?");
}

#[tokio::test]
async fn land_of_others_names_them() {
    let house = House::embedded().await.with_land().await;
    let rented = at(&house, "Winford").await;
    assert_eq!(rented.heading(), "Somebody rents this land from the council");
    let road = at(&house, "Felton").await;
    assert_eq!(road.heading(), "National Highways deals with this place");
    assert!(road.says("0300 123 5000") && road.says("We have not sent your report."), "{}", road.text);
    assert!(!road.says("outside our area"), "{}", road.text);
}

#[tokio::test]
async fn where_no_map_was_imported_nobody_is_refused() {
    let house = House::embedded().await;
    for place in ["Blagdon", "Winford", "Felton"] {
        assert_eq!(at(&house, place).await.heading(), "What kind of place is it?", "{place}");
    }
}

#[tokio::test]
async fn a_report_keeps_the_land_it_lay_in_and_staff_read_it() {
    let house = House::embedded().await.with_land().await;
    let mut answers = sample(FLY_TIP, "shortest")["answers"].clone();
    answers["where"] = json!({ "label": "Kenn", "lat": 51.417, "lon": -2.844, "how": "named", "typed": "Kenn" });
    let filed = house.file_answers(FLY_TIP, &answers).await;
    let id = filed.id;
    let entries =
        house.db.read(move |tx| store::journal::of_report(&rights::Actor::House("test"), tx, id)).await.unwrap();
    let facts = &entries.iter().find(|entry| entry.kind == "report.received").unwrap().facts;
    let layers: Vec<_> = facts["layers"].as_array().unwrap().iter().map(|one| one["layer"].as_str().unwrap()).collect();
    assert_eq!(layers, ["council_land", "camera_zone"]);
    assert!(facts["layers"].as_array().unwrap().iter().all(|one| one["load"].as_i64() > Some(0)));
    // Enforcement hears of it though nobody saw who did it.
    assert_eq!(facts["recipients"], json!(["enforcement"]));
    assert_eq!(facts["flags"], json!(["camera_zone"]));
    let mut desk = house.staff("north-somerset-council", "officer").await;
    let page = desk.get(&filed.desk()).await;
    assert!(page.says("In view of a camera (In view of a camera, "), "{}", page.text);
    let list = desk.get("/staff").await;
    assert!(list.says("In view of a camera"), "{}", list.text);
    // The person who reported it reads nothing of cameras.
    let mut owner = house.visitor();
    let opened = owner.post(&filed.link(), &[]).await;
    let own = owner.follow(opened).await;
    assert!(own.status == 200 && !own.says("camera"), "{}", own.text);
}

#[tokio::test]
async fn a_program_is_told_the_same_and_nothing_is_filed() {
    let house = House::embedded().await.with_land().await;
    let mut answers = sample(FLY_TIP, "shortest")["answers"].clone();
    answers["where"] = json!({ "label": "Blagdon", "lat": 51.327, "lon": -2.717, "how": "pin" });
    let body = json!({ "service": FLY_TIP, "answers": answers });
    let said =
        house.visitor().post_json("/api/v1/reports", &body, &[("idempotency-key", "land-1-0123456789abcdef")]).await;
    assert_eq!(said.status, 422, "{}", said.text);
    assert_eq!(said.json()["stop"]["title"], "This is not council land or a public road");
    answers["where"] = json!({ "label": "Felton", "lat": 51.39, "lon": -2.688, "how": "pin" });
    let body = json!({ "service": FLY_TIP, "answers": answers });
    let said =
        house.visitor().post_json("/api/v1/reports", &body, &[("idempotency-key", "land-2-0123456789abcdef")]).await;
    assert_eq!(said.json()["stop"]["who"]["name"], "National Highways", "{}", said.text);
    assert_eq!(house.db.read(store::report::count).await.unwrap(), 0);
}

#[tokio::test]
async fn a_layer_that_only_asks_is_passed_once_for_its_place() {
    const ASKS: &str = r#"
[[layer]]
id = "camp"
name = "A camp"
source = "a test"
[[layer.rule]]
services = ["litter"]
does = "stop"
title = "People live here"
body = ["Be kind."]
carry_on = "Tell us all the same"
"#;
    let house = House::where_agency_says("north-somerset-council", ASKS).await;
    let mut answers = sample("litter", "shortest")["answers"].clone();
    // No outline of it was imported yet: nobody is asked.
    let mut client = house.begun("litter", &answers).await;
    assert_eq!(client.get("/report/litter/check").await.heading(), "Check your answers");
    let place = |lat: f64| json!({ "label": "A field", "lat": lat, "lon": -2.81, "how": "pin" });
    let house = house.with_square("north-somerset-council", "camp", (51.369, -2.81), 0.01).await;
    answers["where"] = place(51.369);
    let mut client = house.begun("litter", &answers).await;
    let page = client.get("/report/litter/check").await;
    let page = client.follow(page).await;
    assert_eq!(page.heading(), "People live here", "{}", page.text);
    assert!(page.says("Tell us all the same"), "{}", page.text);
    let page = client.post("/report/litter/stop/land.north-somerset-council.camp", &[]).await;
    let page = client.follow(page).await;
    assert_eq!(page.heading(), "Check your answers", "{}", page.text);
    let sent = client.post("/report/litter/send", &[]).await;
    assert_eq!(sent.location, "/report/litter/done");
}
