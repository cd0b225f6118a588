//! A database with reports and what happened to them, and the ledger beside it. All of it fictional.

use custody::{
    Drawn, Folder, Ledger, Means, origin,
    verify::{self, Findings},
};
use rights::{Actor, Resident, Sight};
use serde_json::{Value as Json, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};
use store::{
    DatabasePlace, Db, Error, Time, Tx, answer,
    definition::{self, Definition},
    journal::{self, Audience, NewEntry, Verb, content_hash},
    report::{self, NewReport, Spot, Tracking},
    staff,
};
use tempfile::TempDir;
use uuid::Uuid;

pub const SEED: [u8; 32] = [5; 32];
pub const URL: &str = "https://moothall.example";
const NOW: Time = Time(1_790_000_000_000_000);

pub fn id(kind: u16, n: u64) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | (u128::from(kind) << 80) | u128::from(n))
}

pub fn report_id(n: u64) -> Uuid {
    id(1, n)
}

pub fn entry_id(n: u64) -> Uuid {
    id(4, n)
}

pub fn resident(n: u64) -> Actor {
    Actor::Resident(Resident { report: report_id(n), sight: Sight::Whole })
}

fn officer() -> Actor {
    Actor::Staff(rights::Staff {
        id: id(3, 1),
        name: "Robin Example".into(),
        agency: "example-council".into(),
        teams: vec![],
        rights: Default::default(),
        remit: Default::default(),
    })
}

pub struct House {
    pub db: Db,
    around: TempDir,
    server: Option<(String, String)>,
}

impl House {
    pub fn folder(&self) -> PathBuf {
        self.around.path().join("ledger")
    }

    pub fn file(&self) -> PathBuf {
        self.around.path().join("moothall.db")
    }

    pub async fn embedded() -> House {
        let around = tempfile::tempdir().unwrap();
        let place = DatabasePlace::File(around.path().join("moothall.db"));
        House::on(place, around, None).await
    }

    /// On the server of the tests, where there is one.
    pub async fn on_a_server() -> Option<House> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let Some(server) = std::env::var("MOOTHALL_TEST_POSTGRES").ok().filter(|url| !url.is_empty()) else {
            assert!(std::env::var_os("CI").is_none(), "MOOTHALL_TEST_POSTGRES must name a server where CI is set");
            println!("skipped on PostgreSQL: MOOTHALL_TEST_POSTGRES names no server");
            return None;
        };
        let name = format!("custody_{}_{}", process::id(), COUNT.fetch_add(1, Relaxed));
        sql(&server, &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"));
        let address = server.rsplit_once('/').unwrap().0;
        let place = DatabasePlace::parse(&format!("{address}/{name}"));
        Some(House::on(place, tempfile::tempdir().unwrap(), Some((server, name))).await)
    }

    async fn on(place: DatabasePlace, around: TempDir, server: Option<(String, String)>) -> House {
        let db = Db::open(&place).unwrap();
        db.migrate().await.unwrap();
        db.write(people).await.unwrap();
        House { db, around, server }
    }

    /// A copy of an embedded house, with its tiles, for a test that spoils it.
    pub async fn copy(&self) -> House {
        self.db.truncate().await.unwrap();
        let around = tempfile::tempdir().unwrap();
        let file = around.path().join("moothall.db");
        fs::copy(self.file(), &file).unwrap();
        copy_folder(&self.folder(), &around.path().join("ledger"));
        let place = DatabasePlace::File(file);
        House { db: Db::open(&place).unwrap(), around, server: None }
    }

    /// The ledger as one more process opens it.
    pub async fn ledger(&self) -> Ledger {
        self.ledger_in(&self.folder()).await
    }

    pub async fn ledger_in(&self, folder: &Path) -> Ledger {
        static SEEDS: AtomicU64 = AtomicU64::new(0);
        let draw = || {
            let mut seed = [0x5a; 32];
            seed[..8].copy_from_slice(&SEEDS.fetch_add(1, Relaxed).to_be_bytes());
            Drawn { now: NOW, seed }
        };
        let shelf = Arc::new(Folder::new(folder));
        let means = Means { db: self.db.clone(), shelf, seed: SEED, origin: origin(URL), draw: Arc::new(draw) };
        Ledger::open(means).await.unwrap()
    }

    pub async fn verify(&self) -> Findings {
        verify::whole(&self.db, Arc::new(Folder::new(self.folder())), SEED).await.unwrap()
    }

    /// What is wrong, in words, sorted.
    pub async fn faults(&self) -> Vec<String> {
        let mut faults: Vec<String> = self.verify().await.faults.iter().map(ToString::to_string).collect();
        faults.sort();
        faults
    }

    /// Reports `first..=last` are received, each with answers, and each gets words, an act of staff and a look.
    pub async fn live(&self, first: u64, last: u64) {
        for chunk in (first..=last).collect::<Vec<_>>().chunks(50) {
            let chunk = chunk.to_vec();
            self.db.write(move |tx| chunk.iter().try_for_each(|n| one_report(tx, *n))).await.unwrap();
        }
    }

    /// 60 reports with ten entries each, in four checkpoints.
    pub async fn lived() -> House {
        let house = House::embedded().await;
        let ledger = house.ledger().await;
        ledger.publish().await.unwrap();
        for (first, last) in [(1, 10), (11, 31), (32, 55), (56, 60)] {
            house.live(first, last).await;
            ledger.step().await.unwrap();
        }
        house
    }

    /// Changes rows behind the back of everybody, without a rule of the schema.
    pub fn tamper(&self, sql: &str) {
        let connection = rusqlite::Connection::open(self.file()).unwrap();
        connection.execute_batch("PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON").unwrap();
        connection.execute_batch(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
        assert!(connection.changes() > 0, "nothing was changed: {sql}");
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.server {
            sql(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// On a thread of its own: the driver panics on one of the runtime's.
fn sql(server: &str, text: &str) {
    std::thread::scope(|scope| {
        scope
            .spawn(|| postgres::Client::connect(server, postgres::NoTls).unwrap().batch_execute(text).unwrap())
            .join()
            .unwrap()
    });
}

pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &name);
        } else {
            fs::copy(&path, &name).unwrap();
        }
    }
}

fn people(tx: &mut Tx) -> Result<(), Error> {
    let member = staff::Staff {
        id: id(3, 1),
        agency: "example-council".into(),
        login: "robin@example.org".into(),
        name: "Robin Example".into(),
        password: "$argon2id$example".into(),
        totp: vec![1],
        totp_step: 0,
        roles: json!([]),
        teams: json!([]),
        services: serde_json::json!([]),
        wards: serde_json::json!([]),
        active: true,
        fails: 0,
        locked_until: None,
    };
    staff::insert(&Actor::House("test"), tx, &member)?;
    let one = Definition {
        hash: "one".into(),
        service: "example".into(),
        version: 1,
        body: String::new(),
        words: String::new(),
    };
    definition::keep(tx, &one, NOW)
}

pub fn entry(n: u64, report: Option<u64>, kind: &'static str, words: Option<Json>) -> NewEntry {
    NewEntry {
        id: entry_id(n),
        at: NOW.plus_seconds(n as i64),
        verb: if kind == "list.seen" { Verb::Consultation } else { Verb::Collection },
        kind,
        report: report.map(report_id),
        agency: Some("example-council".into()),
        audience: Audience::Resident,
        facts: json!({ "n": n, "deep": { "z": [1, 2.5], "a": null } }),
        content: words,
        salt: [n as u8; 16],
    }
}

fn one_report(tx: &mut Tx, n: u64) -> Result<(), Error> {
    let row = NewReport {
        id: report_id(n),
        reference: format!("{n:09}"),
        service: "example".into(),
        definition: "one".into(),
        type_code: "example".into(),
        first_received_at: NOW,
        anonymous: false,
        sensitive: false,
        tracking: Tracking::Link,
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
    };
    report::insert(tx, &row)?;
    let (body, salt) = (json!({ "what": format!("thing {n}") }), vec![n as u8; 16]);
    let hash: String = content_hash(&salt, &body).iter().map(|byte| format!("{byte:02x}")).collect();
    answer::insert(tx, report_id(n), &answer::Answer { part: answer::Part::Plain, body, salt })?;
    let received =
        NewEntry { facts: json!({ "answers": { "plain": hash } }), ..entry(10 * n, Some(n), "report.received", None) };
    journal::write(&Actor::Anonymous, tx, &received)?;
    for step in 1..=5 {
        let words = json!({ "words": format!("word {step} of {n}") });
        journal::write(&resident(n), tx, &entry(10 * n + step, Some(n), "words.added", Some(words)))?;
    }
    journal::write(&officer(), tx, &entry(10 * n + 6, Some(n), "stage.set", None))?;
    journal::write(&officer(), tx, &entry(10 * n + 7, Some(n), "report.seen", None))?;
    journal::write(&officer(), tx, &entry(10 * n + 8, None, "list.seen", None))?;
    journal::write(&Actor::House("clock"), tx, &entry(10 * n + 9, None, "swept", None))
}
