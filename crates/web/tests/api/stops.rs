use crate::{
    asked::{report, send, tipping},
    kept::{changed, kept},
};
use serde_json::json;
use testkit::House;

/// 999 cannot wait for the rest to be right, and nothing of it is kept (P-12).
#[tokio::test]
async fn danger_is_answered_first_whatever_else_is_wrong() {
    let house = House::embedded().await;
    let before = kept(&house).await;
    let mut body = tipping();
    body["answers"]["now"] = json!("danger");
    body["answers"]["size"] = json!(["not", "a", "size"]);
    body["nonsense"] = json!(true);
    let page = send(&mut house.visitor(), &body, "somebody-is-in-danger").await;
    let problem = page.json();
    assert_eq!((page.status, problem["type"].as_str()), (422, Some("urn:moothall:problem:stop")), "{}", page.text);
    assert_eq!(problem["stop"]["links"][0]["href"], "tel:999");
    assert_eq!(problem["stop"]["carry_on"], false);
    assert_eq!(changed(&before, &kept(&house).await), Vec::<String>::new());
}

#[tokio::test]
async fn a_stop_that_was_read_may_be_passed() {
    let house = House::embedded().await;
    let mut body = report("fly-tipping", "private-land");
    let stopped = send(&mut house.visitor(), &body, "on-somebodys-own-land").await;
    assert_eq!((stopped.status, &stopped.json()["stop"]["carry_on"]), (422, &json!(true)), "{}", stopped.text);
    body["carried_on"] = json!([stopped.json()["stop"]["id"]]);
    assert_eq!(send(&mut house.visitor(), &body, "on-somebodys-own-land").await.status, 201);
}

#[tokio::test]
async fn outside_the_area_the_problem_says_who_answers() {
    let house = House::embedded().await;
    let page = send(&mut house.visitor(), &report("fly-tipping", "in-another-area"), "in-another-area-0").await;
    let stop = page.json()["stop"].clone();
    assert_eq!((page.status, stop["kind"].as_str()), (422, Some("elsewhere")), "{}", page.text);
    assert!(stop["who"]["url"].as_str().unwrap().starts_with("https://"), "{stop}");
    assert!(stop["title"].as_str().is_some_and(|title| !title.contains('{')), "{stop}");
}
