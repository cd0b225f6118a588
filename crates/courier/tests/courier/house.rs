//! A small house: an embedded database in a temporary folder, a clock moved by hand, two made-up services.

use casework::{Clock, Geography, Keys, Rng, Setting};
use catalogue::Source;
use courier::{Alerts, Courier, Patience, Post, Smtp, Tls};
use rights::Actor;
use serde_json::{Value as Json, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};
use store::{
    DatabasePlace, Db, Error, Time, Tx,
    contact::{self, Contact},
    definition::{self, Definition},
    delivery::{self, Channel, Delivery, State},
    journal::{self, Audience, NewEntry, Verb},
    report::{self, NewReport, Spot, Tracking},
};
use uuid::Uuid;

/// 2026-11-24T10:00:00Z, a Tuesday.
pub const NOW: Time = Time(1_795_514_400_000_000);
pub const HOUSE: Actor = Actor::House("courier");
pub const URL: &str = "https://moothall.example";

pub struct HandClock(AtomicI64);

impl HandClock {
    pub fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Time {
        Time(self.0.load(Ordering::SeqCst))
    }
}

/// A different seed at each draw, the same ones in each run.
pub struct Counted(AtomicU64);

impl Rng for Counted {
    fn seed(&self) -> [u8; 32] {
        let mut seed = [3; 32];
        seed[..8].copy_from_slice(&self.0.fetch_add(1, Ordering::SeqCst).to_le_bytes());
        seed
    }
}

pub struct House {
    pub db: Db,
    pub setting: Arc<Setting>,
    pub clock: Arc<HandClock>,
    rng: Arc<Counted>,
    /// Hashes of the plain, the neutral and the sensitive service.
    pub plain: String,
    pub neutral: String,
    pub sensitive: String,
    _folder: tempfile::TempDir,
}

impl House {
    pub async fn new() -> House {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&DatabasePlace::File(folder.path().join("test.db"))).unwrap();
        db.migrate().await.unwrap();
        let sources: Vec<Source> = [
            ("plain", "Broken bench", ""),
            ("neutral", "Theft", "neutral_mail = true\n"),
            ("sensitive", "Abuse", "sensitive = true\n"),
        ]
        .into_iter()
        .flat_map(|(id, title, more)| service(id, title, more))
        .collect();
        let catalogue = Arc::new(catalogue::load(&sources).unwrap_or_else(|faults| panic!("{faults:?}")));
        let hash = |id: &str| catalogue.service(id).unwrap().hash.clone();
        let (plain, neutral, sensitive) = (hash("plain"), hash("neutral"), hash("sensitive"));
        let geography = db.read(Geography::load).await.unwrap();
        let setting = Arc::new(Setting::new(catalogue, Keys::new([9; 32]), URL.to_owned(), geography));
        let clock = Arc::new(HandClock(AtomicI64::new(NOW.micros())));
        House {
            db,
            setting,
            clock,
            rng: Arc::new(Counted(AtomicU64::new(1))),
            plain,
            neutral,
            sensitive,
            _folder: folder,
        }
    }

    pub fn courier(&self, post: Post) -> Courier {
        Courier::new(self.db.clone(), self.setting.clone(), post, self.clock.clone(), self.rng.clone(), Arc::default())
    }

    pub fn alerts(&self) -> Alerts {
        Alerts {
            db: self.db.clone(),
            setting: self.setting.clone(),
            clock: self.clock.clone(),
            rng: self.rng.clone(),
            bell: Arc::default(),
        }
    }

    /// Report, contact, entry and delivery number `n`; `change` may alter the delivery, `safe` is the gate's record.
    pub async fn queue_with(&self, n: u64, safe: Option<Json>, change: impl Fn(&mut Delivery)) -> Delivery {
        let mut delivery = self.delivery(n, &self.plain, false);
        change(&mut delivery);
        let row = delivery.clone();
        let hash = self.plain.clone();
        self.db.write(move |tx| insert(tx, n, &hash, safe.clone(), &row)).await.unwrap();
        delivery
    }

    pub async fn queue(&self, n: u64) -> Delivery {
        self.queue_with(n, Some(at_any_time(&address(n))), |_| {}).await
    }

    pub fn delivery(&self, n: u64, definition: &str, sensitive: bool) -> Delivery {
        Delivery {
            id: id(5, n),
            entry: id(4, n),
            report: Some(id(1, n)),
            agency: Some("example-council".into()),
            channel: Channel::Email,
            address: address(n),
            template: "update".into(),
            facts: json!({
                "reference": "123456782", "service": "plain", "definition": definition,
                "agency": "example-council", "sensitive": sensitive, "link": id(6, n), "pin": true,
            }),
            state: State::Waiting,
            tries: 0,
            next_at: NOW,
            claim: None,
            created_at: NOW,
            sent_at: None,
            problem: None,
        }
    }

    pub async fn row(&self, delivery: &Delivery) -> Delivery {
        self.rows().await.into_iter().find(|row| row.id == delivery.id).unwrap()
    }

    pub async fn rows(&self) -> Vec<Delivery> {
        self.db.read(|tx| delivery::latest(&HOUSE, tx)).await.unwrap()
    }
}

pub fn id(kind: u16, n: u64) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | (u128::from(kind) << 80) | u128::from(n))
}

pub fn address(n: u64) -> String {
    format!("robin{n}@example.org")
}

pub fn at_any_time(address: &str) -> Json {
    json!({ "gate": { "channels": [{ "kind": "email", "address": address, "safe": true }] } })
}

/// A plain line to a stand-in, with little patience.
pub fn smtp(port: u16) -> Smtp {
    Smtp {
        host: "127.0.0.1".into(),
        port: Some(port),
        tls: Tls::Plain,
        from: "noreply@moothall.example".into(),
        from_name: "Moothall".into(),
        patience: Patience {
            greeting: Duration::from_secs(5),
            command: Duration::from_secs(2),
            text: Duration::from_millis(700),
        },
        ..Smtp::default()
    }
}

fn insert(tx: &mut Tx, n: u64, definition: &str, safe: Option<Json>, row: &Delivery) -> Result<(), Error> {
    let hash = definition.to_owned();
    let kept = Definition { hash, service: "plain".into(), version: 1, body: "x".into(), words: "y".into() };
    definition::keep(tx, &kept, NOW)?;
    report::insert(tx, &new_report(n, definition))?;
    if let Some(safe) = safe {
        let name = Some("Robin Example".to_owned());
        contact::insert(tx, id(1, n), &Contact { name, email: Some(address(n)), phone: None, safe })?;
    }
    journal::write(&HOUSE, tx, &entry(n))?;
    delivery::insert(tx, row)
}

fn new_report(n: u64, definition: &str) -> NewReport {
    NewReport {
        id: id(1, n),
        reference: format!("{n:09}"),
        service: "plain".into(),
        definition: definition.into(),
        type_code: "plain".into(),
        first_received_at: NOW,
        anonymous: false,
        sensitive: false,
        tracking: Tracking::LinkAndPin,
        short_view: false,
        spot: Spot { place: "By the pier".into(), area: "Example Town".into(), lat: None, lon: None },
        cell_6: None,
        cell_8: None,
        cell_10: None,
        boundaries: "demonstration".into(),
        layers: serde_json::json!([]),
        device: store::report::Device::Unknown,
        filed: None,
        language: None,
        channel: "web".into(),
        ward: String::new(),
    }
}

fn entry(n: u64) -> NewEntry {
    NewEntry {
        id: id(4, n),
        at: NOW,
        verb: Verb::Collection,
        kind: "report.received",
        report: Some(id(1, n)),
        agency: Some("example-council".into()),
        audience: Audience::Resident,
        facts: json!({}),
        content: None,
        salt: [7; 16],
    }
}

fn service(id: &str, title: &str, more: &str) -> [Source; 2] {
    let definition = format!(
        "[service]\nid = \"{id}\"\nversion = 1\ngroup = \"Examples\"\nregime = \"p2\"\ntracking = \"link\"\n\
         anonymous = \"allowed\"\nretention = \"council_report\"\n{more}\n[[question]]\nid = \"what\"\nkind = \"text\"\n\
         ask = \"required\"\ntags = {{ regime = \"p2\", sensitivity = \"plain\", publish = \"none\", \
         retention = \"council_report\" }}\n"
    );
    let words = format!(
        "[service]\ntitle = \"{title}\"\nsummary = \"One line.\"\nneutral_title = \"A report\"\n\n\
         [question.what]\nlabel = \"What is it?\"\n"
    );
    [
        Source::new(format!("services/{id}/service.toml"), definition),
        Source::new(format!("services/{id}/en.toml"), words),
    ]
}
