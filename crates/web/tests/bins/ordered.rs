//! Containers that are ordered for a home: one of a kind at a time, so many at once, taken back until they are on their way, and put
//! before staff where they do not come (council 1.7, C-30).

use crate::{COUNCIL, HOUR};
use casework::report::waiting;
use serde_json::{Value as Json, json};
use testkit::{Filed, House, sample};

const AT: &str = "/report/container-request";
const UPRN: &str = "999000000001";
const DAY: i64 = 24 * HOUR;

fn asked(home: Option<&str>, rows: Json) -> Json {
    let mut answers = sample("container-request", "shortest")["answers"].clone();
    answers["containers"] = rows;
    if let Some(uprn) = home {
        answers["property"]["uprn"] = json!(uprn);
    }
    answers
}

fn one(kind: &str, quantity: i64) -> Json {
    json!([{ "kind": kind, "quantity": quantity }])
}

async fn file(house: &House, kind: &str) -> Filed {
    house.file_answers("container-request", &asked(Some(UPRN), one(kind, 1))).await
}

async fn tick(house: &House) -> usize {
    let draw = house.draw();
    house.db.write(move |tx| waiting::tick(tx, &mut draw.clone(), 100)).await.unwrap()
}

async fn flags(house: &House, filed: &Filed) -> String {
    house.part(filed, COUNCIL).await.flags.to_string()
}

#[tokio::test]
async fn a_second_order_of_a_kind_for_one_home_is_refused_where_it_is_asked() {
    let house = House::embedded().await;
    file(&house, "caddy").await;
    let mut client = house.begun("container-request", &asked(Some(UPRN), one("caddy", 1))).await;
    let sent = client.post(&format!("{AT}/send"), &[]).await;
    assert_eq!(sent.location, format!("{AT}/q/containers?from=check"), "{}", sent.text);
    let page = client.follow(sent).await;
    assert!(page.says("Food caddy for the kitchen: one is on its way to this home already"), "{}", page.text);
    // Another kind, another home, and an address without a number are let in.
    for answers in
        [asked(Some(UPRN), one("lid", 1)), asked(Some("999000000002"), one("caddy", 1)), asked(None, one("caddy", 1))]
    {
        let mut client = house.begun("container-request", &answers).await;
        assert_eq!(client.post(&format!("{AT}/send"), &[]).await.location, format!("{AT}/done"));
    }
    let body = json!({ "service": "container-request", "answers": asked(Some(UPRN), one("caddy", 1)) });
    let mut program = house.visitor();
    let refused = program.post_json("/api/v1/reports", &body, &[("idempotency-key", "ordered-0000000001")]).await;
    assert!(refused.status == 422 && refused.text.contains("group.on_order"), "{}", refused.text);
}

#[tokio::test]
async fn of_two_who_order_at_once_one_is_let_in() {
    let house = House::embedded().await;
    let answers = asked(Some(UPRN), one("caddy", 1));
    let (mut first, mut second) =
        (house.begun("container-request", &answers).await, house.begun("container-request", &answers).await);
    let path = format!("{AT}/send");
    let (a, b) = tokio::join!(first.post(&path, &[]), second.post(&path, &[]));
    let done = [a, b].iter().filter(|page| page.location.ends_with("/done")).count();
    assert_eq!(done, 1);
}

#[tokio::test]
async fn more_than_the_council_brings_at_once_is_refused() {
    let house = House::embedded().await;
    let mut client = house.begun("container-request", &asked(None, one("rubbish_bin", 3))).await;
    let sent = client.post(&format!("{AT}/send"), &[]).await;
    let page = client.follow(sent).await;
    assert!(page.says("Bin for rubbish: we can bring 2 at one time"), "{}", page.text);
}

#[tokio::test]
async fn an_order_is_taken_back_until_it_is_on_its_way_and_then_another_may_be_made() {
    let house = House::embedded().await;
    let filed = file(&house, "caddy").await;
    let mut client = house.reporter(&filed).await;
    let mut case = house.part(&filed, COUNCIL).await;
    let before = case.clone();
    case.stage = "in_progress".into();
    let actor = rights::Actor::House("test");
    house.db.write(move |tx| store::sub_case::update(&actor, tx, &case)).await.unwrap();
    assert!(!client.get(&filed.track()).await.says("Withdraw this report"));
    let late = client.post(&format!("{}/withdraw", filed.track()), &[]).await;
    assert_eq!(late.status, 422);
    assert!(late.says("too late to cancel it here"), "{}", late.text);
    let mut case = house.part(&filed, COUNCIL).await;
    case.stage = before.stage;
    let actor = rights::Actor::House("test");
    house.db.write(move |tx| store::sub_case::update(&actor, tx, &case)).await.unwrap();
    client.post(&format!("{}/withdraw", filed.track()), &[]).await;
    assert!(house.part(&filed, COUNCIL).await.core.ended());
    file(&house, "caddy").await;
}

#[tokio::test]
async fn an_order_that_has_not_come_by_the_21st_working_day_is_put_before_staff_once() {
    let house = House::embedded().await;
    let (filed, gone) = (file(&house, "caddy").await, file(&house, "lid").await);
    let mut client = house.reporter(&gone).await;
    client.post(&format!("{}/withdraw", gone.track()), &[]).await;
    // From Tuesday 24 November: the 21st working day, with Christmas and the day after left out, is Wednesday 23 December.
    house.clock.forward_seconds(28 * DAY);
    assert_eq!(tick(&house).await, 0);
    house.clock.forward_seconds(DAY);
    assert_eq!(tick(&house).await, 1);
    assert!(flags(&house, &filed).await.contains("waits_too_long"));
    assert!(!flags(&house, &gone).await.contains("waits_too_long"));
    assert_eq!(tick(&house).await, 0);
    let desk = house.staff(COUNCIL, "officer").await.get(&filed.desk()).await;
    assert!(desk.says("What was ordered has not come in time"), "{}", desk.text);
}

#[tokio::test]
async fn a_missed_bin_that_nobody_came_back_for_is_put_before_staff_on_the_second_working_day_at_six() {
    let house = House::embedded().await;
    house.clock.forward_seconds(8 * HOUR);
    let mut answers = sample("missed-collection", "shortest")["answers"].clone();
    answers["property"]["uprn"] = json!(UPRN);
    let filed = house.file_answers("missed-collection", &answers).await;
    // Reported on Tuesday at 18:00: Thursday 18:00.
    house.clock.forward_seconds(2 * DAY - 60);
    assert_eq!(tick(&house).await, 0);
    house.clock.forward_seconds(60);
    assert_eq!(tick(&house).await, 1);
    assert!(flags(&house, &filed).await.contains("waits_too_long"));
}
