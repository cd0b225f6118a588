//! What a subscriber wants to hear of: near a place, of an area, of an agency, of one report.

use crate::{
    Param, Result, Time, Tx, from_row,
    journal::house,
    leaf::{GROUP, put, values},
    named_value,
};
use rights::Actor;
use std::sync::LazyLock;
use uuid::Uuid;

named_value! {
    pub enum Kind {
        Near = "near",
        Area = "area",
        Agency = "agency",
        Report = "report",
    }
}

named_value! {
    pub enum Hears {
        /// Reports that become public.
        New = "new",
        /// And what happens to them.
        All = "all",
    }
}

named_value! {
    pub enum Cadence {
        AtOnce = "at_once",
        Daily = "daily",
        Weekly = "weekly",
        Off = "off",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Subscription {
    pub id: Uuid,
    pub subscriber: Uuid,
    /// SHA-256 of the token that confirms it.
    pub token: Vec<u8>,
    pub kind: Kind,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub metres: Option<i64>,
    /// Kind and code of a boundary, or the id of an agency.
    pub code: String,
    pub report: Option<Uuid>,
    pub words: String,
    pub service: Option<String>,
    pub hears: Hears,
    pub cadence: Cadence,
    pub created_at: Time,
    /// What became known from then on is told; none where it is not confirmed.
    pub since: Option<Time>,
}

from_row!(Subscription {
    id,
    subscriber,
    token,
    kind,
    lat,
    lon,
    metres,
    code,
    report,
    words,
    service,
    hears,
    cadence,
    created_at,
    since,
});

const ROW: &str = "SELECT id, subscriber, token, kind, lat, lon, metres, code, report, words, service, hears, cadence, \
     created_at, since FROM subscription WHERE";

/// Keeps one, and the spots that it is found by.
pub fn insert(tx: &mut Tx, row: &Subscription, spots: &[String]) -> Result<()> {
    tx.run(
        "INSERT INTO subscription (id, subscriber, token, kind, lat, lon, metres, code, report, words, service, hears, \
         cadence, created_at, since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        &[
            &row.id,
            &row.subscriber,
            &row.token,
            &row.kind,
            &row.lat,
            &row.lon,
            &row.metres,
            &row.code,
            &row.report,
            &row.words,
            &row.service,
            &row.hears,
            &row.cadence,
            &row.created_at,
            &row.since,
        ],
    )?;
    const HEAD: &str = "INSERT INTO watch (spot, subscription) VALUES ";
    static WATCH: LazyLock<[String; 2]> =
        LazyLock::new(|| [GROUP, 1].map(|rows| values(HEAD, 2, rows, " ON CONFLICT DO NOTHING")));
    let rows: Vec<(&String, Uuid)> = spots.iter().map(|spot| (spot, row.id)).collect();
    put(tx, &rows, &WATCH[0], &WATCH[1], |row| -> Vec<&dyn Param> { vec![row.0, &row.1] })?;
    Ok(())
}

/// All of a subscriber's, confirmed or not, in the order they were asked for.
pub fn of(actor: &Actor, tx: &mut Tx, subscriber: Uuid) -> Result<Vec<Subscription>> {
    house(actor)?;
    tx.all(&format!("{ROW} subscriber = $1 ORDER BY id"), &[&subscriber])
}

/// The one that the token confirms: it is the proof.
pub fn by_token(tx: &mut Tx, token: &[u8]) -> Result<Option<Subscription>> {
    tx.maybe(&format!("{ROW} token = $1"), &[&token])
}

/// From now on it is told. One that is confirmed already stays as it is: false.
pub fn confirm(actor: &Actor, tx: &mut Tx, id: Uuid, since: Time) -> Result<bool> {
    house(actor)?;
    Ok(tx.run("UPDATE subscription SET since = $1 WHERE id = $2 AND since IS NULL", &[&since, &id])? == 1)
}

/// How often, what, and from when on. Only of those that are confirmed.
pub fn set(actor: &Actor, tx: &mut Tx, id: Uuid, (cadence, hears): (Cadence, Hears), since: Time) -> Result<()> {
    house(actor)?;
    tx.run(
        "UPDATE subscription SET cadence = $1, hears = $2, since = $3 WHERE id = $4 AND since IS NOT NULL",
        &[&cadence, &hears, &since, &id],
    )?;
    Ok(())
}

/// All of a subscriber's begin anew at this instant: what became known meanwhile is not told.
pub fn begin_anew(actor: &Actor, tx: &mut Tx, subscriber: Uuid, since: Time) -> Result<()> {
    house(actor)?;
    tx.run("UPDATE subscription SET since = $1 WHERE subscriber = $2 AND since IS NOT NULL", &[&since, &subscriber])?;
    Ok(())
}

pub fn remove(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<()> {
    house(actor)?;
    tx.run("DELETE FROM subscription WHERE id = $1", &[&id])?;
    Ok(())
}

/// Removes those that nobody confirmed: how many.
pub fn sweep(actor: &Actor, tx: &mut Tx, before: Time) -> Result<u64> {
    house(actor)?;
    tx.run("DELETE FROM subscription WHERE since IS NULL AND created_at < $1", &[&before])
}

/// What decides whether a piece of news is told, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Watching {
    pub id: Uuid,
    pub subscriber: Uuid,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub metres: Option<i64>,
    pub service: Option<String>,
    pub hears: Hears,
    pub cadence: Cadence,
    pub since: Time,
    /// Of the subscriber.
    pub mark: Vec<u8>,
}

from_row!(Watching { id, subscriber, lat, lon, metres, service, hears, cadence, since, mark });

/// All that may hear of what happens at the spot: confirmed, not paused, and of nobody whose mail has stopped.
pub fn watching(actor: &Actor, tx: &mut Tx, spot: &str) -> Result<Vec<Watching>> {
    house(actor)?;
    tx.all(
        "SELECT s.id, s.subscriber, s.lat, s.lon, s.metres, s.service, s.hears, s.cadence, s.since, p.mark \
         FROM watch AS w JOIN subscription AS s ON s.id = w.subscription JOIN subscriber AS p ON p.id = s.subscriber \
         WHERE w.spot = $1 AND s.since IS NOT NULL AND s.cadence <> 'off' AND p.confirmed_at IS NOT NULL \
         AND p.stopped_at IS NULL",
        &[&spot],
    )
}
