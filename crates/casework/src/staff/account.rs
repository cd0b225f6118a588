//! Making an account: `moothall user add` and the demonstration.

use super::password;
use crate::{Draw, Keys, Refusal, Result, codes};
use rights::Actor;
use serde_json::json;
use store::{
    Tx,
    journal::{self, Audience, NewEntry, Verb},
    staff::{self, Staff},
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
    journal::write(
        actor,
        tx,
        &NewEntry {
            id: draw.id(),
            at: draw.now(),
            verb: Verb::Collection,
            kind: "staff.added",
            report: None,
            agency: Some(new.agency.to_owned()),
            audience: Audience::Audit,
            facts: json!({ "staff": id, "roles": new.roles }),
            content: None,
            salt: draw.salt(),
        },
    )?;
    Ok((id, shown))
}
