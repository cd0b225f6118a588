//! Cases of one or more complaints (council C-20 to C-27): what staff do in one, and what a complainant never learns.

use casework::casefile::{On, closing, merge};
use rights::{Actor, Right, Staff};
use serde_json::json;
use std::collections::BTreeMap;
use store::{casefile, casefile::Casefile, casefile_action, site_visit};
use testkit::{Client, Filed, House, Page, files::WAV, sample};
use uuid::Uuid;

const COUNCIL: &str = "north-somerset-council";
const POLICE: &str = "avon-and-somerset-police";
const DAY: i64 = 24 * 60 * 60;

fn at(filed: &Filed) -> String {
    format!("/staff/cases/{}", filed.reference())
}

/// A complaint with words that are found again.
async fn complaint(house: &House, mark: &str) -> Filed {
    let mut answers = sample("noise", "everything")["answers"].clone();
    answers["contact"] = json!({ "name": format!("Robin {mark}"), "email": format!("{mark}@example.org") });
    answers["truth"]["name"] = json!(format!("Robin {mark}"));
    answers["diary"][0]["description"] = json!(format!("{mark} drums"));
    house.file_answers("noise", &answers).await
}

async fn act(client: &mut Client, filed: &Filed, to: &str, fields: &[(&str, &str)]) -> Page {
    let page = client.get(&at(filed)).await;
    let form = page.forms().into_iter().find(|form| form.action.ends_with(to));
    let form = form.unwrap_or_else(|| panic!("no form {to}: {}", page.text));
    client.submit(&form, fields).await
}

async fn done(client: &mut Client, filed: &Filed, to: &str, fields: &[(&str, &str)]) -> Page {
    let page = act(client, filed, to, fields).await;
    assert_eq!(page.status, 303, "{to}: {}", page.text);
    client.follow(page).await
}

async fn kept(house: &House, filed: &Filed) -> Casefile {
    let id = filed.id;
    house.db.read(move |tx| casefile::of_report(tx, id)).await.unwrap().remove(0)
}

async fn tick(house: &House) {
    let (setting, draw) = (house.setting.clone(), house.draw());
    house.db.write(move |tx| closing::tick(tx, &setting, &mut draw.clone(), 100)).await.unwrap();
}

#[tokio::test]
async fn a_report_begins_a_case_that_staff_of_its_agency_work() {
    let house = House::embedded().await;
    let filed = complaint(&house, "ALPHA").await;
    let mut officer = house.staff(COUNCIL, "officer").await;
    let list = officer.get("/staff/cases").await;
    assert!(list.text.contains(&at(&filed)) && list.says("1, 1 person"), "{}", list.text);
    let page = officer.get(&at(&filed)).await;
    assert!(page.says("Complaint") && page.says("Open") && page.text.contains(&filed.desk()), "{}", page.text);
    assert!(officer.get(&filed.desk()).await.text.contains(&at(&filed)), "the report leads to its case");
    // A fly-tip is no case, and the police have none.
    let tip = house.file("fly-tipping", "shortest").await;
    assert_eq!(officer.get(&at(&tip)).await.status, 404);
    let mut police = house.staff(POLICE, "inspector").await;
    for path in ["/staff/cases".to_owned(), at(&filed), format!("{}/visit", at(&filed))] {
        assert_eq!(police.get(&path).await.status, 404, "{path}");
    }
    assert!(!police.get("/staff").await.text.contains("/staff/cases"));
}

#[tokio::test]
async fn merged_cases_are_read_on_one_timeline_and_taken_apart_again() {
    let house = House::embedded().await;
    let (one, two) = (complaint(&house, "ALPHA").await, complaint(&house, "BRAVO").await);
    let mut officer = house.staff(COUNCIL, "enforcement").await;
    done(&mut officer, &one, "/action", &[("type", "note"), ("words", "before the merge")]).await;
    done(&mut officer, &two, "/action", &[("type", "note"), ("words", "of the survivor before")]).await;
    house.clock.forward_seconds(60);
    let page = done(&mut officer, &one, "/merge", &[("into", two.reference())]).await;
    assert!(page.says("Merged") && page.text.contains(&at(&two)), "{}", page.text);
    let list = officer.get("/staff/cases").await;
    assert!(list.text.contains(&at(&two)) && !list.text.contains(&at(&one)), "{}", list.text);
    assert!(list.says("2, 2 people"), "{}", list.text);
    house.clock.forward_seconds(60);
    done(&mut officer, &two, "/action", &[("type", "warning_letter"), ("words", "of the survivor after")]).await;
    let page = officer.get(&at(&two)).await;
    for words in ["before the merge", "of the survivor before", "of the survivor after"] {
        assert!(page.says(words), "{words}: {}", page.text);
    }
    assert!(page.text.contains(&one.desk()) && page.text.contains(&two.desk()));
    let page = officer.get(&at(&one)).await;
    assert!(page.says("of the survivor after") && page.says("before the merge"), "{}", page.text);
    assert!(!page.says("of the survivor before"), "{}", page.text);
    // Into itself, or in a ring, no case goes.
    for into in [one.reference(), two.reference()] {
        let page = act(&mut officer, &two, "/merge", &[("into", into)]).await;
        assert!(page.status == 422 && page.says("That is the same case"), "{}", page.text);
    }
    let page = act(&mut officer, &two, "/merge", &[("into", "123 456 782")]).await;
    assert!(page.status == 422 && page.says("no such case"), "{}", page.text);
    done(&mut officer, &one, "/unmerge", &[]).await;
    assert!(officer.get("/staff/cases").await.text.contains(&at(&one)));
    let page = officer.get(&at(&two)).await;
    assert!(!page.says("before the merge") && page.says("was merged into") && page.says("was taken out of"));
    assert!(!officer.get(&at(&one)).await.says("of the survivor after"));
    let entries: Vec<(String,)> = house
        .db
        .read(|tx| tx.all("SELECT kind FROM journal WHERE kind LIKE 'case.%merged' ORDER BY id", &[]))
        .await
        .unwrap();
    assert_eq!(entries.into_iter().map(|row| row.0).collect::<Vec<_>>(), ["case.merged", "case.unmerged"]);
}

/// However cases are merged and taken apart, each is worked in one place, and each is found from there once.
#[tokio::test]
async fn no_merging_makes_a_ring_and_nothing_is_lost_or_doubled() {
    let house = House::embedded().await;
    let mut all = Vec::new();
    for mark in ["A", "B", "C", "D", "E"] {
        all.push(complaint(&house, mark).await);
    }
    let actor = Actor::Staff(Staff {
        id: house.person(COUNCIL, "enforcement").id,
        name: "Robin Example".into(),
        agency: COUNCIL.into(),
        teams: Vec::new(),
        rights: Right::ALL.iter().copied().collect(),
        remit: Default::default(),
    });
    let references: Vec<String> = all.iter().map(|filed| filed.reference().to_owned()).collect();
    let mut seed: usize = 7;
    let mut next = |most: usize| {
        // Knuth's multiplier: the same walk each time.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    let (mut merged, mut apart) = (0, 0);
    for step in 0..120 {
        house.clock.forward_seconds(1);
        let (one, into, takes_apart) = (next(5), next(5), next(3) == 0);
        let (reference, into, actor, draw) =
            (references[one].clone(), references[into].clone(), actor.clone(), house.draw());
        let worked = house.db.write(move |tx| {
            let version = casefile::by_reference(&actor, tx, &reference)?.map_or(0, |case| case.version);
            let on = On { reference: &reference, version };
            match takes_apart {
                true => merge::unmerge(&actor, tx, &mut draw.clone(), on),
                false => merge::merge(&actor, tx, &mut draw.clone(), on, &into),
            }
        });
        match (worked.await, takes_apart) {
            (Ok(()), true) => apart += 1,
            (Ok(()), false) => merged += 1,
            (Err(casework::Error::Refused(_)), _) => {}
            (Err(other), _) => panic!("{other}"),
        }
        let mut cases: BTreeMap<Uuid, Casefile> = BTreeMap::new();
        for filed in &all {
            let case = kept(&house, filed).await;
            cases.insert(case.id, case);
        }
        for case in cases.values() {
            let (mut at, mut hops) = (case, 0);
            while let Some(above) = at.merged_into {
                at = &cases[&above];
                hops += 1;
                assert!(hops < 5, "a ring after step {step}");
            }
        }
        let roots: Vec<Uuid> = cases.values().filter(|case| case.merged_into.is_none()).map(|case| case.id).collect();
        assert!(!roots.is_empty(), "step {step}");
        let mut found = house
            .db
            .read(move |tx| {
                let (mut found, mut next) = (roots, 0);
                while next < found.len() {
                    found.extend(casefile::under(tx, found[next])?.into_iter().map(|case| case.id));
                    next += 1;
                }
                Ok::<_, store::Error>(found)
            })
            .await
            .unwrap();
        found.sort_unstable();
        assert_eq!(found, cases.keys().copied().collect::<Vec<_>>(), "step {step}");
    }
    assert!(merged > 10 && apart > 5, "{merged} merged, {apart} taken apart");
}

#[tokio::test]
async fn an_action_is_back_dated_edited_for_a_while_and_never_lies_ahead() {
    let house = House::embedded().await;
    let filed = complaint(&house, "ALPHA").await;
    let mut officer = house.staff(COUNCIL, "enforcement").await;
    let day = |day: &'static str, time: &'static str| {
        [("when-day", day), ("when-month", "11"), ("when-year", "2026"), ("when-time", time)]
    };
    let call = [("type", "call"), ("words", "first words")];
    let back: Vec<_> = call.into_iter().chain(day("20", "9pm")).collect();
    let page = done(&mut officer, &filed, "/action", &back).await;
    assert!(page.says("20 November 2026 at 9:00pm") && page.says("Written 24 November 2026"), "{}", page.text);
    for (fields, why) in [
        (call.into_iter().chain(day("25", "9pm")).collect::<Vec<_>>(), "not in the future"),
        (call.into_iter().chain(day("20", "")).collect(), "as a day and a time"),
        (call.into_iter().chain(day("31", "9pm")).collect(), "as a day and a time"),
        (vec![("words", "what?")], "Choose what was done"),
        // Closing, opening and the log of a visit are acts of their own (C-24).
        (vec![("type", "closed"), ("words", "x")], "Choose what was done"),
        (vec![("type", "reopened"), ("words", "x")], "Choose what was done"),
        (vec![("type", "visit"), ("words", "x")], "Choose what was done"),
    ] {
        let forms = officer.get(&at(&filed)).await.forms();
        let mut version = forms.into_iter().find(|form| form.action.ends_with("/action")).unwrap();
        version.fields.retain(|(name, ..)| name == "version");
        let page = officer.submit(&version, &fields).await;
        assert!(page.status == 422 && page.says(why), "{fields:?}: {}", page.text);
    }
    let edit = officer.get(&at(&filed)).await.forms().into_iter().find(|form| form.action.contains("/action/"));
    let edit = edit.unwrap();
    let page = officer.submit(&edit, &[("words", "better words")]).await;
    let page = officer.follow(page).await;
    assert!(page.says("better words") && page.says("Changed a note"), "{}", page.text);
    let (timeline, history) = page.text.split_once(">History<").unwrap();
    assert!(history.contains("first words") && !timeline.contains("first words"), "the earlier text stays there");
    // Not by another, and not when the window has passed.
    let mut other = house.staff(COUNCIL, "officer").await;
    assert!(!other.get(&at(&filed)).await.text.contains("/action/"));
    let version = kept(&house, &filed).await.version.to_string();
    let page = other.post(&edit.action, &[("version", &version), ("words", "mine")]).await;
    assert!(page.status == 422 && page.says("by the person who wrote it"), "{}", page.text);
    house.clock.forward_seconds(61 * 60);
    let mut officer = house.staff(COUNCIL, "enforcement").await;
    let page = officer.get(&at(&filed)).await;
    assert!(page.says("better words") && !page.text.contains("/action/"), "{}", page.text);
    let page = officer.post(&edit.action, &[("version", &version), ("words", "late")]).await;
    assert_eq!(page.status, 422, "{}", page.text);
}

#[tokio::test]
async fn a_case_has_what_staff_hold_of_it_and_its_mark_once_a_notice_is_served() {
    let house = House::embedded().await;
    let (first, filed) = (complaint(&house, "ALPHA").await, complaint(&house, "BRAVO").await);
    let mut officer = house.staff(COUNCIL, "enforcement").await;
    let me = house.person(COUNCIL, "enforcement").id.to_string();
    let fields = [
        ("urgent", "yes"),
        ("review-day", "24"),
        ("review-month", "11"),
        ("review-year", "2026"),
        ("ward", "weston_central"),
        ("to", &me),
    ];
    let page = done(&mut officer, &first, "/edit", &fields).await;
    for words in ["24 November 2026", "Weston-super-Mare Central", "enforcement of", "Case edited: urgent"] {
        assert!(page.says(words), "{words}: {}", page.text);
    }
    let list = officer.get("/staff/cases").await;
    assert!(list.says("Comes first") && list.says("To be looked at"), "{}", list.text);
    let (urgent, other) = (list.text.find(&at(&first)).unwrap(), list.text.find(&at(&filed)).unwrap());
    assert!(urgent < other, "urgent ones first, older as they are");
    let page = act(&mut officer, &filed, "/edit", &[("ward", "atlantis")]).await;
    assert_eq!(page.status, 422, "{}", page.text);
    assert_eq!(kept(&house, &filed).await.notice_at, None);
    done(&mut officer, &filed, "/action", &[("type", "abatement_notice"), ("words", "")]).await;
    assert!(officer.get("/staff/cases").await.says("Notice served"));
    // Edits are internal: history has them, the timeline has not.
    let id = kept(&house, &first).await.id;
    let rows = house.db.read(move |tx| casefile_action::of_casefile(tx, id)).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.kind.as_str()).collect::<Vec<_>>(), ["edited"]);
    // A page that is older than the case changes nothing.
    let page = officer.post(&format!("{}/edit", at(&first)), &[("version", "1"), ("urgent", "")]).await;
    assert!(page.status == 422 && page.says("changed this case just before you"), "{}", page.text);
}

#[tokio::test]
async fn people_believed_responsible_are_hidden_from_those_without_the_right() {
    let house = House::embedded().await;
    let filed = complaint(&house, "ALPHA").await;
    let mut enforcement = house.staff(COUNCIL, "enforcement").await;
    let page = done(&mut enforcement, &filed, "/people", &[("words", "Sam SUSPECT at number 3")]).await;
    assert!(page.says("Sam SUSPECT at number 3"), "{}", page.text);
    let remove = page.form("/remove");
    let mut officer = house.staff(COUNCIL, "officer").await;
    let page = officer.get(&at(&filed)).await;
    assert!(!page.says("SUSPECT") && !page.says("People believed responsible"), "{}", page.text);
    assert!(!page.says("case.person"), "{}", page.text);
    let version = remove.value("version").unwrap().to_owned();
    for path in [format!("{}/people", at(&filed)), remove.action.clone()] {
        let page = officer.post(&path, &[("version", &version), ("words", "x")]).await;
        assert_eq!(page.status, 404, "{path}: {}", page.text);
    }
    let facts: Vec<(String,)> = house
        .db
        .read(|tx| tx.all("SELECT CAST(facts AS TEXT) FROM journal WHERE kind = 'case.person_added'", &[]))
        .await
        .unwrap();
    assert!(facts.len() == 1 && !facts[0].0.contains("SUSPECT"), "{facts:?}");
    let page = enforcement.submit(&remove, &[]).await;
    assert!(!enforcement.follow(page).await.says("SUSPECT"));
}

#[tokio::test]
async fn a_case_of_one_complaint_closes_by_itself_after_its_complainant_was_told() {
    let house = House::embedded().await;
    let (quiet, again, merged, other) = (
        complaint(&house, "QUIET").await,
        complaint(&house, "AGAIN").await,
        complaint(&house, "MERGED").await,
        complaint(&house, "OTHER").await,
    );
    let mut officer = house.staff(COUNCIL, "enforcement").await;
    done(&mut officer, &merged, "/merge", &[("into", other.reference())]).await;
    done(&mut officer, &merged, "/unmerge", &[]).await;
    house.clock.forward_seconds(20 * DAY);
    tick(&house).await;
    assert_eq!(kept(&house, &quiet).await.warned_at, None, "not before day 21");
    house.clock.forward_seconds(2 * DAY);
    tick(&house).await;
    let sent = |house: &House| {
        let db = house.db.clone();
        async move {
            let rows: Vec<(Uuid,)> = db
                .read(|tx| {
                    tx.all(
                        "SELECT d.report FROM delivery AS d JOIN journal AS j ON j.id = d.entry \
                         WHERE j.kind = 'case.closing'",
                        &[],
                    )
                })
                .await
                .unwrap();
            rows.into_iter().map(|row| row.0).collect::<Vec<_>>()
        }
    };
    let mut told = sent(&house).await;
    told.sort_unstable();
    let mut wanted = vec![quiet.id, again.id];
    wanted.sort_unstable();
    assert_eq!(told, wanted, "merged ones are not closed by time, either way");
    let mut reporter = house.reporter(&quiet).await;
    let page = reporter.get(&quiet.track()).await;
    assert!(page.says("We will close this in 7 days") && page.says("add it to your diary"), "{}", page.text);
    // Who adds to the diary keeps the case open.
    let mut reporter = house.reporter(&again).await;
    let form = reporter.get(&format!("{}/diary/earlier", again.track())).await.form("/earlier");
    let fields = [
        ("diary.0.date.day", "1"),
        ("diary.0.date.month", "12"),
        ("diary.0.date.year", "2026"),
        ("diary.0.description", "Drums."),
        ("truth.name", "Robin Example"),
        ("truth.agree", "yes"),
    ];
    assert_eq!(reporter.submit(&form, &fields).await.status, 303);
    house.clock.forward_seconds(6 * DAY);
    tick(&house).await;
    assert_eq!(kept(&house, &quiet).await.closed_at, None, "seven days are seven days");
    house.clock.forward_seconds(2 * DAY);
    tick(&house).await;
    house.clock.forward_seconds(60 * DAY);
    tick(&house).await;
    assert!(kept(&house, &quiet).await.closed_at.is_some());
    for open in [&again, &merged, &other] {
        assert_eq!(kept(&house, open).await.closed_at, None, "{}", open.reference());
    }
    let page = house.staff(COUNCIL, "officer").await.get(&quiet.desk()).await;
    assert!(page.says("no new diary entry from you for 28 days"), "{}", page.text);
    assert_eq!(sent(&house).await.len(), 2, "once");
}

#[tokio::test]
async fn nobody_who_could_not_be_told_is_closed_by_time() {
    let house = House::embedded().await;
    let mut answers = sample("noise", "everything")["answers"].clone();
    answers["contact"] = json!({ "name": "Robin Example", "phone": "07700 900123" });
    let filed = house.file_answers("noise", &answers).await;
    for _ in 0..10 {
        house.clock.forward_seconds(10 * DAY);
        tick(&house).await;
    }
    let case = kept(&house, &filed).await;
    assert_eq!((case.closed_at, case.warned_at, case.next_at), (None, None, None));
}

const VISIT: &[(&str, &str)] = &[
    ("weather", "Dry"),
    ("parked-day", "23"),
    ("parked-month", "11"),
    ("parked-year", "2026"),
    ("parked-time", "10pm"),
    ("heard_parked", "A thump"),
    ("inside", "yes"),
    ("room", "Bedroom"),
    ("furnished", "yes"),
    ("windows_open", "no"),
    ("heard_type", "Bass"),
    ("continuous", "yes"),
    ("minutes", "25"),
    ("nuisance", "undecided"),
];

async fn log(client: &mut Client, filed: &Filed, more: &[(&str, &str)]) -> Page {
    let form = client.get(&format!("{}/visit", at(filed))).await.form("/visit");
    let mut all: BTreeMap<&str, &str> = VISIT.iter().chain(more).copied().collect();
    all.retain(|_, value| !value.is_empty());
    client.submit(&form, &all.into_iter().collect::<Vec<_>>()).await
}

#[tokio::test]
async fn the_log_of_a_visit_is_kept_in_its_parts() {
    let house = House::embedded().await;
    let filed = complaint(&house, "ALPHA").await;
    let mut officer = house.staff(COUNCIL, "enforcement").await;
    for (more, why) in [
        (vec![("inside", "")], "whether you went inside"),
        (vec![("nuisance", "")], "statutory nuisance"),
        (vec![("nuisance", "no")], "why it is not a statutory nuisance"),
        (vec![("minutes", "many")], "whole numbers"),
        (vec![("minutes", "")], "whole numbers"),
        (vec![("parked-time", "")], "a day and a time"),
        (vec![("parked-time", "25:00")], "a day and a time"),
        (vec![("parked-day", "29")], "not in the future"),
        (vec![("left-day", "23"), ("left-month", "11"), ("left-year", "2026"), ("left-time", "9pm")], "in their order"),
    ] {
        let page = log(&mut officer, &filed, &more).await;
        assert!(page.status == 422 && page.says(why), "{more:?}: {}", page.text);
        assert!(page.text.contains("A thump"), "what was typed stays");
    }
    let page = log(&mut officer, &filed, &[]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let page = officer.follow(page).await;
    for words in ["Log of the visit: 25 minutes", "23 November 2026 at 10:00pm", "Room furnished", "A thump", "Bass"] {
        assert!(page.says(words), "{words}: {}", page.text);
    }
    let id = kept(&house, &filed).await.id;
    let rows = house.db.read(move |tx| site_visit::of_casefile(tx, id)).await.unwrap();
    assert_eq!((rows[0].inside, rows[0].furnished, rows[0].windows_open), (true, Some(true), Some(false)));
    assert_eq!(rows[0].doors_open, None);
    // A short one is kept, with a warning.
    house.clock.forward_seconds(60);
    let short = [("minutes", "5"), ("inside", "no"), ("distance", "40"), ("nuisance", "no"), ("why_not", "Too quiet")];
    let page = log(&mut officer, &filed, &short).await;
    assert!(page.location.ends_with("?done=short"), "{}", page.text);
    assert!(officer.follow(page).await.says("You listened for less than most visits need"));
    let rows = house.db.read(move |tx| site_visit::of_casefile(tx, id)).await.unwrap();
    assert_eq!((rows[1].distance_metres, rows[1].furnished), (Some(40), None), "what was seen inside is not kept");
}

#[tokio::test]
async fn what_was_recorded_on_a_visit_is_evidence_of_the_case_and_of_its_agency_alone() {
    let house = House::embedded().await;
    let filed = complaint(&house, "ALPHA").await;
    let mut officer = house.staff(COUNCIL, "enforcement").await;
    let form = officer.get(&format!("{}/visit", at(&filed))).await.form("/visit");
    let version = form.filled().into_iter().find(|(name, _)| name == "version").unwrap().1;
    let mut fields = vec![("version", version.as_str())];
    fields.extend(VISIT);
    let exe: &[u8] = b"MZ\x90\0";
    let page = officer.upload(&form.action, &fields, &[("new", "bass.wav", WAV), ("new", "a.exe", exe)]).await;
    assert!(page.status == 422 && page.says("“a.exe” is not a file we can take"), "{}", page.text);
    assert!(page.text.contains("A thump"), "what was typed stays");
    let page = officer.upload(&form.action, &fields, &[("new", "bass.wav", WAV)]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let page = officer.follow(page).await;
    assert!(page.says("File 1 of the visit: sound"), "{}", page.text);
    let link = page.between(&format!("href=\"{}/files/", filed.desk()), "\"").unwrap().to_owned();
    let link = format!("{}/files/{link}", filed.desk());
    assert!(officer.get(&link).await.says("bass.wav"));
    // Who may work the report without seeing evidence does not see it.
    let mut clerk = house.staff(COUNCIL, "officer").await;
    assert_eq!((clerk.get(&filed.desk()).await.status, clerk.get(&link).await.status), (200, 404));
    assert!(!read(&house, &filed).await.contains("bass.wav"));
}

/// What the police of a house say that also works cases.
const POLICE_CASES: &str = r#"
[case]
source = "a test"
edit_minutes = 60
close_days = 28
notice_days = 7
files = 10
outcome = "outcome_1"
closing = "We will close this."
closed = "We closed this."
short_visit_minutes = 20
[[action]]
id = "case_closed"
name = "Closed"
visibility = "staff"
effect = "close"
[[action]]
id = "case_reopened"
name = "Opened again"
visibility = "staff"
effect = "reopen"
[[action]]
id = "case_edited"
name = "Edited"
visibility = "internal"
effect = "edit"
[[action]]
id = "case_visit"
name = "Visit"
visibility = "staff"
effect = "visit"
"#;

#[tokio::test]
async fn a_report_that_is_handed_over_is_a_case_there_with_what_was_shared_of_it() {
    for (shares, reads) in [(&["account"][..], true), (&["place"], false)] {
        let house = House::where_agency_says(POLICE, POLICE_CASES).await;
        let filed = complaint(&house, "ALPHA").await;
        let mut reporter = house.reporter(&filed).await;
        let fields = [
            ("diary.0.date.day", "21"),
            ("diary.0.date.month", "11"),
            ("diary.0.date.year", "2026"),
            ("diary.0.start", "9pm"),
            ("diary.0.description", "EARLIER drums"),
            ("diary.0.rooms", "Bedroom"),
            ("diary.0.effect", "I cannot sleep."),
            ("truth.agree", "yes"),
            ("truth.name", "Robin ALPHA"),
        ];
        let form = reporter.get(&format!("{}/diary/earlier", filed.track())).await.form("/earlier");
        let signed = reporter.submit(&form, &fields).await;
        assert_eq!(signed.status, 303, "{}", signed.text);
        let mut council = house.staff(COUNCIL, "enforcement").await;
        let form = council.get(&filed.desk()).await.form("/transfer");
        let mut ask = vec![("agency", POLICE), ("words", "It comes with threats now.")];
        ask.extend(shares.iter().map(|group| ("share", *group)));
        assert_eq!(council.submit(&form, &ask).await.status, 303);
        house.clock.forward_seconds(60);
        let mut police = house.staff(POLICE, "inspector").await;
        assert_eq!(police.get(&at(&filed)).await.status, 404, "asked is not given");
        let form = police.get(&filed.desk()).await.form("/accept");
        assert_eq!(police.submit(&form, &[]).await.status, 303);
        let page = police.get(&at(&filed)).await;
        assert!(page.says("It happened again") && page.says("Complaint"), "{}", page.text);
        assert_eq!(page.says("EARLIER drums"), reads, "{shares:?}: {}", page.text);
        assert_eq!(police.get(&filed.desk()).await.says("EARLIER drums"), reads, "{shares:?}");
        // What is said from now on is theirs to read.
        house.clock.forward_seconds(60);
        let form = reporter.get(&format!("{}/diary/earlier", filed.track())).await.form("/earlier");
        let fields =
            fields.map(|(name, value)| (name, if value.starts_with("EARLIER") { "LATER drums" } else { value }));
        assert_eq!(reporter.submit(&form, &fields).await.status, 303);
        let page = police.get(&at(&filed)).await;
        assert!(page.says("LATER drums") && page.says("EARLIER drums") == reads, "{}", page.text);
        assert!(council.get(&at(&filed)).await.status == 200, "the sender keeps its case");
    }
}

/// Every page of a report that its reporter reads.
async fn read(house: &House, filed: &Filed) -> String {
    let mut client = house.reporter(filed).await;
    let mut text = String::new();
    for page in ["", "/diary", "/diary/print", "/diary/earlier", "/files", "/proof", "/paper"] {
        text += &client.get(&format!("{}{page}", filed.track())).await.text;
    }
    text
}

#[tokio::test]
async fn a_complainant_never_learns_that_others_complained_who_they_are_or_of_a_merge() {
    let house = House::embedded().await;
    let (one, two) = (complaint(&house, "MARKALPHA").await, complaint(&house, "MARKBRAVO").await);
    let mut officer = house.staff(COUNCIL, "enforcement").await;
    let mut reporter = house.reporter(&two).await;
    let form = reporter.get(&format!("{}/diary/earlier", two.track())).await.form("/earlier");
    let fields = [
        ("diary.0.date.day", "20"),
        ("diary.0.date.month", "11"),
        ("diary.0.date.year", "2026"),
        ("diary.0.description", "MARKBRAVO again"),
        ("truth.name", "Robin MARKBRAVO"),
        ("truth.agree", "yes"),
    ];
    assert_eq!(reporter.submit(&form, &fields).await.status, 303);
    // Each case has letters of its own from before: the other's complainant never reads of those.
    done(&mut officer, &one, "/action", &[("type", "contacted_complainant"), ("words", "MARKINNER MARKALPHA")]).await;
    done(&mut officer, &two, "/people", &[("words", "MARKSUSPECT")]).await;
    house.clock.forward_seconds(60);
    done(&mut officer, &one, "/merge", &[("into", two.reference())]).await;
    house.clock.forward_seconds(60);
    let note = [("type", "advisory_letter"), ("words", "MARKINNER to the source of MARKALPHA and MARKBRAVO")];
    done(&mut officer, &two, "/action", &note).await;
    done(&mut officer, &two, "/action", &[("type", "warning_letter"), ("words", "MARKINNER")]).await;
    let (first, second) = (read(&house, &one).await, read(&house, &two).await);
    // Both read of the letter, which came after the merge; of the call only the one who was called.
    assert!(first.contains("Advisory letter sent") && second.contains("Advisory letter sent"));
    assert!(first.contains("Contacted the complainant") && !second.contains("Contacted the complainant"));
    assert!(first.contains("MARKALPHA") && second.contains("MARKBRAVO again"));
    for (text, other, reference) in [(&first, "MARKBRAVO", &two), (&second, "MARKALPHA", &one)] {
        for mark in [other, "MARKINNER", "MARKSUSPECT", reference.reference(), "Warning letter", "erged", "omplainants"]
        {
            assert!(!text.contains(mark), "{mark}");
        }
        let spaced = casework::codes::show_reference(reference.reference());
        assert!(!text.contains(&spaced), "{spaced}");
    }
    // Nor does what leaves by mail, nor the journal of the report.
    let marks: Vec<(String,)> =
        house.db.read(|tx| tx.all("SELECT CAST(facts AS TEXT) FROM delivery", &[])).await.unwrap();
    assert!(marks.len() > 3 && marks.iter().all(|row| !row.0.contains("MARK")), "{marks:?}");
    for filed in [&one, &two] {
        let mut program = house.program(filed).await;
        let page = program.get(&format!("/api/v1/reports/{}", filed.reference())).await;
        assert!(
            page.status == 200 && !page.text.contains("MARKINNER") && !page.text.contains("erged"),
            "{}",
            page.text
        );
    }
    // Apart again, what is done in the one is nothing to the other.
    done(&mut officer, &one, "/unmerge", &[]).await;
    house.clock.forward_seconds(60);
    done(&mut officer, &two, "/action", &[("type", "contacted_complainant"), ("words", "")]).await;
    let calls = read(&house, &one).await.matches("Contacted the complainant").count();
    assert_eq!(calls, 1, "the own one");
}

#[tokio::test]
async fn closing_a_case_ends_its_reports_and_opening_it_takes_up_those_that_ended_with_it() {
    let house = House::embedded().await;
    let (one, two) = (complaint(&house, "ALPHA").await, complaint(&house, "BRAVO").await);
    let mut officer = house.staff(COUNCIL, "enforcement").await;
    done(&mut officer, &one, "/merge", &[("into", two.reference())]).await;
    let page = act(&mut officer, &two, "/close", &[("outcome", "not_ours"), ("words", "x")]).await;
    assert_eq!(page.status, 422, "who acts instead is said for each report: {}", page.text);
    done(&mut officer, &two, "/close", &[("outcome", "ended"), ("words", "It is quiet now.")]).await;
    for filed in [&one, &two] {
        assert!(house.part(filed, COUNCIL).await.core.ended());
        let mut reporter = house.reporter(filed).await;
        assert!(reporter.get(&filed.track()).await.says("It is quiet now."));
    }
    assert!(officer.get("/staff/cases?view=closed").await.text.contains(&at(&two)));
    house.clock.forward_seconds(60);
    done(&mut officer, &two, "/reopen", &[("words", "We go on.")]).await;
    for filed in [&one, &two] {
        assert!(!house.part(filed, COUNCIL).await.core.ended());
    }
    // Who may close may not open again.
    let mut other = house.staff(COUNCIL, "officer").await;
    done(&mut other, &two, "/close", &[("outcome", "ended"), ("words", "Again quiet.")]).await;
    assert!(!other.get(&at(&two)).await.forms().iter().any(|form| form.action.ends_with("/reopen")));
    let version = kept(&house, &two).await.version.to_string();
    let page = other.post(&format!("{}/reopen", at(&two)), &[("version", &version), ("words", "x")]).await;
    assert_eq!(page.status, 404);
}
