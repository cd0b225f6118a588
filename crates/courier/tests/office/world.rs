//! A whole house whose council has a back office.

use crate::office::Office;
use casework::{
    Clock,
    report::{acts, acts::On, follow},
};
use courier::{BackOffice, OfficeFate, Offices};
use rights::Actor;
use std::{collections::BTreeMap, sync::Once, time::Duration};
use store::{
    journal::{self, Entry},
    sending::{self, Sending},
};
use testkit::{Filed, House};

pub const COUNCIL: &str = "north-somerset-council";
pub const HOUSE: Actor = Actor::House("test");
pub const PLAIN: &str = "[office]\nextended = true\nsource = \"a test\"\n\
                         [[office.code]]\nservice = \"pothole\"\ncode = \"HOLE\"\n";

pub struct World {
    pub house: House,
    pub office: Office,
    pub offices: Offices,
}

impl World {
    pub async fn new(said: &str) -> World {
        World::on(None, said).await
    }

    pub async fn on(url: Option<&str>, said: &str) -> World {
        static TLS: Once = Once::new();
        TLS.call_once(|| rustls::crypto::ring::default_provider().install_default().unwrap());
        let office = Office::new().await;
        let house = House::with_office(url, COUNCIL, said).await;
        let line = BackOffice { at: office.url().parse().unwrap(), key: Some("a-key".to_owned()) };
        let lines = BTreeMap::from([(COUNCIL.to_owned(), line)]);
        let (clock, rng) = (house.clock.clone(), house.rng.clone());
        let offices = Offices::new(house.db.clone(), house.setting.clone(), lines, clock, rng, Default::default());
        let offices = offices.unwrap().patient(Duration::from_millis(400)).with_pictures(house.give());
        let world = World { house, office, offices };
        world.forward_seconds(0);
        world
    }

    pub fn now(&self) -> i64 {
        self.house.clock.now().micros() / 1_000_000
    }

    pub fn forward_seconds(&self, seconds: i64) {
        self.house.clock.forward_seconds(seconds);
        self.office.kept.lock().unwrap().now = self.now();
    }

    pub async fn hole(&self) -> Filed {
        self.house.file("pothole", "shortest").await
    }

    /// Sends until nothing is due, or the line rests.
    pub async fn drain(&self) -> Vec<OfficeFate> {
        let mut all = Vec::new();
        while let Some(fate) = self.offices.step(COUNCIL).await.unwrap() {
            all.push(fate);
        }
        all
    }

    pub async fn ask(&self) {
        self.offices.ask(COUNCIL).await.unwrap();
    }

    pub async fn rows(&self, filed: &Filed) -> Vec<Sending> {
        let id = filed.id;
        self.house.db.read(move |tx| sending::of_report(&HOUSE, tx, id)).await.unwrap()
    }

    pub async fn entries(&self, filed: &Filed) -> Vec<Entry> {
        let id = filed.id;
        self.house.db.read(move |tx| journal::of_report(&HOUSE, tx, id)).await.unwrap()
    }

    /// The resident writes.
    pub async fn words(&self, filed: &Filed, words: &str) {
        let (setting, draw, words) = (self.house.setting.clone(), self.house.draw(), words.to_owned());
        let actor = Actor::Resident(rights::Resident { report: filed.id, sight: rights::Sight::Whole });
        let job = move |tx: &mut store::Tx| follow::add_words(&actor, tx, &setting, &mut draw.clone(), &words);
        self.house.db.write(job).await.unwrap();
    }

    /// Staff of the council set a stage.
    pub async fn stage(&self, filed: &Filed, stage: &'static str, words: &str) {
        let version = self.house.part(filed, COUNCIL).await.version;
        let actor = self.house.actor(COUNCIL, "officer").await;
        let (setting, draw) = (self.house.setting.clone(), self.house.draw());
        let (reference, words) = (filed.reference().to_owned(), words.to_owned());
        let job = move |tx: &mut store::Tx| {
            let on = On { reference: &reference, version };
            acts::set_stage(&actor, tx, &setting, &mut draw.clone(), on, (stage, None), &words)
        };
        self.house.db.write(job).await.unwrap();
    }

    /// Says that it was read: what is public of it is shown from now on.
    pub async fn read(&self, filed: &Filed) {
        let version = self.house.part(filed, COUNCIL).await.version;
        let actor = self.house.actor(COUNCIL, "officer").await;
        let (setting, draw, reference) = (self.house.setting.clone(), self.house.draw(), filed.reference().to_owned());
        let job = move |tx: &mut store::Tx| {
            acts::acknowledge(&actor, tx, &setting, &mut draw.clone(), On { reference: &reference, version })
        };
        self.house.db.write(job).await.unwrap();
    }
}
