//! Crimes, clocks, how urgent, reviews: what staff of the force do, what the victim reads, and what nobody else sees.

use casework::report::clock;
use serde_json::json;
use testkit::{Client, Filed, House, Page, sample};

const POLICE: &str = "avon-and-somerset-police";
const HOUR: i64 = 60 * 60;

async fn desk(role: &str) -> (House, Filed, Client) {
    let house = House::embedded().await;
    // Nobody is at risk, and nothing is sensitive.
    let mut answers = sample("crime.theft", "everything")["answers"].clone();
    for id in ["flag.targeted", "flag.domestic"] {
        answers[id] = json!("no");
    }
    answers.as_object_mut().unwrap().retain(|id, _| !matches!(id.as_str(), "flag.strand" | "hate.words"));
    answers["people.weapon"] = json!("no");
    let filed = house.file_answers("crime.theft", &answers).await;
    let client = house.staff(POLICE, role).await;
    (house, filed, client)
}

fn page_of(filed: &Filed) -> String {
    format!("{}/crime", filed.desk())
}

async fn act(client: &mut Client, filed: &Filed, act: &str, fields: &[(&str, &str)]) -> Page {
    let form = client.get(&page_of(filed)).await.form(&format!("/{act}"));
    client.submit(&form, fields).await
}

async fn tick(house: &House) -> usize {
    let (setting, draw) = (house.setting.clone(), house.draw());
    house.db.write(move |tx| clock::tick(tx, &setting, &mut draw.clone(), 100)).await.unwrap()
}

const CRIME: &[(&str, &str)] =
    &[("offence", "44"), ("number", "5226/012345"), ("words", "We recorded your bike as stolen.")];

#[tokio::test]
async fn a_crime_is_recorded_and_the_victim_reads_its_number_and_what_was_promised() {
    let (house, filed, mut officer) = desk("officer").await;
    let mut victim = house.reporter(&filed).await;
    let own = victim.get(&filed.track()).await;
    assert!(own.says("A person reads your report: by 25 November 2026 at 10:00am"), "{}", own.text);
    assert!(!own.says("crime number"), "{}", own.text);
    let page = act(&mut officer, &filed, "crimes", CRIME).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(officer.follow(page).await.says("The resident is told"));
    let kept = officer.get(&page_of(&filed)).await;
    assert!(kept.says("5226012345, recorded 24 November 2026"), "{}", kept.text);
    let own = victim.get(&filed.track()).await;
    for read in [
        "5226012345",
        "pedal cycle",
        "Recorded as a crime",
        "We recorded your bike as stolen.",
        "You hear from us, even if nothing is new",
    ] {
        assert!(own.says(read), "{read}: {}", own.text);
    }
    assert!(!own.says("A person reads your report: by"), "it has been read: {}", own.text);
}

#[tokio::test]
async fn a_number_is_taken_once_and_read_however_it_is_written() {
    let (house, filed, mut officer) = desk("officer").await;
    act(&mut officer, &filed, "crimes", CRIME).await;
    let other = house.file("crime.theft", "shortest").await;
    let again = act(&mut officer, &other, "crimes", CRIME).await;
    assert!(again.status == 422 && again.says("Another crime has this number"), "{}", again.text);
    assert!(again.says("We recorded your bike as stolen."), "what was typed is there to be copied");
    let wrong = act(&mut officer, &other, "crimes", &[("offence", "44"), ("number", "12"), ("words", "x")]).await;
    assert!(wrong.status == 422 && wrong.says("We know no such crime number"), "{}", wrong.text);
    let none = act(&mut officer, &other, "crimes", &[("offence", "nothing"), ("words", "x")]).await;
    assert!(none.status == 422 && none.says("Choose an offence"), "{}", none.text);
    // Two reports, one crime (P-73).
    let joined =
        act(&mut officer, &other, "crimes/join", &[("number", "5226 012345"), ("words", "The same thief.")]).await;
    assert_eq!(joined.status, 303, "{}", joined.text);
    let page = officer.get(&page_of(&filed)).await;
    assert!(page.text.contains(&other.desk()), "{}", page.text);
    let mut victim = house.reporter(&other).await;
    let own = victim.get(&other.track()).await;
    assert!(
        own.says("5226012345") && !own.text.contains(filed.reference()),
        "nothing of the other victim: {}",
        own.text
    );
}

#[tokio::test]
async fn a_limit_that_passes_is_said_to_staff_and_to_the_victim_and_a_new_date_stands_beside_the_first() {
    let (house, filed, _) = desk("sergeant").await;
    // Signing in takes the clock of a test on by a minute.
    house.clock.forward_seconds(24 * HOUR - 120);
    tick(&house).await;
    let mut victim = again(&house, &filed).await;
    assert!(!victim.get(&filed.track()).await.says("It is late"));
    let mut sergeant = house.staff(POLICE, "sergeant").await;
    house.clock.forward_seconds(120);
    assert!(tick(&house).await > 0);
    assert_eq!(tick(&house).await, 0, "once");
    let own = victim.get(&filed.track()).await;
    assert!(
        own.says("A person reads your report: was due by 25 November 2026 at 10:00am. It is late."),
        "{}",
        own.text
    );
    assert!(sergeant.get("/staff").await.says("Late"));
    let board = sergeant.get("/staff/measures").await;
    assert!(board.says("A crime is recorded, or it is decided why not"), "{}", board.text);
    let date = |year| [("by-day", "1"), ("by-month", "12"), ("by-year", year), ("words", "Many reports came at once.")];
    for year in ["2025", "x", "", "99999"] {
        let page = act(&mut sergeant, &filed, "clocks/", &date(year)).await;
        assert!(page.status == 422 && page.says("Give a day after today"), "{year}: {}", page.text);
    }
    let page = act(&mut sergeant, &filed, "clocks/", &date("2026")).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let own = victim.get(&filed.track()).await;
    for read in
        ["was due by 25 November 2026", "New date: the end of Tuesday 1 December 2026", "Many reports came at once."]
    {
        assert!(own.says(read), "{read}: {}", own.text);
    }
}

#[tokio::test]
async fn a_step_of_a_clock_marks_the_report_and_leaves_what_staff_are_writing_good() {
    let (house, filed, _) = desk("officer").await;
    // 18 hours on, the crime is still to be recorded: its first step.
    house.clock.forward_seconds(18 * HOUR);
    let mut officer = house.staff(POLICE, "officer").await;
    let form = officer.get(&filed.desk()).await.form("/note");
    assert!(tick(&house).await > 0);
    let part = house.part(&filed, POLICE).await;
    assert_eq!((part.priority, part.flags.to_string().contains("clock_soon")), (3, true), "{}", part.flags);
    let page = officer.submit(&form, &[("words", "Typed at length.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    // Seven days before the film is wiped the report comes up, and again at three.
    house.clock.forward_seconds(22 * 24 * HOUR);
    tick(&house).await;
    assert_eq!(house.part(&filed, POLICE).await.priority, 2);
}

#[tokio::test]
async fn a_review_is_offered_only_where_a_suspect_was_interviewed_and_only_for_three_months() {
    // PT-7, P-83.
    for (interviewed, outcome, offered) in [
        ("yes", "outcome_15", true),
        ("no", "outcome_15", false),
        ("yes", "outcome_18", false),
        ("yes", "outcome_16", false),
    ] {
        let (house, filed, mut inspector) = desk("inspector").await;
        let mut victim = house.reporter(&filed).await;
        act(&mut inspector, &filed, "crimes", CRIME).await;
        if interviewed == "yes" {
            let page =
                act(&mut inspector, &filed, "event", &[("event", "interviewed"), ("words", "Said nothing.")]).await;
            assert_eq!(page.status, 303, "{}", page.text);
        }
        let form = inspector.get(&filed.desk()).await.form("/close");
        inspector.submit(&form, &[("outcome", outcome), ("words", "There was not enough proof.")]).await;
        let own = victim.get(&filed.track()).await;
        assert_eq!(own.says("If you think our decision is wrong"), offered, "{interviewed} {outcome}: {}", own.text);
        assert!(!own.says("Said nothing.") && !own.says("interviewed"), "{}", own.text);
        let review = format!("{}/review", filed.track());
        assert_eq!(victim.get(&review).await.status, if offered { 200 } else { 404 });
        if !offered {
            assert_eq!(victim.post(&review, &[("words", "Look again.")]).await.status, 404);
            continue;
        }
        let empty = victim.post(&review, &[("words", " ")]).await;
        assert!(empty.status == 422 && empty.says("Write something first"), "{}", empty.text);
        // Three months from 24 November: the 24th of February is the last day.
        house.clock.forward_seconds(92 * 24 * HOUR);
        assert_eq!(victim.get(&filed.track()).await.status, 404, "the visit is over");
        let (mut victim, mut inspector) = (again(&house, &filed).await, house.staff(POLICE, "inspector").await);
        let asked = victim.post(&review, &[("words", "You did not ask my neighbour.")]).await;
        assert_eq!(asked.status, 303, "{}", asked.text);
        assert_eq!(victim.get(&review).await.status, 404, "once");
        let page = inspector.get(&page_of(&filed)).await;
        assert!(page.says("The resident asks for a review"), "{}", page.text);
        let fields = [("stands", "no"), ("words", "We will ask your neighbour.")];
        assert_eq!(act(&mut inspector, &filed, "review", &fields).await.status, 303);
        let own = victim.get(&filed.track()).await;
        assert!(own.says("opened the report again") && own.says("We will ask your neighbour."), "{}", own.text);
    }
}

/// A link lives thirty days; the victim asks for a new one.
async fn again(house: &House, filed: &Filed) -> Client {
    let mut client = house.visitor();
    let fields = [("reference", filed.reference()), ("code", filed.receipt.code.as_str())];
    let page = client.post("/track", &fields).await;
    assert_eq!(page.status, 303, "{}", page.text);
    client.post(&format!("{}/pin", filed.track()), &[("pin", testkit::PIN)]).await;
    client
}

#[tokio::test]
async fn the_window_of_a_review_closes_at_the_end_of_its_last_day() {
    let (house, filed, mut inspector) = desk("inspector").await;
    act(&mut inspector, &filed, "crimes", CRIME).await;
    act(&mut inspector, &filed, "event", &[("event", "interviewed")]).await;
    let form = inspector.get(&filed.desk()).await.form("/close");
    inspector.submit(&form, &[("outcome", "outcome_15"), ("words", "Not enough proof.")]).await;
    // 24 February 2027, some minutes to midnight.
    house.clock.forward_seconds((92 * 24 + 14) * HOUR - 600);
    assert!(again(&house, &filed).await.get(&filed.track()).await.says("If you think our decision is wrong"));
    house.clock.forward_seconds(600);
    assert!(!again(&house, &filed).await.get(&filed.track()).await.says("If you think our decision is wrong"));
}

const SCORES: [(&str, &str); 6] = [
    ("threat", "1"),
    ("harm", "2"),
    ("risk", "1"),
    ("investigation", "3"),
    ("vulnerability", "0"),
    ("engagement", "1"),
];

#[tokio::test]
async fn an_assessment_wants_all_six_scores_a_grade_and_a_reason_and_each_is_kept() {
    let (_, filed, mut officer) = desk("officer").await;
    let with = |grade, words| [&SCORES[..], &[("grade", grade), ("words", words)]].concat();
    for (fields, why) in [
        (with("", "Why."), "Give each of the six a score"),
        (with("5", "Why."), "Give each of the six a score"),
        (vec![("grade", "2"), ("words", "Why.")], "Give each of the six a score"),
        (with("1", ""), "Write some words first"),
        (with("4", ""), "Say why it is less urgent than before"),
    ] {
        let page = act(&mut officer, &filed, "assess", &fields).await;
        assert!(page.status == 422 && page.says(why), "{fields:?}: {}", page.text);
    }
    assert_eq!(act(&mut officer, &filed, "assess", &with("2", "A child saw it.")).await.status, 303);
    assert_eq!(act(&mut officer, &filed, "assess", &with("4", "No child saw it.")).await.status, 303);
    let page = officer.get(&page_of(&filed)).await;
    assert!(page.says("Grade 4, Resolved without sending anyone.") && page.says("Grade 2, Priority."), "{}", page.text);
}

#[tokio::test]
async fn a_sensitive_report_is_followed_only_once_an_officer_has_heard_that_it_is_safe() {
    let house = House::embedded().await;
    let filed = house.file("crime.domestic", "everything").await;
    let mut victim = house.visitor();
    let page = victim.post(&filed.link(), &[]).await;
    assert!(page.status == 422 && page.says("You cannot follow this report online yet"), "{}", page.text);
    let by_code =
        victim.post("/track", &[("reference", filed.reference()), ("code", filed.receipt.code.as_str())]).await;
    assert!(by_code.status == 422 && by_code.says("You cannot follow this report online yet"), "{}", by_code.text);
    let mut officer = house.staff(POLICE, "officer").await;
    let unsure = act(&mut officer, &filed, "following", &[]).await;
    assert_eq!(unsure.status, 422, "{}", unsure.text);
    let opened = act(&mut officer, &filed, "following", &[("safe", "yes")]).await;
    assert_eq!(opened.status, 303, "{}", opened.text);
    house.reporter(&filed).await;
}

#[tokio::test]
async fn the_council_and_those_without_the_right_find_nothing() {
    let (house, filed, _) = desk("officer").await;
    let mut council = house.staff("north-somerset-council", "team_leader").await;
    assert_eq!(council.get(&page_of(&filed)).await.status, 404);
    for act in ["assess", "crimes", "crimes/join", "event", "support", "following", "review"] {
        let page = council.post(&format!("{}/{act}", filed.desk()), &[("version", "1"), ("words", "x")]).await;
        assert_eq!(page.status, 404, "{act}: {}", page.text);
    }
    let mut officer = house.staff(POLICE, "officer").await;
    assert_eq!(officer.get("/staff/measures").await.status, 404, "a supervisor's");
    act(&mut officer, &filed, "crimes", CRIME).await;
    assert!(!officer.get(&page_of(&filed)).await.text.contains("/cancel\""), "a registrar's");
    let mut registrar = house.staff(POLICE, "crime_registrar").await;
    let page = act(&mut registrar, &filed, "cancel", &[("words", "It was found: nobody took it.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    assert!(own.says("(taken back)") && own.says("It was found: nobody took it."), "{}", own.text);
}

#[tokio::test]
async fn asking_how_it_goes_is_a_task_with_a_time_for_the_answer() {
    let (house, filed, mut officer) = desk("officer").await;
    let mut victim = house.reporter(&filed).await;
    let page = victim.post(&format!("{}/news", filed.track()), &[]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let own = victim.follow(page).await;
    assert!(own.says("We answer what you wrote: by the end of Thursday 26 November 2026"), "{}", own.text);
    assert!(officer.get("/staff").await.says("Asks for news"));
    let form = officer.get(&filed.desk()).await.form("/stage");
    officer.submit(&form, &[("stage", "enquiries"), ("words", "We wait for the shop’s film.")]).await;
    let own = victim.get(&filed.track()).await;
    assert!(!own.says("We answer what you wrote") && own.says("We wait for the shop’s film."), "{}", own.text);
    assert!(!officer.get("/staff").await.says("Asks for news"));
}

#[tokio::test]
async fn the_public_reads_sums_and_small_ones_are_withheld() {
    let (house, _, _) = desk("officer").await;
    house.clock.forward_seconds(25 * HOUR);
    let page = house.visitor().get("/figures").await;
    assert!(page.says("A person reads your report") && page.says("Too few to say"), "{}", page.text);
    for _ in 0..5 {
        house.file("crime.theft", "shortest").await;
    }
    house.clock.forward_seconds(25 * HOUR);
    let page = house.visitor().get("/figures").await;
    assert!(page.says("0 % of 6"), "{}", page.text);
}

#[tokio::test]
async fn enhanced_rights_are_given_and_taken_away_with_a_reason_and_shorten_what_starts_from_then_on() {
    let (house, filed, mut officer) = desk("officer").await;
    let had = officer.get(&page_of(&filed)).await.says("Take enhanced rights away");
    if had {
        let page = act(&mut officer, &filed, "enhanced", &[("words", "She says she is not afraid any more.")]).await;
        assert_eq!(page.status, 303, "{}", page.text);
    }
    let page = act(&mut officer, &filed, "enhanced", &[("words", " ")]).await;
    assert!(page.status == 422, "{}", page.text);
    let page = act(&mut officer, &filed, "enhanced", &[("words", "The same man came back three times.")]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert!(
        officer.get("/staff").await.says("Enhanced rights")
            || officer.get(&page_of(&filed)).await.says("Enhanced rights")
    );
    act(&mut officer, &filed, "event", &[("event", "arrested"), ("words", "At his work.")]).await;
    let limits = house.db.read(|tx| {
        tx.all::<(i64,)>(
            "SELECT due_at - started_at FROM clock WHERE rule = 'told_suspect_event' AND stopped_at IS NULL",
            &[],
        )
    });
    let hours: Vec<i64> = limits.await.unwrap().iter().map(|row| row.0 / 3_600_000_000).collect();
    // One working day in place of five: it ends with tomorrow, Wednesday.
    assert!(hours.len() == 1 && hours[0] < 48, "{hours:?}");
    let form = officer.get(&page_of(&filed)).await.form("/enhanced");
    assert!(form.takes("give", "no"));
    // The victim reads nothing of it.
    let mut victim = house.reporter(&filed).await;
    assert!(!victim.get(&filed.track()).await.says("nhanced"));
}

#[tokio::test]
async fn the_kind_of_an_incident_is_suggested_said_and_said_again_when_it_is_over() {
    let (house, filed, mut officer) = desk("officer").await;
    let form = officer.get(&page_of(&filed)).await.form("/incident");
    assert_eq!(form.value("opening"), Some("crime_notifiable"), "the list suggests it for a theft");
    let page = act(&mut officer, &filed, "incident", &[("opening", "nothing"), ("closing", "")]).await;
    assert!(page.status == 422 && page.says("Choose a category from the list."), "{}", page.text);
    for (closing, says) in [("", "Incident: Crime: notifiable"), ("hoax", "over, as Hoax call")] {
        let page =
            act(&mut officer, &filed, "incident", &[("opening", "crime_notifiable"), ("closing", closing)]).await;
        assert_eq!(page.status, 303, "{}", page.text);
        assert!(officer.get(&filed.desk()).await.says(says), "{says}");
    }
    let page = act(&mut officer, &filed, "incident", &[]).await;
    assert!(page.status == 422 && page.says("That was done already"), "{}", page.text);
    let mut victim = house.reporter(&filed).await;
    assert!(!victim.get(&filed.track()).await.says("Hoax"));
}
