//! What a submission costs without HTTP: `casework` at 64 callers, and `store` alone with a report and its entry.

use crate::{
    process, seed,
    world::{self, SERVICE, World, draw, now},
};
use anyhow::Result;
use casework::report::submit;
use rights::Actor;
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use store::{
    Tx,
    journal::{self, Audience, NewEntry, Verb},
    report::{self, NewReport, Spot, Tracking},
};

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
    pub store: Rate,
}

pub async fn measure() -> Result<Inside> {
    Ok(Inside { casework: casework().await?, store: store_alone().await? })
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
    let ready = Arc::new(seed::ready(&world, &seed::answers(1), at)?);
    let setting = world.setting.clone();
    callers(&world, ATTEMPTS, move |n, tx| {
        submit::submit(tx, &setting, &mut draw(at, n), &tokens[n], &ready).map(|_| ())
    })
    .await
}

async fn store_alone() -> Result<Rate> {
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
                spot: Spot { place: "Lay-by".into(), area: "Square".into(), lat: Some(51.3), lon: Some(-2.9) },
                cell_6: Some(n as i64 % 100),
                cell_8: Some(n as i64 % 10_000),
                cell_10: None,
                boundaries: "A square".into(),
            },
        )?;
        let entry = NewEntry {
            id: draw.id(),
            at,
            verb: Verb::Collection,
            kind: "report.received",
            report: Some(id),
            agency: None,
            audience: Audience::Resident,
            facts: json!({ "service": SERVICE, "channel": "web" }),
            content: None,
            salt: draw.salt(),
        };
        journal::write(&Actor::House("bench"), tx, &entry)
    })
    .await
}
