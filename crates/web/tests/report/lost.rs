use super::{answer, fly_tip};
use testkit::House;

#[tokio::test]
async fn answers_are_there_after_an_hour_and_gone_after_two() {
    let house = House::embedded().await;
    let (mut client, _) = fly_tip(&house).await;
    house.clock.forward_seconds(60 * 60);
    assert!(client.get("/report/fly-tipping").await.text.contains("Go on with your report"));
    house.clock.forward_seconds(61 * 60);
    assert_eq!(client.get("/report/fly-tipping/check").await.status, 410);
    let start = client.get("/report/fly-tipping").await;
    assert!(start.text.contains("You were away for a while"));
}

#[tokio::test]
async fn what_was_typed_too_late_begins_a_new_report() {
    let house = House::embedded().await;
    let (mut client, _) = fly_tip(&house).await;
    house.clock.forward_seconds(3 * 60 * 60);
    let page = answer(&mut client, "fly-tipping", "details", &[("details", "By the blue gate.")]).await;
    assert!(page.text.contains("You were away for a while"), "{}", page.text);
    for (question, fields) in [
        ("now", &[("now", "no")][..]),
        ("photos", &[]),
        ("where", &[("where.text", "Grand Pier")]),
        ("land", &[("land", "road_verge")]),
        ("waste", &[("waste", "mattress")]),
    ] {
        answer(&mut client, "fly-tipping", question, fields).await;
    }
    let check = answer(&mut client, "fly-tipping", "size", &[("size", "single_bag")]).await;
    assert!(check.text.contains("By the blue gate."), "{}", check.text);
}

#[tokio::test]
async fn what_was_typed_too_late_and_does_not_read_is_said_to_be_gone() {
    let house = House::embedded().await;
    let mut client = house.visitor();
    let page = client.post("/report/fly-tipping/q/size", &[("size", "enormous")]).await;
    assert_eq!(page.status, 410);
}

#[tokio::test]
async fn two_tabs_lose_nothing_to_each_other() {
    let house = House::embedded().await;
    let (client, _) = fly_tip(&house).await;
    let (mut one, mut two) = (client.clone(), client.clone());
    let (details, hazard) = ([("details", "In tab one.")], [("hazardous", "yes")]);
    let (a, b) = tokio::join!(
        one.post("/report/fly-tipping/q/details?from=check", &details),
        two.post("/report/fly-tipping/q/hazardous?from=check", &hazard)
    );
    assert_eq!((a.status, b.status), (303, 303));
    let check = one.get("/report/fly-tipping/check").await;
    assert!(check.text.contains("In tab one.") && check.text.contains("Could hurt someone"));
    assert!(check.text.contains("Do not touch it"));
}

#[tokio::test]
async fn starting_again_forgets_and_another_visitors_cookie_opens_nothing() {
    let house = House::embedded().await;
    let (mut client, _) = fly_tip(&house).await;
    let mut stranger = house.visitor();
    stranger.forge("/report/fly-tipping", "attempt", "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst");
    assert_eq!(stranger.get("/report/fly-tipping/check").await.status, 410);
    // The cookie of one service opens nothing under another.
    let token = client.cookie("attempt").unwrap().to_owned();
    stranger.forge("/report/crime.theft", "attempt", &token);
    assert_eq!(stranger.get("/report/crime.theft/check").await.status, 410);
    let page = client.post("/report/fly-tipping/again", &[]).await;
    assert_eq!((page.location.as_str(), client.cookie("attempt")), ("/report/fly-tipping", None));
}
