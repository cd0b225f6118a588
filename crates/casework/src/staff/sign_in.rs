//! The door for staff: password and one-time code, or a recovery code; throttled by account and by origin.

use super::{password, totp};
use crate::{Draw, Keys, Result, codes};
use rights::Actor;
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    journal::{self, Audience, NewEntry, Verb},
    session::{self, Session},
    staff::{self, Staff},
    throttle,
};
use subtle::ConstantTimeEq;
use uuid::Uuid;

const DOOR: Actor = Actor::House("sign-in");
/// Wrong tries in a row before an account closes for a while.
const FAILS: i64 = 5;
const CLOSED_SECONDS: i64 = 15 * 60;
/// Tries from one origin in the same time, over all accounts.
const KNOCKS: i64 = 30;
/// A session ends after this long without use …
const IDLE_SECONDS: i64 = 60 * 60;
/// … and in any case after a shift.
const SHIFT_SECONDS: i64 = 12 * 60 * 60;
/// A session in use is lengthened at most this often, so that most requests write nothing.
const TOUCH_SECONDS: i64 = 60;
/// Checked where there is no such account, so that the answer takes as long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$3Yt2mSWO8QlXTW8yqf0nXjCMzr7nGXKq9qJzXo1yCwQ";

/// What a sign-in came to. The page says no more than that it did not work, and when to try again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// The token for the cookie.
    Open {
        token: String,
        staff: Uuid,
    },
    Wrong,
    /// Too many tries: closed until then.
    Closed(Time),
}

/// Who may be at the door, read before the password is checked.
pub struct Candidate(Option<Staff>);

pub fn candidate(tx: &mut Tx, login: &str) -> Result<Candidate> {
    let login = login.trim().to_lowercase();
    Ok(Candidate(staff::by_login(&DOOR, tx, &login)?.filter(|staff| staff.active)))
}

impl Candidate {
    /// Slow on purpose: call it where it blocks nobody, never inside a write.
    pub fn knows(&self, typed: &str) -> bool {
        let stored = self.0.as_ref().map_or(NOBODY, |staff| &staff.password);
        let right = typed.chars().count() <= password::MOST && password::check(stored, typed);
        right && self.0.is_some()
    }

    pub fn id(&self) -> Option<Uuid> {
        self.0.as_ref().map(|staff| staff.id)
    }
}

/// What was typed beside the password.
pub struct Proof<'p> {
    pub knows_password: bool,
    /// A one-time code, or a recovery code.
    pub code: &'p str,
    pub origin: &'p str,
}

/// Opens the door or remembers that it stayed shut. A refusal is `Ok`, so that it is committed.
pub fn sign_in(tx: &mut Tx, keys: &Keys, draw: &mut Draw, who: Option<Uuid>, proof: &Proof) -> Result<SignIn> {
    let now = draw.now();
    let knocks = throttle::knock(tx, "staff", &keys.origin(proof.origin), now, CLOSED_SECONDS)?;
    if knocks > KNOCKS {
        return Ok(SignIn::Closed(now.plus_seconds(CLOSED_SECONDS)));
    }
    let Some(staff) = who.map(|id| staff::by_id(&DOOR, tx, id)).transpose()?.flatten().filter(|s| s.active) else {
        return Ok(SignIn::Wrong);
    };
    if let Some(until) = staff.locked_until.filter(|until| *until > now) {
        return Ok(SignIn::Closed(until));
    }
    let step = keys.open("totp", &staff.totp).and_then(|secret| totp::check(&secret, proof.code, now, staff.totp_step));
    let recovery = keys.code("recovery", staff.id, &proof.code.trim().to_uppercase());
    let opened =
        proof.knows_password && (step.is_some() || staff::spend_recovery(&DOOR, tx, staff.id, &recovery, now)?);
    if !opened {
        let fails = staff.fails + 1;
        let until = (fails >= FAILS).then(|| now.plus_seconds(CLOSED_SECONDS));
        let kept = if until.is_some() { 0 } else { fails };
        staff::tried(&DOOR, tx, staff.id, kept, until, staff.totp_step)?;
        note(tx, draw, &staff, "staff.refused", json!({ "fails": fails, "closed": until.is_some() }))?;
        return Ok(until.map_or(SignIn::Wrong, SignIn::Closed));
    }
    staff::tried(&DOOR, tx, staff.id, 0, None, step.unwrap_or(staff.totp_step))?;
    let token = codes::show_token(&draw.bytes());
    session::insert(
        &DOOR,
        tx,
        &Session {
            token: codes::hash_token(&token),
            staff: staff.id,
            created_at: now,
            touched_at: now,
            expires_at: now.plus_seconds(IDLE_SECONDS),
        },
    )?;
    note(tx, draw, &staff, "staff.signed_in", json!({ "by": if step.is_some() { "code" } else { "recovery" } }))?;
    Ok(SignIn::Open { token, staff: staff.id })
}

fn note(tx: &mut Tx, draw: &mut Draw, staff: &Staff, kind: &'static str, facts: Json) -> Result<()> {
    let mut facts = facts;
    facts["login"] = json!(staff.id);
    journal::write(
        &DOOR,
        tx,
        &NewEntry {
            id: draw.id(),
            at: draw.now(),
            verb: Verb::Consultation,
            kind,
            report: None,
            agency: Some(staff.agency.clone()),
            audience: Audience::Audit,
            facts,
            content: None,
            salt: draw.salt(),
        },
    )?;
    Ok(())
}

/// The account of a live session, and whether the session is due to be lengthened.
pub fn session(tx: &mut Tx, token: &str, now: Time) -> Result<Option<(Staff, bool)>> {
    let Some(session) = session::find(&DOOR, tx, &codes::hash_token(token), now)? else { return Ok(None) };
    if now >= session.created_at.plus_seconds(SHIFT_SECONDS) {
        return Ok(None);
    }
    let stale = now >= session.touched_at.plus_seconds(TOUCH_SECONDS);
    Ok(staff::by_id(&DOOR, tx, session.staff)?.filter(|staff| staff.active).map(|staff| (staff, stale)))
}

pub fn touch(tx: &mut Tx, token: &str, now: Time) -> Result<()> {
    Ok(session::touch(&DOOR, tx, &codes::hash_token(token), now, now.plus_seconds(IDLE_SECONDS))?)
}

pub fn sign_out(tx: &mut Tx, token: &str) -> Result<()> {
    Ok(session::end(&DOOR, tx, &codes::hash_token(token))?)
}

/// Compares in constant time.
pub fn same(one: &[u8], two: &[u8]) -> bool {
    one.ct_eq(two).into()
}
