//! The ledger: how many entries a second are sealed, published and checked. In process, on the embedded database.

use crate::{
    process,
    table::{Budget, Table},
    world::{self, SERVICE, World, draw, now},
};
use anyhow::{Result, ensure};
use custody::{Drawn, Folder, Ledger, Means, verify};
use rights::Actor;
use serde_json::json;
use std::{sync::Arc, time::Instant};
use store::{
    Db, Tx,
    journal::{self, Audience, NewEntry, Verb},
    report::{self, NewReport, Spot, Tracking},
};
use uuid::Uuid;

const HOUSE: Actor = Actor::House("bench");
/// Entries in one commit of the filling.
const CHUNK: usize = 500;
/// Entries of one subject: a report's usual history.
const HISTORY: usize = 10;
/// Budget of the check, in µs an entry: a million in ten seconds.
const CHECK: f64 = 10.0;

pub struct Sealing {
    entries: usize,
    per_second: f64,
    sealing_cpu_us: f64,
    check_us: f64,
    checkpoints: u64,
}

/// Fills a journal with `entries`, seals it, checks it.
pub async fn measure(entries: usize) -> Result<Sealing> {
    let world = world::empty().await?;
    fill(&world, entries).await?;
    let shelf = Arc::new(Folder::new(world.folder.path().join("ledger")));
    let seed = world.setting.keys.ledger_seed();
    let ledger = ledger(&world.db, shelf.clone(), seed).await?;

    let (cpu, began) = (process::cpu_ms(std::process::id())?, Instant::now());
    let mut sealed = 0;
    while sealed < entries {
        let round = ledger.step().await?;
        ensure!(round > 0, "{sealed} of {entries} were sealed");
        sealed += round;
    }
    let (seconds, cpu) = (began.elapsed().as_secs_f64(), process::cpu_ms(std::process::id())? - cpu);

    let began = Instant::now();
    let found = verify::whole(&world.db, shelf, seed).await?;
    let check = began.elapsed().as_secs_f64();
    ensure!(found.faults.is_empty() && found.leaves == entries as u64, "{found:?}");
    Ok(Sealing {
        entries,
        per_second: entries as f64 / seconds,
        sealing_cpu_us: cpu * 1000.0 / entries as f64,
        check_us: check * 1e6 / entries as f64,
        checkpoints: found.checkpoints,
    })
}

async fn ledger(db: &Db, shelf: Arc<Folder>, seed: [u8; 32]) -> Result<Ledger> {
    let origin = custody::origin("http://bench");
    let counted = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let drawn = move || {
        let n = counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Drawn { now: now(), seed: draw(now(), n).bytes() }
    };
    Ok(Ledger::open(Means { db: db.clone(), shelf, seed, origin, draw: Arc::new(drawn) }).await?)
}

fn report_of(n: usize) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | (n / HISTORY) as u128)
}

/// Reports with their entries as staff make them, half of them with words.
async fn fill(world: &World, entries: usize) -> Result<()> {
    let hash = Arc::new(world.service.hash.clone());
    for first in (0..entries).step_by(CHUNK) {
        let end = (first + CHUNK).min(entries);
        let hash = hash.clone();
        world.db.write(move |tx| (first..end).try_for_each(|n| one(tx, n, &hash))).await?;
    }
    Ok(())
}

fn one(tx: &mut Tx, n: usize, definition: &str) -> Result<(), store::Error> {
    let mut draw = draw(now(), n);
    let is_first = n.is_multiple_of(HISTORY);
    if is_first {
        report::insert(tx, &new_report(n, definition))?;
    }
    let entry = NewEntry {
        id: draw.id(),
        at: draw.now(),
        verb: Verb::Alteration,
        kind: if is_first { "report.received" } else { "stage.set" },
        report: Some(report_of(n)),
        agency: Some(world::AGENCY.into()),
        audience: Audience::Agencies,
        facts: json!({ "stage": "planned", "from": "looked_into", "n": n / HISTORY }),
        content: n.is_multiple_of(2).then(|| json!({ "words": "A crew will come on Thursday." })),
        salt: draw.salt(),
    };
    journal::write(&HOUSE, tx, &entry)
}

fn new_report(n: usize, definition: &str) -> NewReport {
    NewReport {
        id: report_of(n),
        reference: format!("{:09}", n / HISTORY),
        service: SERVICE.into(),
        definition: definition.to_owned(),
        type_code: SERVICE.into(),
        first_received_at: now(),
        anonymous: false,
        sensitive: false,
        tracking: Tracking::Link,
        short_view: false,
        spot: Spot { place: "Lay-by".into(), area: "Square".into(), lat: None, lon: None },
        cell_6: None,
        cell_8: None,
        cell_10: None,
        boundaries: "A square".into(),
        layers: serde_json::json!([]),
        device: store::report::Device::Unknown,
        filed: None,
        language: None,
        channel: "web".into(),
        ward: String::new(),
    }
}

pub fn rows(table: &mut Table, sealing: &Sealing) {
    let entries = sealing.entries;
    let row = table.add(
        format!("sealing {entries} entries, with tiles and checkpoints"),
        Budget::AtLeast(10_000.0),
        sealing.per_second,
        "/s",
    );
    row.note = format!("{:.0} µs CPU each, {} checkpoints", sealing.sealing_cpu_us, sealing.checkpoints);
    let row = table.add(format!("verify of {entries} entries"), Budget::AtMost(CHECK), sealing.check_us, "µs each");
    row.note = format!("{:.1} s in all", sealing.check_us * entries as f64 / 1e6);
}
