//! Mail to those who asked to hear of public reports: asked again at the moment of sending, and stopped by a refused address.

use crate::{
    house::{HOUSE, House, NOW, id, smtp},
    stand_in::{Mood, StandIn},
};
use courier::{Fate, Post};
use serde_json::json;
use store::{
    Tx,
    alert::{self, News, What},
    delivery::State,
    publication::{self, Publication, Shown, Stand},
    subscriber::{self, Subscriber, Why},
    subscription::{self, Cadence, Hears, Kind, Subscription},
};

const SAM: &str = "sam@example.org";

/// Somebody who follows report 1, which is public, with one piece of news of it.
fn follower(tx: &mut Tx, definition: &str) -> store::Result<()> {
    let (person, report) = (id(20, 1), id(1, 1));
    subscriber::insert(
        tx,
        &Subscriber {
            id: person,
            mark: vec![1],
            address: SAM.into(),
            token: vec![2],
            created_at: NOW,
            confirmed_at: Some(NOW),
            stopped_at: None,
            stopped_why: None,
        },
    )?;
    let row = Subscription {
        id: id(21, 1),
        subscriber: person,
        token: vec![3],
        kind: Kind::Report,
        lat: None,
        lon: None,
        metres: None,
        code: String::new(),
        report: Some(report),
        words: "a bench".into(),
        service: None,
        hears: Hears::All,
        cadence: Cadence::AtOnce,
        created_at: NOW,
        since: Some(NOW),
    };
    subscription::insert(tx, &row, &casework::alerts::spot::kept(&row))?;
    publication::insert(
        tx,
        &Publication {
            report,
            reference: "000000001".into(),
            service: "plain".into(),
            definition: definition.into(),
            agency: "council".into(),
            place: "near Example Road".into(),
            area: String::new(),
            lat: None,
            lon: None,
            cell: None,
            body: json!({}),
            photos: json!([]),
            shown: Shown::Public,
            doubtful: false,
            stand: Stand::Open,
            received_at: NOW,
            changed_at: NOW,
            closed_at: None,
            me_too: 0,
            said_by: String::new(),
        },
        "",
    )?;
    alert::note(tx, &News { report, at: NOW, kind: What::Changed })
}

async fn house() -> House {
    let house = House::new().await;
    // The report's own mail is out of the way.
    house.queue(1).await;
    house.courier(Post::Demonstration).step().await.unwrap();
    let definition = house.plain.clone();
    house.db.write(move |tx| follower(tx, &definition)).await.unwrap();
    house.alerts().step().await.unwrap();
    house
}

async fn hide(house: &House, to: Shown) {
    let from = if to == Shown::Public { Shown::Hidden } else { Shown::Public };
    house.db.write(move |tx| publication::set_shown(&HOUSE, tx, id(1, 1), from, to)).await.unwrap();
}

#[tokio::test]
async fn news_goes_out_with_the_header_that_stops_it() {
    let (house, server) = (house().await, StandIn::new(&[]).await);
    assert_eq!(house.courier(Post::Smtp(smtp(server.port))).step().await.unwrap(), Some(Fate::Sent));
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    for said in [
        "List-Unsubscribe: <https://moothall.example/alerts/stop/",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Subject: Your alerts: 1 report",
        "Broken bench, near Example Road",
    ] {
        assert!(taken[0].contains(said), "{said}: {}", taken[0]);
    }
}

#[tokio::test]
async fn an_address_that_is_refused_is_stopped_in_the_same_step() {
    let house = house().await;
    let server = StandIn::new(&[Mood::AtRecipient("550 no such mailbox")]).await;
    let fate = house.courier(Post::Smtp(smtp(server.port))).step().await.unwrap();
    assert_eq!(fate, Some(Fate::Refused("the mail server said 550 (recipient)".into())));
    let person = house.db.read(|tx| subscriber::by_id(&HOUSE, tx, id(20, 1))).await.unwrap().unwrap();
    assert_eq!(person.stopped_why, Some(Why::Bounced));
    // News that follows makes no mail.
    let later = NOW.plus_seconds(5);
    let more = move |tx: &mut Tx| alert::note(tx, &News { report: id(1, 1), at: later, kind: What::Fixed });
    house.db.write(more).await.unwrap();
    house.clock.forward(10);
    house.alerts().step().await.unwrap();
    assert_eq!(house.courier(Post::Smtp(smtp(server.port))).step().await.unwrap(), None);
}

#[tokio::test]
async fn what_was_hidden_stopped_or_paused_meanwhile_leaves_the_outbox_unsent() {
    for n in 0..3 {
        let (house, server) = (house().await, StandIn::new(&[]).await);
        match n {
            0 => hide(&house, Shown::Hidden).await,
            1 => {
                let stop = |tx: &mut Tx| subscriber::stop(&HOUSE, tx, id(20, 1), Why::Asked, NOW);
                house.db.write(stop).await.map(drop).unwrap();
            }
            _ => house.db.write(|tx| subscription::remove(&HOUSE, tx, id(21, 1))).await.unwrap(),
        }
        assert_eq!(house.courier(Post::Smtp(smtp(server.port))).step().await.unwrap(), None, "{n}");
        assert!(server.taken().is_empty() && house.rows().await.iter().all(|row| row.address != SAM), "{n}");
        // It stays untold, whatever comes: it was told as far as it ever will be.
        if n == 0 {
            hide(&house, Shown::Public).await;
            house.alerts().step().await.unwrap();
            assert_eq!(house.courier(Post::Smtp(smtp(server.port))).step().await.unwrap(), None);
        }
    }
}

#[tokio::test]
async fn a_server_that_is_away_for_six_days_delays_news_and_one_that_is_away_for_eight_ends_it() {
    for (days, fate) in [(6, Some(Fate::Sent)), (8, None)] {
        let house = house().await;
        let server = StandIn::new(&[Mood::Greet("421 not now"); 40]).await;
        let courier = house.courier(Post::Smtp(smtp(server.port)));
        let mut away = 0;
        while away < days * 24 {
            courier.step().await.unwrap();
            house.clock.forward(7 * 3600);
            away += 7;
        }
        let alive = StandIn::new(&[]).await;
        assert_eq!(house.courier(Post::Smtp(smtp(alive.port))).step().await.unwrap(), fate, "{days} days");
        let left = house.rows().await.into_iter().filter(|row| row.address == SAM);
        assert!(left.into_iter().all(|row| row.state == State::Sent), "{days} days");
    }
}
