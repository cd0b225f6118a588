//! What is private carries a mark, and the mark is in nothing that a resident, the public or another agency gets, nor in
//! what leaves by mail.

use axum::{body::Body, http::Request};
use casework::report::follow;
use rights::{Actor, Resident, Sight};
use serde_json::{Value as Json, json};
use testkit::{Client, Filed, House, sample};

const POLICE: &str = "avon-and-somerset-police";
const COUNCIL: &str = "north-somerset-council";
/// In each word that staff write for colleagues.
const INNER: &str = "MARKINNER";
/// In each word that the reporter gave.
const TOLD: &str = "MARKTOLD";

/// Puts the mark into every text of the answers but options, places and addresses of mail.
fn marked(answers: &mut Json, free: &[&str]) {
    if let Json::Object(map) = answers {
        for (id, answer) in map.iter_mut() {
            match answer {
                Json::String(text) if free.contains(&id.as_str()) => text.push_str(TOLD),
                Json::Array(rows) => rows.iter_mut().for_each(|row| marked(row, free)),
                Json::Object(_) => marked(answer, free),
                _ => {}
            }
        }
    }
}

async fn worked() -> (House, Filed, Client) {
    let house = House::embedded().await;
    let (filed, inspector) = told_and_worked(&house, "everything").await;
    (house, filed, inspector)
}

/// A report by this sample, assessed, recorded, with an arrest, a note and a question.
async fn told_and_worked(house: &House, told: &str) -> (Filed, Client) {
    let mut answers = sample("crime.assault", told)["answers"].clone();
    marked(
        &mut answers,
        &["story.text", "name", "description", "address", "relationship", "contact", "evid.cctv_holder"],
    );
    let filed = house.file_answers("crime.assault", &answers).await;
    let mut inspector = house.staff(POLICE, "inspector").await;
    let inner = |what: &str| format!("{INNER} {what}");
    for (page, act, fields) in [
        ("", "/note", vec![("words", inner("note"))]),
        (
            "/crime",
            "/assess",
            ["threat", "harm", "risk", "investigation", "vulnerability", "engagement"]
                .map(|score| (score, "2".to_owned()))
                .into_iter()
                .chain([("grade", "2".to_owned()), ("words", inner("assessment"))])
                .collect(),
        ),
        ("/crime", "/crimes", vec![("offence", "8N".to_owned()), ("words", "We recorded it.".to_owned())]),
        ("/crime", "/event", vec![("event", "arrested".to_owned()), ("words", inner("event"))]),
        ("", "/ask", vec![("words", "May we call?".to_owned())]),
    ] {
        let form = inspector.get(&format!("{}{page}", filed.desk())).await.form(act);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let done = inspector.submit(&form, &fields).await;
        assert_eq!(done.status, 303, "{act}: {}", done.text);
    }
    (filed, inspector)
}

fn is_clean(at: &str, text: &str, marks: &[&str]) {
    for mark in marks {
        let found = text.find(mark).map(|at| text[at..].chars().take(60).collect::<String>());
        assert_eq!(found, None, "{at}");
    }
}

#[tokio::test]
async fn the_reporter_reads_nothing_that_staff_wrote_for_each_other() {
    let (house, filed, mut inspector) = worked().await;
    let desk = inspector.get(&filed.desk()).await.text;
    assert!(["note", "assessment", "event"].iter().all(|what| desk.contains(&format!("{INNER} {what}"))), "{desk}");
    let mut victim = house.reporter(&filed).await;
    for page in ["", "/proof", "/proof/file", "/files"] {
        let page = victim.get(&format!("{}{page}", filed.track())).await;
        is_clean("the reporter", &page.text, &[INNER, "arrested", "THRIVE", "Grade 2"]);
    }
    let mut program = house.program(&filed).await;
    let request = Request::get(format!("/api/v1/reports/{}", filed.reference())).header("report-pin", testkit::PIN);
    let api = program.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(api.status, 200, "{}", api.text);
    is_clean("the API", &api.text, &[INNER, "arrested", "THRIVE"]);
}

#[tokio::test]
async fn a_witness_reads_the_stage_and_what_was_written_to_them_and_nothing_of_the_case() {
    let house = House::embedded().await;
    let (filed, mut inspector) = told_and_worked(&house, "a-witness").await;
    let desk = inspector.get(&filed.desk()).await;
    assert!(desk.says("A witness or a third party told us."), "{}", desk.text);
    let mut witness = house.reporter(&filed).await;
    let own = witness.get(&filed.track()).await;
    assert!(own.status == 200 && own.says("May we call?") && own.says("We got your report"), "{}", own.text);
    let hidden =
        [INNER, TOLD, "arrested", "8N", "Recorded as", "rime number", "promised", "insurer", "We recorded it."];
    is_clean("the witness", &own.text, &hidden);
    let sent = witness.submit(&own.form("/words"), &[("words", "Yes, in the evening.")]).await;
    assert!(witness.follow(sent).await.says("Yes, in the evening."));
    for (page, status) in [("/files", 200), ("/proof", 404), ("/proof/file", 404), ("/paper", 404), ("/review", 404)] {
        let page_of = witness.get(&format!("{}{page}", filed.track())).await;
        assert_eq!(page_of.status, status, "{page}");
        is_clean(page, &page_of.text, &hidden);
    }
    for act in ["withdraw", "news", "review"] {
        assert_eq!(witness.post(&format!("{}/{act}", filed.track()), &[("words", "No.")]).await.status, 404, "{act}");
    }
    let mut program = house.program(&filed).await;
    let request = Request::get(format!("/api/v1/reports/{}", filed.reference())).header("report-pin", testkit::PIN);
    let api = program.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((api.status, &api.json()["sight"]), (200, &json!("short")), "{}", api.text);
    assert!(api.json().get("answers").is_none() && api.text.contains("May we call?"), "{}", api.text);
    is_clean("the API", &api.text, &hidden);
}

#[tokio::test]
async fn no_clock_of_the_victims_code_runs_for_a_witness() {
    let house = House::embedded().await;
    let code = |rules: Vec<(String,)>| rules.into_iter().map(|row| row.0).collect::<Vec<_>>();
    for (told, owed) in [("a-witness", false), ("everything", true)] {
        told_and_worked(&house, told).await;
        let rules = house.db.read(|tx| tx.all::<(String,)>("SELECT rule FROM clock WHERE stopped_at IS NULL", &[]));
        let rules = code(rules.await.unwrap());
        assert_eq!(rules.iter().any(|rule| rule == "update_due"), owed, "{told}: {rules:?}");
    }
}

#[tokio::test]
async fn another_agency_and_the_public_read_nothing_of_it_at_all() {
    let (house, filed, mut inspector) = worked().await;
    let mut council = house.staff(COUNCIL, "team_leader").await;
    let mut visitor = house.visitor();
    for page in [filed.desk(), format!("{}/crime", filed.desk()), format!("{}/history", filed.desk())] {
        assert_eq!(council.get(&page).await.status, 404, "{page}");
    }
    for page in ["/staff", "/staff/map", "/staff/pins", "/staff/measures"] {
        is_clean(page, &council.get(page).await.text, &[INNER, TOLD, filed.reference()]);
    }
    // What was searched for stands on the page again; what was found would be a report.
    is_clean("a search", &council.get("/staff?q=MARKTOLD").await.text, &[INNER, filed.reference()]);
    for page in ["/", "/figures", "/report", "/ledger/checkpoint"] {
        is_clean(page, &visitor.get(page).await.text, &[INNER, TOLD]);
    }
    // Asked to take it, the council reads the summary alone.
    let form = inspector.get(&filed.desk()).await.form("/transfer");
    inspector.submit(&form, &[("agency", COUNCIL), ("words", "Please look at the lamp there.")]).await;
    let asked = council.get(&filed.desk()).await;
    assert!(asked.status == 200 && asked.says("Please look at the lamp there."), "{}", asked.text);
    is_clean("asked", &asked.text, &[INNER, TOLD]);
    let form = council.get(&filed.desk()).await.form("/accept");
    council.submit(&form, &[]).await;
    is_clean("taken", &council.get(&filed.desk()).await.text, &[INNER, TOLD]);
}

#[tokio::test]
async fn no_mark_is_in_mail_journal_facts_or_numbers() {
    let (house, filed, _) = worked().await;
    let facts = house.db.read(|tx| tx.all::<(Json,)>("SELECT facts FROM journal", &[])).await.unwrap();
    is_clean("the journal", &json!(facts.iter().map(|row| &row.0).collect::<Vec<_>>()).to_string(), &[INNER, TOLD]);
    let mail = house.db.read(|tx| tx.all::<(Json, String)>("SELECT facts, template FROM delivery", &[])).await.unwrap();
    assert!(!mail.is_empty(), "{}", filed.reference());
    is_clean("mail", &json!(mail.iter().map(|row| (&row.0, &row.1)).collect::<Vec<_>>()).to_string(), &[INNER, TOLD]);
    is_clean("numbers", &house.operator().get("/metrics").await.text, &[INNER, TOLD, filed.reference()]);
}

#[tokio::test]
async fn the_paper_for_an_insurer_holds_things_and_no_people_and_no_story() {
    let (house, filed, _) = worked().await;
    let actor = Actor::Resident(Resident { report: filed.id, sight: Sight::Whole });
    let (setting, now) = (house.setting.clone(), casework::Clock::now(&*house.clock));
    let shown = house.db.read(move |tx| follow::following(&actor, tx, &setting, now)).await.unwrap();
    let fonts = house.app.assets.paper_fonts();
    let fonts = paper::Fonts::read(&fonts.regular, &fonts.bold).unwrap();
    let words = format!("{:?}", web::track::paper::words(&shown, now, &fonts));
    assert!(words.contains(&casework::codes::show_reference(filed.reference())), "{words}");
    is_clean("the paper", &words, &[INNER, TOLD, "arrested", "Robin"]);
    let page = house.reporter(&filed).await.get(&format!("{}/paper", filed.track())).await;
    assert_eq!((page.status, page.header("content-type")), (200, "application/pdf"));
    assert_eq!(page.header("content-disposition"), "attachment; filename=\"report.pdf\"");
}
