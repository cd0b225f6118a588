//! The mail of the morning about what is stuck (C-91).

use crate::{
    office::Mood,
    world::{HOUSE, PLAIN, World},
};
use casework::Clock;
use store::{
    delivery::{self, Delivery},
    sending::State,
};

const MAILBOX: &str = "duty@council.example.org";

async fn tick(world: &World) -> usize {
    let (setting, draw) = (world.house.setting.clone(), world.house.draw());
    let job = move |tx: &mut store::Tx| casework::stuck::tick(&HOUSE, tx, &setting, &mut draw.clone());
    world.house.db.write(job).await.unwrap()
}

async fn mails(world: &World) -> Vec<Delivery> {
    let all = world.house.db.read(|tx| delivery::latest(&HOUSE, tx)).await.unwrap();
    all.into_iter().filter(|one| one.template == casework::stuck::STUCK).collect()
}

/// Goes on to this hour of the clock on the wall.
fn until_hour(world: &World, hour: i8) {
    loop {
        world.forward_seconds(600);
        if wall(world).hour() == hour {
            return;
        }
    }
}

fn wall(world: &World) -> jiff::ZonedDateTime {
    let at = jiff::Timestamp::from_microsecond(world.house.clock.now().micros()).unwrap();
    at.to_zoned_datetime(jiff::tz::TimeZone::get("Europe/London").unwrap())
}

#[tokio::test]
async fn a_mail_goes_to_the_duty_team_at_eight_on_a_working_day_while_something_is_stuck() {
    let catalogue = testkit::definitions();
    let team = catalogue.agency(crate::world::COUNCIL).unwrap().services[0].team.clone();
    let duty = format!("[duty]\nteam = \"{team}\"\nmailbox = \"{MAILBOX}\"\nsource = \"a test\"\n{PLAIN}");
    let world = World::new(&duty).await;
    until_hour(&world, 9);
    assert_eq!(tick(&world).await, 0, "nothing is stuck");
    let report = world.hole().await;
    while world.rows(&report).await[0].state != State::Dead {
        world.office.answer(&[Mood::Status(400, "no")]);
        world.drain().await;
        world.forward_seconds(7 * 3600);
    }
    // To the next Monday, which is no holiday.
    while wall(&world).weekday() != jiff::civil::Weekday::Sunday {
        until_hour(&world, 0);
        until_hour(&world, 12);
    }
    assert_eq!(tick(&world).await, 0, "not on a Sunday");
    until_hour(&world, 7);
    assert_eq!(tick(&world).await, 0, "not before eight");
    until_hour(&world, 8);
    assert_eq!(tick(&world).await, 1);
    assert_eq!(tick(&world).await, 0, "once a day");
    until_hour(&world, 15);
    assert_eq!(tick(&world).await, 0, "once a day");
    let mails = mails(&world).await;
    assert_eq!(mails.len(), 1);
    let mail = courier::compose(&world.house.setting, &mails[0]).unwrap();
    assert_eq!((mail.to.as_str(), mail.subject.as_str()), (MAILBOX, "Messages that are stuck"));
    for words in ["North Somerset Council", "1 message to your back office was refused", "/staff/deliveries"] {
        assert!(mail.text.contains(words), "{words}: {}", mail.text);
    }
    for body in [&mail.text, &mail.html] {
        assert!(!body.contains(report.reference()), "nothing of a report: {body}");
    }
    // Another mailbox than the file's gets nothing.
    let other = Delivery { address: "other@example.org".to_owned(), ..mails[0].clone() };
    assert!(casework::stuck::may_send(&world.house.setting, &mails[0]));
    assert!(!casework::stuck::may_send(&world.house.setting, &other));
    // The next morning again, and no more once it is sent.
    until_hour(&world, 8);
    assert_eq!(tick(&world).await, 1);
    let id = world.rows(&report).await[0].id;
    let mut leader = world.house.staff(crate::world::COUNCIL, "team_leader").await;
    leader.post(&format!("/staff/deliveries/office/{id}/retry"), &[]).await;
    world.drain().await;
    until_hour(&world, 8);
    assert_eq!(tick(&world).await, 0);
}
