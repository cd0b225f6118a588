//! Mail about an update that is written at night waits for the morning where the agency says so (P-94); the update itself is
//! on the page at once.

use store::{
    Time,
    delivery::{Delivery, State},
};
use testkit::{Filed, House, sample};

const POLICE: &str = "avon-and-somerset-police";
const HOURS: &str = r#"
[release]
from = "08:00"
until = "20:00"
urgent = ["receipt", "link"]
source = "a test"
"#;

fn at(text: &str) -> Time {
    Time(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
}

async fn last(house: &House, template: &str) -> Delivery {
    let all = house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap();
    all.into_iter().find(|one| one.template == template).unwrap()
}

/// Of somebody who gave an address.
async fn theft(house: &House) -> Filed {
    let mut answers = sample("crime.theft", "shortest")["answers"].clone();
    answers["contact"] = serde_json::json!({ "name": "Robin Example", "email": "robin@example.org" });
    answers["contact.channel"] = serde_json::json!("email");
    answers["contact.every"] = serde_json::json!("on_change");
    house.file_answers("crime.theft", &answers).await
}

/// After ten in the evening of 24 November; in winter the wall shows UTC.
async fn at_night(house: &House) {
    house.clock.forward_seconds(12 * 60 * 60);
}

#[tokio::test]
async fn an_update_of_the_night_is_on_the_page_at_once_and_in_the_mail_in_the_morning() {
    let house = House::where_agency_says(POLICE, HOURS).await;
    at_night(&house).await;
    let filed = theft(&house).await;
    let receipt = last(&house, "receipt").await;
    assert_eq!(receipt.next_at, receipt.created_at, "a receipt is waited for");
    let mut victim = house.reporter(&filed).await;
    let mut officer = house.staff(POLICE, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/stage");
    let told = officer.submit(&form, &[("stage", "enquiries"), ("words", "We asked the shops.")]).await;
    assert_eq!(told.status, 303, "{}", told.text);
    assert!(victim.get(&filed.track()).await.says("We asked the shops."));
    let update = last(&house, "update").await;
    assert_eq!((update.state, update.next_at), (State::Waiting, at("2026-11-25T08:00Z")));
    // In the morning there is nothing to wait for.
    house.clock.forward_seconds(12 * 60 * 60);
    let mut officer = house.staff(POLICE, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/ask");
    assert_eq!(officer.submit(&form, &[("words", "Which shop was it?")]).await.status, 303);
    let question = last(&house, "question").await;
    assert_eq!(question.next_at, question.created_at);
}

#[tokio::test]
async fn where_no_hours_are_named_mail_goes_out_at_any_hour() {
    let house = House::embedded().await;
    at_night(&house).await;
    let filed = theft(&house).await;
    let mut officer = house.staff(POLICE, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/stage");
    officer.submit(&form, &[("stage", "enquiries"), ("words", "We asked the shops.")]).await;
    let update = last(&house, "update").await;
    assert_eq!(update.next_at, update.created_at);
}

#[tokio::test]
async fn what_could_not_be_sent_by_day_is_not_tried_again_in_the_night() {
    let house = House::where_agency_says(POLICE, HOURS).await;
    let filed = theft(&house).await;
    let mut officer = house.staff(POLICE, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/stage");
    officer.submit(&form, &[("stage", "enquiries"), ("words", "We asked the shops.")]).await;
    let update = last(&house, "update").await;
    assert_eq!(update.next_at, update.created_at);
    let may_go = |delivery: Delivery| {
        let (setting, now) = (house.setting.clone(), casework::Clock::now(&*house.clock));
        house.db.read(move |tx| casework::report::tell::may_go_at(tx, &setting, now, &delivery))
    };
    assert!(may_go(update.clone()).await.unwrap().is_some_and(|at| at < update.created_at.plus_hours(1)));
    at_night(&house).await;
    assert_eq!(may_go(update).await.unwrap(), Some(at("2026-11-25T08:00Z")));
    let receipt = last(&house, "receipt").await;
    assert!(
        may_go(receipt).await.unwrap().is_some_and(|goes| goes < at("2026-11-25T00:00Z")),
        "a receipt is waited for"
    );
}
