use crate::asked::{at, errors, report, sent, theft, tipping};
use axum::{body::Body, http::Request};
use serde_json::{Value as Json, json};
use testkit::{Client, House, PIN, Page};

async fn with_pin(client: &mut Client, path: &str, pin: &str) -> Page {
    client.send(Request::get(path).header("report-pin", pin).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_token_of_the_receipt_follows_the_report() {
    let house = House::embedded().await;
    let (mut client, receipt) = sent(&house, &tipping()).await;
    let page = client.get(&at(&receipt)).await;
    let followed = page.json();
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"), "{}", page.text);
    assert_eq!((&followed["reference"], &followed["sight"]), (&receipt["reference"], &json!("whole")));
    assert_eq!(followed["events"].as_array().unwrap().len(), 1, "{followed}");
    assert_eq!(followed["agencies"][0]["due"], receipt["due"]);
    // By the thirtieth day it opens nothing.
    house.clock.forward_seconds(30 * 24 * 3600 - 1);
    assert_eq!(client.get(&at(&receipt)).await.status, 200);
    house.clock.forward_seconds(1);
    assert_eq!(client.get(&at(&receipt)).await.status, 401);
}

#[tokio::test]
async fn the_receipt_opens_the_pages_too() {
    let house = House::embedded().await;
    let (_, receipt) = sent(&house, &tipping()).await;
    let mut person = house.visitor();
    let url = receipt["tracking_url"].as_str().unwrap();
    let path = url.strip_prefix("http://moothall.test").unwrap();
    let page = person.post(path, &[]).await;
    assert_eq!(page.location, format!("/track/{}", receipt["reference"].as_str().unwrap()));
    let code = receipt["receipt_code"].as_str().unwrap();
    let typed = [("reference", receipt["reference"].as_str().unwrap()), ("code", code)];
    assert_eq!(house.visitor().post("/track", &typed).await.status, 303);
}

#[tokio::test]
async fn words_are_added_and_read_by_the_desk() {
    let house = House::embedded().await;
    let (mut client, receipt) = sent(&house, &tipping()).await;
    let messages = format!("{}/messages", at(&receipt));
    house.clock.forward_seconds(60);
    let page = client.post_json(&messages, &json!({ "words": "There is more of it now." }), &[]).await;
    assert_eq!(page.status, 201, "{}", page.text);
    let followed = client.get(&at(&receipt)).await.json();
    assert_eq!(followed["events"][0]["words"], "There is more of it now.");
    let mut officer = house.staff("north-somerset-council", "officer").await;
    let desk = officer.get(&format!("/staff/reports/{}", receipt["reference"].as_str().unwrap())).await;
    assert!(desk.says("There is more of it now."));
    for (body, field, code) in [
        (json!({}), "words", "json.missing"),
        (json!({ "words": ["a"] }), "words", "json.shape"),
        (json!({ "words": " " }), "words", "words.missing"),
        (json!({ "words": "é".repeat(5001) }), "words", "words.long"),
        (json!({ "words": "a\u{0}b" }), "words", "words.hidden"),
        (json!({ "words": "a", "to": "b" }), "to", "json.unknown"),
    ] {
        let page = client.post_json(&messages, &body, &[]).await;
        assert_eq!((page.status, errors(&page)), (422, vec![(field.to_owned(), code.to_owned())]), "{body}");
    }
}

#[tokio::test]
async fn a_report_that_was_withdrawn_takes_no_words() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    house.reporter(&filed).await.post(&format!("{}/withdraw", filed.track()), &[]).await;
    let mut client = house.program(&filed).await;
    let path = format!("/api/v1/reports/{}", filed.reference());
    let page = client.post_json(&format!("{path}/messages"), &json!({ "words": "Wait." }), &[]).await;
    assert_eq!((page.status, page.json()["type"].as_str()), (409, Some("urn:moothall:problem:ended")));
    assert_eq!(client.get(&path).await.json()["ended"], true);
}

#[tokio::test]
async fn a_report_with_a_pin_opens_with_it_alone() {
    let house = House::embedded().await;
    let (mut client, receipt) = sent(&house, &theft()).await;
    let without = client.get(&at(&receipt)).await;
    assert_eq!((without.status, without.json()["type"].as_str()), (401, Some("urn:moothall:problem:pin-needed")));
    assert_eq!(without.header("www-authenticate"), "Bearer");
    let page = with_pin(&mut client, &at(&receipt), PIN).await;
    assert_eq!((page.status, &page.json()["sight"]), (200, &json!("whole")), "{}", page.text);
    let messages = format!("{}/messages", at(&receipt));
    let words = json!({ "words": "I found the lock." });
    assert_eq!(client.post_json(&messages, &words, &[]).await.status, 401);
    assert_eq!(client.post_json(&messages, &words, &[("report-pin", PIN)]).await.status, 201);
}

/// P-91, as on the page: the fifth wrong one closes it for a day and tells the officer.
#[tokio::test]
async fn five_wrong_pins_close_it_for_a_day() {
    let house = House::embedded().await;
    let (mut client, receipt) = sent(&house, &theft()).await;
    for n in 1..=4 {
        let page = with_pin(&mut client, &at(&receipt), "508204").await;
        assert_eq!((page.status, page.json()["type"].as_str()), (401, Some("urn:moothall:problem:pin-wrong")), "{n}");
    }
    // A right one between starts the count anew.
    assert_eq!(with_pin(&mut client, &at(&receipt), PIN).await.status, 200);
    for n in 1..=5 {
        let page = with_pin(&mut client, &at(&receipt), "508204").await;
        assert_eq!(page.status, if n < 5 { 401 } else { 429 }, "{n}");
    }
    let closed = with_pin(&mut client, &at(&receipt), PIN).await;
    assert_eq!((closed.status, closed.header("retry-after")), (429, "86400"), "{}", closed.text);
    let mut officer = house.staff("avon-and-somerset-police", "officer").await;
    let desk = officer.get(&format!("/staff/reports/{}", receipt["reference"].as_str().unwrap())).await;
    assert!(desk.says("The PIN was wrong five times"), "{}", desk.text);
    house.clock.forward_seconds(24 * 3600);
    assert_eq!(with_pin(&mut client, &at(&receipt), PIN).await.status, 200);
}

#[tokio::test]
async fn a_report_without_a_name_shows_its_stage_and_takes_no_words() {
    let house = House::embedded().await;
    let (mut client, receipt) = sent(&house, &report("crime.theft", "no-name")).await;
    assert_eq!(receipt["tracking_url"], "http://moothall.test/track");
    let followed = client.get(&at(&receipt)).await.json();
    let names: Vec<&String> = followed.as_object().unwrap().keys().collect();
    assert_eq!(names, ["reference", "sight", "agencies"]);
    let page = client.post_json(&format!("{}/messages", at(&receipt)), &json!({ "words": "Hello." }), &[]).await;
    assert_eq!(page.status, 404, "{}", page.text);
}

#[tokio::test]
async fn a_token_of_another_kind_opens_nothing() {
    let house = House::embedded().await;
    let (client, receipt) = sent(&house, &tipping()).await;
    let token = client.token.clone().unwrap();
    let link = receipt["tracking_url"].as_str().unwrap().rsplit('/').next().unwrap();
    for wrong in [
        String::new(),
        "Bearer".to_owned(),
        format!("Basic {token}"),
        format!("Bearer {link}"),
        format!("Bearer {}", token.to_uppercase()),
        format!("Bearer {token}a"),
        token.clone(),
    ] {
        let request = Request::get(at(&receipt)).header("authorization", &wrong).body(Body::empty()).unwrap();
        let page = house.visitor().send(request).await;
        assert_eq!((page.status, page.json()["type"].as_str()), (401, Some("urn:moothall:problem:token")), "{wrong}");
    }
    let request = Request::get(at(&receipt)).header("authorization", format!("bearer  {token}"));
    assert_eq!(house.visitor().send(request.body(Body::empty()).unwrap()).await.status, 200);
    // The link of the same report is for the page.
    assert_ne!(Json::from(link), receipt["token"]);
}
