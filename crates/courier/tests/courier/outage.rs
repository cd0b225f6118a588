//! The mail server is away for a while: nothing lost, nothing sent twice, staff see it (issue: the spine, show 5).

use crate::{
    house::{House, address, smtp},
    stand_in::StandIn,
};
use courier::{Courier, Fate, Post};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use store::delivery::{self, State};
use tokio::net::TcpListener;

const MAILS: u64 = 50;

async fn until(what: impl AsyncFn() -> bool) {
    for _ in 0..600 {
        if what().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("waited for half a minute");
}

async fn drain(courier: Courier) -> Vec<Fate> {
    let mut fates = Vec::new();
    while let Some(fate) = courier.step().await.unwrap() {
        fates.push(fate);
    }
    fates
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_mails_two_couriers_and_a_server_that_is_away_lose_nothing_and_send_nothing_twice() {
    let house = House::new().await;
    // A port that nobody listens on until the server comes back.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    for n in 1..=MAILS {
        house.queue(n).await;
    }
    let (one, two) = (house.courier(Post::Smtp(smtp(port))), house.courier(Post::Smtp(smtp(port))));

    // Away: both try each once between them, and the rows say so.
    let (first, second) = tokio::join!(tokio::spawn(drain(one.clone())), tokio::spawn(drain(two.clone())));
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(first.len() + second.len(), MAILS as usize);
    assert!(first.iter().chain(&second).all(|fate| matches!(fate, Fate::Again(_))));
    let counts = house.db.read(delivery::counts).await.unwrap();
    assert_eq!(counts, (MAILS as i64, 0, 0), "all wait");
    assert!(house.rows().await.iter().all(|row| row.problem.is_some() && row.tries == 1));

    // Back: both at once send all.
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let server = StandIn::on(listener, &[]);
    house.clock.forward(40);
    let (first, second) = tokio::join!(tokio::spawn(drain(one)), tokio::spawn(drain(two)));
    assert_eq!(first.unwrap().len() + second.unwrap().len(), MAILS as usize);
    each_once(&house, &server).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_running_couriers_ring_and_send_each_once() {
    let house = House::new().await;
    let server = StandIn::new(&[]).await;
    let stop = Arc::new(tokio::sync::Notify::new());
    let mut bells = Vec::new();
    let mut tasks = Vec::new();
    for _ in 0..2 {
        let courier = house.courier(Post::Smtp(smtp(server.port)));
        bells.push(courier.bell());
        let stop = stop.clone();
        tasks.push(tokio::spawn(async move { courier.run(async move { stop.notified().await }).await }));
    }
    for n in 1..=MAILS {
        house.queue(n).await;
        bells.iter().for_each(|bell| bell.notify_one());
    }
    until(async || house.db.read(delivery::counts).await.unwrap() == (0, 0, 0)).await;
    stop.notify_waiters();
    for task in tasks {
        task.await.unwrap();
    }
    each_once(&house, &server).await;
}

#[tokio::test]
async fn the_bell_is_heard_at_once() {
    let house = House::new().await;
    let server = StandIn::new(&[]).await;
    let courier = house.courier(Post::Smtp(smtp(server.port)));
    let ring = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        house.queue(1).await;
        courier.bell().notify_one();
        // Much less than the courier waits by itself.
        tokio::time::sleep(Duration::from_millis(900)).await;
    };
    courier.run(ring).await;
    assert_eq!(server.taken().len(), 1);
}

async fn each_once(house: &House, server: &StandIn) {
    let mails = server.taken();
    let to: BTreeSet<String> = mails
        .iter()
        .filter_map(|mail| mail.lines().find_map(|line| line.strip_prefix("To: ")))
        .map(str::to_owned)
        .collect();
    assert_eq!(mails.len(), MAILS as usize, "none twice");
    assert_eq!(to, (1..=MAILS).map(address).collect(), "none lost");
    assert!(house.rows().await.iter().all(|row| row.state == State::Sent && row.problem.is_none()));
}
