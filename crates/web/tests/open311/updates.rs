//! What an agency's program says becomes an act on the agency's part (C-80, C-82, C-87, C-88).

use crate::*;

/// A time of the still clock's day, some seconds from now.
fn at(house: &House, seconds: i64) -> String {
    let now = casework::Clock::now(&*house.clock).plus_seconds(seconds);
    web::page::when::local(now).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

async fn tell(house: &House, reference: &str, id: &str, status: &str, seconds: i64) {
    house.clock.forward_seconds(5);
    let at = at(house, seconds);
    let page = post(house, "servicerequestupdates.json", &update(reference, id, status, &at)).await;
    assert_eq!(page.status, 201, "{}", page.text);
}

/// Stage and outcome of the council's part.
async fn stands(house: &House, reference: &str) -> (String, Option<String>) {
    let reference = reference.to_owned();
    let case = house.db.read(move |tx| {
        let head = store::report::by_reference(tx, &reference)?.unwrap();
        Ok::<_, store::Error>(store::sub_case::of_report(tx, head.id)?.remove(0))
    });
    let case = case.await.unwrap();
    (case.stage, case.outcome)
}

#[tokio::test]
async fn each_word_comes_to_the_stage_or_the_outcome_of_the_agencys_list() {
    let house = house().await;
    for (word, stage, outcome) in [
        ("OPEN", "received", None),
        ("investigating", "looked_into", None),
        ("FOR_TRIAGE", "looked_into", None),
        ("Action Scheduled", "planned", None),
        ("PLANNED", "planned", None),
        ("in_progress", "in_progress", None),
        ("FIXED", "closed", Some("fixed")),
        ("not councils responsibility", "closed", Some("not_ours")),
        ("NO_FURTHER_ACTION", "closed", Some("will_not_do")),
        ("DUPLICATE", "closed", Some("duplicate")),
        ("INTERNAL_REFERRAL", "closed", Some("passed_on")),
        ("CANCELLED", "closed", Some("not_needed")),
        ("CLOSED", "closed", Some("ended")),
        ("UNCHANGED", "received", None),
        ("BANANA", "received", None),
    ] {
        let reference = sent(&house).await;
        tell(&house, &reference, &format!("one {reference}"), word, 0).await;
        assert_eq!(stands(&house, &reference).await, (stage.to_owned(), outcome.map(str::to_owned)), "{word}");
    }
    let reference = sent(&house).await;
    tell(&house, &reference, "f", "FIXED", 0).await;
    tell(&house, &reference, "r", "REOPEN", 0).await;
    assert_eq!(stands(&house, &reference).await, ("looked_into".to_owned(), None));
}

#[tokio::test]
async fn closed_from_a_plain_system_means_fixed_and_it_reads_two_words() {
    let house = house_with(false).await;
    let reference = sent(&house).await;
    tell(&house, &reference, "1", "closed", 0).await;
    assert_eq!(stands(&house, &reference).await.1.as_deref(), Some("fixed"));
    let read = get_keyed(&house, "servicerequestupdates.json").await;
    assert_eq!(first(&read)["status"], "closed", "{}", read.text);
    assert_eq!(first(&get_keyed(&house, &format!("requests/{reference}.json")).await)["status"], "closed");
}

#[tokio::test]
async fn staff_and_the_reporter_read_it_and_staff_read_a_word_nobody_knows() {
    let house = house().await;
    let filed = house.file("fly-tipping", "shortest").await;
    tell(&house, filed.reference(), "1", "PLANNED", 0).await;
    let page = house.staff(COUNCIL, "officer").await.get(&filed.desk()).await;
    assert!(
        page.says("The work is planned") && page.says("A team has been.") && page.says("Open311, North Somerset"),
        "{}",
        page.text
    );
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("The work is planned") && own.says("A team has been."), "{}", own.text);
    tell(&house, filed.reference(), "2", "BANANA", 0).await;
    let page = house.staff(COUNCIL, "officer").await.get(&filed.desk()).await;
    assert!(page.says("says “BANANA”, a word that we do not know"), "{}", page.text);
}

#[tokio::test]
async fn one_that_is_older_than_the_newest_change_joins_at_its_own_time_and_changes_nothing() {
    let house = house().await;
    let reference = sent(&house).await;
    house.clock.forward_seconds(3600);
    tell(&house, &reference, "1", "FIXED", 0).await;
    tell(&house, &reference, "2", "IN_PROGRESS", -600).await;
    assert_eq!(stands(&house, &reference).await.1.as_deref(), Some("fixed"));
    let read = get_keyed(&house, "servicerequestupdates.json").await;
    assert_eq!(read.json().as_array().unwrap().len(), 2, "it is not dropped: {}", read.text);
    // A clock that goes before ours does not hold up what is said later.
    let other = sent(&house).await;
    tell(&house, &other, "3", "PLANNED", 86_400).await;
    tell(&house, &other, "4", "IN_PROGRESS", 0).await;
    assert_eq!(stands(&house, &other).await.0, "in_progress");
}

#[tokio::test]
async fn none_shows_what_is_hidden_or_what_nobody_has_looked_at() {
    let house = house().await;
    let (hidden, mut officer) = public(&house).await;
    let form = officer.get(&hidden.desk()).await.form("/publication");
    officer.submit(&form, &[("words", "A face in it.")]).await;
    let unread = sent(&house).await;
    for (n, reference) in [hidden.reference(), &unread].into_iter().enumerate() {
        for word in ["PLANNED", "FIXED", "REOPEN"] {
            tell(&house, reference, &format!("{n}{word}"), word, 0).await;
        }
        assert_eq!(house.get(&format!("/reports/{reference}")).await.status, 404);
    }
}

#[tokio::test]
async fn what_staff_wrote_to_the_reporter_is_no_programs_to_read() {
    let house = house().await;
    let (filed, mut officer) = public(&house).await;
    let form = officer.get(&filed.desk()).await.form("/close");
    officer.submit(&form, &[("outcome", "fixed"), ("words", "Your sofa is gone, Robin.")]).await;
    let page = get_keyed(&house, &format!("servicerequestupdates.json?service_request_id={}", filed.reference())).await;
    assert!(page.text.contains("Fixed by us. We have put it right.") && !page.text.contains("Robin"), "{}", page.text);
    assert!(page.text.contains("\"status\":\"fixed\""), "{}", page.text);
}

#[tokio::test]
async fn a_detail_is_a_note_for_staff_and_a_reference_of_theirs_comes_back() {
    let house = house().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let at = at(&house, 0);
    let mut fields = update(filed.reference(), "1", "INVESTIGATING", &at);
    fields.extend([
        ("extras[detailed_information]", "Crew 7 has the key."),
        ("customer_reference", "CRM-7"),
        ("external_status_code", "A1"),
    ]);
    assert_eq!(post(&house, "servicerequestupdates.json", &fields).await.status, 201);
    assert!(house.staff(COUNCIL, "officer").await.get(&filed.desk()).await.says("Crew 7 has the key."));
    assert!(!house.reporter(&filed).await.get(&filed.track()).await.says("Crew 7"));
    let row = first(&get_keyed(&house, "servicerequestupdates.json").await);
    assert_eq!((row["customer_reference"].as_str(), row["external_status_code"].as_str()), (Some("CRM-7"), Some("A1")));
}

#[tokio::test]
async fn a_template_speaks_when_a_state_or_a_code_changes_and_the_closest_code_wins() {
    let house = house().await;
    let filed = house.file("fly-tipping", "shortest").await;
    let mut leader = house.staff(COUNCIL, "team_leader").await;
    for (name, when, code, words) in [
        ("one", "stage:planned", "", "We have planned the work."),
        ("two", "any", "98*", "A crew is near. They say: {outside}"),
        ("three", "any", "981", "A crew is here."),
    ] {
        let fields = [
            ("version", "0"),
            ("name", name),
            ("when", when),
            ("code", code),
            ("words", words),
            ("automatic", "yes"),
            ("active", "yes"),
        ];
        let page = leader.post("/staff/templates/new", &fields).await;
        assert_eq!(page.status, 303, "{}", page.text);
    }
    let mut own = house.reporter(&filed).await;
    for (id, status, code, reads) in [
        ("1", "PLANNED", "", "We have planned the work."),
        ("2", "PLANNED", "985", "A crew is near. They say: A team has been."),
        ("3", "PLANNED", "981", "A crew is here."),
    ] {
        house.clock.forward_seconds(5);
        let at = at(&house, 0);
        let mut fields = update(filed.reference(), id, status, &at);
        if !code.is_empty() {
            fields.push(("external_status_code", code));
        }
        let page = post(&house, "servicerequestupdates.json", &fields).await;
        assert_eq!(page.status, 201, "{}", page.text);
        assert!(own.get(&filed.track()).await.says(reads), "{id}");
    }
    // The same code again is no change: their own words stand.
    let at = at(&house, 0);
    let mut fields = update(filed.reference(), "4", "PLANNED", &at);
    fields.push(("external_status_code", "981"));
    post(&house, "servicerequestupdates.json", &fields).await;
    let page = own.get(&filed.track()).await;
    assert_eq!(page.text.matches("A crew is here.").count(), 1, "{}", page.text);
}
