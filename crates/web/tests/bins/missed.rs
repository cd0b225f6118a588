//! A missed collection, from the page of a home to the reference, and what keeps a second report of it away.

use crate::{COUNCIL, HOME, HOUR, recorded};
use serde_json::json;
use store::{missed, sub_case};
use testkit::{Client, House, Page};

const AT: &str = "/report/missed-collection";
const UPRN: &str = "999000000001";

async fn evening() -> House {
    let house = House::embedded().await;
    house.clock.forward_seconds(8 * HOUR);
    house
}

/// Presses the button of one kind on the page of a home.
async fn press(client: &mut Client, uprn: &str, kind: &str) -> Page {
    client.post(&format!("{AT}/home"), &[("uprn", uprn), ("kind", kind)]).await
}

/// What is left to answer, up to the page before sending.
async fn answered(client: &mut Client, left: &str) -> Page {
    client.post(&format!("{AT}/q/left_where"), &[("left_where", left)]).await;
    client.post(&format!("{AT}/q/contact"), &[("contact.email", "robin@example.org")]).await;
    client.get(&format!("{AT}/check")).await
}

async fn sent(house: &House, uprn: &str, kind: &str, left: &str) -> (Client, Page) {
    let mut client = house.visitor();
    press(&mut client, uprn, kind).await;
    let check = answered(&mut client, left).await;
    assert_eq!(check.status, 200, "{}", check.location);
    let sent = client.post(&format!("{AT}/send"), &[]).await;
    (client, sent)
}

async fn open(house: &House) -> Vec<missed::Missed> {
    let home = house.setting.keys.home(UPRN);
    house.db.read(move |tx| missed::open(tx, COUNCIL, &home)).await.unwrap()
}

#[tokio::test]
async fn the_button_fills_in_home_and_kind_and_two_questions_are_left() {
    let house = evening().await;
    let mut client = house.visitor();
    let begun = press(&mut client, UPRN, "rubbish").await;
    assert_eq!((begun.status, begun.location.as_str()), (303, "/report/missed-collection/q/left_where"));
    let check = answered(&mut client, "kerb").await;
    assert!(check.says("1 Example Road, Weston-super-Mare, BS23 9ZZ") && check.says("Rubbish"), "{}", check.text);
    let sent = client.post(&format!("{AT}/send"), &[]).await;
    assert_eq!(sent.location, "/report/missed-collection/done");
    let open = open(&house).await;
    assert_eq!(open.len(), 1);
    let row = &open[0];
    assert_eq!((row.kind.as_str(), row.code.as_str(), row.planned.as_str()), ("rubbish", "W-RUBBISH", "2026-11-24"));
    assert!(!row.home.windows(12).any(|w| w == UPRN.as_bytes()));
}

#[tokio::test]
async fn what_is_reported_is_said_on_the_page_of_the_home_and_not_taken_again_until_it_is_done() {
    let house = evening().await;
    let (_, first) = sent(&house, UPRN, "rubbish", "door").await;
    assert_eq!(first.location, "/report/missed-collection/done");
    let page = house.get(HOME).await;
    assert!(page.says("It was reported on 24 November 2026. We are dealing with it."), "{}", page.text);
    for word in ["door", "robin", "ssisted"] {
        assert!(!page.text.contains(word), "{word}: {}", page.text);
    }
    // Another person at the home is led back to the page that says so, and may report the food waste.
    let mut other = house.visitor();
    assert_eq!(press(&mut other, UPRN, "rubbish").await.location, HOME);
    let (_, food) = sent(&house, UPRN, "food", "kerb").await;
    assert_eq!(food.location, "/report/missed-collection/done");
    // Once staff have ended it, it may be said again.
    let report = open(&house).await.into_iter().find(|row| row.kind == "rubbish").unwrap().report;
    let head = house.db.read(move |tx| store::report::by_id(tx, report)).await.unwrap();
    let mut staff = house.staff(COUNCIL, "officer").await;
    let form = staff.get(&format!("/staff/reports/{}", head.reference)).await.form("/close");
    let ended = staff.submit(&form, &[("outcome", "fixed"), ("words", "The crew came back and took it.")]).await;
    assert_eq!(ended.status, 303, "{}", ended.text);
    assert_eq!(press(&mut other, UPRN, "rubbish").await.location, "/report/missed-collection/q/left_where");
}

#[tokio::test]
async fn two_who_send_at_once_make_one_report_and_the_other_learns_why() {
    let house = evening().await;
    let (mut one, mut two) = (house.visitor(), house.visitor());
    for client in [&mut one, &mut two] {
        press(client, UPRN, "rubbish").await;
        answered(client, "kerb").await;
    }
    let path = format!("{AT}/send");
    let (a, b) = tokio::join!(one.post(&path, &[]), two.post(&path, &[]));
    let mut places = [a.location.as_str(), b.location.as_str()];
    places.sort_unstable();
    assert_eq!(places, [format!("{AT}/done"), format!("{AT}/q/what?from=check")]);
    let mut loser = if a.location.ends_with("done") { two } else { one };
    let page = loser.get(&format!("{AT}/q/what?from=check")).await;
    assert!(page.says("It was reported on 24 November 2026") && page.text.contains("disabled"), "{}", page.text);
    assert_eq!(open(&house).await.len(), 1);
}

#[tokio::test]
async fn two_taps_of_one_report_give_one_receipt() {
    let house = evening().await;
    let mut one = house.visitor();
    press(&mut one, UPRN, "rubbish").await;
    answered(&mut one, "kerb").await;
    let mut two = one.clone();
    let path = format!("{AT}/send");
    let (a, b) = tokio::join!(one.post(&path, &[]), two.post(&path, &[]));
    assert_eq!((a.location.as_str(), b.location.as_str()), (&*format!("{AT}/done"), &*format!("{AT}/done")));
}

#[tokio::test]
async fn only_what_can_be_reported_now_can_be_ticked() {
    let house = House::embedded().await;
    recorded(&house, "W-FOOD", "completed", None).await;
    let mut client = house.visitor();
    press(&mut client, UPRN, "food").await;
    let page = client.get(&format!("{AT}/q/what")).await;
    assert!(page.says("tell us from 24 November 2026 at 5:00pm"), "{}", page.text);
    let late = "You could tell us until the end of Thursday 19 November 2026. The next collection is on Tuesday 1 December 2026.";
    assert!(page.says(late), "{}", page.text);
    assert_eq!(page.text.matches(" disabled").count(), 3, "{}", page.text);
    let wrong = client.post(&format!("{AT}/q/what"), &[("what", "food"), ("what", "rubbish")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("The crew may still come."), "{}", wrong.text);
    assert_eq!(press(&mut client, UPRN, "rubbish").await.location, HOME);
}

#[tokio::test]
async fn a_postcode_leads_to_its_homes_and_who_is_not_among_them_goes_on() {
    let house = evening().await;
    let mut client = house.visitor();
    let kept = client.post(&format!("{AT}/q/property"), &[("property.text", "BS23 9ZZ")]).await;
    assert_eq!(kept.location, "/report/missed-collection/homes");
    let page = client.get(&kept.location).await;
    assert!(page.says("Which home is it?") && page.says("1 Example Road"), "{}", page.text);
    let on = client.post(&format!("{AT}/home"), &[("uprn", "")]).await;
    assert_eq!(on.location, "/report/missed-collection/q/what");
    let picked = client.post(&format!("{AT}/home"), &[("uprn", UPRN)]).await;
    assert_eq!(picked.location, "/report/missed-collection/q/what");
    assert_eq!(client.get(&format!("{AT}/homes")).await.location, "/report/missed-collection/q/what");
    // Sent again as it stands it is still that home; another place is none.
    let form = client.get(&format!("{AT}/q/property")).await.form("/q/property");
    assert_eq!(client.submit(&form, &[]).await.location, "/report/missed-collection/q/what");
    let other = client.submit(&form, &[("property.text", "BS21 9ZZ")]).await;
    assert_eq!(other.location, "/report/missed-collection/homes");
    assert_eq!(client.post(&format!("{AT}/home"), &[("uprn", "999999999999")]).await.status, 404);
}

#[tokio::test]
async fn who_does_not_agree_with_the_crew_says_so_before_it_is_taken() {
    let house = House::embedded().await;
    recorded(&house, "W-FOOD", "not_completed", Some("contaminated")).await;
    house.clock.forward_seconds(8 * HOUR);
    let page = house.get(HOME).await;
    assert!(page.says("Something other than food was in it.") && page.says("Tell us if that is not right"));
    let mut client = house.visitor();
    press(&mut client, UPRN, "food").await;
    let check = answered(&mut client, "kerb").await;
    assert_eq!(check.location, "/report/missed-collection/q/dispute", "{}", check.text);
    assert_eq!(client.post(&format!("{AT}/q/dispute"), &[]).await.status, 422);
    client.post(&format!("{AT}/q/dispute"), &[("dispute.agree", "yes")]).await;
    client.post(&format!("{AT}/q/contact"), &[("contact.email", "robin@example.org")]).await;
    let sent = client.post(&format!("{AT}/send"), &[]).await;
    assert_eq!(sent.location, "/report/missed-collection/done");
    // A program that leaves the disagreement out is refused.
    let body = json!({ "service": "missed-collection", "answers": {
        "property": { "label": "2 Example Road", "postcode": "BS23 9ZZ", "lat": 51.34, "lon": -2.97, "how": "postcode",
            "uprn": "999000000001" },
        "what": ["food"], "left_where": "kerb", "contact": { "email": "robin@example.org" },
    } });
    let refused =
        house.visitor().post_json("/api/v1/reports", &body, &[("idempotency-key", "a-missed-food-waste-1")]).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert_eq!(refused.json()["errors"][0]["code"], "choices.closed");
    assert_eq!(refused.json()["errors"][0]["question"], "what");
}

#[tokio::test]
async fn old_days_are_taken_with_a_flag_and_once() {
    let house = House::embedded().await;
    house.clock.forward_seconds(60 * 24 * HOUR);
    let (_, first) = sent(&house, UPRN, "rubbish", "kerb").await;
    assert_eq!(first.location, "/report/missed-collection/done");
    let row = open(&house).await.remove(0);
    let case = house.db.read(move |tx| sub_case::of_report(tx, row.report)).await.unwrap().remove(0);
    assert!(case.flags.to_string().contains("old_days"), "{}", case.flags);
    assert_eq!(press(&mut house.visitor(), UPRN, "rubbish").await.location, HOME);
}

#[tokio::test]
async fn a_home_without_rounds_is_taken_with_a_flag_once_a_day() {
    let house = evening().await;
    let new_home = "999000000006";
    let (_, first) = sent(&house, new_home, "rubbish", "kerb").await;
    assert_eq!(first.location, "/report/missed-collection/done");
    let home = house.setting.keys.home(new_home);
    let row = house.db.read(move |tx| missed::open(tx, COUNCIL, &home)).await.unwrap().remove(0);
    let case = house.db.read(move |tx| sub_case::of_report(tx, row.report)).await.unwrap().remove(0);
    assert!(case.flags.to_string().contains("old_days"), "{}", case.flags);
    let (_, second) = sent(&house, new_home, "rubbish", "kerb").await;
    assert_eq!(second.location, "/report/missed-collection/q/what?from=check");
}

#[tokio::test]
async fn the_third_home_of_a_round_makes_one_task_for_staff() {
    let house = evening().await;
    let mut flags = Vec::new();
    for uprn in ["999000000001", "999000000002", "999000000003"] {
        sent(&house, uprn, "food", "kerb").await;
        let home = house.setting.keys.home(uprn);
        let row = house.db.read(move |tx| missed::open(tx, COUNCIL, &home)).await.unwrap().remove(0);
        let case = house.db.read(move |tx| sub_case::of_report(tx, row.report)).await.unwrap().remove(0);
        flags.push(case.flags.to_string().contains("whole_round"));
    }
    assert_eq!(flags, [false, false, true]);
}

#[tokio::test]
async fn one_who_says_that_the_street_was_left_makes_the_task_at_once() {
    let house = evening().await;
    let mut client = house.visitor();
    press(&mut client, UPRN, "rubbish").await;
    answered(&mut client, "kerb").await;
    client.post(&format!("{AT}/q/neighbours?from=check"), &[("neighbours", "street_too")]).await;
    client.post(&format!("{AT}/send"), &[]).await;
    let row = open(&house).await.remove(0);
    let case = house.db.read(move |tx| sub_case::of_report(tx, row.report)).await.unwrap().remove(0);
    assert!(case.flags.to_string().contains("whole_round"), "{}", case.flags);
}

/// A handler at the page that asks what was not collected, for somebody who calls.
async fn called(house: &House) -> (Client, Page) {
    const DESK: &str = "/staff/new/missed-collection";
    let mut desk = house.staff(COUNCIL, "customer_service").await;
    let begun = desk.post(DESK, &[("whom", "another")]).await;
    assert_eq!(begun.location, format!("{DESK}/q/property"), "{}", begun.text);
    let homes = desk.post(&format!("{DESK}/q/property"), &[("property.text", "BS23 9ZZ")]).await;
    let homes = desk.follow(homes).await;
    assert!(homes.says("1 Example Road"), "{}", homes.text);
    let what = desk.submit(&homes.form("/home"), &[("uprn", UPRN)]).await;
    assert_eq!(what.location, format!("{DESK}/q/what"), "{}", what.text);
    let what = desk.follow(what).await;
    (desk, what)
}

#[tokio::test]
async fn staff_report_on_the_day_itself_where_the_agency_says_so() {
    const DESK: &str = "/staff/new/missed-collection";
    let rule = "[missed]\nstaff_same_day = \"any_time\"\n";
    let house = House::where_agency_says_instead(COUNCIL, "[missed]\n", rule).await;
    // At ten in the morning a resident is too early.
    let mut resident = house.visitor();
    assert_eq!(press(&mut resident, UPRN, "rubbish").await.location, HOME);
    let (mut desk, what) = called(&house).await;
    assert!(!what.text.contains("value=\"rubbish\" disabled"), "{}", what.text);
    desk.submit(&what.form("/q/what"), &[("what", "rubbish")]).await;
    desk.post(&format!("{DESK}/q/left_where"), &[("left_where", "kerb")]).await;
    desk.post(&format!("{DESK}/q/note"), &[("rest", "yes")]).await;
    desk.post(&format!("{DESK}/q/contact"), &[("contact.name", "Alex Example")]).await;
    let sent = desk.post(&format!("{DESK}/send"), &[]).await;
    assert_eq!(sent.location, format!("{DESK}/done"), "{}", sent.text);
    assert_eq!(open(&house).await.len(), 1);
    // It is found by the number of the home.
    let found = desk.get(&format!("/staff?q={UPRN}")).await;
    assert!(found.says("1 found"), "{}", found.text);
    // Another handler sees that it is reported.
    let (_, what) = called(&house).await;
    assert!(what.says("It was reported on 24 November 2026") && what.text.contains("disabled"), "{}", what.text);
}

#[tokio::test]
async fn staff_are_told_what_residents_are_told_where_the_agency_says_nothing_else() {
    let house = House::embedded().await;
    let (mut desk, what) = called(&house).await;
    assert!(what.says("tell us from 24 November 2026 at 5:00pm") && what.text.contains("disabled"), "{}", what.text);
    let refused = desk.submit(&what.form("/q/what"), &[("what", "rubbish")]).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    assert!(open(&house).await.is_empty());
}
