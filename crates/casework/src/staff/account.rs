//! Making, changing and ending an account: `moothall user …` and the demonstration.

use super::password;
use crate::{Draw, Keys, Refusal, Result, codes, entry::of_agency};
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Tx,
    journal::Verb,
    session,
    staff::{self, Staff},
    sub_case,
};
use uuid::Uuid;

/// Recovery codes a new account gets.
const RECOVERY_CODES: usize = 8;

pub struct NewAccount<'a> {
    pub agency: &'a str,
    pub login: &'a str,
    pub name: &'a str,
    pub roles: &'a [String],
    pub teams: &'a [String],
    /// What they are limited to (C-75): services, codes of wards.
    pub services: &'a [String],
    pub wards: &'a [String],
    /// The argon2id string, made before the write.
    pub password: &'a str,
    /// Twenty bytes (RFC 4226 §4 R6).
    pub totp_secret: &'a [u8],
}

/// The hash to hand to [`add`]; slow, so made outside the write.
pub fn hash_password(draw: &mut Draw, plain: &str) -> Result<String> {
    if plain.chars().count() < password::LEAST || plain.chars().count() > password::MOST {
        return Err(Refusal::WordsTooLong.into());
    }
    password::hash(plain, &draw.salt()).ok_or(Refusal::WordsUnreadable.into())
}

/// Adds the account; the recovery codes are shown once and kept as HMAC.
pub fn add(actor: &Actor, tx: &mut Tx, keys: &Keys, draw: &mut Draw, new: &NewAccount) -> Result<(Uuid, Vec<String>)> {
    let id = draw.id();
    let totp = keys.seal("totp", &draw.bytes(), new.totp_secret).ok_or(Refusal::WordsUnreadable)?;
    staff::insert(
        actor,
        tx,
        &Staff {
            id,
            agency: new.agency.to_owned(),
            login: new.login.trim().to_lowercase(),
            name: new.name.to_owned(),
            password: new.password.to_owned(),
            totp,
            totp_step: 0,
            roles: json!(new.roles),
            teams: json!(new.teams),
            services: json!(new.services),
            wards: json!(new.wards),
            active: true,
            fails: 0,
            locked_until: None,
        },
    )?;
    let mut shown = Vec::new();
    for _ in 0..RECOVERY_CODES {
        let code = codes::receipt_code(draw);
        staff::keep_recovery(actor, tx, id, &keys.code("recovery", id, &code))?;
        shown.push(code);
    }
    let facts = json!({ "staff": id, "roles": new.roles });
    of_agency(actor, tx, draw, (Verb::Collection, "staff.added"), Some(new.agency.to_owned()), facts)?;
    Ok((id, shown))
}

/// What becomes of an account. What is not named stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub ends: bool,
    pub roles: Option<Vec<String>>,
    pub teams: Option<Vec<String>>,
    pub services: Option<Vec<String>>,
    pub wards: Option<Vec<String>>,
}

/// Changes or ends the account, signs the person out everywhere, and gives what a person who leaves had back to their teams. How many
/// reports that were.
pub fn change(actor: &Actor, tx: &mut Tx, draw: &mut Draw, (agency, login): (&str, &str), to: &Change) -> Result<u64> {
    rights::hold(actor, Right::ManageStaff)?;
    let house = Actor::House("staff account");
    let known = staff::by_login(&house, tx, &login.trim().to_lowercase())?;
    let mut row = known.filter(|row| row.agency == agency && row.active).ok_or(NotFound)?;
    row.active = !to.ends;
    for (list, new) in [
        (&mut row.roles, &to.roles),
        (&mut row.teams, &to.teams),
        (&mut row.services, &to.services),
        (&mut row.wards, &to.wards),
    ] {
        if let Some(new) = new {
            *list = json!(new);
        }
    }
    staff::change(actor, tx, &row)?;
    session::end_all(actor, tx, row.id)?;
    let released = if to.ends { sub_case::release(actor, tx, agency, row.id)? } else { 0 };
    let facts = json!({
        "staff": row.id, "roles": row.roles, "teams": row.teams, "services": row.services, "wards": row.wards,
        "released": released,
    });
    let kind = if to.ends { "staff.ended" } else { "staff.changed" };
    of_agency(actor, tx, draw, (Verb::Alteration, kind), Some(row.agency), facts)?;
    Ok(released)
}
