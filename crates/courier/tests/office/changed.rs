//! A report that becomes one of another service, or lies elsewhere than was thought (C-65).

use crate::{
    office::{Said, field, written},
    world::{COUNCIL, PLAIN, World},
};
use courier::OfficeFate::Taken;
use testkit::Filed;

const TWO: &str = "[office]\nextended = true\nsource = \"a test\"\n\
                   [[office.code]]\nservice = \"pothole\"\ncode = \"HOLE\"\n\
                   [[office.code]]\nservice = \"street-light\"\ncode = \"LAMP\"\n";

async fn becomes(world: &World, report: &Filed, service: &str) {
    let mut officer = world.house.staff(COUNCIL, "officer").await;
    let form = officer.get(&format!("{}/service", report.desk())).await.form("/service");
    let done = officer.submit(&form, &[("service", service), ("why", "Seen on site.")]).await;
    assert_eq!(done.status, 303, "{}", done.text);
}

fn sent(world: &World) -> Vec<(String, String, String, String)> {
    let of = |line: &str, body: &[(String, String)]| {
        let kind = if line.contains("updates") { "update" } else { "request" };
        let of = |name: &str| field(body, name).to_owned();
        let code = if kind == "request" { of("service_code") } else { String::new() };
        let status = if kind == "update" { of("status") } else { String::new() };
        (kind.to_owned(), code, status, of("description"))
    };
    let got = world.office.got();
    got.iter().filter(|(line, _)| line.starts_with("POST")).map(|(line, body)| of(line, body)).collect()
}

#[tokio::test]
async fn who_gets_it_now_is_told_of_the_whole_report_once() {
    let world = World::new(PLAIN).await;
    let report = world.house.file("street-light", "shortest").await;
    assert_eq!(world.drain().await, []);
    becomes(&world, &report, "pothole").await;
    assert_eq!(world.drain().await, [Taken]);
    let all = sent(&world);
    assert_eq!((all.len(), all[0].0.as_str(), all[0].1.as_str()), (1, "request", "HOLE"), "{all:?}");
}

#[tokio::test]
async fn who_goes_on_with_it_hears_what_it_is_now_and_gets_no_second_report() {
    let world = World::new(TWO).await;
    let report = world.hole().await;
    assert_eq!(world.drain().await, [Taken]);
    becomes(&world, &report, "street-light").await;
    assert_eq!(world.drain().await, [Taken]);
    let all = sent(&world);
    assert_eq!(all.len(), 2, "{all:?}");
    let (kind, _, status, words) = &all[1];
    assert_eq!((kind.as_str(), status.as_str()), ("update", "UNCHANGED"));
    assert_eq!(words, "It was Pothole. It is Street light not working now. Seen on site.");
}

#[tokio::test]
async fn who_has_it_no_more_is_told_that_it_ended_there_and_changes_nothing_here() {
    let world = World::new(PLAIN).await;
    let report = world.hole().await;
    assert_eq!(world.drain().await, [Taken]);
    becomes(&world, &report, "street-light").await;
    world.words(&report, "It flickers.").await;
    assert_eq!(world.drain().await, [Taken]);
    let all = sent(&world);
    assert_eq!((all.len(), all[1].2.as_str()), (2, "CANCELLED"), "{all:?}");
    let number = world.office.number(report.reference()).unwrap();
    let (stamp, words, at) = (written(world.now()), "We closed it here.".to_owned(), Some(world.now()));
    world.office.say(Said { id: "u1".to_owned(), request: number, status: "CLOSED", stamp, at, words });
    world.ask().await;
    let part = world.house.part(&report, COUNCIL).await;
    assert!(!part.core.ended());
    assert!(!world.entries(&report).await.iter().any(|entry| entry.facts["update_id"] == "u1"));
    let mut leader = world.house.staff(COUNCIL, "team_leader").await;
    assert!(leader.get("/staff/deliveries").await.says("does not go there any more"));
}

#[tokio::test]
async fn who_is_told_of_a_moved_pin_reads_where_it_is() {
    let world = World::new(PLAIN).await;
    let report = world.hole().await;
    let mut officer = world.house.staff(COUNCIL, "officer").await;
    let form = officer.get(&format!("{}/place", report.desk())).await.form("/place");
    let done = officer.submit(&form, &[("where.text", "Clevedon"), ("why", "By the pier.")]).await;
    assert_eq!(done.status, 303, "{}", done.text);
    assert_eq!(world.drain().await, [Taken, Taken]);
    let words = &sent(&world)[1].3;
    assert!(words.contains("Clevedon") && words.contains("(51.43") && words.contains("By the pier."), "{words}");
}
