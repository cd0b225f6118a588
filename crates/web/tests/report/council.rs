use super::{answer, fly_tip};
use testkit::House;

#[tokio::test]
async fn a_fly_tip_takes_the_required_questions_and_gives_a_receipt_that_stays() {
    let house = House::embedded().await;
    let (mut client, check) = fly_tip(&house).await;
    assert!(check.text.contains("Check your answers"), "{}", check.text);
    assert!(check.text.contains("Not answered") && check.text.contains("North Somerset Council"));
    assert_eq!(check.header("cache-control"), "no-store");
    let sent = client.post("/report/fly-tipping/send", &[]).await;
    assert_eq!(sent.location, "/report/fly-tipping/done");
    let done = client.follow(sent).await;
    assert!(done.status == 200 && done.text.contains("Write down"), "{}", done.text);
    assert!(!done.text.contains("Grand Pier") && !done.text.contains("attress"), "the receipt repeats the story");
    // A second tap gives the same receipt.
    let twice = client.post("/report/fly-tipping/send", &[]).await;
    let again = client.follow(twice).await;
    let reference = done.between("<strong class=\"moot-reference\">", "<");
    assert!(reference.is_some());
    assert_eq!(again.between("<strong class=\"moot-reference\">", "<"), reference);
    let start = client.get("/report/fly-tipping").await;
    assert!(start.text.contains("You have sent this report"));
}

#[tokio::test]
async fn two_sendings_at_once_make_one_report() {
    let house = House::embedded().await;
    let (client, _) = fly_tip(&house).await;
    let (mut one, mut two) = (client.clone(), client.clone());
    let (a, b) = tokio::join!(one.post("/report/fly-tipping/send", &[]), two.post("/report/fly-tipping/send", &[]));
    assert_eq!((a.status, b.status), (303, 303));
    let (a, b) = (one.follow(a).await, two.follow(b).await);
    let reference = |page: &testkit::Page| page.between("<strong class=\"moot-reference\">", "<").map(str::to_owned);
    assert!(reference(&a).is_some());
    assert_eq!(reference(&a), reference(&b));
}

#[tokio::test]
async fn nothing_is_kept_before_the_first_answer_and_a_danger_keeps_nothing() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    client.get("/report/fly-tipping").await;
    assert_eq!(client.cookie("attempt"), None);
    let page = client.post("/report/fly-tipping/q/now", &[("now", "danger")]).await;
    assert_eq!((page.status, client.cookie("attempt")), (200, None));
    assert!(page.text.contains("tel:999") && page.text.contains("Change my answer"), "{}", page.text);
}

#[tokio::test]
async fn an_error_is_named_and_linked_and_the_title_says_so() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let page = client.post("/report/fly-tipping/q/now", &[]).await;
    assert_eq!(page.status, 422);
    assert!(page.text.contains("<title>Error: "));
    assert!(page.text.contains("href=\"#now\"") && page.text.contains("id=\"now\""), "{}", page.text);
}

#[tokio::test]
async fn a_stop_is_shown_and_one_can_go_on() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let page = answer(&mut client, "fly-tipping", "now", &[("now", "being_dumped_now")]).await;
    assert!(page.text.contains("Do not go near them") && page.text.contains("Change my answer"), "{}", page.text);
    let on = client.post("/report/fly-tipping/stop/being_dumped", &[]).await;
    assert_eq!(on.location, "/report/fly-tipping/q/photos");
}

#[tokio::test]
async fn a_place_outside_the_area_says_who_answers_there() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    answer(&mut client, "fly-tipping", "now", &[("now", "no")]).await;
    answer(&mut client, "fly-tipping", "photos", &[]).await;
    let fields = [("where.text", ""), ("where.lat", "51.4545"), ("where.lon", "-2.5879")];
    let page = answer(&mut client, "fly-tipping", "where", &fields).await;
    assert!(page.text.contains("Bristol City Council") && page.text.contains("Change my answer"), "{}", page.text);
}

#[tokio::test]
async fn a_change_from_check_answers_comes_back_and_says_what_went() {
    let house = House::embedded().await;
    let (mut client, _) = fly_tip(&house).await;
    let from_check = |question: &str| format!("/report/fly-tipping/q/{question}?from=check");
    let page = client.post(&from_check("main_waste"), &[("main_waste", "mattress")]).await;
    assert_eq!(page.location, "/report/fly-tipping/check");
    let page = client.post(&from_check("waste"), &[("waste", "mattress")]).await;
    assert_eq!(page.location, "/report/fly-tipping/check?gone=main_waste");
    let page = client.follow(page).await;
    assert!(page.text.contains("Most of it"), "{}", page.text);
    // A branch that opens is asked, and then leads back.
    let page = client.post(&from_check("seen"), &[("seen", "saw_it")]).await;
    assert_eq!(page.location, "/report/fly-tipping/q/seen_when?from=check");
}

#[tokio::test]
async fn a_danger_in_an_answer_is_told_on_the_next_page() {
    let house = House::embedded().await;
    let (mut client, _) = fly_tip(&house).await;
    let page = client.post("/report/fly-tipping/q/waste", &[("waste", "asbestos")]).await;
    assert!(page.location.contains("note=do_not_touch"), "{}", page.location);
    assert!(client.follow(page).await.text.contains("Do not touch it"));
}
