//! A long script against a back office that is slow, down, duplicating, reordering, lying about dates, answers 200 with HTML and
//! hangs up half way: nothing is lost and nothing is doubled.

use crate::{
    made::{all_made, hole_there},
    office::{Mood, Said, field, written},
    world::{COUNCIL, HOUSE, PLAIN, World},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    io::Write,
};
use store::{DatabasePlace, Db, fetched, outside, sending::State};
use testkit::Filed;

/// Small numbers, the same in each run.
struct Chance(u64);

impl Chance {
    fn of(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

const REPORTS: usize = 60;
const ROUNDS: u64 = 160;

#[derive(Default)]
struct Script {
    reports: Vec<Filed>,
    /// What we told of each.
    told: usize,
    /// What it said of each, by its number.
    said: Vec<(String, String)>,
    /// Numbers of reports that its own people made.
    made: Vec<String>,
}

async fn run(world: &World) -> Script {
    let (mut chance, mut script) = (Chance(311), Script::default());
    let words = ["OPEN", "IN_PROGRESS", "ACTION_SCHEDULED", "banana", "UNCHANGED"];
    for round in 0..ROUNDS {
        if script.reports.len() < REPORTS {
            script.reports.push(world.hole().await);
        }
        let report = &script.reports[chance.of(script.reports.len() as u64) as usize];
        world.words(report, &format!("Words of round {round}.")).await;
        script.told += 1;
        // Its own staff say something of a report that it has.
        let known = &script.reports[chance.of(script.reports.len() as u64) as usize];
        if let Some(request) = world.office.number(known.reference()) {
            let (id, now) = (format!("said-in-{round}"), world.now());
            let (stamp, at) = match chance.of(6) {
                0 => ("a while ago".to_owned(), None),
                1 => (String::new(), None),
                2 => (written(now - 3 * 24 * 3600), Some(now - 3 * 24 * 3600)),
                3 => ("2199-01-01T00:00:00Z".to_owned(), None),
                _ => (written(now), Some(now)),
            };
            let status = words[chance.of(5) as usize];
            let words = format!("Said in round {round}.");
            script.said.push((known.reference().to_owned(), id.clone()));
            world.office.say(Said { id, request, status, stamp, at, words });
        }
        // And make a report of their own, some of them stamped days before they show it.
        if round % 3 == 0 {
            let number = format!("OWN-{round}");
            let at = world.now() - [0, 3 * 24 * 3600][chance.of(2) as usize];
            let made = hole_there(&number, &format!("Made in round {round}."), Some(at));
            world.office.kept.lock().unwrap().made.push(made);
            script.made.push(number);
        }
        let moods = [
            Mood::Well,
            Mood::Down,
            Mood::Html,
            Mood::HalfWay,
            Mood::Failed,
            Mood::Token,
            Mood::Status(503, "later"),
            Mood::Status(400, "not now"),
            Mood::Well,
            Mood::Well,
        ];
        for _ in 0..chance.of(5) {
            world.office.answer(&[moods[chance.of(moods.len() as u64) as usize].clone()]);
        }
        // Slow costs the whole of our patience each time.
        if round % 20 == 7 {
            world.office.answer(&[Mood::Silent]);
        }
        world.office.kept.lock().unwrap().muddled = chance.of(2) == 0;
        world.drain().await;
        world.ask().await;
        if round % 16 == 3 {
            assert_eq!(world.offices.take_back_lost_claims().await.unwrap(), 0);
        }
        world.forward_seconds(60 * (1 + chance.of(40) as i64));
    }
    script
}

async fn quiet(world: &World) {
    world.office.kept.lock().unwrap().moods.clear();
    // Waits grow to six hours; what it stamped days before is asked for once a day.
    for _ in 0..24 {
        world.forward_seconds(7 * 3600);
        world.drain().await;
        world.ask().await;
    }
}

async fn nothing_is_lost_and_nothing_doubled(world: &World) {
    let script = run(world).await;
    quiet(world).await;
    assert!(REPORTS + script.told + script.said.len() >= 200);
    assert!(script.said.len() > 60, "{}", script.said.len());
    let (requests, updates) = {
        let kept = world.office.kept.lock().unwrap();
        (kept.requests.clone(), kept.updates.clone())
    };
    assert_eq!(requests.len(), REPORTS, "each report once");
    assert_eq!(updates.len(), script.told, "each update once");
    let mut ours: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, fields) in &updates {
        ours.entry(field(fields, "service_request_id").to_owned()).or_default().push(id.clone());
    }
    for report in &script.reports {
        let number = requests[report.reference()].0.clone();
        let id = report.id;
        let named = world.house.db.read(move |tx| outside::of_report(&HOUSE, tx, id, COUNCIL)).await.unwrap().unwrap();
        assert_eq!(named.outside_id, number);
        let rows = world.rows(report).await;
        assert!(rows.iter().all(|row| row.state == State::Sent), "{rows:?}");
        let sent: Vec<String> = rows[1..].iter().map(|row| row.id.simple().to_string()).collect();
        assert_eq!(sent, ours.get(&number).cloned().unwrap_or_default(), "in their order");
        let entries = world.entries(report).await;
        assert_eq!(entries.iter().filter(|entry| entry.kind == "office.told").count(), rows.len());
        let mut heard: Vec<&str> = entries.iter().filter_map(|entry| entry.facts["update_id"].as_str()).collect();
        heard.sort_unstable();
        let mut said: Vec<&str> =
            script.said.iter().filter(|(of, _)| of == report.reference()).map(|(_, id)| id.as_str()).collect();
        said.sort_unstable();
        assert_eq!(heard, said, "what it said, once each, and none of what we said ourselves");
        assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), said.len());
    }
    // What its people made is here, once each, and none of ours came back as theirs.
    let mut numbers: Vec<String> = all_made(world).await.into_iter().map(|(number, _)| number).collect();
    numbers.sort_unstable();
    let mut made = script.made.clone();
    made.sort_unstable();
    assert!(made.len() > 50);
    assert_eq!(numbers, made);
    let from = (store::Time(i64::MIN), "");
    let waiting = world.house.db.read(move |tx| fetched::waiting(&HOUSE, tx, COUNCIL, from, 10)).await.unwrap();
    assert_eq!(waiting, vec![]);
}

#[tokio::test]
async fn nothing_is_lost_and_nothing_doubled_on_an_embedded_database() {
    nothing_is_lost_and_nothing_doubled(&World::new(&PLAIN.replace("source", "reports = true\nsource")).await).await;
}

#[tokio::test]
async fn nothing_is_lost_and_nothing_doubled_on_a_server() {
    let Some(server) = env::var("MOOTHALL_TEST_POSTGRES").ok().filter(|url| !url.is_empty()) else {
        assert!(env::var_os("CI").is_none(), "MOOTHALL_TEST_POSTGRES must name a server where CI is set");
        let _ = writeln!(std::io::stderr(), "skipped on PostgreSQL: MOOTHALL_TEST_POSTGRES names no server");
        return;
    };
    let schema = format!("office_{}", std::process::id());
    let run = |statement: String| {
        let db = Db::open(&DatabasePlace::parse(&server)).unwrap();
        async move { db.write(move |tx| tx.run(&statement, &[])).await.unwrap() }
    };
    run(format!("CREATE SCHEMA {schema}")).await;
    let joint = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{joint}options=-csearch_path%3D{schema}");
    {
        let world = World::on(Some(&url), &PLAIN.replace("source", "reports = true\nsource")).await;
        nothing_is_lost_and_nothing_doubled(&world).await;
    }
    run(format!("DROP SCHEMA {schema} CASCADE")).await;
}
