//! A public report that staff keep private (C-65).

use testkit::{Client, Filed, House};

const COUNCIL: &str = "north-somerset-council";

async fn set(desk: &mut Client, filed: &Filed, why: &str) -> testkit::Page {
    let form = desk.get(&filed.desk()).await.form("/private");
    desk.submit(&form, &[("words", why)]).await
}

/// Everything that everybody reads and that would show it.
async fn read(house: &House, filed: &Filed) -> Vec<String> {
    let reference = filed.reference();
    let mut found = Vec::new();
    for path in [
        "/reports",
        "/reports/data.csv",
        "/reports/data.json",
        "/reports/feed",
        "/reports/pins?box=51,-3.5,52,-2",
        "/open311/v2/requests.json",
    ] {
        if house.get(path).await.text.contains(reference) {
            found.push(path.to_owned());
        }
    }
    if house.get(&format!("/reports/{reference}")).await.status == 200 {
        found.push("page".to_owned());
    }
    found
}

#[tokio::test]
async fn what_is_marked_private_is_gone_from_everything_at_once_and_comes_back() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    let all = read(&house, &filed).await;
    assert!(all.len() >= 6, "{all:?}");
    let empty = set(&mut officer, &filed, " ").await;
    assert_eq!(empty.status, 422, "{}", empty.text);
    let done = set(&mut officer, &filed, "A neighbour can be seen.").await;
    assert_eq!(done.location, format!("{}?done=saved", filed.desk()), "{}", done.text);
    assert!(read(&house, &filed).await.is_empty(), "{:?}", read(&house, &filed).await);
    let desk = officer.get(&filed.desk()).await;
    assert!(desk.says("Private. Only staff and the person who reported it"), "{}", desk.text);
    assert!(desk.says("A neighbour can be seen.") && desk.says("Marked private"), "{}", desk.text);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("keeps your report private") && !own.says("A neighbour"), "{}", own.text);
    let done = set(&mut officer, &filed, "The picture is blacked out.").await;
    assert_eq!(done.status, 303, "{}", done.text);
    assert_eq!(read(&house, &filed).await, all);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("Others can read parts of your report again"), "{}", own.text);
}

#[tokio::test]
async fn what_waits_can_be_kept_private_and_no_act_shows_it() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    set(&mut officer, &filed, "It says who somebody is.").await;
    let form = officer.get(&filed.desk()).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    assert!(read(&house, &filed).await.is_empty());
    set(&mut officer, &filed, "It does not.").await;
    let desk = officer.get(&filed.desk()).await;
    assert!(read(&house, &filed).await.is_empty(), "it waits as before");
    assert!(desk.says("Not public yet."), "{}", desk.text);
}

#[tokio::test]
async fn what_its_reporter_asked_to_take_out_stays_hidden_when_it_is_private_no_more() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/acknowledge");
    officer.submit(&form, &[]).await;
    set(&mut officer, &filed, "For a while.").await;
    let form = officer.get(&filed.desk()).await.form("/private");
    let mut reporter = house.reporter(&filed).await;
    let removal = reporter.get(&format!("{}/removal", filed.track())).await.form("/removal");
    reporter.submit(&removal, &[("words", "My name stands in it.")]).await;
    let late = officer.submit(&form, &[("words", "It can be seen again.")]).await;
    assert_eq!(late.status, 422, "{}", late.text);
    assert!(read(&house, &filed).await.is_empty());
    assert!(!officer.get(&filed.desk()).await.text.contains("/private\""));
}
