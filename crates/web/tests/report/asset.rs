//! Things that stand near the place: a list of them with their distance, and always a way past it (C-4, C-6).

use super::answer;
use testkit::{Client, House, Page};

const LIGHT: &str = "street-light";

/// The page after the place.
async fn at(house: &House, place: &[(&str, &str)]) -> (Client, Page) {
    let mut client = house.visitor();
    client.get("/report/street-light").await;
    answer(&mut client, LIGHT, "photos", &[]).await;
    let page = answer(&mut client, LIGHT, "where", place).await;
    (client, page)
}

/// Goes on to check-answers, sends, and gives what is kept of the question.
async fn kept(client: &mut Client) -> Page {
    answer(client, LIGHT, "fault", &[("fault", "out")]).await
}

#[tokio::test]
async fn the_nearest_lamp_posts_are_listed_with_their_distance() {
    let house = House::embedded().await.with_things().await;
    let (_, page) = at(&house, &[("where.text", "Kewstoke")]).await;
    assert_eq!(page.heading(), "Which lamp post is it?");
    assert!(page.says("Lamp post DEMO 001") && page.says("metres away, to the north"), "{}", page.text);
    assert!(page.says("It is not listed") && page.says("If it is not listed: the number on it"), "{}", page.text);
    // Those of other places are not among them, and the nearest stands first.
    assert!(!page.says("DEMO 007") && !page.says("DEMO 013"), "{}", page.text);
    let place = |code: &str| page.text.find(&format!("value=\"{code}\"")).unwrap_or(usize::MAX);
    assert!(place("DEMO 002") < place("DEMO 006"), "{}", page.text);
}

#[tokio::test]
async fn the_one_that_was_picked_is_the_answer_and_stands_ticked() {
    let house = House::embedded().await.with_things().await;
    let (mut client, _) = at(&house, &[("where.text", "Kewstoke")]).await;
    answer(&mut client, LIGHT, "column", &[("column.pick", "DEMO 003"), ("column", "")]).await;
    let check = kept(&mut client).await;
    assert!(check.says("Check your answers") && check.says("DEMO 003"), "{}", check.text);
    let again = client.get("/report/street-light/q/column?from=check").await;
    assert!(again.text.contains("value=\"DEMO 003\" checked"), "{}", again.text);
    let sent = client.post("/report/street-light/send", &[]).await;
    assert_eq!(sent.location, "/report/street-light/done");
}

#[tokio::test]
async fn a_number_that_is_typed_goes_before_the_list_and_one_that_is_not_listed_is_no_dead_end() {
    let house = House::embedded().await.with_things().await;
    let (mut client, _) = at(&house, &[("where.text", "Kewstoke")]).await;
    answer(&mut client, LIGHT, "column", &[("column.pick", "DEMO 003"), ("column", "NS 99")]).await;
    let check = kept(&mut client).await;
    assert!(check.says("NS 99") && !check.says("DEMO 003"), "{}", check.text);
    let (mut client, _) = at(&house, &[("where.text", "Kewstoke")]).await;
    let page = answer(&mut client, LIGHT, "column", &[("column.pick", ""), ("column", "")]).await;
    assert_eq!(page.heading(), "What is wrong with the light?");
}

#[tokio::test]
async fn without_a_map_or_a_point_its_number_is_asked_for() {
    let house = House::embedded().await;
    let (_, page) = at(&house, &[("where.text", "Kewstoke")]).await;
    assert_eq!(page.heading(), "Which lamp post is it?");
    assert!(!page.says("It is not listed") && page.text.contains("name=\"column\""), "{}", page.text);
    let house = house.with_things().await;
    for place in [&[("where.words", "By the old bridge")][..], &[("where.text", "Clevedon")]] {
        let (_, page) = at(&house, place).await;
        assert!(!page.says("It is not listed"), "{place:?}: {}", page.text);
    }
}
