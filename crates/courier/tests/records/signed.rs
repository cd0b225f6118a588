use crate::{
    force::{Force, Mood},
    world::{SECRET, World, drain, sender},
};
use courier::Told;

const NEXT: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

#[tokio::test]
async fn while_the_secret_changes_either_one_verifies() {
    let force = Force::new(&[]).await;
    let world = World::telling(&force.url()).await;
    for (secrets, by_old, by_new) in
        [(&[SECRET][..], true, false), (&[NEXT, SECRET], true, true), (&[NEXT], false, true)]
    {
        world.theft().await;
        assert_eq!(drain(&sender(&world.house, &force.url(), secrets)).await, [Told::Taken]);
        let got = force.got().pop().unwrap();
        let now = world.seconds();
        assert_eq!((got.verified(SECRET, now), got.verified(NEXT, now)), (by_old, by_new));
    }
}

#[tokio::test]
async fn a_side_whose_clock_is_wrong_refuses_and_takes_it_when_it_is_right() {
    let force = Force::new(&[Mood::Status(401)]).await;
    let world = World::telling(&force.url()).await;
    world.theft().await;
    assert_eq!(world.drain().await, [Told::Refused("it answered 401".into())]);
    let first = force.got().pop().unwrap();
    assert!(first.verified(SECRET, world.seconds()) && !first.verified(SECRET, world.seconds() + 600));
    // The time is of the try, not of the event: a late one is not taken for an old one played back.
    world.forward_minutes(60);
    assert_eq!(world.drain().await, [Told::Taken]);
    let second = force.got().pop().unwrap();
    assert!(second.verified(SECRET, world.seconds()) && !first.verified(SECRET, world.seconds()));
    assert_eq!((first.id, first.body), (second.id, second.body));
}
