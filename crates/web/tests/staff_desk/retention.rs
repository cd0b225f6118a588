//! How long reports are kept (council C-76, J-43): what is due by the rules, what holds it, and what a person decides.

use casework::retention::{self, Cursor, Done, Due};
use catalogue::RetentionAction;
use testkit::{Client, Filed, House, Page};

const POLICE: &str = "avon-and-somerset-police";
const COUNCIL: &str = "north-somerset-council";
const MONTH: i64 = 31 * 24 * 60 * 60;

async fn act(desk: &mut Client, filed: &Filed, act: &str, fields: &[(&str, &str)]) -> Page {
    let form = desk.get(&filed.desk()).await.form(&format!("/{act}"));
    desk.submit(&form, fields).await
}

async fn decide(desk: &mut Client, filed: &Filed, what: &str, fields: &[(&str, &str)]) -> Page {
    let at = format!("{}/retention", filed.desk());
    let page = desk.get(&at).await;
    let version = page.form("/retention").fields.iter().find(|(name, _, _)| name == "version").unwrap().1.clone();
    let fields: Vec<(&str, &str)> =
        [("version", version.as_str()), ("do", what)].into_iter().chain(fields.iter().copied()).collect();
    desk.post(&at, &fields).await
}

/// What is due at an agency now.
async fn due(house: &House, agency: &'static str) -> Vec<Due> {
    let (mut found, mut from) = (Vec::new(), Some(Cursor::default()));
    while let Some(cursor) = from {
        let (setting, now) = (house.setting.clone(), house.draw().now());
        let page = house.db.read(move |tx| retention::due(tx, &setting, now, agency, &cursor)).await.unwrap();
        found.extend(page.due);
        from = page.next;
    }
    found
}

/// Does what is due at an agency.
async fn run(house: &House, agency: &'static str) -> Vec<(RetentionAction, Done)> {
    let mut all = Vec::new();
    for one in due(house, agency).await {
        let (setting, draw, action) = (house.setting.clone(), house.draw(), one.action);
        let done = house.db.write(move |tx| retention::apply(tx, &setting, &mut draw.clone(), &one)).await.unwrap();
        all.push((action, done));
    }
    all
}

/// Sends what waits, so that nothing is on its way.
async fn posted(house: &House) {
    house
        .db
        .write(|tx| tx.run("UPDATE delivery SET state = 'sent', sent_at = created_at WHERE state = 'waiting'", &[]))
        .await
        .unwrap();
}

async fn closed(house: &House, filed: &Filed) {
    let mut desk = house.staff(COUNCIL, "team_leader").await;
    assert_eq!(act(&mut desk, filed, "acknowledge", &[]).await.status, 303);
    close(house, &mut desk, filed).await;
}

async fn close(house: &House, desk: &mut Client, filed: &Filed) {
    let page = act(desk, filed, "close", &[("outcome", "fixed"), ("words", "The platypus is gone.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    posted(house).await;
}

#[tokio::test]
async fn who_reported_it_goes_first_and_all_of_it_later() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let told = [("stage", "planned"), ("words", "The crew comes with a crane."), ("everybody", "yes")];
    assert_eq!(act(&mut leader, &filed, "acknowledge", &[]).await.status, 303);
    assert_eq!(act(&mut leader, &filed, "stage", &told).await.status, 303);
    close(&house, &mut leader, &filed).await;
    assert!(due(&house, COUNCIL).await.is_empty(), "its time is not over");
    house.clock.forward_seconds(25 * MONTH);
    assert_eq!(run(&house, COUNCIL).await, [(RetentionAction::Anonymise, Done::Anonymised)]);
    assert!(due(&house, COUNCIL).await.is_empty(), "once");
    let mut desk = house.staff(COUNCIL, "team_leader").await;
    let page = desk.get(&filed.desk()).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.says("who reported it was taken out"), "{}", page.text);
    for gone in ["robin@example.org", "Robin Example", "platypus", "Two people in dark coats"] {
        assert!(!page.says(gone), "{gone}: {}", page.text);
    }
    let public = house.get(&format!("/reports/{}", filed.reference())).await;
    assert!(public.says("The crew comes with a crane."), "what everybody reads stays: {}", public.text);
    assert!(!desk.get("/staff?q=platypus").await.says(filed.reference()));
    let kept = desk.get(&format!("{}/retention", filed.desk())).await;
    assert!(kept.says("its time was over"), "{}", kept.text);
    house.clock.forward_seconds(50 * MONTH);
    assert_eq!(run(&house, COUNCIL).await, [(RetentionAction::Delete, Done::Deleted)]);
    let mut desk = house.staff(COUNCIL, "team_leader").await;
    assert_eq!(desk.get(&filed.desk()).await.status, 404);
    assert_eq!(house.get(&format!("/reports/{}", filed.reference())).await.status, 404);
    assert!(!house.get("/reports/data.csv").await.text.contains(filed.reference()));
    assert!(due(&house, COUNCIL).await.is_empty());
    house.db.truncate().await.unwrap();
    assert_eq!(house.adrift().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_held_for_the_law_waits_until_a_second_person_lets_go() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    closed(&house, &filed).await;
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    let until = [("until-day", "1"), ("until-month", "3"), ("until-year", "2040")];
    let empty = decide(&mut leader, &filed, "hold", &until).await;
    assert!(empty.status == 422 && empty.says("Say why"), "{}", empty.text);
    let no_day = decide(&mut leader, &filed, "hold", &[("why", "A claim.")]).await;
    assert!(no_day.status == 422 && no_day.says("a day that is still to come"), "{}", no_day.text);
    let mut fields = vec![("why", "A claim for a broken wrist.")];
    fields.extend(until);
    let held = decide(&mut leader, &filed, "hold", &fields).await;
    assert_eq!(held.status, 303, "{}", held.text);
    let page = leader.get(&format!("{}/retention", filed.desk())).await;
    assert!(page.says("A claim for a broken wrist.") && page.says("somebody else lets go"), "{}", page.text);
    assert!(leader.get("/staff/retention").await.says("Held since"));
    let own = leader
        .post(&format!("{}/retention", filed.desk()), &[("version", "3"), ("do", "release"), ("why", "No.")])
        .await;
    assert_eq!(own.status, 422, "{}", own.text);
    house.clock.forward_seconds(80 * MONTH);
    assert!(run(&house, COUNCIL).await.iter().all(|(_, done)| matches!(done, Done::Held(_))));
    let mut other = house.staff(COUNCIL, "enforcement").await;
    let let_go = decide(&mut other, &filed, "release", &[("why", "The claim was settled.")]).await;
    assert_eq!(let_go.status, 303, "{}", let_go.text);
    assert_eq!(run(&house, COUNCIL).await, [(RetentionAction::Delete, Done::Deleted)]);
    let mut officer = house.staff(COUNCIL, "officer").await;
    assert_eq!(officer.get("/staff/retention").await.status, 404, "without the right there is no such page");
}

#[tokio::test]
async fn a_police_report_is_looked_at_kept_asked_again_and_goes() {
    let house = House::embedded().await;
    let filed = house.file("contact.complaint", "everything").await;
    let mut desk = house.staff(POLICE, "inspector").await;
    act(&mut desk, &filed, "acknowledge", &[]).await;
    let page = act(&mut desk, &filed, "close", &[("outcome", "not_a_crime"), ("words", "Settled.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    posted(&house).await;
    house.clock.forward_seconds(73 * MONTH);
    assert_eq!(run(&house, POLICE).await, [(RetentionAction::Review, Done::Review)]);
    assert!(due(&house, POLICE).await.is_empty(), "it waits for a person");
    let mut desk = house.staff(POLICE, "inspector").await;
    assert!(desk.get("/staff/retention").await.says("Waits since"));
    let year = [("until-day", "1"), ("until-month", "1"), ("until-year", "2034"), ("why", "A pattern.")];
    assert_eq!(decide(&mut desk, &filed, "keep", &year).await.status, 303);
    assert!(due(&house, POLICE).await.is_empty());
    house.clock.forward_seconds(24 * MONTH);
    assert_eq!(run(&house, POLICE).await, [(RetentionAction::Review, Done::Review)], "the day is over: asked again");
    let mut desk = house.staff(POLICE, "inspector").await;
    assert_eq!(decide(&mut desk, &filed, "delete", &[("why", "Nothing since.")]).await.status, 303);
    let again = decide(&mut desk, &filed, "hold", &[("why", "Wait.")]).await;
    assert_eq!(again.status, 422, "{}", again.text);
    assert_eq!(run(&house, POLICE).await, [(RetentionAction::Delete, Done::Deleted)]);
}

#[tokio::test]
async fn what_nobody_touches_closes_in_words_that_its_reporter_reads() {
    let house = House::embedded().await;
    let filed = house.file("missed-collection", "everything").await;
    house.clock.forward_seconds(2 * MONTH);
    assert!(due(&house, COUNCIL).await.is_empty());
    house.clock.forward_seconds(2 * MONTH);
    posted(&house).await;
    assert_eq!(run(&house, COUNCIL).await, [(RetentionAction::Close, Done::Closed)]);
    let desk = house.staff(COUNCIL, "team_leader").await.get(&filed.desk()).await;
    assert!(desk.says("Nothing has happened with this for 3 months"), "{}", desk.text);
    let told = "SELECT COUNT(*) FROM delivery WHERE state = 'waiting' AND template = 'update'";
    assert_eq!(house.db.read(|tx| tx.one::<(i64,)>(told, &[])).await.unwrap(), (1,), "its reporter is told");
    assert_eq!(house.adrift().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_another_agency_works_on_stays() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let mut council = house.staff(COUNCIL, "enforcement").await;
    act(&mut council, &filed, "transfer", &[("agency", POLICE), ("words", "A van was seen."), ("share", "account")])
        .await;
    let mut police = house.staff(POLICE, "inspector").await;
    assert_eq!(act(&mut police, &filed, "accept", &[]).await.status, 303);
    posted(&house).await;
    house.clock.forward_seconds(80 * MONTH);
    assert!(due(&house, COUNCIL).await.is_empty(), "the police work on it");
    let mut police = house.staff(POLICE, "inspector").await;
    let page = act(&mut police, &filed, "close", &[("outcome", "outcome_18"), ("words", "Nobody was found.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    posted(&house).await;
    house.clock.forward_seconds(25 * MONTH);
    assert!(run(&house, COUNCIL).await.is_empty(), "it is not over for the police");
    house.clock.forward_seconds(50 * MONTH);
    let done = run(&house, COUNCIL).await;
    assert!(
        matches!(done.as_slice(), [(RetentionAction::Delete, Done::Deleted)]) || due(&house, POLICE).await.len() == 1,
        "{done:?}"
    );
}

#[tokio::test]
async fn something_that_is_still_to_go_out_holds_it() {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    closed(&house, &filed).await;
    house.db.write(|tx| tx.run("UPDATE delivery SET state = 'waiting'", &[])).await.unwrap();
    house.clock.forward_seconds(80 * MONTH);
    let done = run(&house, COUNCIL).await;
    assert_eq!(done, [(RetentionAction::Delete, Done::Held(store::retention::Holds::Underway))]);
}
