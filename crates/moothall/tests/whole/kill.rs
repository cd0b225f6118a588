//! `kill -9` while reports are being sent (issue "The spine", what must be shown, 4).

use crate::{
    database::{Database, shortest},
    folder::{Folder, prove},
    race::{Known, Race, send},
    server::{rest, stopwatch, until},
    told::Told,
};
use std::{
    sync::{Arc, Barrier},
    thread,
    time::Duration,
};

pub const CLIENTS: usize = 8;
/// Prepared for each client: more than it can send before the kill.
const EACH: usize = 60;

/// When to kill, after the first report was received: spread evenly and without a pattern.
pub fn moment(round: usize) -> Duration {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    Duration::from_secs_f64(0.004 + 0.12 * (round as f64 * GOLDEN).fract())
}

/// Kills the server again and again in the middle of a race; whatever was told before stands after every start.
pub fn kill_again_and_again(folder: &Folder, kills: usize, engine: &str) {
    let (mut told, mut slowest) = (Told::default(), Duration::ZERO);
    let began = stopwatch();
    for round in 0..kills {
        let tokens = Database::of(folder).prepare(CLIENTS * EACH, &shortest());
        let server = folder.start();
        slowest = slowest.max(server.took);
        told.settle(&server);
        told.check(&Database::of(folder));
        let race = Race::start(server.at, tokens, CLIENTS);
        // On a busy machine the first answers take their time; then the moment is drawn.
        until(Duration::from_secs(20), "a race under way", || race.sent() > 0);
        rest(moment(round));
        server.kill();
        told.take(race.end());
        if engine == "embedded" {
            told.check(&Database::of(folder));
        }
    }
    let server = folder.start();
    told.settle_and_look_back(&server, 20);
    told.check_all(&Database::of(folder));
    // No entry without its leaf, no leaf without its entry, whenever the kill came.
    folder.done(&["verify"]);
    assert!(!server.log().contains("panicked"), "{}", server.log());
    let (received, acknowledged, cut_off) = told.counts;
    println!(
        "proof: {engine}: {kills} kills in {:.0} s: {received} references received, {acknowledged} acknowledged without \
         their page, {cut_off} cut off and sent again; lost 0, doubled 0, strays 0; slowest start {slowest:.0?}",
        began.elapsed().as_secs_f64(),
    );
    // A kill that hits nothing proves nothing.
    assert!(received >= kills && cut_off >= kills / 2, "{received} received, {cut_off} cut off");
}

#[test]
fn a_reference_that_was_received_survives_kill_9() {
    let kills = if prove() { 1000 } else { 20 };
    kill_again_and_again(&Folder::new(), kills, "embedded");
}

/// Two clients send each attempt at the same instant.
pub fn send_twice_at_once(folder: &Folder, attempts: usize) {
    let tokens = Database::of(folder).prepare(attempts, &shortest());
    let server = folder.start();
    let (at, gate) = (server.at, Arc::new(Barrier::new(2)));
    let twins: Vec<_> = (0..2)
        .map(|_| {
            let (tokens, gate) = (tokens.clone(), gate.clone());
            thread::spawn(move || -> Vec<Known> {
                let send = |token| {
                    gate.wait();
                    send(at, token)
                };
                tokens.iter().map(|token| send(token)).collect()
            })
        })
        .collect();
    let [one, two]: [Vec<Known>; 2] =
        twins.into_iter().map(|twin| twin.join().unwrap()).collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(one, two);
    let mut told = Told::default();
    told.take(tokens.into_iter().zip(one).collect());
    assert_eq!(told.references().len(), attempts);
    told.check(&Database::of(folder));
}

#[test]
fn an_attempt_sent_twice_at_once_is_one_report() {
    send_twice_at_once(&Folder::new(), 50);
}
