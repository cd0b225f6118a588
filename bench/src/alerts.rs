//! Alerts: how long it takes to find who is told of new reports, and to keep it. In process, on the embedded database.

use crate::{
    table::{Budget, Table},
    world::{self, AGENCY, SERVICE, World, now},
};
use anyhow::{Result, ensure};
use casework::alerts::{
    matching::{self, PIECE},
    spot,
};
use serde_json::json;
use std::time::Instant;
use store::{
    Time, Tx,
    alert::{self, News, What},
    publication::{self, Publication, Shown, Stand},
    report::{self, NewReport, Spot, Tracking},
    subscriber::{self, Subscriber},
    subscription::{self, Cadence, Hears, Kind, Subscription},
};
use uuid::Uuid;

const CHUNK: usize = 500;
/// Subscriptions and new reports of the budget (requirements, council, §3), and its seconds.
const SUBSCRIPTIONS: usize = 100_000;
const REPORTS: usize = 1_000;
const SECONDS: f64 = 10.0;
/// About the area of a force, 78 by 63 km: south-west corner, and sides in degrees.
const LAND: (f64, f64, f64, f64) = (50.9, -3.4, 0.7, 0.9);
/// How far around people ask: of fifty, so many ask so many metres.
const AROUND: [(usize, i64); 6] = [(5, 200), (10, 500), (10, 805), (20, 1609), (4, 4828), (1, 9656)];

pub struct Run {
    subscriptions: usize,
    reports: usize,
    seconds: f64,
    finding: f64,
    matches: usize,
}

/// The budget's numbers, then each of them doubled; a tenth of the subscriptions in a build that is not optimised.
pub async fn measure() -> Result<Vec<Run>> {
    let part = if cfg!(debug_assertions) { 10 } else { 1 };
    let (subscriptions, reports) = (SUBSCRIPTIONS / part, REPORTS);
    Ok(vec![
        run(subscriptions, reports).await?,
        run(subscriptions * 2, reports).await?,
        run(subscriptions, reports * 2).await?,
    ])
}

async fn run(subscriptions: usize, reports: usize) -> Result<Run> {
    let world = world::empty().await?;
    fill(&world, subscriptions, reports).await?;
    let (began, mut finding, mut matches, mut compared) = (Instant::now(), 0.0, 0, 0);
    loop {
        let (setting, since) = (world.setting.clone(), Instant::now());
        let found = world.db.read(move |tx| matching::find(tx, &setting, 1_000)).await?;
        finding += since.elapsed().as_secs_f64();
        if found.news.is_empty() {
            break;
        }
        for piece in found.alerts.chunks(PIECE) {
            let piece = piece.to_vec();
            matches += world.db.write(move |tx| matching::keep(tx, &piece)).await? as usize;
        }
        compared += found.news.len();
        world.db.write(move |tx| matching::done(tx, &found.news, now())).await?;
    }
    ensure!(compared == reports && matches > 0, "{compared} of {reports} reports, {matches} matches");
    Ok(Run { subscriptions, reports, seconds: began.elapsed().as_secs_f64(), finding, matches })
}

/// Numbers that lie evenly in 0 to 1 (Kronecker's, by the golden ratio and by the root of two).
fn even(n: usize, step: f64) -> f64 {
    (n as f64 * step).fract()
}

fn place(n: usize) -> (f64, f64) {
    let (south, west, up, along) = LAND;
    (south + up * even(n, 0.618_033_988_75), west + along * even(n, 0.414_213_562_37))
}

fn id(kind: u128, n: usize) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | (kind << 80) | n as u128)
}

async fn fill(world: &World, subscriptions: usize, reports: usize) -> Result<()> {
    for first in (0..subscriptions).step_by(CHUNK) {
        let end = (first + CHUNK).min(subscriptions);
        world.db.write(move |tx| (first..end).try_for_each(|n| subscribe(tx, n))).await?;
    }
    for first in (0..reports).step_by(CHUNK) {
        let (end, hash) = ((first + CHUNK).min(reports), world.service.hash.clone());
        world.db.write(move |tx| (first..end).try_for_each(|n| public(tx, n, &hash))).await?;
    }
    Ok(())
}

/// Forty-nine of fifty ask around a place; one asks for all of an agency, of a kind that few reports are of.
fn subscribe(tx: &mut Tx, n: usize) -> store::Result<()> {
    let (lat, lon) = place(n + 7_000_000);
    let mut turn = n % 50;
    let metres = AROUND.iter().find_map(|(many, metres)| {
        let here = turn < *many;
        turn = turn.saturating_sub(*many);
        here.then_some(*metres)
    });
    let of_agency = n % 50 == 49;
    let person = Subscriber {
        id: id(20, n),
        mark: n.to_be_bytes().to_vec(),
        address: format!("person.{n}@example.org"),
        token: n.to_le_bytes().to_vec(),
        created_at: Time(0),
        confirmed_at: Some(Time(0)),
        stopped_at: None,
        stopped_why: None,
    };
    let row = Subscription {
        id: id(21, n),
        subscriber: person.id,
        token: n.to_le_bytes().to_vec(),
        kind: if of_agency { Kind::Agency } else { Kind::Near },
        lat: (!of_agency).then_some(lat),
        lon: (!of_agency).then_some(lon),
        metres: metres.filter(|_| !of_agency),
        code: if of_agency { AGENCY.into() } else { String::new() },
        report: None,
        words: "a place".into(),
        service: of_agency.then(|| "pothole".into()),
        hears: Hears::New,
        cadence: if n.is_multiple_of(3) { Cadence::Weekly } else { Cadence::Daily },
        created_at: Time(0),
        since: Some(Time(0)),
    };
    subscriber::insert(tx, &person)?;
    subscription::insert(tx, &row, &spot::kept(&row))
}

fn public(tx: &mut Tx, n: usize, definition: &str) -> store::Result<()> {
    let (report, (lat, lon)) = (id(1, n), place(n));
    let service = if n.is_multiple_of(20) { "pothole" } else { SERVICE };
    report::insert(
        tx,
        &NewReport {
            id: report,
            reference: format!("{n:09}"),
            service: service.into(),
            definition: definition.to_owned(),
            type_code: service.into(),
            first_received_at: now(),
            anonymous: false,
            sensitive: false,
            tracking: Tracking::Link,
            short_view: false,
            spot: Spot { place: "Lay-by".into(), area: "Square".into(), lat: Some(lat), lon: Some(lon) },
            cell_6: None,
            cell_8: None,
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
    publication::insert(
        tx,
        &Publication {
            report,
            reference: format!("{n:09}"),
            service: service.into(),
            definition: definition.to_owned(),
            agency: AGENCY.into(),
            place: "near a road".into(),
            area: "Square".into(),
            lat: Some(lat),
            lon: Some(lon),
            cell: None,
            body: json!({}),
            photos: json!([]),
            shown: Shown::Public,
            doubtful: false,
            stand: Stand::Open,
            received_at: now(),
            changed_at: now(),
            closed_at: None,
            me_too: 0,
            said_by: String::new(),
        },
        "",
    )?;
    alert::note(tx, &News { report, at: now(), kind: What::New })
}

pub fn rows(table: &mut Table, runs: &[Run]) {
    let Some(first) = runs.first() else { return };
    for run in runs {
        let budget = if run.subscriptions == SUBSCRIPTIONS && run.reports == REPORTS {
            Budget::AtMost(SECONDS)
        } else {
            Budget::None
        };
        let work = format!("alerts: {} subscriptions, {} new reports", run.subscriptions, run.reports);
        let row = table.add(work, budget, run.seconds, "s");
        row.note = format!(
            "{} matches; finding {:.2} s; {:.2} × the first, {:.2} × its matches",
            run.matches,
            run.finding,
            run.seconds / first.seconds,
            run.matches as f64 / first.matches as f64
        );
    }
}
