//! A resident who signs in: one confirmed address, the browsers that are signed in to it, and the links sent to get there.

use crate::{Result, Time, Tx, from_row, journal, report::Tracking};
use rights::{Actor, NotFound, Right};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: Uuid,
    pub email: String,
    /// The keyed hash of the address, as [`crate::contact::mark`] keeps it with a report.
    pub mark: Vec<u8>,
    pub name: Option<String>,
    /// In E.164.
    pub phone: Option<String>,
    /// All questions of a report on one page.
    pub one_page: bool,
    pub created_at: Time,
    pub seen_at: Time,
}

from_row!(Account { id, email, mark, name, phone, one_page, created_at, seen_at });

/// A link that was sent to an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    pub id: Uuid,
    /// SHA-256 of the token.
    pub token: Vec<u8>,
    pub email: String,
    pub created_at: Time,
    pub expires_at: Time,
}

from_row!(SignIn { id, token, email, created_at, expires_at });

/// Only whoever is signed in to the account, or the house, may.
fn own(actor: &Actor, account: Uuid) -> Result<()> {
    rights::hold(actor, Right::KeepAccount)?;
    match actor {
        Actor::House(_) => Ok(()),
        Actor::Account(id) if *id == account => Ok(()),
        _ => Err(NotFound.into()),
    }
}

pub fn keep_sign_in(actor: &Actor, tx: &mut Tx, link: &SignIn) -> Result<()> {
    journal::house(actor)?;
    tx.run(
        "INSERT INTO sign_in (id, token, email, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        &[&link.id, &link.token, &link.email, &link.created_at, &link.expires_at],
    )?;
    Ok(())
}

/// The address a link was sent to, while the link lives: the courier asks before it sends.
pub fn awaited(actor: &Actor, tx: &mut Tx, link: Uuid, now: Time) -> Result<Option<String>> {
    journal::house(actor)?;
    let row = tx.maybe::<(String,)>("SELECT email FROM sign_in WHERE id = $1 AND expires_at > $2", &[&link, &now])?;
    Ok(row.map(|(email,)| email))
}

/// Takes a live link: it opens once.
pub fn take_sign_in(actor: &Actor, tx: &mut Tx, token: &[u8], now: Time) -> Result<Option<SignIn>> {
    journal::house(actor)?;
    tx.maybe(
        "DELETE FROM sign_in WHERE token = $1 AND expires_at > $2 RETURNING id, token, email, created_at, expires_at",
        &[&token, &now],
    )
}

/// Opens the account of an address, making one where there is none. Gives its id, and whether it is new.
pub fn open(actor: &Actor, tx: &mut Tx, account: &Account) -> Result<(Uuid, bool)> {
    journal::house(actor)?;
    let (id,): (Uuid,) = tx.one(
        "INSERT INTO account (id, email, mark, name, phone, one_page, created_at, seen_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (mark) DO UPDATE SET seen_at = excluded.seen_at RETURNING id",
        &[
            &account.id,
            &account.email,
            &account.mark,
            &account.name,
            &account.phone,
            &account.one_page,
            &account.created_at,
            &account.seen_at,
        ],
    )?;
    Ok((id, id == account.id))
}

pub fn find(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<Option<Account>> {
    own(actor, id)?;
    tx.maybe("SELECT id, email, mark, name, phone, one_page, created_at, seen_at FROM account WHERE id = $1", &[&id])
}

/// Keeps what the person says of themselves. The address never changes: another address is another account.
pub fn change(
    actor: &Actor,
    tx: &mut Tx,
    id: Uuid,
    name: Option<&str>,
    phone: Option<&str>,
    one_page: bool,
) -> Result<()> {
    own(actor, id)?;
    tx.run("UPDATE account SET name = $1, phone = $2, one_page = $3 WHERE id = $4", &[&name, &phone, &one_page, &id])?;
    Ok(())
}

/// A browser is signed in. `token` is the SHA-256 of its cookie's.
pub fn keep_signed_in(actor: &Actor, tx: &mut Tx, token: &[u8], id: Uuid, now: Time, until: Time) -> Result<()> {
    journal::house(actor)?;
    tx.run(
        "INSERT INTO signed_in (token, account, created_at, expires_at) VALUES ($1, $2, $3, $4)",
        &[&token, &id, &now, &until],
    )?;
    Ok(())
}

/// The account that a browser is signed in to.
pub fn signed_in(actor: &Actor, tx: &mut Tx, token: &[u8], now: Time) -> Result<Option<Account>> {
    journal::house(actor)?;
    tx.maybe(
        "SELECT a.id, a.email, a.mark, a.name, a.phone, a.one_page, a.created_at, a.seen_at FROM signed_in AS s \
         JOIN account AS a ON a.id = s.account WHERE s.token = $1 AND s.expires_at > $2",
        &[&token, &now],
    )
}

/// Ends one browser's, or all of them.
pub fn sign_out(actor: &Actor, tx: &mut Tx, id: Uuid, token: Option<&[u8]>) -> Result<u64> {
    own(actor, id)?;
    match token {
        Some(token) => tx.run("DELETE FROM signed_in WHERE account = $1 AND token = $2", &[&id, &token]),
        None => tx.run("DELETE FROM signed_in WHERE account = $1", &[&id]),
    }
}

/// One of the person's reports, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    pub report: Uuid,
    pub reference: String,
    pub service: String,
    pub definition: String,
    pub received_at: Time,
}

from_row!(Mine { report, reference, service, definition, received_at });

const REPORTS: &str = "SELECT r.id, r.reference, r.service, r.definition, r.first_received_at FROM account AS a \
     JOIN reporter_mark AS m ON m.hash = a.mark JOIN report AS r ON r.id = m.report \
     WHERE a.id = $1 AND r.tracking = $2 AND NOT r.sensitive AND r.deleted_at IS NULL";

/// The reports that give the address of the account, newest first, at most so many. Only those that a link alone opens, and no
/// sensitive one: a list on a shared telephone must tell nobody of the others (P-51, P-91).
pub fn reports(actor: &Actor, tx: &mut Tx, id: Uuid, most: i64) -> Result<Vec<Mine>> {
    own(actor, id)?;
    let sql = format!("{REPORTS} ORDER BY r.id DESC LIMIT $3");
    tx.all(&sql, &[&id, &Tracking::Link, &most])
}

/// The one of those with this reference.
pub fn report(actor: &Actor, tx: &mut Tx, id: Uuid, reference: &str) -> Result<Option<Mine>> {
    own(actor, id)?;
    let sql = format!("{REPORTS} AND r.reference = $3");
    tx.maybe(&sql, &[&id, &Tracking::Link, &reference])
}

/// Forgets the person: the account, the links to it, the mail that brought them, and their name where it is shown to everybody.
/// Their reports stay with the agencies.
pub fn forget(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<()> {
    own(actor, id)?;
    let gone = tx.maybe::<(String, Vec<u8>)>("DELETE FROM account WHERE id = $1 RETURNING email, mark", &[&id])?;
    let Some((email, mark)) = gone else { return Err(NotFound.into()) };
    tx.run("DELETE FROM shown_name WHERE mark = $1", &[&mark])?;
    tx.run("DELETE FROM sign_in WHERE email = $1", &[&email])?;
    tx.run("DELETE FROM delivery WHERE template = 'sign_in' AND address = $1", &[&email])?;
    Ok(())
}

/// Removes what has run out: links, browsers, the mail that brought them, and accounts that nobody used since `unused`.
pub fn sweep(actor: &Actor, tx: &mut Tx, now: Time, mailed: Time, unused: Time) -> Result<u64> {
    journal::house(actor)?;
    Ok(tx.run("DELETE FROM sign_in WHERE expires_at <= $1", &[&now])?
        + tx.run("DELETE FROM signed_in WHERE expires_at <= $1", &[&now])?
        + tx.run("DELETE FROM delivery WHERE template = 'sign_in' AND created_at <= $1", &[&mailed])?
        + tx.run("DELETE FROM account WHERE seen_at <= $1", &[&unused])?)
}
