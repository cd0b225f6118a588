//! The evening before a bin day (C-37).

use crate::{ROBIN, link};
use store::{data_set, round};
use testkit::{House, Page};

const HOME: &str = "/property/999000000001";
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

async fn asked(house: &House, home: &str, fields: &[(&str, &str)]) -> Page {
    house.clock.forward_seconds(1);
    let mut all = vec![("email", ROBIN)];
    all.extend(fields);
    house.visitor().post(&format!("{home}/reminder"), &all).await
}

/// Asks and confirms: the path of the page of one's alerts.
async fn begun(house: &House, home: &str, kinds: &[&str]) -> String {
    let fields: Vec<(&str, &str)> = kinds.iter().map(|kind| ("kinds", *kind)).collect();
    let page = asked(house, home, &fields).await;
    assert_eq!((page.status, page.location.as_str()), (303, "/alerts/sent"), "{}", page.text);
    house.send_all().await;
    let mail = house.mail_to(ROBIN).await.pop().unwrap();
    let mut visitor = house.visitor();
    let page = visitor.get(&link(&mail.text, "confirm")).await;
    assert!(page.says("How often: The evening before"), "{}", page.text);
    let page = visitor.submit(&page.form("/alerts/confirm/"), &[]).await;
    page.location.split_once('?').unwrap_or_else(|| panic!("{}", page.text)).0.to_owned()
}

/// Mails of bin days so far: subject and text, the newest last.
async fn mails(house: &House) -> Vec<(String, String)> {
    house.alerts().step().await.unwrap();
    house.send_all().await;
    let all = house.mail_to(ROBIN).await.into_iter();
    all.filter(|mail| mail.subject.contains("in day")).map(|mail| (mail.subject, mail.text)).collect()
}

/// A day of a round is another one, or none.
async fn moved(house: &House, code: &'static str, from: &'static str, to: &'static str) {
    house
        .db
        .write(move |tx| {
            let load = {
                let set = round::set("north-somerset-council");
                data_set::all(tx)?.into_iter().find(|row| row.kind == set).unwrap().load
            };
            let day = round::RoundDay { instead_of: from.into(), day: to.into(), why: "snow".into() };
            round::insert_day(tx, load, code, &day)
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn an_account_tells_of_it_too_and_stops_it() {
    let house = House::embedded().await;
    begun(&house, HOME, &["food"]).await;
    let mut robin = house.owner(ROBIN).await;
    let page = robin.get("/account").await;
    assert!(page.says("The evening before") && page.says("Food waste at 1 Example Road"), "{}", page.text);
    robin.submit(&page.form("/stop"), &[]).await;
    assert!(robin.get("/account").await.says("Nothing yet, beside your own reports."));
}

#[tokio::test]
async fn it_comes_at_six_on_the_evening_before_once_for_the_kinds_that_were_chosen() {
    let house = House::embedded().await;
    let form = house.get(&format!("{HOME}/reminder")).await;
    assert!(form.says("We send you an e-mail at 6pm on the evening before."), "{}", form.text);
    assert!(!form.says("There is a problem"), "{}", form.text);
    begun(&house, HOME, &["food"]).await;
    // Tuesday, ten in the morning: the next food day is Tuesday 1 December.
    house.clock.forward_seconds(6 * DAY);
    assert_eq!(mails(&house).await, []);
    house.clock.forward_seconds(8 * HOUR);
    let all = mails(&house).await;
    assert_eq!(all.len(), 1, "{all:?}");
    let (subject, text) = &all[0];
    assert_eq!(subject, "Bin day: Tuesday 1 December");
    assert!(text.contains("Food waste: put out your"), "{text}");
    assert!(text.contains("/property/999000000001") && !text.contains("Recycling"), "{text}");
    let mail = house.mail_to(ROBIN).await.pop().unwrap();
    assert_eq!(mail.unsubscribe.as_deref(), Some(format!("http://moothall.test{}", link(text, "stop")).as_str()));
    for _ in 0..20 {
        house.clock.forward_seconds(HOUR);
        assert_eq!(mails(&house).await.len(), 1);
    }
    house.clock.forward_seconds(6 * DAY + 4 * HOUR);
    assert_eq!(mails(&house).await.len(), 2, "the week after, the next one");
}

#[tokio::test]
async fn a_day_that_changes_after_it_was_told_is_told_again() {
    let house = House::embedded().await;
    begun(&house, HOME, &["food", "rubbish", "recycling", "garden"]).await;
    house.clock.forward_seconds(6 * DAY + 8 * HOUR);
    assert_eq!(mails(&house).await.len(), 1);
    moved(&house, "W-FOOD", "2026-12-01", "2026-12-03").await;
    house.clock.forward_seconds(2 * HOUR);
    let all = mails(&house).await;
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(all[1].0, "Your bin day has changed: Tuesday 1 December");
    assert!(all[1].1.contains("Food waste: it comes on Thursday 3 December instead (snow)"), "{}", all[1].1);
    house.clock.forward_seconds(2 * HOUR);
    assert_eq!(mails(&house).await.len(), 2, "once");
    house.clock.forward_seconds(DAY + 20 * HOUR);
    let all = mails(&house).await;
    assert_eq!((all.len(), all[2].0.as_str()), (3, "Bin day: Thursday 3 December"), "{all:?}");
}

#[tokio::test]
async fn one_that_was_late_is_not_sent_on_the_day_and_none_goes_to_who_said_stop() {
    let house = House::embedded().await;
    let yours = begun(&house, HOME, &["food"]).await;
    house.clock.forward_seconds(6 * DAY + 8 * HOUR);
    house.alerts().step().await.unwrap();
    // The mail server was away until ten in the morning.
    house.clock.forward_seconds(16 * HOUR);
    assert_eq!(mails(&house).await, []);
    let mut visitor = house.visitor();
    let page = visitor.get(&yours).await;
    assert!(page.says("1. Food waste at 1 Example Road, Weston-super-Mare"), "{}", page.text);
    visitor.post(&yours, &[("do", "stop")]).await;
    house.clock.forward_seconds(6 * DAY + 8 * HOUR);
    assert_eq!(mails(&house).await, []);
    visitor.post(&yours, &[("do", "start")]).await;
    house.clock.forward_seconds(7 * DAY);
    let all = mails(&house).await;
    assert_eq!(all.len(), 1, "{all:?}");
    let id = page.between("name=\"alert\" value=\"", "\"").unwrap().to_owned();
    let stranger = visitor.post("/alerts/yours/abcdefgh", &[("do", "remove"), ("alert", &id)]).await;
    assert_eq!(stranger.status, 404);
    visitor.post(&yours, &[("do", "remove"), ("alert", &id)]).await;
    assert!(visitor.get(&yours).await.says("You have no alerts."));
    house.clock.forward_seconds(7 * DAY);
    assert_eq!(mails(&house).await.len(), 1);
}

#[tokio::test]
async fn who_asked_for_one_alone_after_a_stop_gets_one_alone_and_asking_twice_makes_one() {
    let house = House::embedded().await;
    let yours = begun(&house, HOME, &["food"]).await;
    begun(&house, HOME, &["food", "rubbish"]).await;
    let mut visitor = house.visitor();
    let page = visitor.get(&yours).await;
    assert!(page.says("1. ") && !page.says("2. "), "{}", page.text);
    visitor.post(&yours, &[("do", "stop")]).await;
    crate::subscribe(&house, ROBIN, &[]).await;
    let page = visitor.get(&yours).await;
    assert!(page.says("1 Example Road, Weston-super-Mare (paused)"), "{}", page.text);
    house.clock.forward_seconds(7 * DAY + 8 * HOUR);
    assert_eq!(mails(&house).await, []);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_is_lost_and_a_home_without_days_has_no_form() {
    let house = House::embedded().await;
    let page = asked(&house, HOME, &[]).await;
    assert!(page.status == 422 && page.says("Choose at least one"), "{}", page.text);
    assert!(page.text.contains("value=\"robin@example.org\""), "{}", page.text);
    let page = asked(&house, HOME, &[("email", "robin"), ("kinds", "food")]).await;
    assert_eq!(page.status, 303, "the first of two counts");
    let page = house.visitor().post(&format!("{HOME}/reminder"), &[("email", "robin"), ("kinds", "food")]).await;
    assert!(page.status == 422 && page.says("Enter an e-mail address"), "{}", page.text);
    let page = asked(&house, HOME, &[("kinds", "gold")]).await;
    assert_eq!(page.status, 404);
    for nowhere in ["/property/999000000006", "/property/123"] {
        assert_eq!(house.get(&format!("{nowhere}/reminder")).await.status, 404, "{nowhere}");
    }
    // What nobody confirmed is told nothing.
    house.clock.forward_seconds(6 * DAY + 8 * HOUR);
    assert_eq!(mails(&house).await, []);
}
