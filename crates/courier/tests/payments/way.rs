use crate::{
    gateway::Held,
    world::{World, node},
};
use casework::report::payment::Answer;
use serde_json::json;
use store::payment::{Method, State};

#[tokio::test]
async fn what_is_asked_for_is_paid_once_and_the_page_shows_each_step() {
    let world = World::new().await;
    let (filed, mut client) = world.asked().await;
    let at = format!("{}/pay", filed.track());
    let own = client.get(&filed.track()).await;
    assert!(own.says("£90.00") && own.says("Pay for it"), "{}", own.text);
    let page = client.get(&at).await;
    assert!(page.says("£90.00") && page.says("We never see your card."), "{}", page.text);
    assert_eq!(page.header("refresh"), "");
    assert_eq!(world.step().await, None, "nobody has begun");
    // Two presses are one try.
    for _ in 0..2 {
        assert_eq!(client.post(&at, &[]).await.location, at);
    }
    let page = client.get(&at).await;
    assert!(page.says("We are getting the page for your card.") && page.header("refresh") == "3", "{}", page.text);
    assert!(matches!(world.step().await, Some(Answer::Begun { .. })));
    let row = world.row(&filed).await;
    let held = world.pay.held();
    let expected = json!({
        "amount": 9000, "reference": filed.reference(), "description": "Bins and boxes",
        "return_url": format!("http://moothall.test/track/{}/pay", filed.reference()),
    });
    let key = row.attempt.unwrap().to_string();
    let status = "created";
    assert_eq!(held, [Held { key, asked: expected, status, given_back: 0, paid_at_the_last: false }]);
    let page = client.get(&at).await;
    assert!(page.text.contains(&format!("href=\"{}/secure/0\"", world.pay.url())), "{}", page.text);
    // Back before the gateway has decided.
    assert_eq!(world.step().await, None);
    world.forward(4);
    assert_eq!(world.step().await, Some(Answer::Waits));
    world.pay.ends(0, "success");
    world.forward(4);
    assert_eq!(world.step().await, Some(Answer::Taken));
    let row = world.row(&filed).await;
    assert_eq!((row.state, row.method, row.gateway_url), (State::Paid, Some(Method::Card), None));
    let page = client.get(&at).await;
    assert!(page.says("You have paid") && page.header("refresh").is_empty(), "{}", page.text);
    // What is paid is not begun again.
    client.post(&at, &[]).await;
    assert_eq!((world.step().await, world.pay.held().len()), (None, 1));
    assert_eq!(world.entries(&filed).await, ["payment.taken"]);
}

#[tokio::test]
async fn a_card_that_is_refused_leaves_it_to_be_paid_and_the_next_try_is_another() {
    let world = World::new().await;
    let (filed, mut client) = world.asked().await;
    let at = format!("{}/pay", filed.track());
    for (n, end) in ["failed", "cancelled", "success"].into_iter().enumerate() {
        client.post(&at, &[]).await;
        assert!(matches!(world.step().await, Some(Answer::Begun { .. })));
        world.pay.ends(n, end);
        world.forward(4);
        world.step().await;
    }
    let keys: std::collections::BTreeSet<_> = world.pay.held().into_iter().map(|held| held.key).collect();
    assert_eq!(keys.len(), 3);
    assert_eq!(world.row(&filed).await.state, State::Paid);
    assert_eq!(world.entries(&filed).await, ["payment.taken"]);
}

#[tokio::test]
async fn one_that_is_left_lying_is_given_up_and_one_paid_at_that_very_moment_is_taken() {
    let world = World::new().await;
    let (filed, mut client) = world.asked().await;
    let at = format!("{}/pay", filed.track());
    client.post(&at, &[]).await;
    world.step().await;
    world.forward(31 * 60);
    assert_eq!(world.step().await, Some(Answer::Ended("cancelled".into())));
    assert_eq!(world.row(&filed).await.state, State::Due);
    client.post(&at, &[]).await;
    world.step().await;
    world.pay.change(1, |held| held.paid_at_the_last = true);
    world.forward(31 * 60);
    assert_eq!(world.step().await, Some(Answer::Taken));
}

#[tokio::test]
async fn it_is_given_back_once_and_only_within_the_days_of_the_agency() {
    let world = World::new().await;
    let (filed, mut client) = world.asked().await;
    client.post(&format!("{}/pay", filed.track()), &[]).await;
    world.step().await;
    world.pay.ends(0, "success");
    world.forward(4);
    world.step().await;
    let mut leader = world.house.staff(crate::world::COUNCIL, "team_leader").await;
    let desk = leader.get(&filed.desk()).await;
    assert!(desk.says("Bins and boxes, £90.00: paid by card"), "{}", desk.text);
    let form = desk.form("/refund");
    let words = [("words", "We have no more of these bins.")];
    assert_eq!(leader.submit(&form, &words).await.status, 303);
    // Another node asks too, and the first answer is lost.
    let other = node(&world.house, &world.pay);
    world.pay.then(&[crate::gateway::Mood::Lost]);
    assert!(matches!(world.step().await, Some(Answer::Down { .. })));
    for _ in 0..3 {
        world.forward(60);
        other.step(crate::world::COUNCIL).await.unwrap();
        world.step().await;
    }
    assert_eq!(world.pay.held()[0].given_back, 9000);
    assert_eq!(world.row(&filed).await.state, State::Refunded);
    assert_eq!(world.entries(&filed).await, ["payment.taken", "payment.refunded", "payment.given_back"]);
    assert!(client.get(&format!("{}/pay", filed.track())).await.says("We are giving your money back"));
    assert_eq!(world.house.adrift().await, [""; 0]);
}

#[tokio::test]
async fn what_was_paid_follows_from_the_entries_and_a_row_that_was_changed_is_named() {
    let world = World::new().await;
    let (filed, mut client) = world.asked().await;
    let changed = |sql: &'static str| world.house.db.write(move |tx| tx.run(sql, &[]));
    let named =
        [format!("what was paid for report {} was changed: its row does not follow from its newest entry", filed.id)];
    let sound = async |step: &str| {
        assert_eq!(world.house.adrift().await, [""; 0], "{step}");
        for sql in ["UPDATE payment SET state = 'refunded'", "UPDATE payment SET state = 'waived'"] {
            let before = world.row(&filed).await.state;
            changed(sql).await.unwrap();
            assert_eq!(world.house.adrift().await, named, "{step}: {sql}");
            let back = format!("UPDATE payment SET state = '{}'", before.name());
            world.house.db.write(move |tx| tx.run(&back, &[])).await.unwrap();
        }
    };
    sound("due").await;
    client.post(&format!("{}/pay", filed.track()), &[]).await;
    sound("begun").await;
    world.step().await;
    sound("away").await;
    world.pay.ends(0, "failed");
    world.forward(4);
    world.step().await;
    sound("ended").await;
    client.post(&format!("{}/pay", filed.track()), &[]).await;
    world.step().await;
    world.pay.ends(1, "success");
    world.forward(4);
    world.step().await;
    assert_eq!(world.row(&filed).await.state, State::Paid);
    sound("taken").await;
    changed("UPDATE payment SET amount = amount + 1").await.unwrap();
    assert_eq!(world.house.adrift().await, named);
}

#[tokio::test]
async fn after_the_days_of_the_agency_nothing_is_given_back_here() {
    let world = World::new().await;
    let (filed, mut client) = world.asked().await;
    client.post(&format!("{}/pay", filed.track()), &[]).await;
    world.step().await;
    world.pay.ends(0, "success");
    world.forward(4);
    world.step().await;
    world.forward(15 * 24 * 3600);
    let mut leader = world.house.staff(crate::world::COUNCIL, "team_leader").await;
    let form = leader.get(&filed.desk()).await.form("/refund");
    let refused = leader.submit(&form, &[("words", "Too late.")]).await;
    assert!(refused.status == 422 && refused.says("It is too late to give this back here."), "{}", refused.text);
}
