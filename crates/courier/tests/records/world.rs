//! A whole house whose police have a records system.

use casework::Clock;
use courier::{Line, Records, Told};
use rights::Actor;
use std::{collections::BTreeMap, sync::Once, time::Duration};
use store::hook::{self, Hook};
use testkit::{Filed, House, systems};

pub const POLICE: &str = "avon-and-somerset-police";
pub const COUNCIL: &str = "north-somerset-council";
pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
pub const HOUSE: Actor = Actor::House("test");

pub struct World {
    pub house: House,
    pub records: Records,
}

impl World {
    pub async fn telling(url: &str) -> World {
        let house = House::with_records(systems(&[POLICE])).await;
        let records = sender(&house, url, &[SECRET]);
        World { house, records }
    }

    pub async fn theft(&self) -> Filed {
        self.house.file("crime.theft", "shortest").await
    }

    /// Sends until nothing is due, or the line rests.
    pub async fn drain(&self) -> Vec<Told> {
        drain(&self.records).await
    }

    pub fn forward_minutes(&self, minutes: i64) {
        self.house.clock.forward_seconds(minutes * 60);
    }

    pub fn seconds(&self) -> i64 {
        self.house.clock.now().micros() / 1_000_000
    }

    pub async fn rows(&self, filed: &Filed) -> Vec<Hook> {
        let id = filed.id;
        self.house.db.read(move |tx| hook::of_report(&HOUSE, tx, id)).await.unwrap()
    }
}

/// The one that sends, as another node with these secrets would be.
pub fn sender(house: &House, url: &str, secrets: &[&str]) -> Records {
    static TLS: Once = Once::new();
    TLS.call_once(|| rustls::crypto::ring::default_provider().install_default().unwrap());
    let secrets = secrets.iter().map(|secret| secret.parse().unwrap()).collect();
    let line = Line { at: url.parse().unwrap(), secrets };
    let lines = BTreeMap::from([(POLICE.to_owned(), line)]);
    let records = Records::new(house.db.clone(), lines, house.clock.clone(), house.rng.clone(), Default::default());
    records.unwrap().patient(Duration::from_millis(400))
}

pub async fn drain(records: &Records) -> Vec<Told> {
    let mut all = Vec::new();
    while let Some(told) = records.step(POLICE).await.unwrap() {
        all.push(told);
    }
    all
}
