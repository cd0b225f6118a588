//! What a submission costs without HTTP: `casework` at 64 callers; `store` alone with the same rows; and, as the least that
//! a report can be, with one row and its entry.

use crate::{
    process, seed,
    world::{self, SERVICE, World, draw, now},
};
use anyhow::Result;
use casework::{
    Draw, codes,
    report::submit::{self, Sent},
};
use rights::Actor;
use serde_json::{Value as Json, json};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use store::{
    Tx,
    access::{self, Link},
    answer::{self, Answer},
    attempt,
    contact::{self, Contact},
    delivery::{self, Channel, Delivery, State},
    journal::{self, Audience, NewEntry, Verb},
    queue,
    report::{self, NewReport, Spot, Tracking},
    sub_case::{self, SubCase},
};
use uuid::Uuid;

pub const CALLERS: usize = 64;
const HOW_LONG: Duration = Duration::from_secs(3);
/// More than can be sent in that time.
const ATTEMPTS: usize = 40_000;

#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub per_second: f64,
    pub cpu_ms: f64,
    pub jobs_a_commit: f64,
}

pub struct Inside {
    pub casework: Rate,
    /// `store` alone, the rows of a submission.
    pub rows: Rate,
    /// `store` alone, one row and its entry.
    pub least: Rate,
}

pub async fn measure() -> Result<Inside> {
    Ok(Inside { casework: casework().await?, rows: same_rows().await?, least: least().await? })
}

/// Runs jobs by number from as many callers as there are, and counts commits.
async fn callers<E, F>(world: &World, most: usize, job: F) -> Result<Rate>
where
    E: From<store::Error> + Send + Sync + std::error::Error + 'static,
    F: Fn(usize, &mut Tx) -> Result<(), E> + Clone + Send + Sync + 'static,
{
    let (next, until) = (Arc::new(AtomicUsize::new(0)), Instant::now() + HOW_LONG);
    let (commits, jobs) = world.db.commits();
    let (cpu, began) = (process::cpu_ms(std::process::id())?, Instant::now());
    let mut tasks = Vec::new();
    for _ in 0..CALLERS {
        let (db, next, job) = (world.db.clone(), next.clone(), job.clone());
        tasks.push(tokio::spawn(async move {
            loop {
                let n = next.fetch_add(1, Relaxed);
                if n >= most || Instant::now() >= until {
                    return Ok::<(), E>(());
                }
                let job = job.clone();
                db.write(move |tx| job(n, tx)).await?;
            }
        }));
    }
    for task in tasks {
        task.await??;
    }
    let (seconds, cpu) = (began.elapsed().as_secs_f64(), process::cpu_ms(std::process::id())? - cpu);
    let (commits, jobs) = (world.db.commits().0 - commits, world.db.commits().1 - jobs);
    let jobs = jobs as f64;
    Ok(Rate { per_second: jobs / seconds, cpu_ms: cpu / jobs, jobs_a_commit: jobs / commits as f64 })
}

async fn casework() -> Result<Rate> {
    let world = world::empty().await?;
    let tokens = Arc::new(seed::attempts(&world, ATTEMPTS).await?);
    let at = now();
    // One ready report for all: working it out is the request's part, not the write's.
    let ready = Arc::new(seed::ready(&world, &seed::mailed(1), at)?);
    let setting = world.setting.clone();
    callers(&world, ATTEMPTS, move |n, tx| {
        submit::submit(tx, &setting, &mut draw(at, n), &tokens[n], &ready).map(|_| ())
    })
    .await
}

/// One submission as `casework` made it: the rows that `store` writes again under new keys.
struct Rows {
    report: NewReport,
    answers: Vec<Answer>,
    contact: Contact,
    case: SubCase,
    words: String,
    facts: Json,
    delivery: Delivery,
    sealed: Vec<u8>,
}

async fn rows(world: &World) -> Result<Rows> {
    let (token, at) = (seed::attempts(world, 1).await?.remove(0), now());
    let ready = seed::ready(world, &seed::mailed(1), at)?;
    let (setting, service, hash) = (world.setting.clone(), SERVICE.to_owned(), world.service.hash.clone());
    let house = Actor::House("bench");
    let made = world.db.write(move |tx| -> casework::Result<Rows> {
        let sent = submit::submit(tx, &setting, &mut draw(at, 1), &token, &ready)?;
        let (Sent::New(receipt) | Sent::Before(receipt)) = sent;
        let head = report::by_reference(tx, &receipt.reference)?.ok_or(rights::NotFound)?;
        let case = sub_case::of_report(tx, head.id)?.remove(0);
        let entry = journal::of_report(&house, tx, head.id)?.remove(0);
        let contact = contact::own(&house, tx, head.id)?.ok_or(rights::NotFound)?;
        let spot = report::own_spot(&house, tx, head.id)?;
        let found = attempt::find(tx, &codes::hash_token(&token), at)?.ok_or(rights::NotFound)?;
        Ok(Rows {
            answers: answer::own(&house, tx, head.id)?,
            words: format!("{} {} {} {}", queue::label(&case.agency), head.reference, spot.place, head.area),
            report: NewReport {
                id: head.id,
                reference: head.reference,
                service: service.clone(),
                definition: hash.clone(),
                type_code: head.type_code,
                first_received_at: at,
                anonymous: false,
                sensitive: false,
                tracking: head.tracking,
                short_view: false,
                spot,
                cell_6: None,
                cell_8: None,
                cell_10: None,
                boundaries: "A square, for the bench".into(),
                language: None,
                channel: "web".into(),
                ward: String::new(),
                layers: serde_json::json!([]),
                device: store::report::Device::Unknown,
                filed: None,
            },
            delivery: Delivery {
                id: head.id,
                entry: entry.id,
                report: Some(head.id),
                agency: Some(case.agency.clone()),
                channel: Channel::Email,
                address: contact.email.clone().unwrap_or_default(),
                template: "receipt".into(),
                facts: json!({
                    "reference": receipt.reference, "service": service.clone(), "definition": hash.clone(),
                    "agency": case.agency, "sensitive": false, "link": head.id, "pin": false,
                }),
                state: State::Waiting,
                tries: 0,
                next_at: at,
                claim: None,
                created_at: at,
                sent_at: None,
                problem: None,
            },
            facts: entry.facts,
            sealed: found.sealed,
            contact,
            case,
        })
    });
    Ok(made.await?)
}

/// The rows of a submission without anything that decides them: what 64 callers of `store` alone can have written.
async fn same_rows() -> Result<Rate> {
    // The pattern is made in a house of its own.
    let rows = Arc::new(rows(&world::empty().await?).await?);
    let world = world::empty().await?;
    let tokens = Arc::new(seed::attempts(&world, ATTEMPTS).await?);
    let at = now();
    callers(&world, ATTEMPTS, move |n, tx| -> store::Result<()> {
        let mut draw = draw(at, n + 2);
        let (id, entry, link) = (draw.id(), draw.id(), draw.id());
        let cells = (Some(n as i64 % 100), Some(n as i64 % 10_000));
        let report =
            NewReport { id, reference: format!("{n:09}"), cell_6: cells.0, cell_8: cells.1, ..rows.report.clone() };
        report::insert(tx, &report)?;
        for answer in &rows.answers {
            answer::insert(tx, id, answer)?;
        }
        contact::insert(tx, id, &rows.contact)?;
        access::keep_receipt(tx, id, &draw.bytes())?;
        let number = sub_case::next_number(tx)?;
        sub_case::insert(tx, &SubCase { id: draw.id(), report: id, number, ..rows.case.clone() })?;
        tx.index_words(number, &rows.words)?;
        journal::write(&Actor::Anonymous, tx, &received(entry, id, rows.facts.clone(), &mut draw))?;
        let token = draw.bytes().to_vec();
        access::keep_link(tx, &Link { id: link, token, report: id, created_at: at, expires_at: at })?;
        let report = Some(id);
        delivery::insert(tx, &Delivery { id: draw.id(), entry, report, ..rows.delivery.clone() })?;
        attempt::sent(tx, &codes::hash_token(&tokens[n]), id, &rows.sealed)
    })
    .await
}

/// The first entry of a report.
fn received(id: Uuid, report: Uuid, facts: Json, draw: &mut Draw) -> NewEntry {
    NewEntry {
        id,
        at: draw.now(),
        verb: Verb::Collection,
        kind: "report.received",
        report: Some(report),
        agency: None,
        audience: Audience::Resident,
        facts,
        content: None,
        salt: draw.salt(),
    }
}

async fn least() -> Result<Rate> {
    let world = world::empty().await?;
    let (hash, at) = (world.service.hash.clone(), now());
    callers(&world, usize::MAX, move |n, tx| {
        let mut draw = draw(at, n);
        let id = draw.id();
        report::insert(
            tx,
            &NewReport {
                id,
                reference: format!("{n:09}"),
                service: SERVICE.into(),
                definition: hash.clone(),
                type_code: SERVICE.into(),
                first_received_at: at,
                anonymous: false,
                sensitive: false,
                tracking: Tracking::Link,
                short_view: false,
                spot: Spot { place: "Lay-by".into(), area: "Square".into(), lat: Some(51.3), lon: Some(-2.9) },
                cell_6: Some(n as i64 % 100),
                cell_8: Some(n as i64 % 10_000),
                cell_10: None,
                boundaries: "A square".into(),
                language: None,
                channel: "web".into(),
                ward: String::new(),
                layers: serde_json::json!([]),
                device: store::report::Device::Unknown,
                filed: None,
            },
        )?;
        let facts = json!({ "service": SERVICE, "channel": "web" });
        let entry = received(draw.id(), id, facts, &mut draw);
        journal::write(&Actor::House("bench"), tx, &entry)
    })
    .await
}
