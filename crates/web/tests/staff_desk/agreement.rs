//! What is agreed with a victim about updates: it sets the clock, the victim reads it, and who is late is counted.

use casework::report::clock;
use serde_json::json;
use store::{
    clock::Clock,
    delivery::{Delivery, State},
};
use testkit::{Client, Filed, House, Page, sample};

const POLICE: &str = "avon-and-somerset-police";
const COUNCIL: &str = "north-somerset-council";
const DAY: i64 = 24 * 60 * 60;

/// A bicycle that was stolen and is recorded as a crime; the victim would like to hear each week, by telephone.
async fn desk() -> (House, Filed, Client) {
    let house = House::embedded().await;
    let mut answers = sample("crime.theft", "everything")["answers"].clone();
    for id in ["flag.targeted", "flag.domestic", "people.weapon"] {
        answers[id] = json!("no");
    }
    answers.as_object_mut().unwrap().retain(|id, _| !matches!(id.as_str(), "flag.strand" | "hate.words"));
    answers["contact.every"] = json!("weekly");
    answers["contact.channel"] = json!("phone");
    let filed = house.file_answers("crime.theft", &answers).await;
    let mut officer = house.staff(POLICE, "officer").await;
    let crime = [("offence", "44"), ("words", "We recorded your bike as stolen.")];
    assert_eq!(act(&mut officer, &filed, "crimes", &crime).await.status, 303);
    (house, filed, officer)
}

fn page_of(filed: &Filed) -> String {
    format!("{}/crime", filed.desk())
}

async fn act(client: &mut Client, filed: &Filed, act: &str, fields: &[(&str, &str)]) -> Page {
    let form = client.get(&page_of(filed)).await.form(&format!("/{act}"));
    client.submit(&form, fields).await
}

async fn tick(house: &House) {
    let (setting, draw) = (house.setting.clone(), house.draw());
    house.db.write(move |tx| clock::tick(tx, &setting, &mut draw.clone(), 100)).await.unwrap();
}

/// All clocks of a rule, the soonest due first.
async fn clocks(house: &House, filed: &Filed, rule: &str) -> Vec<Clock> {
    let report = filed.id;
    let mut all = house.db.read(move |tx| store::clock::of_report(tx, report, POLICE)).await.unwrap();
    all.retain(|clock| clock.rule == rule);
    all
}

async fn running(house: &House, filed: &Filed, rule: &str) -> Option<i64> {
    let all = clocks(house, filed, rule).await;
    all.iter().find(|clock| clock.stopped_at.is_none()).map(|clock| (clock.due_at.0 - clock.started_at.0) / 1_000_000)
}

const FORTNIGHT: &[(&str, &str)] = &[
    ("every", "2"),
    ("unit", "week"),
    ("channel", "email"),
    ("events", "arrested"),
    ("quiet_from", "22"),
    ("quiet_to", "8"),
    ("wishes", "Not when my brother is at home."),
    ("words", "As we said on the phone."),
];

#[tokio::test]
async fn the_form_is_filled_in_with_what_the_victim_said_and_the_clock_runs_by_what_is_agreed() {
    let (house, filed, mut officer) = desk().await;
    // News every week, as they answered: to the end of the seventh day.
    assert_eq!(running(&house, &filed, "update_due").await.unwrap() / DAY, 7);
    let form = officer.get(&page_of(&filed)).await.form("/agreement");
    let filled = form.filled();
    for (name, value) in [("regular", "yes"), ("every", "1"), ("unit", "week"), ("channel", "phone")] {
        assert!(filled.contains(&(name.to_owned(), value.to_owned())), "{name}: {filled:?}");
    }
    let page = officer.submit(&form, FORTNIGHT).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(officer.follow(page).await.says("The resident is told"));
    assert_eq!(running(&house, &filed, "update_due").await.unwrap() / DAY, 14);
    assert_eq!(running(&house, &filed, "agreement_review").await.unwrap() / DAY, 92);
    let kept = officer.get(&page_of(&filed)).await;
    for read in ["Every two weeks", "By email", "Suspect arrested", "From 10pm to 8am", "Not when my brother"] {
        assert!(kept.says(read), "{read}: {}", kept.text);
    }
    let mut victim = house.reporter(&filed).await;
    let own = victim.get(&filed.track()).await;
    for read in [
        "We agreed to write to you every two weeks",
        "From 10pm to 8am",
        "24 February 2027",
        "As we said on the phone.",
        "You hear from us, even if nothing is new: by the end of Tuesday 8 December 2026",
    ] {
        assert!(own.says(read), "{read}: {}", own.text);
    }
    assert!(!own.says("my brother"), "{}", own.text);
    // Each word to the victim begins it anew.
    house.clock.forward_seconds(3 * DAY);
    let mut officer = house.staff(POLICE, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/stage");
    let told = officer.submit(&form, &[("stage", "enquiries"), ("words", "We asked the shops.")]).await;
    assert_eq!(told.status, 303, "{}", told.text);
    assert_eq!(running(&house, &filed, "update_due").await.unwrap() / DAY, 14);
}

#[tokio::test]
async fn an_agreement_to_write_only_when_something_changes_stops_the_clock() {
    let (house, filed, mut officer) = desk().await;
    let fields = [("regular", "no"), ("every", ""), ("channel", "portal"), ("words", "We write when we know more.")];
    let page = act(&mut officer, &filed, "agreement", &fields).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert_eq!(running(&house, &filed, "update_due").await, None);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("We agreed to write to you only when something changes"), "{}", own.text);
    let form = officer.get(&page_of(&filed)).await.form("/agreement");
    assert!(form.filled().contains(&("regular".into(), "no".into())), "{:?}", form.filled());
}

#[tokio::test]
async fn what_cannot_be_agreed_is_refused_and_what_was_typed_is_kept() {
    let (house, filed, mut officer) = desk().await;
    for (field, value) in [
        ("every", "4"),
        ("every", "0"),
        ("every", "-1"),
        ("every", "x"),
        ("unit", "year"),
        ("channel", "pigeon"),
        ("events", "nothing"),
        ("quiet_to", ""),
        ("quiet_to", "24"),
        ("quiet_to", "22"),
    ] {
        let mut fields: Vec<_> = FORTNIGHT.iter().copied().filter(|(name, _)| *name != field).collect();
        fields.push((field, value));
        if value == "4" {
            fields.push(("unit", "month"));
            fields.retain(|field| *field != ("unit", "week"));
        }
        let page = post(&mut officer, &filed, &fields).await;
        assert!(page.status == 422 && page.says("Say how often"), "{field} {value}: {} {}", page.status, page.text);
        assert!(page.says("As we said on the phone."), "{}", page.text);
    }
    let past = [("review-day", "1"), ("review-month", "2"), ("review-year", "2026")];
    let none = [("review-day", "31"), ("review-month", "2"), ("review-year", "2027")];
    for date in [past, none] {
        let fields: Vec<_> = FORTNIGHT.iter().copied().chain(date).collect();
        let page = post(&mut officer, &filed, &fields).await;
        assert!(page.status == 422 && page.says("Give a day after today"), "{}", page.text);
    }
    let silent: Vec<_> = FORTNIGHT.iter().copied().filter(|(name, _)| *name != "words").collect();
    assert!(post(&mut officer, &filed, &silent).await.says("Write some words first"));
    assert_eq!(running(&house, &filed, "update_due").await.unwrap() / DAY, 7, "nothing has changed");
    // A page that is older than the report, staff of another agency, and those without the right.
    let old = officer.get(&page_of(&filed)).await.form("/agreement");
    assert_eq!(officer.submit(&old, FORTNIGHT).await.status, 303);
    let stale = officer.submit(&old, FORTNIGHT).await;
    assert!(stale.status == 422 && stale.says("Somebody changed this report just before you"), "{}", stale.text);
    for (agency, role) in [(COUNCIL, "officer"), (POLICE, "crime_registrar")] {
        let mut other = house.staff(agency, role).await;
        assert_eq!(post(&mut other, &filed, FORTNIGHT).await.status, 404, "{agency} {role}");
    }
}

async fn post(client: &mut Client, filed: &Filed, fields: &[(&str, &str)]) -> Page {
    let page = client.get(&page_of(filed)).await;
    let form = if page.status == 200 {
        page.forms().into_iter().find(|form| form.action.contains("/agreement"))
    } else {
        None
    };
    let version = form.and_then(|form| form.value("version").map(str::to_owned)).unwrap_or_else(|| "1".into());
    let all: Vec<_> =
        [("version", version.as_str()), ("regular", "yes")].into_iter().chain(fields.iter().copied()).collect();
    client.post(&format!("{}/agreement", filed.desk()), &all).await
}

#[tokio::test]
async fn a_breach_is_counted_and_raised_to_the_officer_and_two_days_later_to_the_sergeant() {
    let (house, filed, mut officer) = desk().await;
    assert_eq!(act(&mut officer, &filed, "agreement", FORTNIGHT).await.status, 303);
    // The fourteenth day has ended.
    house.clock.forward_seconds(15 * DAY);
    tick(&house).await;
    let flags = |part: store::sub_case::SubCase| part.flags.to_string();
    let marked = flags(house.part(&filed, POLICE).await);
    assert!(marked.contains("clock_broken") && !marked.contains("late_and_raised"), "{marked}");
    let mut sergeant = house.staff(POLICE, "sergeant").await;
    let board = sergeant.get("/staff/measures").await;
    assert!(board.says("Raised to: Officer") && !board.says("Raised to: Sergeant"), "{}", board.text);
    let thread = sergeant.get(&filed.desk()).await;
    assert!(thread.says("Late: You hear from us, even if nothing is new. For the officer"), "{}", thread.text);
    house.clock.forward_seconds(2 * DAY);
    tick(&house).await;
    assert!(flags(house.part(&filed, POLICE).await).contains("late_and_raised"));
    let mut sergeant = house.staff(POLICE, "sergeant").await;
    assert!(sergeant.get("/staff/measures").await.says("Raised to: Sergeant"));
    let thread = sergeant.get(&filed.desk()).await;
    assert!(thread.says("Still late: You hear from us, even if nothing is new. For the sergeant"), "{}", thread.text);
    assert!(sergeant.get("/staff").await.says("Late, and raised"));
    // The victim reads that it is late, and nothing of who was told inside.
    let own = again(&house, &filed).await.get(&filed.track()).await;
    assert!(own.says("is late: You hear from us") && !own.says("sergeant") && !own.says("Still late"), "{}", own.text);
    // Nothing comes after the last step, and words to the victim end it; the breach stays counted.
    let before = clocks(&house, &filed, "update_due").await.iter().filter(|clock| clock.broken_at.is_some()).count();
    house.clock.forward_seconds(9 * DAY);
    tick(&house).await;
    let mut sergeant = house.staff(POLICE, "sergeant").await;
    let form = sergeant.get(&filed.desk()).await.form("/stage");
    let told = sergeant.submit(&form, &[("stage", "enquiries"), ("words", "We are sorry.")]).await;
    assert_eq!(told.status, 303, "{}", told.text);
    assert_eq!(before, 1);
    assert!(sergeant.get(&page_of(&filed)).await.says("An update was late once"));
    assert!(!flags(house.part(&filed, POLICE).await).contains("late_and_raised"));
}

async fn again(house: &House, filed: &Filed) -> Client {
    let mut client = house.visitor();
    let fields = [("reference", filed.reference()), ("code", filed.receipt.code.as_str())];
    client.post("/track", &fields).await;
    client.post(&format!("{}/pin", filed.track()), &[("pin", testkit::PIN)]).await;
    client
}

#[tokio::test]
async fn a_victim_asks_for_another_interval_and_a_person_decides() {
    let (house, filed, mut officer) = desk().await;
    assert_eq!(act(&mut officer, &filed, "agreement", FORTNIGHT).await.status, 303);
    let mut victim = house.reporter(&filed).await;
    let form = victim.get(&filed.track()).await.form("/updates");
    let empty = victim.submit(&form, &[]).await;
    assert!(victim.follow(empty).await.says("Choose how often first"));
    let asked = victim.submit(&form, &[("wish", "weekly")]).await;
    let own = victim.follow(asked).await;
    for read in ["We have asked.", "You asked to hear from us every week", "We answer what you wrote"] {
        assert!(own.says(read), "{read}: {}", own.text);
    }
    assert!(own.says("We agreed to write to you every two weeks"), "nothing has changed: {}", own.text);
    assert_eq!(running(&house, &filed, "update_due").await.unwrap() / DAY, 14);
    assert!(officer.get("/staff").await.says("Asks to hear more or less often"));
    assert!(officer.get(&filed.desk()).await.says("The resident asks to hear every week"));
    // A strange wish is none.
    let strange = victim.post(&format!("{}/updates", filed.track()), &[("wish", "hourly")]).await;
    assert!(victim.follow(strange).await.says("Choose how often first"));
}

#[tokio::test]
async fn what_was_agreed_to_be_told_marks_the_report_when_it_happens() {
    let (house, filed, mut officer) = desk().await;
    assert_eq!(act(&mut officer, &filed, "agreement", FORTNIGHT).await.status, 303);
    assert_eq!(act(&mut officer, &filed, "event", &[("event", "bailed"), ("words", "x")]).await.status, 303);
    assert!(!house.part(&filed, POLICE).await.flags.to_string().contains("agreed_to_tell"));
    assert_eq!(act(&mut officer, &filed, "event", &[("event", "arrested"), ("words", "x")]).await.status, 303);
    assert!(house.part(&filed, POLICE).await.flags.to_string().contains("agreed_to_tell"));
}

#[tokio::test]
async fn mail_waits_for_the_end_of_the_hours_in_which_the_victim_wants_none() {
    let (house, filed, mut officer) = desk().await;
    let fields: Vec<_> = FORTNIGHT.iter().copied().filter(|(name, _)| !name.starts_with("quiet")).collect();
    let fields: Vec<_> = fields.into_iter().chain([("quiet_from", "9"), ("quiet_to", "13")]).collect();
    assert_eq!(act(&mut officer, &filed, "agreement", &fields).await.status, 303);
    // It is after ten in the morning: this very message waits until one, which is a safe time too.
    let one = "2026-11-24T13:00:00Z".parse::<jiff::Timestamp>().unwrap().as_microsecond();
    let sent = deliveries(&house).await;
    let waits: Vec<_> = sent.iter().filter(|one| one.next_at > one.created_at).collect();
    assert_eq!(waits.len(), 1, "{sent:?}");
    let last = waits[0];
    assert_eq!((last.template.as_str(), last.state, last.next_at.0), ("update", State::Waiting, one));
    // A link that they ask for comes at once.
    let page =
        house.visitor().post("/track/by-mail", &[("reference", filed.reference()), ("email", &last.address)]).await;
    assert!(page.status < 400, "{}", page.text);
    let link = deliveries(&house).await.into_iter().find(|one| one.template == "link").unwrap();
    assert_eq!(link.next_at, link.created_at);
}

async fn deliveries(house: &House) -> Vec<Delivery> {
    house.db.read(|tx| store::delivery::latest(&rights::Actor::House("test"), tx)).await.unwrap()
}
