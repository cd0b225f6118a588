//! One whole journey on a database server, in a schema of its own.

use std::{env, io::Write};
use store::{DatabasePlace, Db};
use testkit::House;

/// The server of the tests; without one the test says so, and fails where `CI` is set.
fn server() -> Option<String> {
    let server = env::var("MOOTHALL_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    if server.is_none() {
        assert!(env::var_os("CI").is_none(), "MOOTHALL_TEST_POSTGRES must name a server where CI is set");
        let _ = writeln!(std::io::stderr(), "skipped on PostgreSQL: MOOTHALL_TEST_POSTGRES names no server");
    }
    server
}

async fn run(server: &str, statement: String) {
    let db = Db::open(&DatabasePlace::parse(server)).unwrap();
    db.write(move |tx| tx.run(&statement, &[])).await.unwrap();
}

#[tokio::test]
async fn a_report_is_sent_worked_and_followed_on_a_server() {
    let Some(server) = server() else { return };
    let schema = format!("journey_{}", std::process::id());
    run(&server, format!("CREATE SCHEMA {schema}")).await;
    let joint = if server.contains('?') { '&' } else { '?' };
    let house = House::at(&format!("{server}{joint}options=-csearch_path%3D{schema}")).await;
    let mut visitor = house.visitor();
    for (question, field, value) in [
        ("now", "now", "no"),
        ("photos", "photos", ""),
        ("where", "where.text", "Grand Pier"),
        ("land", "land", "road_verge"),
        ("waste", "waste", "mattress"),
        ("size", "size", "single_item"),
        ("contact", "contact.email", "robin@example.org"),
    ] {
        let page = visitor.post(&format!("/report/fly-tipping/q/{question}"), &[(field, value)]).await;
        assert_eq!(page.status, 303, "{question}: {}", page.text);
    }
    let sent = visitor.post("/report/fly-tipping/send", &[]).await;
    let done = visitor.follow(sent).await;
    let link = done.between("href=\"/track/link/", "\"").unwrap_or_else(|| panic!("{}", done.text)).to_owned();
    let opened = visitor.post(&format!("/track/link/{link}"), &[]).await;
    let track = opened.location.clone();
    let desk = track.replace("/track/", "/staff/reports/");

    let mut officer = house.staff("north-somerset-council", "officer").await;
    assert!(officer.get("/staff").await.says("1 report"));
    assert!(officer.get("/staff?q=Grand+Pier").await.says("1 found"));
    let asked = officer.get(&desk).await.form("/ask");
    assert_eq!(officer.submit(&asked, &[("words", "Is it still there?")]).await.status, 303);
    let own = visitor.get(&track).await;
    assert!(own.says("Is it still there?"), "{}", own.text);
    visitor.submit(&own.form("/words"), &[("words", "Yes.")]).await;
    let closing = officer.get(&desk).await;
    assert!(closing.says("The resident answered"), "{}", closing.text);
    let closed = officer.submit(&closing.form("/close"), &[("outcome", "fixed"), ("words", "Gone.")]).await;
    assert_eq!(closed.status, 303, "{}", closed.text);
    assert!(visitor.get(&track).await.says("Closed"));
    let (reports, entries) =
        house.db.read(|tx| store::journal::strays(&rights::Actor::House("test"), tx)).await.unwrap();
    assert_eq!((reports, entries), (0, 0));
    drop((house, officer, visitor));
    run(&server, format!("DROP SCHEMA {schema} CASCADE")).await;
}
