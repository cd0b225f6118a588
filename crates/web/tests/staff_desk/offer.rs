//! Services that an agency's people change (C-68, C-71): looked at first, kept with history, and asked by everybody who offers them.

use serde_json::json;
use testkit::{Client, House, Page, sample};

const COUNCIL: &str = "north-somerset-council";
const LEADER: &str = "team_leader";
const AT: &str = "/staff/services/fly-tipping";
const OFF: [(&str, &str); 5] = [
    ("open", "nobody"),
    ("title", "Ring us about rubbish this week"),
    ("words", "Our crews are out in the snow.\n\nWe are back on Monday."),
    ("go", "litter"),
    ("reason", "Snow."),
];

/// Looks at what would change, and keeps it.
async fn change(desk: &mut Client, fields: &[(&str, &str)]) -> Page {
    let looked = look(desk, fields).await;
    assert_eq!(looked.status, 200, "{}", looked.text);
    desk.submit(&looked.form(AT), &[("do", "save")]).await
}

async fn look(desk: &mut Client, fields: &[(&str, &str)]) -> Page {
    let form = desk.get(AT).await.form(AT);
    let all: Vec<_> = fields.iter().copied().chain([("do", "preview")]).collect();
    desk.submit(&form, &all).await
}

fn body() -> serde_json::Value {
    json!({ "service": "fly-tipping", "answers": sample("fly-tipping", "shortest")["answers"] })
}

async fn by_program(house: &House, key: &str) -> Page {
    house.visitor().post_json("/api/v1/reports", &body(), &[("idempotency-key", key)]).await
}

#[tokio::test]
async fn a_service_that_is_off_says_so_everywhere_and_takes_no_report() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, LEADER).await;
    let looked = look(&mut desk, &OFF).await;
    assert!(looked.says("Look at what changes") && looked.says("Nothing is saved yet"), "{}", looked.text);
    assert!(looked.says("Off: nobody can send it for now") && looked.says("Everybody can send it"), "{}", looked.text);
    assert!(house.get("/report/fly-tipping").await.heading() != "Ring us about rubbish this week", "not yet");
    let kept = desk.submit(&looked.form(AT), &[("do", "save")]).await;
    assert_eq!(kept.location, format!("{AT}?done=saved"), "{}", kept.text);
    let page = house.get("/report/fly-tipping").await;
    assert!(page.says("Ring us about rubbish this week") && page.says("We are back on Monday."), "{}", page.text);
    assert!(page.says("/report/litter"), "{}", page.text);
    // It stays in the lists.
    let list = house.get("/report").await;
    assert!(list.says("/report/fly-tipping") && list.says("Ring us about rubbish this week"), "{}", list.text);
    let all = house.get("/api/v1/services").await.json();
    let row = all["services"].as_array().unwrap().iter().find(|row| row["id"] == "fly-tipping").unwrap().clone();
    assert_eq!((&row["taken"], &row["why_not"][0]), (&json!(false), &json!("Ring us about rubbish this week")));
    let said = by_program(&house, "off-1-0123456789abcdef").await;
    assert_eq!((said.status, &said.json()["stop"]["id"]), (422, &json!("shut")), "{}", said.text);
    assert_eq!(house.db.read(store::report::count).await.unwrap(), 0);
    // The police take theirs.
    assert_ne!(house.get("/report/asb").await.heading(), "Ring us about rubbish this week");
}

#[tokio::test]
async fn a_service_that_goes_off_in_the_middle_of_a_form_loses_no_answer() {
    let house = House::embedded().await;
    let mut visitor = house.visitor();
    visitor.get("/report/fly-tipping").await;
    for (question, fields) in [("now", [("now", "no")]), ("where", [("where.text", "Grand Pier")])] {
        let page = visitor.post(&format!("/report/fly-tipping/q/{question}"), &fields).await;
        assert_eq!(page.status, 303, "{}", page.text);
        if question == "now" {
            visitor.post("/report/fly-tipping/q/photos", &[]).await;
        }
    }
    let mut desk = house.staff(COUNCIL, LEADER).await;
    assert_eq!(change(&mut desk, &OFF).await.status, 303);
    let posted = visitor.post("/report/fly-tipping/q/land", &[("land", "road_verge")]).await;
    let page = visitor.follow(posted).await;
    assert!(page.says("Ring us about rubbish this week"), "{}", page.text);
    assert!(page.says("The answers you gave before are still here"), "{}", page.text);
    let sent = visitor.post("/report/fly-tipping/send", &[]).await;
    let page = visitor.follow(sent).await;
    assert!(page.says("Ring us about rubbish this week"), "{}", page.text);
    assert_eq!(house.db.read(store::report::count).await.unwrap(), 0);
    // On again: all answers are there, the last one too.
    let on = [("open", "everybody"), ("reason", "It thawed.")];
    assert_eq!(change(&mut desk, &on).await.status, 303);
    let page = visitor.get("/report/fly-tipping/q/land").await;
    assert!(page.text.contains("value=\"road_verge\" checked"), "{}", page.text);
}

#[tokio::test]
async fn targets_change_for_new_reports_and_no_report_loses_what_it_was_promised() {
    let house = House::embedded().await;
    let before = house.file("fly-tipping", "shortest").await;
    let mut desk = house.staff(COUNCIL, LEADER).await;
    let fields = [
        ("target", "40"),
        ("target_unit", "days"),
        ("first_answer", "2"),
        ("first_answer_unit", "hours"),
        ("reason", "x"),
    ];
    assert_eq!(change(&mut desk, &fields).await.status, 303);
    let page = desk.get(AT).await;
    assert!(page.says("40 days") && page.says("2 hours"), "{}", page.text);
    assert!(desk.get("/staff/services").await.says("40 days"));
    let after = house.file("fly-tipping", "shortest").await;
    let due = async |id| house.db.read(move |tx| store::sub_case::of_report(tx, id)).await.unwrap()[0].clone();
    let (old, new) = (due(before.id).await, due(after.id).await);
    assert!(new.due_at.0 > old.due_at.0 + 20 * 86_400_000_000, "{old:?} {new:?}");
    assert_eq!(new.first_due_at.map(|at| at.0), Some(new.received_at.plus_hours(2).0));
}

#[tokio::test]
async fn a_change_waits_for_its_day_and_one_that_went_before_is_put_back() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, LEADER).await;
    assert_eq!(change(&mut desk, &[("hint", "Not in parks."), ("reason", "Many asked.")]).await.status, 303);
    assert!(house.get("/report").await.says("Not in parks."));
    let day = house.app.now();
    let later = casework::offer::day(day.plus_hours(10 * 24));
    let parts: Vec<&str> = later.split('-').collect();
    let off: Vec<_> =
        OFF.into_iter().chain([("from-day", parts[2]), ("from-month", parts[1]), ("from-year", parts[0])]).collect();
    assert_eq!(change(&mut desk, &off).await.status, 303);
    let page = desk.get(AT).await;
    assert!(
        page.says("Version 2, waits for its day") && page.says("Snow.") && page.says("Many asked."),
        "{}",
        page.text
    );
    assert!(house.get("/report").await.says("Not in parks."), "version 1 until then");
    assert_ne!(house.get("/report/fly-tipping").await.heading(), OFF[1].1);
    // Its day comes.
    let on_that_day = day.plus_hours(11 * 24);
    let offers = house.db.read(move |tx| casework::offer::load(tx, on_that_day)).await.unwrap();
    house.setting.set_offers(offers);
    assert!(house.get("/report/fly-tipping").await.says(OFF[1].1));
    // Put back: looked at first, and a version of its own.
    let looked = desk.post(AT, &[("do", "back"), ("to", "1")]).await;
    assert!(looked.status == 200 && looked.says("Put back to version 1"), "{}", looked.text);
    assert_eq!(desk.submit(&looked.form(AT), &[("do", "save")]).await.status, 303);
    assert!(desk.get(AT).await.says("Version 3, in force"));
    assert_ne!(house.get("/report/fly-tipping").await.heading(), OFF[1].1);
    let file = desk.post(AT, &[("do", "back"), ("to", "0")]).await;
    assert!(file.says("Put back to what the file says"), "{}", file.text);
    assert_eq!(desk.post(AT, &[("do", "back"), ("to", "77")]).await.status, 404);
}

#[tokio::test]
async fn what_cannot_be_is_named_and_a_page_that_is_out_of_date_changes_nothing() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, LEADER).await;
    for (field, value, why) in [
        ("reason", " ", "Write why"),
        ("from-day", "40", "Write the day it begins"),
        ("from-year", "2020", "today or later"),
        ("from-year", "2040", "within 2 years"),
        ("target", "many", "whole number"),
        ("target", "0", "whole number"),
        ("hint", "a\u{202e}b", "hidden characters"),
        ("open", "nobody", "Write a heading"),
        ("updates_closed", "x", "Choose one from the list"),
    ] {
        let all: Vec<_> =
            [("reason", "Why not")].into_iter().filter(|(name, _)| *name != field).chain([(field, value)]).collect();
        let page = look(&mut desk, &all).await;
        assert!(page.status == 422 && page.says(why), "{field}: {} {}", page.status, page.text);
    }
    for (field, value, why) in [
        ("link", "javascript:alert(1)", "begins with https://"),
        ("link", "https://example.org", "what the link says"),
        ("go", "fly-tipping", "another kind"),
        ("words", "", "in place of the form"),
    ] {
        let all: Vec<_> = OFF.into_iter().filter(|(name, _)| *name != field).chain([(field, value)]).collect();
        let page = look(&mut desk, &all).await;
        assert!(page.status == 422 && page.says(why), "{field}: {} {}", page.status, page.text);
    }
    let form = desk.get(AT).await.form(AT);
    assert_eq!(change(&mut desk, &[("hint", "First."), ("reason", "x")]).await.status, 303);
    let late = desk.submit(&form, &[("hint", "Second."), ("reason", "y"), ("do", "save")]).await;
    assert!(late.status == 409 && late.says("just before you") && late.says("Second."), "{}", late.text);
    assert!(house.get("/report").await.says("First."));
    let mut officer = house.staff(COUNCIL, "officer").await;
    let mut police = house.staff("avon-and-somerset-police", "officer").await;
    for address in ["/staff/services", AT] {
        assert_eq!(officer.get(address).await.status, 404, "{address}");
    }
    assert_eq!(police.get(AT).await.status, 404);
    assert_eq!(police.post(AT, &OFF).await.status, 404);
}

#[tokio::test]
async fn what_only_staff_send_stands_in_no_list_of_the_public() {
    let house = House::embedded().await;
    let mut desk = house.staff(COUNCIL, LEADER).await;
    let staff: Vec<_> = [("open", "staff")].into_iter().chain(OFF.into_iter().skip(1)).collect();
    assert_eq!(change(&mut desk, &staff).await.status, 303);
    assert!(!house.get("/report").await.text.contains("/report/fly-tipping"));
    assert!(!house.get("/report?q=fly+tipping").await.text.contains("\"/report/fly-tipping\""));
    assert!(house.get("/report/fly-tipping").await.says(OFF[1].1));
    assert_eq!(by_program(&house, "staff-1-0123456789abcdef").await.status, 422);
}

#[tokio::test]
async fn a_reporter_opens_nothing_again_where_the_service_says_so() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/close");
    let closed = officer.submit(&form, &[("outcome", "fixed"), ("words", "Done.")]).await;
    assert_eq!(closed.status, 303, "{}", closed.text);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("You can open your report again until"), "{}", own.text);
    let mut desk = house.staff(COUNCIL, LEADER).await;
    assert_eq!(change(&mut desk, &[("reopen", "off"), ("reason", "x")]).await.status, 303);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("This report is closed and cannot be opened again"), "{}", own.text);
}
