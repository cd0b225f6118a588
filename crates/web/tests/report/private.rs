use crate::{answer, fly_tip};
use testkit::House;

const FOUND: &str = "There may be a phone number, an email address or a number plate in this";

#[tokio::test]
async fn what_tells_who_somebody_is_is_said_before_sending_and_taken_out_by_one_press() {
    let house = House::embedded().await;
    let (mut client, _) = fly_tip(&house).await;
    let check = client.get("/report/fly-tipping/check").await;
    assert!(check.status == 200 && !check.says(FOUND), "{}", check.text);
    let words = "Two bags. Ring me on 01632 960001 or robin@example.org.";
    answer(&mut client, "fly-tipping", "details", &[("details", words)]).await;
    let check = client.get("/report/fly-tipping/check").await;
    assert!(check.says(FOUND) && check.says("01632 960001"), "{}", check.text);
    let form = check.form("/private");
    let page = client.submit(&form, &[]).await;
    assert_eq!(page.location, "/report/fly-tipping/check");
    let check = client.follow(page).await;
    assert!(!check.says(FOUND) && check.says("Two bags. Ring me on or."), "{}", check.text);
    // Nothing is left to take out: a second press changes nothing.
    assert_eq!(client.submit(&form, &[]).await.location, "/report/fly-tipping/check");
    assert!(client.get("/report/fly-tipping/check").await.says("Two bags. Ring me on or."));
}

#[tokio::test]
async fn who_leaves_it_in_sends_it_all_the_same() {
    let house = House::embedded().await;
    let (mut client, _) = fly_tip(&house).await;
    answer(&mut client, "fly-tipping", "details", &[("details", "Ring 01632 960001.")]).await;
    assert_eq!(client.post("/report/fly-tipping/send", &[]).await.location, "/report/fly-tipping/done");
}

#[tokio::test]
async fn words_that_only_staff_read_may_hold_a_number() {
    let house = House::embedded().await;
    let answers = testkit::sample("noise", "everything")["answers"].clone();
    let mut client = house.begun("noise", &answers).await;
    let check = client.get("/report/noise/check").await;
    assert!(check.status == 200 && !check.says(FOUND), "{}", check.text);
}

#[tokio::test]
async fn the_page_with_all_questions_says_it_before_it_sends() {
    let house = House::embedded().await;
    let mut answers = testkit::sample("fly-tipping", "shortest")["answers"].clone();
    answers["details"] = serde_json::json!("Ring 01632 960001.");
    let mut client = house.begun("fly-tipping", &answers).await;
    let form = client.get("/report/fly-tipping/all").await.form("/all");
    let page = client.submit(&form, &[]).await;
    assert_eq!(page.location, "/report/fly-tipping/check", "{}", page.text);
    assert!(client.follow(page).await.says(FOUND));
}
