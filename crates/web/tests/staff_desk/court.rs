//! Where a case stands at court: what a person said of it, and what nobody knows yet.

use testkit::{Client, Filed, House, Page};

const POLICE: &str = "avon-and-somerset-police";

async fn charged() -> (House, Filed, Client) {
    let house = House::embedded().await;
    let filed = house.file("crime.bicycle", "everything").await;
    let mut officer = house.staff(POLICE, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/close");
    let page = officer.submit(&form, &[("outcome", "outcome_1"), ("words", "We charged a man.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    (house, filed, officer)
}

async fn say(officer: &mut Client, filed: &Filed, fields: &[(&str, &str)]) -> Page {
    let form = officer.get(&format!("{}/crime", filed.desk())).await.form("/court");
    officer.submit(&form, fields).await
}

#[tokio::test]
async fn a_step_at_court_is_not_known_yet_until_a_person_says_what_is_known() {
    let (house, filed, mut officer) = charged().await;
    let mut victim = house.reporter(&filed).await;
    let own = victim.get(&filed.track()).await;
    assert_eq!(own.text.matches("Not known yet").count(), 5, "{}", own.text);
    let first: &[_] = &[
        ("step", "first_hearing"),
        ("day-day", "3"),
        ("day-month", "2"),
        ("day-year", "2027"),
        ("words", "It is at Bristol Magistrates’ Court."),
    ];
    let page = say(&mut officer, &filed, first).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(officer.follow(page).await.says("The resident is told"));
    let own = victim.get(&filed.track()).await;
    assert!(own.says("At court: First hearing, 3 February 2027"), "{}", own.text);
    assert!(own.says("It is at Bristol Magistrates’ Court.") && own.says("3 February 2027"), "{}", own.text);
    assert_eq!(own.text.matches("Not known yet").count(), 4, "{}", own.text);
    // What is said anew stands in the place of what was said before; the thread keeps both.
    let words = [("step", "first_hearing"), ("words", "The day was moved. We do not know it yet.")];
    say(&mut officer, &filed, &words).await;
    let own = victim.get(&filed.track()).await;
    let table = own.text.split("What has happened").next().unwrap();
    assert!(table.contains("The day was moved.") && !table.contains("3 February 2027"), "{table}");
    assert!(own.says("At court: First hearing, 3 February 2027"), "{}", own.text);
}

#[tokio::test]
async fn what_is_no_step_no_day_and_no_words_is_refused_and_keeps_what_was_typed() {
    let (_house, filed, mut officer) = charged().await;
    let words = ("words", "It is at Bristol Magistrates’ Court.");
    let page = say(&mut officer, &filed, &[words]).await;
    assert!(page.status == 422 && page.says("Choose a state from the list."), "{}", page.text);
    let page = say(&mut officer, &filed, &[("step", "plea"), ("day-day", "31"), ("day-month", "2"), words]).await;
    assert!(page.status == 422 && page.says("Give the day as a day"), "{}", page.text);
    assert!(page.says("It is at Bristol Magistrates’ Court."), "{}", page.text);
    let page = say(&mut officer, &filed, &[("step", "plea"), ("words", " ")]).await;
    assert_eq!(page.status, 422, "{}", page.text);
}

#[tokio::test]
async fn a_report_that_goes_to_no_court_says_nothing_of_one_and_the_other_agency_finds_nothing() {
    let house = House::embedded().await;
    let filed = house.file("crime.theft", "shortest").await;
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(!own.says("At court"), "{}", own.text);
    let mut council = house.staff("north-somerset-council", "team_leader").await;
    let fields = [("version", "1"), ("step", "plea"), ("words", "x")];
    assert_eq!(council.post(&format!("{}/court", filed.desk()), &fields).await.status, 404);
}

#[tokio::test]
async fn staff_read_why_they_should_think_of_enhanced_rights_and_nothing_sets_them() {
    let house = House::embedded().await;
    let filed = house.file("crime.theft", "shortest").await;
    let mut officer = house.staff(POLICE, "officer").await;
    let at = format!("{}/crime", filed.desk());
    let page = officer.get(&at).await;
    assert!(!page.says("Think of enhanced rights"), "{}", page.text);
    let form = page.form("/crimes");
    officer.submit(&form, &[("offence", "3A"), ("words", "We recorded what he said to you.")]).await;
    let page = officer.get(&at).await;
    assert!(page.says("Think of enhanced rights: Threats to kill."), "{}", page.text);
    assert!(page.says("Give enhanced rights"), "not given by themselves: {}", page.text);
    officer.submit(&page.form("/enhanced"), &[("words", "He came back twice.")]).await;
    assert!(!officer.get(&at).await.says("Think of enhanced rights"));
    assert!(!house.reporter(&filed).await.get(&filed.track()).await.says("nhanced"));
}
