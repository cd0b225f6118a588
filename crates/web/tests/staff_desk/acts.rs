use crate::kept::{changed, kept};
use testkit::{Client, Filed, House, Page};

const COUNCIL: &str = "north-somerset-council";
const LEADER: &str = "team_leader";

async fn desk() -> (House, Filed, Client) {
    let house = House::embedded().await;
    let filed = house.file("fly-tipping", "everything").await;
    let leader = house.staff(COUNCIL, LEADER).await;
    (house, filed, leader)
}

async fn act(client: &mut Client, filed: &Filed, act: &str, fields: &[(&str, &str)]) -> Page {
    let form = client.get(&filed.desk()).await.form(&format!("/{act}"));
    client.submit(&form, fields).await
}

fn entries(changes: &[String]) -> Vec<String> {
    let is_act = |change: &&String| change.starts_with("journal ") && !change.contains(".seen ");
    changes.iter().filter(is_act).cloned().collect()
}

#[tokio::test]
async fn each_act_is_one_entry_tells_the_resident_and_shows_on_both_sides() {
    let (house, filed, mut leader) = desk().await;
    let mut resident = house.reporter(&filed).await;
    let person = format!("person:{}", house.person(COUNCIL, "officer").id);
    for (name, fields, entry, told, shown, public) in [
        ("acknowledge", &[][..], "report.acknowledged", 1, "has read the report", "has read the report"),
        ("assign", &[("to", person.as_str())], "report.assigned", 0, "Given to officer of", ""),
        ("assign", &[("to", "")], "report.assigned", 0, "Put back in the team’s list", ""),
        ("stage", &[("stage", "planned"), ("words", "On Monday.")], "stage.set", 1, "On Monday.", "On Monday."),
        ("ask", &[("words", "Which side?")], "question.asked", 1, "Which side?", "Which side?"),
        ("note", &[("words", "Take gloves.")], "note.added", 0, "Take gloves.", ""),
        ("close", &[("outcome", "fixed"), ("words", "All gone.")], "report.closed", 1, "All gone.", "All gone."),
        ("reopen", &[("words", "Still there.")], "report.reopened", 1, "Still there.", "Still there."),
    ] {
        let before = kept(&house).await;
        let page = act(&mut leader, &filed, name, fields).await;
        assert_eq!(page.status, 303, "{name}: {}", page.text);
        let changes = changed(&before, &kept(&house).await);
        assert_eq!(entries(&changes), [format!("journal {entry} +1")], "{name}");
        assert_eq!(changes.contains(&"delivery +1".to_owned()), told == 1, "{name}: {changes:?}");
        assert!(leader.follow(page).await.says(shown), "{name}");
        let own = resident.get(&filed.track()).await;
        assert!(public.is_empty() || own.says(public), "{name}: {}", own.text);
        for inner in ["Take gloves.", "Given to officer", "officer of", "team_leader"] {
            assert!(!own.says(inner), "{name}: the resident sees {inner}");
        }
    }
}

#[tokio::test]
async fn what_is_refused_keeps_what_was_typed_and_nothing_else() {
    let (house, filed, mut leader) = desk().await;
    let long = "x".repeat(5001);
    for (name, fields, why) in [
        ("assign", vec![("to", "person:00000000-0000-7000-8000-000000000000")], "Choose a person or team"),
        ("assign", vec![("to", "team:nothing")], "Choose a person or team"),
        ("assign", vec![("to", "x")], "Choose a person or team"),
        ("stage", vec![("stage", ""), ("words", "Typed at length.")], "Choose a state from the list"),
        ("stage", vec![("stage", "closed"), ("words", "Typed at length.")], "Choose a state from the list"),
        ("stage", vec![("stage", "planned"), ("words", " ")], "Write some words first"),
        ("ask", vec![("words", long.as_str())], "no more than 5,000"),
        ("ask", vec![("words", "a\u{202e}b")], "hidden characters"),
        ("note", vec![("words", "")], "Write some words first"),
        ("transfer", vec![("agency", "nobody"), ("words", "Typed at length.")], "Choose an agency"),
        ("transfer", vec![("agency", "avon-and-somerset-police"), ("words", "")], "Write some words first"),
        ("close", vec![("outcome", "nothing"), ("words", "Typed at length.")], "Choose an outcome"),
    ] {
        let before = kept(&house).await;
        let page = act(&mut leader, &filed, name, &fields).await;
        assert_eq!((page.status, page.heading().as_str()), (422, "That was not saved"), "{name}");
        assert!(page.says(why), "{name} {fields:?}: {}", page.text);
        let typed = fields.iter().find(|(field, _)| *field == "words").map_or("", |(_, words)| words);
        assert!(page.says(typed), "{name}: what was typed is gone");
        assert!(page.text.contains(&format!("href=\"{}\"", filed.desk())), "{name}");
        assert!(entries(&changed(&before, &kept(&house).await)).is_empty(), "{name}");
    }
}

#[tokio::test]
async fn an_act_on_a_page_that_is_out_of_date_is_not_done_and_its_words_come_back() {
    let (house, filed, mut leader) = desk().await;
    let page = leader.get(&filed.desk()).await;
    let old: Vec<_> = ["stage", "ask", "close", "transfer"].map(|act| page.form(&format!("/{act}"))).into();
    act(&mut leader, &filed, "acknowledge", &[]).await;
    let before = kept(&house).await;
    let words = [("words", "<i>Much work</i>"), ("stage", "planned"), ("outcome", "fixed")];
    for form in &old {
        let page = leader.submit(form, &words).await;
        assert!(page.status == 422 && page.says("Somebody changed this report just before you"), "{}", page.text);
        assert!(page.says("<i>Much work</i>") && !page.text.contains("<i>Much"), "{}", page.text);
    }
    for version in ["", "x", "-1", "0", "99999999999999999999", "1; DROP TABLE report"] {
        let form = leader.get(&filed.desk()).await.form("/note");
        let page = leader.submit(&form, &[("version", version), ("words", "Kept?")]).await;
        assert_eq!(page.status, 422, "{version}");
    }
    assert!(entries(&changed(&before, &kept(&house).await)).is_empty());
}

#[tokio::test]
async fn an_ended_report_takes_no_acts_but_a_note_and_is_opened_again_by_those_who_may() {
    let (house, filed, mut leader) = desk().await;
    let open = leader.get(&filed.desk()).await;
    act(&mut leader, &filed, "close", &[("outcome", "fixed"), ("words", "Gone.")]).await;
    let page = leader.get(&filed.desk()).await;
    let version = page.form("/note").value("version").unwrap().to_owned();
    for gone in ["acknowledge", "assign", "stage", "ask", "close", "transfer"] {
        assert!(!page.text.contains(&format!("/{gone}\"")), "{gone} is offered");
        let form = open.form(&format!("/{gone}"));
        let fields = [("version", version.as_str()), ("words", "w"), ("stage", "planned"), ("outcome", "fixed")];
        let page = leader.submit(&form, &fields).await;
        assert!(page.status == 422 && page.says("This report has ended"), "{gone}: {}", page.text);
    }
    let mut officer = house.staff(COUNCIL, "officer").await;
    assert!(!officer.get(&filed.desk()).await.text.contains("/reopen\""));
    // How it ended follows from its entry; a row that somebody changed does not.
    assert_eq!(house.adrift().await, [""; 0]);
    let set = |sql: &'static str| house.db.write(move |tx| tx.run(sql, &[]));
    set("UPDATE sub_case SET outcome = 'duplicate'").await.unwrap();
    assert!(house.adrift().await[0].starts_with("the outcome of north-somerset-council of report"));
    set("UPDATE sub_case SET outcome = 'fixed'").await.unwrap();
    assert_eq!(act(&mut leader, &filed, "reopen", &[("words", "It is back.")]).await.status, 303);
    assert!(leader.get("/staff").await.says("1 report"));
    assert_eq!(house.adrift().await, [""; 0]);
}

#[tokio::test]
async fn acknowledging_twice_and_two_at_once_is_done_once() {
    let (house, filed, mut leader) = desk().await;
    let form = leader.get(&filed.desk()).await.form("/acknowledge");
    let mut other = house.staff(COUNCIL, "officer").await;
    let before = kept(&house).await;
    let (one, two) = tokio::join!(leader.submit(&form, &[]), other.submit(&form, &[]));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    assert_eq!(entries(&changed(&before, &kept(&house).await)), ["journal report.acknowledged +1"]);
}

#[tokio::test]
async fn the_history_of_who_looked_is_for_those_with_its_right() {
    let (house, filed, mut leader) = desk().await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let history = format!("{}/history", filed.desk());
    assert!(!officer.get(&filed.desk()).await.text.contains(&history));
    assert!(leader.get(&filed.desk()).await.text.contains(&history));
    let seen = leader.get(&history).await;
    assert!(seen.says("What the resident told us") && seen.says("To work on it"), "{}", seen.text);
    assert_eq!(seen.text.matches("data-label=\"Who\"").count(), 2, "{}", seen.text);
    // To look at the list is a look.
    assert_eq!(leader.get(&history).await.text.matches("To check who opened it").count(), 1);
    assert_eq!(officer.get(&history).await.status, 404);
}

#[tokio::test]
async fn a_report_that_another_body_takes_is_closed_with_who_and_how_and_that_the_resident_was_told() {
    // P-81, outcome 20.
    let house = House::embedded().await;
    let filed = house.file("crime.theft", "shortest").await;
    let mut officer = house.staff("avon-and-somerset-police", "officer").await;
    let form = officer.get(&filed.desk()).await.form("/close");
    let whole = [
        ("outcome", "outcome_20"),
        ("words", "They run the car park."),
        ("body", "Example Parks"),
        ("contact", "01632 960001"),
        ("told", "yes"),
    ];
    for left_out in ["body", "contact", "told"] {
        let fields: Vec<_> = whole.into_iter().filter(|(name, _)| *name != left_out).collect();
        let page = officer.submit(&form, &fields).await;
        assert!(page.status == 422 && page.says("Say who acts now"), "{left_out}: {}", page.text);
        assert!(page.says("They run the car park."), "what was typed is there to be copied");
    }
    let page = officer.submit(&form, &whole).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let own = house.reporter(&filed).await.get(&filed.track()).await;
    for read in ["Example Parks is now dealing with this", "How to reach them: 01632 960001", "They run the car park."]
    {
        assert!(own.says(read), "{read}: {}", own.text);
    }
    assert!(!own.says("{agency}"));
    // Other outcomes ask for none of it.
    let other = house.file("crime.theft", "shortest").await;
    let form = officer.get(&other.desk()).await.form("/close");
    let fields = [("outcome", "outcome_18"), ("words", "We looked.")];
    assert_eq!(officer.submit(&form, &fields).await.status, 303);
}
