use serde_json::json;
use std::{env, io::Write};
use store::{DatabasePlace, Db};
use testkit::House;

#[tokio::test]
async fn the_numbers_move_with_what_happens() {
    moves(House::embedded().await, "sqlite").await;
}

#[tokio::test]
async fn the_numbers_move_on_a_server_too() {
    let Some(server) = env::var("MOOTHALL_TEST_POSTGRES").ok().filter(|url| !url.is_empty()) else {
        assert!(env::var_os("CI").is_none(), "MOOTHALL_TEST_POSTGRES must name a server where CI is set");
        let _ = writeln!(std::io::stderr(), "skipped on PostgreSQL: MOOTHALL_TEST_POSTGRES names no server");
        return;
    };
    let schema = format!("watched_{}", std::process::id());
    let run = |statement: String| {
        let db = Db::open(&DatabasePlace::parse(&server)).unwrap();
        async move { db.write(move |tx| tx.run(&statement, &[])).await.unwrap() }
    };
    run(format!("CREATE SCHEMA {schema}")).await;
    let joint = if server.contains('?') { '&' } else { '?' };
    moves(House::at(&format!("{server}{joint}options=-csearch_path%3D{schema}")).await, "postgresql").await;
    run(format!("DROP SCHEMA {schema} CASCADE")).await;
}

async fn moves(house: House, engine: &str) {
    let before = house.numbers().await;
    assert_eq!(before.get(&format!("moothall_database_info{{engine=\"{engine}\"}}")), 1.0);
    assert_eq!(before.get("moothall_database_up"), 1.0);

    let answers = testkit::sample("fly-tipping", "everything")["answers"].clone();
    let mut browser = house.begun("fly-tipping", &answers).await;
    for _ in 0..2 {
        // The second press finds the first receipt.
        assert_eq!(browser.post("/report/fly-tipping/send", &[]).await.status, 303);
    }
    let mut program = house.visitor();
    for _ in 0..2 {
        let body =
            json!({ "service": "fly-tipping", "answers": testkit::sample("fly-tipping", "shortest")["answers"] });
        let key = [("idempotency-key", "0d5b3a1e-8d7c-4c5f-9a3b")];
        assert_eq!(program.post_json("/api/v1/reports", &body, &key).await.status, 201);
    }
    house.get("/nothing-here").await;

    let after = house.numbers().await;
    let more = |key: &str| after.get(key) - before.samples.get(key).copied().unwrap_or(0.0);
    assert_eq!(more("moothall_reports_received_total{channel=\"web\"}"), 1.0);
    assert_eq!(more("moothall_reports_received_total{channel=\"api\"}"), 1.0);
    let sent = "route=\"/report/{service}/send\"";
    assert_eq!(more(&format!("moothall_requests_total{{{sent},method=\"POST\",status=\"3xx\"}}")), 2.0);
    assert_eq!(more(&format!("moothall_request_duration_seconds_count{{{sent}}}")), 2.0);
    assert_eq!(more("moothall_requests_total{route=\"none\",method=\"GET\",status=\"4xx\"}"), 1.0);
    assert_eq!(after.get("moothall_requests_running"), 0.0);
    assert!(more("moothall_database_commits_total") >= 2.0);
    assert_eq!(after.get("moothall_database_waiting"), 0.0);
    // Nobody carries mail here, and nobody seals until asked.
    assert!(more("moothall_outbox{state=\"waiting\"}") >= 1.0);
    assert!(after.get("moothall_outbox_oldest_seconds{state=\"waiting\"}") >= 6.0);
    assert!(more("moothall_ledger_unsealed") >= 2.0 && after.get("moothall_ledger_oldest_unsealed_seconds") >= 6.0);
    assert_eq!(after.get("moothall_ledger_sealed_total"), 0.0);

    let waiting = after.get("moothall_ledger_unsealed");
    house.app.ledger.step().await.unwrap();
    let sealed = house.numbers().await;
    assert_eq!(sealed.get("moothall_ledger_unsealed"), 0.0);
    assert_eq!(sealed.get("moothall_ledger_sealed_total"), waiting);
    assert_eq!(sealed.get("moothall_ledger_size") - after.get("moothall_ledger_size"), waiting);
    assert_eq!(sealed.get("moothall_ledger_seal_duration_seconds_count"), 1.0);
    assert_eq!(sealed.get("moothall_ledger_checkpoint_age_seconds"), 6.0);
}

#[tokio::test]
async fn posts_that_are_too_many_are_counted() {
    let house = House::tuned(|options| options.posts_per_minute = 3).await;
    let mut client = house.visitor();
    for _ in 0..5 {
        client.post("/report/fly-tipping/again", &[]).await;
    }
    assert_eq!(house.numbers().await.get("moothall_requests_throttled_total"), 2.0);
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_a_number_too() {
    let house = House::embedded().await;
    house.db.write(|tx| tx.run("ALTER TABLE unsealed RENAME TO set_aside", &[])).await.unwrap();
    let numbers = house.numbers().await;
    assert_eq!(numbers.get("moothall_database_up"), 0.0);
    assert!(!numbers.samples.contains_key("moothall_ledger_unsealed"));
    assert_eq!(numbers.get("moothall_database_faults_total{kind=\"other\"}"), 1.0);
    assert!(numbers.samples.contains_key("moothall_requests_running"), "what is counted here is still told");
}
