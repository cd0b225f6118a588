//! The database behind the server's back: attempts prepared in it, and what is in it in the end.

use crate::folder::Folder;
use casework::{Draw, attempt::Draft};
use rights::Actor;
use serde_json::{Value as Json, json};
use std::{
    collections::BTreeSet,
    time::{SystemTime, UNIX_EPOCH},
};
use store::{Db, Time, Tx, journal, report};

const HOUSE: Actor = Actor::House("test");
/// The service that is sent in the races, and the path of its cookie.
pub const SERVICE: &str = "fly-tipping";

#[expect(clippy::disallowed_methods, reason = "the server's clock is the machine's too")]
fn now() -> Time {
    Time(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i64)
}

fn draw() -> Draw {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).unwrap();
    Draw::new(now(), seed)
}

pub struct Database(Db);

impl Database {
    pub fn of(folder: &Folder) -> Database {
        Database(Db::open(&folder.place()).unwrap())
    }

    pub fn read<T: Send + 'static>(&self, job: impl FnOnce(&mut Tx) -> store::Result<T> + Send + 'static) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(self.0.read(job)).unwrap()
    }

    /// Attempts with every answer given, as far as check-answers; the values of their cookies.
    pub fn prepare(&self, n: usize, answers: &Json) -> Vec<String> {
        let draft = Draft { answers: answers.clone(), ..Draft::default() };
        let draw = draw();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let write = self.0.write(move |tx| -> casework::Result<Vec<String>> {
            let mut draw = draw.clone();
            (0..n).map(|_| casework::attempt::begin(tx, &mut draw, SERVICE, &draft)).collect()
        });
        runtime.block_on(write).unwrap()
    }

    /// Changes rows behind everybody's back.
    pub fn change(&self, sql: &'static str) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let changed: store::Result<u64> = runtime.block_on(self.0.write(move |tx| tx.run(sql, &[])));
        assert!(changed.unwrap() > 0, "{sql}");
    }

    /// What a statement counts.
    pub fn count(&self, sql: &'static str) -> i64 {
        self.read(move |tx| tx.one::<(i64,)>(sql, &[])).0
    }

    /// The ids that a statement gives.
    pub fn ids(&self, sql: &'static str) -> BTreeSet<uuid::Uuid> {
        self.read(move |tx| tx.all::<(uuid::Uuid,)>(sql, &[])).into_iter().map(|(id,)| id).collect()
    }

    pub fn reports(&self) -> i64 {
        self.read(report::count)
    }

    /// Every one of these references is there with exactly one entry of its receipt, and nothing is there by half.
    pub fn holds(&self, references: &BTreeSet<String>) {
        let wanted = references.clone();
        let faults = self.read(move |tx| {
            let mut faults = Vec::new();
            for reference in wanted {
                let Some(head) = report::by_reference(tx, &reference)? else {
                    faults.push(format!("{reference} is lost"));
                    continue;
                };
                let entries = journal::of_report(&HOUSE, tx, head.id)?;
                let received = entries.iter().filter(|entry| entry.kind == "report.received").count();
                if received != 1 {
                    faults.push(format!("{reference} has {received} entries of its receipt"));
                }
            }
            Ok(faults)
        });
        assert!(faults.is_empty(), "{faults:#?}");
        let strays = self.read(|tx| journal::strays(&HOUSE, tx));
        assert_eq!(strays, (0, 0), "reports without their entry, entries without their report");
    }
}

/// The shortest report, in words alone: it needs no boundary and no postcode.
pub fn shortest() -> Json {
    json!({
        "now": "no",
        "photos": null,
        "where": { "label": "the lay-by past the old bridge", "typed": "the lay-by past the old bridge", "how": "words" },
        "land": "road_verge",
        "waste": ["mattress"],
        "size": "single_item",
    })
}

/// The same with an address for the receipt.
pub fn with_mail_to(address: &str) -> Json {
    let mut answers = shortest();
    answers["contact"] = json!({ "name": "Robin Example", "email": address });
    answers
}

#[test]
#[should_panic(expected = "123456782 is lost")]
fn a_reference_that_is_not_there_is_missed() {
    Database::of(&Folder::new()).holds(&BTreeSet::from(["123456782".to_owned()]));
}
