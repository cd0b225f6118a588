//! The people who work for an agency, and how they prove who they are.

use crate::{Error, Result, Time, Tx, from_row, journal};
use rights::{Actor, NotFound, Right};
use serde_json::Value as Json;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub struct Staff {
    pub id: Uuid,
    pub agency: String,
    pub login: String,
    pub name: String,
    /// An argon2id string.
    pub password: String,
    /// The TOTP secret, sealed under a key outside the database.
    pub totp: Vec<u8>,
    /// The last time step that was used: a code opens the door once.
    pub totp_step: i64,
    pub roles: Json,
    pub teams: Json,
    /// Services and wards that the person is limited to (C-75); empty: to none.
    pub services: Json,
    pub wards: Json,
    pub active: bool,
    pub fails: i64,
    pub locked_until: Option<Time>,
}

from_row!(Staff {
    id,
    agency,
    login,
    name,
    password,
    totp,
    totp_step,
    roles,
    teams,
    services,
    wards,
    active,
    fails,
    locked_until
});

pub fn insert(actor: &Actor, tx: &mut Tx, staff: &Staff) -> Result<()> {
    rights::hold(actor, Right::ManageStaff)?;
    tx.run(
        "INSERT INTO staff (id, agency, login, name, password, totp, totp_step, roles, teams, services, wards, active, fails, locked_until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        &[
            &staff.id,
            &staff.agency,
            &staff.login,
            &staff.name,
            &staff.password,
            &staff.totp,
            &staff.totp_step,
            &staff.roles,
            &staff.teams,
            &staff.services,
            &staff.wards,
            &staff.active,
            &staff.fails,
            &staff.locked_until,
        ],
    )?;
    Ok(())
}

/// For the sign-in door and the session, which act for nobody yet.
pub fn by_login(actor: &Actor, tx: &mut Tx, login: &str) -> Result<Option<Staff>> {
    journal::house(actor)?;
    tx.maybe(
        "SELECT id, agency, login, name, password, totp, totp_step, roles, teams, services, wards, active, fails, locked_until \
         FROM staff WHERE login = $1",
        &[&login],
    )
}

/// In a write no other reads it until the end: of two sign-ins at once the second sees what the first left behind.
pub fn by_id(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<Option<Staff>> {
    journal::house(actor)?;
    tx.lock(&format!("staff {id}"))?;
    tx.maybe(
        "SELECT id, agency, login, name, password, totp, totp_step, roles, teams, services, wards, active, fails, locked_until \
         FROM staff WHERE id = $1",
        &[&id],
    )
}

/// What an account may do from now on, and whether it is open.
pub fn change(actor: &Actor, tx: &mut Tx, staff: &Staff) -> Result<()> {
    rights::hold(actor, Right::ManageStaff)?;
    let n = tx.run(
        "UPDATE staff SET roles = $1, teams = $2, services = $3, wards = $4, active = $5 WHERE id = $6",
        &[&staff.roles, &staff.teams, &staff.services, &staff.wards, &staff.active, &staff.id],
    )?;
    if n == 1 { Ok(()) } else { Err(NotFound.into()) }
}

/// The name alone, as a victim reads it of the officer in the case.
pub fn name(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<Option<String>> {
    journal::house(actor)?;
    Ok(tx.maybe::<(String,)>("SELECT name FROM staff WHERE id = $1", &[&id])?.map(|row| row.0))
}

/// Everyone, for the demonstration's list.
pub fn all(actor: &Actor, tx: &mut Tx) -> Result<Vec<Staff>> {
    journal::house(actor)?;
    tx.all(
        "SELECT id, agency, login, name, password, totp, totp_step, roles, teams, services, wards, active, fails, locked_until \
         FROM staff ORDER BY agency, login",
        &[],
    )
}

/// A colleague's id, name and teams.
#[derive(Clone, Debug, PartialEq)]
pub struct Colleague {
    pub id: Uuid,
    pub name: String,
    pub teams: Json,
}

from_row!(Colleague { id, name, teams });

/// Active staff of the actor's own agency, by name.
pub fn colleagues(actor: &Actor, tx: &mut Tx) -> Result<Vec<Colleague>> {
    rights::hold(actor, Right::SeeQueue).or_else(|_| rights::hold(actor, Right::ManageStaff))?;
    let agency = actor.agency().ok_or(NotFound)?;
    tx.all("SELECT id, name, teams FROM staff WHERE agency = $1 AND active ORDER BY name, id", &[&agency])
}

/// What a sign-in left behind: fails in a row, closed until, the code's time step.
pub fn tried(
    actor: &Actor,
    tx: &mut Tx,
    id: Uuid,
    fails: i64,
    locked_until: Option<Time>,
    totp_step: i64,
) -> Result<()> {
    journal::house(actor)?;
    // A code is spent once even when two sign-ins race: the step only ever rises.
    let n = tx.run(
        "UPDATE staff SET fails = $1, locked_until = $2, totp_step = $3 WHERE id = $4 AND totp_step <= $3",
        &[&fails, &locked_until, &totp_step, &id],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

pub fn keep_recovery(actor: &Actor, tx: &mut Tx, staff: Uuid, code: &[u8]) -> Result<()> {
    rights::hold(actor, Right::ManageStaff)?;
    tx.run("INSERT INTO recovery (staff, code, used_at) VALUES ($1, $2, NULL)", &[&staff, &code])?;
    Ok(())
}

/// Spends a recovery code; false where there is none left like it.
pub fn spend_recovery(actor: &Actor, tx: &mut Tx, staff: Uuid, code: &[u8], now: Time) -> Result<bool> {
    journal::house(actor)?;
    let n = tx.run(
        "UPDATE recovery SET used_at = $1 WHERE staff = $2 AND code = $3 AND used_at IS NULL",
        &[&now, &staff, &code],
    )?;
    Ok(n == 1)
}
