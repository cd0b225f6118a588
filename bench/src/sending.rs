//! The final post of a journey, over HTTP: 64 clients, and two as the peer was measured with; and the call of a program.

use crate::{
    client::{post, post_json},
    inside::{CALLERS, Inside, Rate},
    load::{self, Cost, Work},
    seed,
    server::Server,
    table::{Budget, Table},
    world::{self, SERVICE, World},
};
use anyhow::{Result, ensure};
use serde_json::json;
use std::{sync::Arc, time::Duration};
use store::report;

/// More than can be sent in the time.
const ATTEMPTS: usize = 24_000;
const HOW_LONG: Duration = Duration::from_secs(3);

pub struct Sending {
    many: Cost,
    two: Cost,
    programs: Cost,
}

pub async fn measure() -> Result<Sending> {
    let world = world::empty().await?;
    let tokens = seed::attempts(&world, ATTEMPTS).await?;
    let server = Server::moothall(&world).await?;
    let (for_two, for_many) = tokens.split_at(ATTEMPTS / 4);
    let two = load::run(server.at, server.pid(), &posts(for_two), 2, HOW_LONG).await?;
    let before = reports(&world).await?;
    let many = load::run(server.at, server.pid(), &posts(for_many), CALLERS, HOW_LONG).await?;
    // Every post that was answered is a report: the load measured what it says.
    let made = (reports(&world).await? - before) as f64;
    let answered = many.per_second * HOW_LONG.as_secs_f64();
    ensure!(made > answered * 0.8, "{made} reports of {answered:.0} posts");
    let programs = load::run(server.at, server.pid(), &calls(), CALLERS, HOW_LONG).await?;
    Ok(Sending { many, two, programs })
}

/// Reports of programs: all answers in one call.
fn calls() -> Work {
    let call = |i: usize| {
        let body = json!({ "service": SERVICE, "answers": seed::mailed(i) }).to_string();
        post_json("/api/v1/reports", &format!("the-call-of-the-bench-{i}"), &body)
    };
    Work { requests: Arc::new((0..ATTEMPTS).map(call).collect()), status: 201, once: true }
}

async fn reports(world: &World) -> Result<i64> {
    Ok(world.db.read(report::count).await?)
}

fn posts(tokens: &[String]) -> Work {
    let path = format!("/report/{SERVICE}/send");
    let requests = tokens.iter().map(|token| post(&path, Some(&format!("attempt={token}")), "")).collect();
    Work { requests: Arc::new(requests), status: 303, once: true }
}

pub fn rows(table: &mut Table, inside: Inside, sending: Sending) {
    let (many, two, casework) = (sending.many, sending.two, inside.casework);
    let row = table.add("submit a report, durable, 64 clients", Budget::AtMost(0.3), many.cpu_ms, "ms CPU");
    row.peer = Some(67.5);
    row.note = format!("{:.0}/s, p50 {:.1} ms", many.per_second, many.p50_ms);
    let row = table.add("submit a report, durable, 2 clients", Budget::None, two.cpu_ms, "ms CPU");
    row.peer = Some(67.5);
    row.note = format!("{:.0}/s, p50 {:.2} ms (peer 7.3/s, 273 ms)", two.per_second, two.p50_ms);
    let programs = sending.programs;
    let row = table.add("submit by the JSON API, durable, 64 clients", Budget::AtMost(0.3), programs.cpu_ms, "ms CPU");
    row.note = format!("{:.0}/s, p50 {:.1} ms; reads and checks all answers", programs.per_second, programs.p50_ms);
    let against = |rate: &Rate| many.per_second / rate.per_second;
    let said = |rate: &Rate| {
        format!("{:.0}/s, {:.3} ms CPU, {:.1} a commit", rate.per_second, rate.cpu_ms, rate.jobs_a_commit)
    };
    let (rows, least) = (&inside.rows, &inside.least);
    let row = table.add("submit over HTTP against store alone", Budget::AtLeast(0.5), against(rows), "×");
    row.note = format!("store alone writes the same rows from 64 callers: {}", said(rows));
    let row = table.add("the same against the least a report can be", Budget::None, against(least), "×");
    row.note = format!("one row and its entry: {}", said(least));
    let row =
        table.add("submit in process against store alone", Budget::None, casework.per_second / rows.per_second, "×");
    row.note = format!("casework, 64 callers, no HTTP: {}", said(&casework));
    let row = table.add("submissions a commit, 64 callers", Budget::AtLeast(8.0), casework.jobs_a_commit, "");
    row.note = "counted in process".into();
}
