//! `/report/{service}/all`: every question on one page.

use crate::kept::{changed, kept};
use testkit::House;

const PATH: &str = "/report/fly-tipping/all";
const ASKED: [(&str, &str); 6] = [
    ("asked", "now"),
    ("asked", "photos"),
    ("asked", "where"),
    ("asked", "land"),
    ("asked", "waste"),
    ("asked", "size"),
];

fn with(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    ASKED.into_iter().chain(more.iter().copied()).collect()
}

const TIP: [(&str, &str); 5] = [
    ("now", "no"),
    ("where.text", "Grand Pier"),
    ("land", "road_verge"),
    ("waste", "mattress"),
    ("size", "single_item"),
];

#[tokio::test]
async fn one_post_sends_a_report_with_the_answers_it_holds() {
    let house = House::embedded().await;
    let mut visitor = house.visitor();
    let page = visitor.get(PATH).await;
    for id in ["now", "photos", "where", "land", "waste", "size"] {
        assert!(page.text.contains(&format!("name=\"asked\" value=\"{id}\"")), "{id}: {}", page.text);
    }
    assert_eq!(page.text.matches("<h1").count(), 1);
    let before = kept(&house).await;
    let sent = visitor.post(PATH, &with(&TIP)).await;
    assert_eq!((sent.status, sent.location.as_str()), (303, "/report/fly-tipping/done"), "{}", sent.text);
    assert!(changed(&before, &kept(&house).await).contains(&"journal report.received +1".to_owned()));
    let done = visitor.get("/report/fly-tipping/done").await;
    assert!(done.text.contains("North Somerset Council"), "{}", done.text);
    // A second post finds the receipt of the first.
    assert_eq!(visitor.post(PATH, &with(&TIP)).await.location, "/report/fly-tipping/done");
    assert!(changed(&before, &kept(&house).await).contains(&"journal report.received +1".to_owned()));
}

#[tokio::test]
async fn what_is_missing_is_said_and_what_was_typed_stays() {
    let house = House::embedded().await;
    let mut visitor = house.visitor();
    let page = visitor.post(PATH, &with(&[("now", "no"), ("waste", "mattress"), ("where.text", "Grand Pier")])).await;
    assert_eq!(page.status, 422);
    assert!(page.text.contains("href=\"#land\"") && page.text.contains("href=\"#size\""), "{}", page.text);
    assert!(!page.text.contains("href=\"#waste\""));
    let again = visitor.get(PATH).await;
    assert!(again.text.contains("value=\"mattress\" checked"), "{}", again.text);
}

#[tokio::test]
async fn an_emergency_stops_the_page_and_nothing_is_kept() {
    let house = House::embedded().await;
    let before = kept(&house).await;
    let mut visitor = house.visitor();
    let mut fields = with(&TIP);
    fields.retain(|(name, _)| *name != "now");
    fields.push(("now", "danger"));
    let page = visitor.post(PATH, &fields).await;
    assert!(page.text.contains("999"), "{}", page.text);
    assert!(changed(&before, &kept(&house).await).is_empty());
    assert_eq!(visitor.cookie("attempt"), None);
}

#[tokio::test]
async fn what_an_answer_opens_up_is_asked_before_it_is_sent() {
    let house = House::embedded().await;
    let mut visitor = house.visitor();
    let mut fields = with(&TIP);
    fields.push(("waste", "other"));
    let page = visitor.post(PATH, &fields).await;
    assert_eq!(page.location, "/report/fly-tipping/all?more=1", "{}", page.text);
    let page = visitor.get(&page.location).await;
    assert!(page.text.contains("name=\"asked\" value=\"waste_other\""), "{}", page.text);
    assert!(page.text.contains("Your answers are kept."));
}

#[tokio::test]
async fn a_stop_that_one_may_pass_is_shown_and_then_the_answers_are_checked() {
    let house = House::embedded().await;
    let mut visitor = house.visitor();
    let mut fields = with(&TIP);
    fields.retain(|(name, _)| *name != "land");
    fields.push(("land", "farm_private"));
    let page = visitor.post(PATH, &fields).await;
    assert_eq!(page.location, "/report/fly-tipping/stop");
    let page = visitor.post("/report/fly-tipping/stop/private_land", &[]).await;
    assert_eq!(page.location, "/report/fly-tipping/check");
}

#[tokio::test]
async fn services_that_must_be_left_in_a_hurry_or_want_a_pin_have_no_such_page() {
    let house = House::embedded().await;
    for service in ["crime.theft", "crime.domestic", "terror"] {
        assert_eq!(house.visitor().get(&format!("/report/{service}/all")).await.status, 404, "{service}");
        assert_eq!(house.visitor().post(&format!("/report/{service}/all"), &[]).await.status, 404, "{service}");
    }
}

#[tokio::test]
async fn every_public_service_has_a_page_of_all_its_questions_that_says_what_is_missing() {
    let house = House::embedded().await;
    let mut tried = 0;
    for service in house.setting.catalogue.services() {
        if web::report::whole::path(service).is_none() {
            continue;
        }
        let path = format!("/report/{}/all", service.id);
        let page = house.visitor().get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        // A question with several fields has a heading of its own, one step below that of the page.
        let under = page.text.find("<h2").unwrap_or(usize::MAX);
        assert!(page.text.find("<h3").is_none_or(|deeper| under < deeper), "{path}: a step of headings is left out");
        let asked: Vec<&str> =
            page.text.split("name=\"asked\" value=\"").skip(1).filter_map(|r| r.split('"').next()).collect();
        let fields: Vec<_> = asked.iter().map(|id| ("asked", *id)).collect();
        let page = house.visitor().post(&path, &fields).await;
        assert!(page.status == 422 || page.status == 200, "{path}: {}", page.status);
        tried += 1;
    }
    assert!(tried > 20, "{tried}");
}

#[tokio::test]
async fn a_button_of_one_question_brings_the_page_back_without_a_word_about_the_others() {
    let house = House::embedded().await;
    let mut visitor = house.visitor();
    let page = visitor.post(PATH, &with(&[("now", "no"), ("waste", "tyres"), ("photos.add", "yes")])).await;
    assert_eq!(page.status, 200);
    assert!(!page.text.contains("govuk-error-summary"), "{}", page.text);
    assert!(page.text.contains("value=\"tyres\" checked"), "{}", page.text);
}
