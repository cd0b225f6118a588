//! How a resident proves that a report is theirs: receipt code, PIN, private link, and the visit they open.

use crate::{Result, Time, Tx, from_row, named_value};
use uuid::Uuid;

named_value! {
    /// How far a visit has come.
    pub enum Step {
        /// Reference and code of an anonymous report: the stage.
        Stage = "stage",
        /// A link or code was shown; the PIN is still to come.
        Link = "link",
        /// Everything the report asks for was shown.
        Whole = "whole",
    }
}

pub fn keep_receipt(tx: &mut Tx, report: Uuid, code: &[u8]) -> Result<()> {
    tx.run("INSERT INTO receipt (report, code) VALUES ($1, $2)", &[&report, &code])?;
    Ok(())
}

/// The HMAC of the receipt code, to be compared in constant time.
pub fn receipt(tx: &mut Tx, report: Uuid) -> Result<Option<Vec<u8>>> {
    Ok(tx.maybe::<(Vec<u8>,)>("SELECT code FROM receipt WHERE report = $1", &[&report])?.map(|(code,)| code))
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    pub pin: Vec<u8>,
    pub tries: i64,
    pub closed_until: Option<Time>,
}

from_row!(Pin { pin, tries, closed_until });

pub fn keep_pin(tx: &mut Tx, report: Uuid, pin: &[u8]) -> Result<()> {
    tx.run("INSERT INTO pin (report, pin, tries, closed_until) VALUES ($1, $2, 0, NULL)", &[&report, &pin])?;
    Ok(())
}

/// In a write no other reads it until the end, so that no try is lost between two that run at once.
pub fn pin(tx: &mut Tx, report: Uuid) -> Result<Option<Pin>> {
    tx.lock(&format!("pin {report}"))?;
    tx.maybe("SELECT pin, tries, closed_until FROM pin WHERE report = $1", &[&report])
}

/// Remembers how often a PIN was wrong in a row, and until when it stays closed.
pub fn pin_tried(tx: &mut Tx, report: Uuid, tries: i64, closed_until: Option<Time>) -> Result<()> {
    tx.run("UPDATE pin SET tries = $1, closed_until = $2 WHERE report = $3", &[&tries, &closed_until, &report])?;
    Ok(())
}

#[derive(Clone, Debug)]
pub struct Link {
    pub id: Uuid,
    /// SHA-256 of the token.
    pub token: Vec<u8>,
    pub report: Uuid,
    pub created_at: Time,
    pub expires_at: Time,
}

pub fn keep_link(tx: &mut Tx, link: &Link) -> Result<()> {
    tx.run(
        "INSERT INTO link (id, token, report, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        &[&link.id, &link.token, &link.report, &link.created_at, &link.expires_at],
    )?;
    Ok(())
}

/// The report a live link opens.
pub fn linked(tx: &mut Tx, token: &[u8], now: Time) -> Result<Option<Uuid>> {
    Ok(tx
        .maybe::<(Uuid,)>("SELECT report FROM link WHERE token = $1 AND expires_at > $2", &[&token, &now])?
        .map(|(report,)| report))
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// SHA-256 of the cookie's token.
    pub token: Vec<u8>,
    pub report: Uuid,
    pub sight: Step,
    pub created_at: Time,
    pub expires_at: Time,
}

from_row!(Visit { token, report, sight, created_at, expires_at });

pub fn keep_visit(tx: &mut Tx, visit: &Visit) -> Result<()> {
    tx.run(
        "INSERT INTO visit (token, report, sight, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        &[&visit.token, &visit.report, &visit.sight, &visit.created_at, &visit.expires_at],
    )?;
    Ok(())
}

pub fn visit(tx: &mut Tx, token: &[u8], now: Time) -> Result<Option<Visit>> {
    tx.maybe(
        "SELECT token, report, sight, created_at, expires_at FROM visit WHERE token = $1 AND expires_at > $2",
        &[&token, &now],
    )
}

pub fn end_visit(tx: &mut Tx, token: &[u8]) -> Result<()> {
    tx.run("DELETE FROM visit WHERE token = $1", &[&token])?;
    Ok(())
}

/// Removes what has run out.
pub fn sweep(tx: &mut Tx, now: Time) -> Result<u64> {
    Ok(tx.run("DELETE FROM visit WHERE expires_at <= $1", &[&now])?
        + tx.run("DELETE FROM link WHERE expires_at <= $1", &[&now])?
        + tx.run("DELETE FROM session WHERE expires_at <= $1", &[&now])?
        + tx.run("DELETE FROM attempt WHERE expires_at <= $1", &[&now])?)
}
