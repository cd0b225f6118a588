//! The same pages over a small and a large database.

use crate::{
    client::get,
    load::{self, Cost, Work},
    process, seed,
    server::Server,
    table::{Budget, Table},
    world::{self, AGENCY, SERVICE, SQUARE},
};
use anyhow::Result;
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use store::leaf;

/// As many as the peer was measured with.
const CLIENTS: usize = 2;
const HOW_LONG: Duration = Duration::from_secs(2);
/// Reports that are asked for in turn.
const KEPT: usize = 500;

/// What one size of database cost.
pub struct At {
    pub size: usize,
    pub seeded: Duration,
    pub started: Duration,
    pub idle_mb: f64,
    pub after_mb: f64,
    pub costs: BTreeMap<&'static str, Cost>,
    pub hello: Cost,
    /// The front page with as many clients as the bare server.
    pub front: Cost,
}

/// Fills a database of this size and asks for every page.
pub async fn at(size: usize) -> Result<At> {
    let world = world::empty().await?;
    let officer = seed::officer(&world).await?;
    let began = Instant::now();
    let filed = seed::fill(&world, &officer, size, KEPT).await?;
    let seeded = began.elapsed();
    eprintln!("{size} reports in {seeded:.0?}");
    let visits = seed::visits(&world, &filed).await?;
    let attempts = seed::attempts(&world, 8).await?;

    // What was filled in all at once is sealed first, by a server of its own: in a house at work no such backlog runs beside
    // the pages, or is read as the server starts.
    let sealing = Server::moothall(&world).await?;
    while world.db.read(|tx| leaf::unsealed(tx, 1)).await?.0 > 0 {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(sealing);
    let server = Server::moothall(&world).await?;
    let idle_mb = process::resident_mb(server.pid())?;
    let staff = format!("staff={}", officer.cookie);
    let of_each = |path: &dyn Fn(&str) -> String, cookie: &dyn Fn(usize) -> String| {
        let ask = |(n, filed): (usize, &seed::Filed)| get(&path(&filed.reference), Some(&cookie(n)));
        Work::pages(filed.iter().enumerate().map(ask).collect())
    };
    let one = |path: &str, cookie: Option<&str>| Work::pages(vec![get(path, cookie)]);
    let attempt = format!("attempt={}", attempts[0]);
    let works = [
        ("front", one("/", None)),
        ("list", one("/report", None)),
        ("question", one(&format!("/report/{SERVICE}/q/where"), Some(&attempt))),
        ("check", one(&format!("/report/{SERVICE}/check"), Some(&attempt))),
        ("track door", one("/track", None)),
        ("track", of_each(&|reference| format!("/track/{reference}"), &|n| format!("visit={}", visits[n]))),
        ("staff report", of_each(&|reference| format!("/staff/reports/{reference}"), &|_| staff.clone())),
        ("queue", one("/staff", Some(&staff))),
        ("pins", one(&format!("/staff/pins?box={}", around(size)), Some(&staff))),
        ("public pins", one(&format!("/reports/pins?box={}", around(size)), None)),
        ("around", one(&format!("/reports?box={}", around(size)), None)),
        ("open311 xml", one(&format!("/open311/v2/requests.xml?jurisdiction_id={AGENCY}"), None)),
        ("open311 json", one(&format!("/open311/v2/requests.json?jurisdiction_id={AGENCY}"), None)),
        ("search reference", of_each(&|reference| format!("/staff?q={reference}"), &|_| staff.clone())),
        ("search words", Work::pages((0..500).map(|n| get(&format!("/staff?q=lay-by+{n}"), Some(&staff))).collect())),
    ];
    let mut costs = BTreeMap::new();
    for (name, work) in works {
        costs.insert(name, load::run(server.at, server.pid(), &work, CLIENTS, HOW_LONG).await?);
    }
    // The ratio to a bare server: the same client, the same number of connections, one after the other.
    let front = load::run(server.at, server.pid(), &one("/", None), 16, HOW_LONG).await?;
    let bare = Server::hello().await?;
    let hello = load::run(bare.at, bare.pid(), &one("/", None), 16, HOW_LONG).await?;
    let after_mb = process::resident_mb(server.pid())?;
    Ok(At { size, seeded, started: server.took, idle_mb, after_mb, costs, hello, front })
}

/// A part of the map with about a thousand of the reports in it, or all of fewer: south, west, north, east.
fn around(size: usize) -> String {
    let (south, west, side) = SQUARE;
    // They are strewn at random: so few that there are not by chance more than a thousand, which is another form of the page.
    let part = (900.0 / size as f64).sqrt().min(1.0);
    let low = (1.0 - part) / 2.0 * side;
    let (south, west, side) = (south + low, west + low, side * part);
    format!("{south:.5},{west:.5},{:.5},{:.5}", south + side, west + side)
}

pub fn rows(table: &mut Table, small: &At, grown: &[At]) {
    let Some(largest) = grown.last() else { return };
    for name in [
        "track",
        "queue",
        "pins",
        "public pins",
        "around",
        "open311 xml",
        "open311 json",
        "search reference",
        "search words",
        "staff report",
    ] {
        let p50 = |at: &At| at.costs[name].p50_ms;
        let steps: Vec<String> =
            [small].into_iter().chain(grown).map(|at| format!("{}: {:.2} ms", at.size, p50(at))).collect();
        let budget =
            if matches!(name, "track" | "queue" | "pins" | "public pins" | "around" | "open311 xml" | "open311 json") {
                Budget::AtMost(1.5)
            } else {
                Budget::None
            };
        let work = format!("growth {} → {}, p50 of {name}", small.size, largest.size);
        table.add(work, budget, p50(largest) / p50(small), "×").note = steps.join(", ");
    }
    table.add("memory, idle, small database", Budget::AtMost(60.0), small.idle_mb, "MB").peer = Some(300.0);
    let row = table.add(format!("memory, idle, {} reports", largest.size), Budget::AtMost(60.0), largest.idle_mb, "MB");
    row.peer = Some(300.0);
    table.add("memory after the loads", Budget::AtMost(150.0), largest.after_mb, "MB").peer = Some(414.0);
    let row = table.add("start to serving", Budget::AtMost(1.0), largest.started.as_secs_f64(), "s");
    row.peer = Some(12.0);
    row.note = format!("{:.3} s with {} reports", small.started.as_secs_f64(), small.size);
    let rate = largest.size as f64 / largest.seeded.as_secs_f64();
    table.add("filling the database, in process", Budget::None, rate, "reports/s");
}
