use crate::{gateway::Mood, world::World};
use casework::report::payment::Answer;
use store::payment::State;

#[tokio::test]
async fn a_gateway_that_is_down_slow_or_broken_is_asked_again_under_the_same_key() {
    let world = World::new().await;
    let (filed, mut client) = world.asked().await;
    let at = format!("{}/pay", filed.track());
    client.post(&at, &[]).await;
    // The third does what it is asked and loses its answer.
    world.pay.then(&[Mood::Status(503), Mood::Silent, Mood::Lost, Mood::Garbage]);
    for _ in 0..4 {
        assert!(matches!(world.step().await, Some(Answer::Down { .. })));
        let page = client.get(&at).await;
        assert!(page.says("nothing has been taken") && page.header("refresh") == "3", "{}", page.text);
        world.forward(10 * 60);
    }
    // It is so late that the try is given up at once; nothing was taken, and there was one payment.
    assert!(matches!(world.step().await, Some(Answer::Begun { .. })));
    assert_eq!(world.pay.held().len(), 1);
    assert_eq!(world.pay.held()[0].key, world.row(&filed).await.attempt.unwrap().to_string());
}

#[tokio::test]
async fn what_was_paid_while_the_gateway_could_not_be_asked_is_found_when_it_is_back() {
    let world = World::new().await;
    let (filed, mut client) = world.asked().await;
    client.post(&format!("{}/pay", filed.track()), &[]).await;
    world.step().await;
    world.pay.ends(0, "success");
    world.pay.then(&[Mood::Status(500), Mood::Status(429), Mood::Silent]);
    for _ in 0..3 {
        world.forward(10 * 60);
        assert!(matches!(world.step().await, Some(Answer::Down { .. })));
        assert_eq!(world.row(&filed).await.state, State::Away);
    }
    world.forward(3600);
    assert_eq!(world.step().await, Some(Answer::Taken));
}

#[tokio::test]
async fn an_answer_that_speaks_of_another_payment_pays_nothing() {
    let world = World::new().await;
    let (filed, mut client) = world.asked().await;
    client.post(&format!("{}/pay", filed.track()), &[]).await;
    world.step().await;
    world.pay.change(0, |held| {
        held.asked["amount"] = serde_json::json!(1);
        held.status = "success";
    });
    world.forward(4);
    assert!(matches!(world.step().await, Some(Answer::Down { .. })));
    let row = world.row(&filed).await;
    assert_eq!((row.state, row.problem.as_deref()), (State::Away, Some("it speaks of another payment")));
    // Staff see it, look at the gateway, and settle it.
    let mut leader = world.house.staff(crate::world::COUNCIL, "team_leader").await;
    let desk = leader.get(&filed.desk()).await;
    assert!(desk.says("names another amount or reference"), "{}", desk.text);
    let paid = [("method", "reference"), ("words", "We found your payment. Its reference is 4471.")];
    assert_eq!(leader.submit(&desk.form("/payment"), &paid).await.status, 303);
    assert_eq!(world.row(&filed).await.state, State::Paid);
    world.forward(120);
    assert_eq!(world.step().await, None, "the gateway is not asked any more");
}

#[tokio::test]
async fn what_the_gateway_refuses_to_begin_stays_to_be_paid() {
    let world = World::new().await;
    let (filed, mut client) = world.asked().await;
    client.post(&format!("{}/pay", filed.track()), &[]).await;
    world.pay.then(&[Mood::Status(422)]);
    assert_eq!(world.step().await, Some(Answer::Ended("it answered 422 P0999".into())));
    assert_eq!(world.row(&filed).await.state, State::Due);
    assert!(world.entries(&filed).await.is_empty(), "the resident has lost nothing");
}

#[tokio::test]
async fn staff_record_what_was_paid_elsewhere_but_not_what_is_being_paid() {
    let world = World::new().await;
    let (filed, mut client) = world.asked().await;
    let mut leader = world.house.staff(crate::world::COUNCIL, "team_leader").await;
    let form = leader.get(&filed.desk()).await.form("/payment");
    let cash = [("method", "cash"), ("words", "Paid at the desk, receipt 12.")];
    client.post(&format!("{}/pay", filed.track()), &[]).await;
    let refused = leader.submit(&form, &cash).await;
    assert!(refused.status == 422 && refused.says("The resident is paying by card now."), "{}", refused.text);
    world.step().await;
    world.pay.ends(0, "failed");
    world.forward(4);
    world.step().await;
    let wrong = leader.submit(&form, &[("method", "card"), ("words", "By card.")]).await;
    assert!(wrong.status == 422 && wrong.says("Choose how it was paid."), "{}", wrong.text);
    assert_eq!(leader.submit(&form, &cash).await.status, 303);
    assert_eq!(world.row(&filed).await.state, State::Paid);
    assert!(client.get(&filed.track()).await.says("Paid £90.00 in cash"));
    assert_eq!(world.house.adrift().await, [""; 0]);
    assert!(leader.submit(&form, &cash).await.status == 422, "twice");
    // Somebody without the right has no way to.
    let mut officer = world.house.staff(crate::world::COUNCIL, "officer").await;
    assert!(!officer.get(&filed.desk()).await.text.contains("/payment\""));
    assert_eq!(officer.submit(&form, &cash).await.status, 404);
}
