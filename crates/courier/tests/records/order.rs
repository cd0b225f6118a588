use crate::{
    force::{Force, Mood},
    world::{HOUSE, POLICE, SECRET, World, drain, sender},
};
use std::{collections::BTreeSet, time::Duration};
use store::hook;
use tokio::time::{sleep, timeout};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_send_each_once_and_in_order() {
    let force = Force::new(&[]).await;
    let world = World::telling(&force.url()).await;
    let other = sender(&world.house, &force.url(), &[SECRET]);
    let mut reports = Vec::new();
    for _ in 0..10 {
        let report = world.theft().await;
        world.house.recorded(&report, POLICE, "officer").await;
        reports.push(report);
    }
    let mine = world.records.clone();
    let (one, two) =
        tokio::join!(tokio::spawn(async move { drain(&mine).await }), tokio::spawn(async move { drain(&other).await }));
    let sent = one.unwrap().len() + two.unwrap().len();
    // While one is on its way what follows it is not due: whoever came then may have gone home early.
    let rest = world.drain().await.len();
    assert_eq!(sent + rest, 20);
    let got = force.got();
    assert_eq!(got.iter().map(|one| &one.id).collect::<BTreeSet<_>>().len(), 20);
    for report in &reports {
        let of = got.iter().filter(|one| one.body.contains(report.reference())).map(|one| one.event());
        assert_eq!(of.collect::<Vec<_>>(), ["report.received", "crime.recorded"]);
    }
}

#[tokio::test]
async fn a_claim_whose_sender_died_is_sent_again_under_its_id() {
    let force = Force::new(&[Mood::Silent]).await;
    let world = World::telling(&force.url()).await;
    let report = world.theft().await;
    let cut_off = timeout(Duration::from_millis(150), world.records.step(POLICE)).await;
    assert!(cut_off.is_err());
    assert_eq!(world.drain().await, []);
    assert_eq!(world.records.take_back_lost_claims().await.unwrap(), 0, "its lease runs");
    world.forward_minutes(6);
    assert_eq!(world.records.take_back_lost_claims().await.unwrap(), 1);
    world.drain().await;
    let got = force.got();
    assert_eq!((got.len(), &got[0].id), (2, &got[1].id));
    assert_eq!(world.rows(&report).await[0].state, hook::State::Sent);
}

#[tokio::test]
async fn a_running_sender_sends_what_comes_and_ends_when_told() {
    let force = Force::new(&[]).await;
    let world = World::telling(&force.url()).await;
    let stop = std::sync::Arc::new(tokio::sync::Notify::new());
    let (records, stopping) = (world.records.clone(), stop.clone());
    let running = tokio::spawn(async move { records.run(async move { stopping.notified().await }).await });
    let report = world.theft().await;
    for _ in 0..200 {
        if !force.taken().is_empty() {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(force.taken().len(), 1);
    stop.notify_one();
    timeout(Duration::from_secs(10), running).await.unwrap().unwrap();
    let id = report.id;
    let rows = world.house.db.read(move |tx| hook::of_report(&HOUSE, tx, id)).await.unwrap();
    assert_eq!(rows[0].state, hook::State::Sent);
}
