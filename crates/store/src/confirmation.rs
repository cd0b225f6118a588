//! The link of a receipt by which a reporter shows that the address is theirs (C-9). Whoever holds the token may press.

use crate::{Result, Time, Tx, from_row};
use rights::{Actor, Right};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Confirmation {
    pub report: Uuid,
    /// SHA-256 of the token.
    pub token: Vec<u8>,
    pub until: Time,
    pub confirmed_at: Option<Time>,
}

from_row!(Confirmation { report, token, until, confirmed_at });

pub fn insert(tx: &mut Tx, row: &Confirmation) -> Result<()> {
    tx.run(
        "INSERT INTO confirmation (report, token, until, confirmed_at) VALUES ($1, $2, $3, $4)",
        &[&row.report, &row.token, &row.until, &row.confirmed_at],
    )?;
    Ok(())
}

/// The one of this token, used or not; none where its time is over.
pub fn by_token(tx: &mut Tx, token: &[u8], now: Time) -> Result<Option<Confirmation>> {
    tx.maybe(
        "SELECT report, token, until, confirmed_at FROM confirmation WHERE token = $1 AND until > $2",
        &[&token, &now],
    )
}

/// The button was pressed: whether for the first time.
pub fn confirm(tx: &mut Tx, token: &[u8], now: Time) -> Result<bool> {
    let sql = "UPDATE confirmation SET confirmed_at = $1 WHERE token = $2 AND until > $1 AND confirmed_at IS NULL";
    Ok(tx.run(sql, &[&now, &token])? == 1)
}

/// Shows a report whose reporter has shown who they are, before a person of the agency has read it: without its pictures, and not
/// where its words want a decision. Whether that changed anything.
pub fn show(tx: &mut Tx, report: Uuid) -> Result<bool> {
    let sql = "UPDATE publication SET shown = 'public', looked = FALSE \
               WHERE report = $1 AND shown = 'waits' AND stand = 'open' AND NOT doubtful";
    Ok(tx.run(sql, &[&report])? == 1)
}

/// A person of the agency has read it: its pictures are shown with it.
pub fn looked(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<()> {
    rights::hold(actor, Right::SeeReport)?;
    tx.run("UPDATE publication SET looked = TRUE WHERE report = $1 AND NOT looked", &[&report])?;
    Ok(())
}

/// Everybody can read it, and its pictures wait until a person of the agency has read it.
pub fn waits(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<bool> {
    rights::hold(actor, Right::SeeReport)?;
    let sql = "SELECT report FROM publication WHERE report = $1 AND shown = 'public' AND NOT looked \
               AND CAST(photos AS TEXT) <> '[]'";
    Ok(tx.maybe::<(Uuid,)>(sql, &[&report])?.is_some())
}
