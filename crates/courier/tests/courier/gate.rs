//! The contact gate is asked again when a message goes out, not only when it was queued (P-55, P-56).

use crate::{
    house::{House, address, at_any_time, smtp},
    stand_in::StandIn,
};
use courier::{Fate, Post};
use serde_json::{Value as Json, json};
use store::delivery::State;

async fn held(safe: Option<Json>, later: i64, meant: &str) {
    let house = House::new().await;
    let server = StandIn::new(&[]).await;
    let delivery = house.queue_with(1, safe, |_| {}).await;
    house.clock.forward(later);
    let fate = house.courier(Post::Smtp(smtp(server.port))).step().await.unwrap();
    assert_eq!(fate, Some(Fate::Held(meant.into())));
    let row = house.row(&delivery).await;
    assert_eq!((row.state, row.problem.as_deref(), row.claim), (State::Held, Some(meant), None));
    assert!(server.taken().is_empty());
}

fn tuesday(from: u16, to: u16) -> Json {
    let mut record = at_any_time(&address(1));
    record["gate"]["windows"] = json!([{ "days": ["tuesday"], "from": from, "to": to }]);
    record
}

#[tokio::test]
async fn a_message_that_was_delayed_past_its_window_is_kept_back() {
    // Queued at ten o'clock, in the window; the server was away until noon.
    held(Some(tuesday(540, 660)), 2 * 3600, "contact at a safe time").await;
}

#[tokio::test]
async fn a_message_within_its_window_goes() {
    let house = House::new().await;
    let server = StandIn::new(&[]).await;
    house.queue_with(1, Some(tuesday(540, 660)), |_| {}).await;
    assert_eq!(house.courier(Post::Smtp(smtp(server.port))).step().await.unwrap(), Some(Fate::Sent));
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn a_record_that_cannot_be_read_or_is_gone_keeps_the_message_back() {
    held(Some(json!({ "gate": "yes" })), 0, "no safe channel").await;
    held(None, 0, "no safe channel").await;
}

#[tokio::test]
async fn an_address_the_person_gave_up_gets_nothing() {
    held(Some(at_any_time("robin.new@example.org")), 0, "the address has changed").await;
}

#[tokio::test]
async fn a_message_to_nobody_we_know_is_kept_back() {
    let house = House::new().await;
    let row = house.queue_with(1, Some(at_any_time(&address(1))), |delivery| delivery.report = None).await;
    assert!(matches!(house.courier(Post::Demonstration).step().await.unwrap(), Some(Fate::Held(_))));
    assert_eq!(house.row(&row).await.state, State::Held);
}
