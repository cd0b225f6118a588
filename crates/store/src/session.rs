//! A signed-in browser of staff.

use crate::{Result, Time, Tx, from_row, journal};
use rights::{Actor, Right};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's token.
    pub token: Vec<u8>,
    pub staff: Uuid,
    pub created_at: Time,
    pub touched_at: Time,
    pub expires_at: Time,
}

from_row!(Session { token, staff, created_at, touched_at, expires_at });

pub fn insert(actor: &Actor, tx: &mut Tx, session: &Session) -> Result<()> {
    journal::house(actor)?;
    tx.run(
        "INSERT INTO session (token, staff, created_at, touched_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        &[&session.token, &session.staff, &session.created_at, &session.touched_at, &session.expires_at],
    )?;
    Ok(())
}

pub fn find(actor: &Actor, tx: &mut Tx, token: &[u8], now: Time) -> Result<Option<Session>> {
    journal::house(actor)?;
    tx.maybe(
        "SELECT token, staff, created_at, touched_at, expires_at FROM session WHERE token = $1 AND expires_at > $2",
        &[&token, &now],
    )
}

/// Lengthens a session that is in use.
pub fn touch(actor: &Actor, tx: &mut Tx, token: &[u8], now: Time, expires_at: Time) -> Result<()> {
    journal::house(actor)?;
    tx.run("UPDATE session SET touched_at = $1, expires_at = $2 WHERE token = $3", &[&now, &expires_at, &token])?;
    Ok(())
}

pub fn end(actor: &Actor, tx: &mut Tx, token: &[u8]) -> Result<()> {
    journal::house(actor)?;
    tx.run("DELETE FROM session WHERE token = $1", &[&token])?;
    Ok(())
}

/// Signs a person out of every browser; how many there were.
pub fn end_all(actor: &Actor, tx: &mut Tx, staff: Uuid) -> Result<u64> {
    rights::hold(actor, Right::ManageStaff)?;
    tx.run("DELETE FROM session WHERE staff = $1", &[&staff])
}
