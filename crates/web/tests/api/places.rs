use crate::asked::{at, errors, send, sent, tipping};
use serde_json::json;
use testkit::House;

#[tokio::test]
async fn a_place_in_a_few_words_is_looked_up_as_on_the_page() {
    let house = House::embedded().await;
    let mut body = tipping();
    body["answers"]["where"] = json!({ "typed": "Grand Pier" });
    let (mut client, receipt) = sent(&house, &body).await;
    let followed = client.get(&at(&receipt)).await.json();
    assert!(followed["place"].as_str().unwrap().contains("Grand Pier"), "{followed}");
    assert_eq!(receipt["agencies"].as_array().unwrap().len(), 1, "{receipt}");
}

#[tokio::test]
async fn a_place_nobody_knows_is_an_error_and_may_be_said_in_words() {
    let house = House::embedded().await;
    let mut body = tipping();
    body["answers"]["where"] = json!({ "typed": "behind the old mill" });
    let page = send(&mut house.visitor(), &body, "a-place-nobody-knows").await;
    assert_eq!((page.status, errors(&page)[0].1.as_str()), (422, "place.unknown"), "{}", page.text);
    body["answers"]["where"]["how"] = json!("words");
    assert_eq!(send(&mut house.visitor(), &body, "a-place-nobody-knows").await.status, 201);
}

#[tokio::test]
async fn a_place_of_which_there_are_several_is_asked_about() {
    let house = House::embedded().await;
    let mut body = tipping();
    body["answers"]["where"] = json!({ "typed": "High Street" });
    let page = send(&mut house.visitor(), &body, "a-street-of-many-towns").await;
    assert_eq!((page.status, errors(&page)[0].1.as_str()), (422, "place.several"), "{}", page.text);
    assert!(page.text.contains("High Street, "), "{}", page.text);
}

#[tokio::test]
async fn the_words_for_a_pin_are_the_houses_own() {
    let house = House::embedded().await;
    let mut body = tipping();
    body["answers"]["where"] = json!({ "lat": 51.3461, "lon": -2.9772, "label": "the moon" });
    let (mut client, receipt) = sent(&house, &body).await;
    let place = client.get(&at(&receipt)).await.json()["place"].clone();
    assert!(place.is_string() && place != "the moon", "{place}");
}
