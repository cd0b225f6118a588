//! Claims whose courier dies.

use crate::{
    house::{HOUSE, House, smtp},
    stand_in::{Mood, StandIn},
};
use courier::{LEASE_SECONDS, Post};
use std::time::Duration;
use store::delivery::{self, State};
use tokio::time::timeout;

#[tokio::test]
async fn a_claim_whose_courier_died_is_given_up_after_its_lease_and_not_sent_twice() {
    let house = House::new().await;
    let server = StandIn::new(&[Mood::SilentAfterText]).await;
    let row = house.queue(1).await;
    let mut patient = smtp(server.port);
    patient.patience.text = Duration::from_secs(60);
    let dying = house.courier(Post::Smtp(patient.clone()));
    // Dropped while the server thinks about the text.
    assert!(timeout(Duration::from_millis(600), dying.step()).await.is_err());
    assert_eq!(server.taken().len(), 1);
    assert_eq!(house.row(&row).await.state, State::Sending);

    // Another courier starts, finds nothing to send, and gives the claim up when the lease has ended: not before.
    let next = house.courier(Post::Smtp(smtp(server.port)));
    assert_eq!(next.step().await.unwrap(), None);
    house.clock.forward(LEASE_SECONDS - 1);
    next.run(tokio::time::sleep(Duration::from_millis(200))).await;
    assert_eq!(house.row(&row).await.state, State::Sending);
    house.clock.forward(1);
    next.run(tokio::time::sleep(Duration::from_millis(200))).await;
    let given_up = house.row(&row).await;
    assert_eq!((given_up.state, given_up.problem.as_deref()), (State::Dead, Some("may have been sent")));
    house.clock.forward(7 * 24 * 3600);
    assert_eq!(next.step().await.unwrap(), None);
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn a_courier_whose_claim_ran_out_does_not_overwrite_what_was_decided() {
    let house = House::new().await;
    let server = StandIn::new(&[Mood::SilentAfterText]).await;
    let row = house.queue(1).await;
    let slow = house.courier(Post::Smtp(smtp(server.port)));
    let db = house.db.clone();
    let clock = house.clock.clone();
    let given_up = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        clock.forward(LEASE_SECONDS);
        let now = casework::Clock::now(&*clock);
        db.write(move |tx| delivery::give_up_lost_claims(&HOUSE, tx, now)).await
    };
    let (fate, lost) = tokio::join!(slow.step(), given_up);
    assert!(fate.unwrap().is_some());
    assert_eq!(lost.unwrap(), 1);
    assert_eq!(house.row(&row).await.state, State::Dead);
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn told_to_stop_the_courier_lets_what_is_on_its_way_end_and_takes_nothing_new() {
    let house = House::new().await;
    let server = StandIn::new(&[]).await;
    for n in 1..=30 {
        house.queue(n).await;
    }
    let courier = house.courier(Post::Smtp(smtp(server.port)));
    courier.run(tokio::time::sleep(Duration::from_millis(30))).await;
    let rows = house.rows().await;
    let sent = rows.iter().filter(|row| row.state == State::Sent).count();
    assert!(rows.iter().all(|row| row.state != State::Sending), "none is left in the middle");
    assert_eq!(server.taken().len(), sent);
}
