use crate::{
    force::{Force, Mood},
    world::{POLICE, World},
};
use courier::Told;
use rights::{Actor, Right};
use std::collections::BTreeSet;
use store::hook::State;

/// A report with a crime: two webhooks.
async fn two(world: &World) -> testkit::Filed {
    let report = world.theft().await;
    world.house.recorded(&report, POLICE, "officer").await;
    report
}

#[tokio::test]
async fn what_is_away_for_days_gets_everything_once_and_in_order_when_it_is_back() {
    let port = Force::nowhere().await;
    let world = World::telling(&format!("http://127.0.0.1:{port}/hooks")).await;
    let mut reports = Vec::new();
    // Five days, an event now and then, a try whenever the line does not rest.
    for _ in 0..5 {
        reports.push(two(&world).await);
        for _ in 0..8 {
            assert!(matches!(world.drain().await.as_slice(), [Told::Down(_)]), "one try, then the line rests");
            assert_eq!(world.drain().await, []);
            world.forward_minutes(180);
        }
    }
    let force = Force::at(port, &[]).await;
    assert_eq!(world.drain().await.len(), 10);
    assert_eq!(world.drain().await, []);
    let got = force.got();
    let ids: BTreeSet<_> = got.iter().map(|one| one.id.clone()).collect();
    assert_eq!(ids.len(), 10, "each once");
    for report in &reports {
        let rows = world.rows(report).await;
        assert!(rows.iter().all(|row| row.state == State::Sent && row.problem.is_none()), "{rows:?}");
        let place = |row: &store::hook::Hook| got.iter().position(|one| one.body == row.body).unwrap();
        assert!(place(&rows[0]) < place(&rows[1]));
    }
}

#[tokio::test]
async fn a_broken_slow_or_senseless_answer_is_tried_again_under_the_same_id() {
    let elsewhere = Force::new(&[]).await;
    let moods = [Mood::Status(500), Mood::Silent, Mood::Garbage, Mood::Redirect(elsewhere.url()), Mood::Status(429)];
    let force = Force::new(&moods).await;
    let world = World::telling(&force.url()).await;
    let report = world.theft().await;
    let mut problems = Vec::new();
    for _ in &moods {
        let told = world.drain().await;
        assert!(matches!(told.as_slice(), [Told::Down(_)]), "{told:?}");
        problems.push(world.rows(&report).await[0].problem.clone().unwrap());
        world.forward_minutes(40);
    }
    assert_eq!(world.drain().await, [Told::Taken]);
    let expected = [
        "it answered 500",
        "it takes too long",
        "it hung up, or its answer is not HTTP",
        "it answered 307: it sends us elsewhere, and we do not go",
        "it answered 429",
    ];
    assert_eq!(problems, expected);
    let got = force.got();
    assert_eq!(got.len(), 6);
    assert!(got.iter().all(|one| one.id == got[0].id && one.body == got[0].body));
    assert!(got.windows(2).all(|pair| pair[0].timestamp < pair[1].timestamp), "each try has its own time");
    assert_eq!(elsewhere.got(), []);
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let force = Force::new(&[Mood::Endless]).await;
    let world = World::telling(&force.url()).await;
    world.theft().await;
    assert_eq!(world.drain().await, [Told::Taken]);
}

#[tokio::test]
async fn what_is_refused_waits_with_all_that_follows_and_staff_send_it_again() {
    let force = Force::new(&[]).await;
    let world = World::telling(&force.url()).await;
    let report = two(&world).await;
    let mut tries = 0;
    while world.rows(&report).await[0].state != State::Dead {
        force.answer(&[Mood::Status(404)]);
        assert_eq!(world.drain().await, [Told::Refused("it answered 404".into())]);
        tries += 1;
        world.forward_minutes(7 * 60);
    }
    assert_eq!(tries, 18, "about three days");
    // What follows in the same report waits; another report goes on.
    let other = world.theft().await;
    assert_eq!(world.drain().await, [Told::Taken]);
    assert_eq!(world.rows(&other).await[0].state, State::Sent);
    assert_eq!(world.rows(&report).await[1].state, State::Waiting);
    let mut inspector = world.house.staff(POLICE, "inspector").await;
    let page = inspector.get("/staff/deliveries").await;
    assert!(page.says("Report received") && page.says("it answered 404") && page.says("1 waiting"), "{}", page.text);

    let Actor::Staff(mut lead) = world.house.actor(POLICE, "inspector").await else { panic!("no staff") };
    lead.rights.insert(Right::RetryDelivery);
    let (dead, draw) = (world.rows(&report).await[0].id, world.house.draw());
    let lead = Actor::Staff(lead);
    let again = world.house.db.write(move |tx| casework::report::work::retry_hook(&lead, tx, &mut draw.clone(), dead));
    again.await.unwrap();
    assert_eq!(world.drain().await, [Told::Taken, Told::Taken]);
    let events: Vec<String> = force.taken().iter().map(|one| one.event()).collect();
    assert_eq!(events, ["report.received", "report.received", "crime.recorded"]);
    assert!(!inspector.get("/staff/deliveries").await.says("Records system"));
}
