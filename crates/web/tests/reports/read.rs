//! Nothing is shown to everybody but by who says that they read it, and by its reporter (C-9, C-53, C-55).

use crate::{COUNCIL, page_of};
use testkit::{Client, Filed, House};

async fn press(client: &mut Client, filed: &Filed, act: &str, fields: &[(&str, &str)]) {
    let form = client.get(&filed.desk()).await.form(act);
    let page = client.submit(&form, fields).await;
    assert_eq!(page.status, 303, "{act}: {}", page.text);
}

async fn shown(house: &House, filed: &Filed) -> bool {
    let page = house.get(&page_of(filed)).await;
    assert_eq!(house.get("/reports").await.text.contains(filed.reference()), page.status == 200);
    page.status == 200
}

#[tokio::test]
async fn a_report_that_is_moved_on_or_ended_unread_is_shown_to_nobody() {
    let house = House::embedded().await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let read = house.file("fly-tipping", "everything").await;
    press(&mut officer, &read, "/acknowledge", &[]).await;
    assert!(shown(&house, &read).await);
    for (act, fields) in [
        ("/stage", &[("stage", "planned"), ("words", "Soon.")][..]),
        ("/close", &[("outcome", "cannot_fix"), ("words", "Spam.")]),
        ("/duplicate", &[("same_as", read.reference()), ("words", "We know of it.")]),
    ] {
        let filed = house.file("fly-tipping", "everything").await;
        press(&mut officer, &filed, act, fields).await;
        assert!(!shown(&house, &filed).await, "{act}");
        let desk = officer.get(&filed.desk()).await;
        assert!(desk.says("Not public yet. Read it, then decide whether to show it."), "{}", desk.text);
        press(&mut officer, &filed, "/publication", &[("words", "I have read it.")]).await;
        assert!(shown(&house, &filed).await, "{act}");
    }
}

#[tokio::test]
async fn what_is_done_to_many_at_once_shows_none_of_them() {
    let house = House::embedded().await;
    let (one, two) = (house.file("fly-tipping", "everything").await, house.file("fly-tipping", "everything").await);
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let fields = [("report", one.reference()), ("report", two.reference()), ("step", "foresee"), ("act", "stage")];
    let fields = [&fields[..], &[("stage", "planned"), ("words", "Soon.")]].concat();
    let page = leader.post("/staff/bulk", &fields).await;
    leader.submit(&page.form("/staff/bulk/"), &[]).await;
    for filed in [&one, &two] {
        assert!(leader.get(&filed.desk()).await.says("Soon.") && !shown(&house, filed).await);
    }
}

#[tokio::test]
async fn pictures_of_a_report_that_its_reporter_showed_wait_for_a_person_whatever_else_is_done() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let link = crate::confirm::link(&house, &filed).await.unwrap();
    house.visitor().post(&link, &[]).await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    press(&mut officer, &filed, "/stage", &[("stage", "planned"), ("words", "Soon.")]).await;
    let page = house.get(&page_of(&filed)).await;
    assert!(page.status == 200 && !page.text.contains("/photo/"), "{}", page.text);
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says("Its photos wait until a person has read it."), "{}", desk.text);
    let version = house.part(&filed, COUNCIL).await.version.to_string();
    let fields = [("version", version.as_str()), ("show", "yes"), ("words", "No faces.")];
    assert_eq!(officer.post(&format!("{}/publication", filed.desk()), &fields).await.status, 303);
    assert!(house.get(&page_of(&filed)).await.text.contains("/photo/"));
    assert!(!officer.get(&filed.desk()).await.says("Show its photos to everybody"));
}

#[tokio::test]
async fn photos_of_a_vehicle_that_was_left_are_shown_to_nobody_and_those_of_graffiti_once_a_person_has_looked() {
    let house = House::embedded().await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    for (service, has_photos) in [("abandoned-vehicle", false), ("graffiti", true)] {
        let filed = house.file(service, "everything").await;
        press(&mut officer, &filed, "/acknowledge", &[]).await;
        let page = house.get(&page_of(&filed)).await;
        assert_eq!((page.status, page.text.contains("/photo/")), (200, has_photos), "{service}: {}", page.text);
    }
}
