//! Files that people handed over: what they are and where they belong. The bytes lie with custody.

use crate::{
    Error, Look, Result, Time, Tx,
    answer::Part,
    from_row,
    journal::{self, Audience},
    named_value,
    rendition::{self, Rendition},
};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    pub enum Giver {
        Reporter = "reporter",
        Staff = "staff",
    }
}

named_value! {
    /// What the search for malware came to.
    pub enum Scan {
        /// Nothing here searches.
        None = "none",
        /// It was not searched yet; nobody is shown it.
        Waiting = "waiting",
        Clean = "clean",
        Infected = "infected",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    pub id: Uuid,
    pub report: Option<Uuid>,
    /// Empty where it was added to a report that had been sent.
    pub question: String,
    pub part: Part,
    pub ordinal: i64,
    pub giver: Giver,
    /// Whose staff gave it.
    pub agency: Option<String>,
    pub audience: Audience,
    /// As its giver named it.
    pub name: String,
    pub media: String,
    /// Bytes.
    pub size: i64,
    pub sha256: Vec<u8>,
    /// Where and when the file itself says that it was made.
    pub taken: Json,
    pub scan: Scan,
    pub received_at: Time,
    pub hidden_at: Option<Time>,
    /// The version that is shown: 0 as it came.
    pub version: i64,
    /// Of what somebody else said in public, where it came with that.
    pub remark: Option<Uuid>,
}

from_row!(Held {
    id,
    report,
    question,
    part,
    ordinal,
    giver,
    agency,
    audience,
    name,
    media,
    size,
    sha256,
    taken,
    scan,
    received_at,
    hidden_at,
    version,
    remark,
});

const WHOLE: &str = "SELECT id, report, question, part, ordinal, giver, agency, audience, name, media, size, sha256, \
     taken, scan, received_at, hidden_at, version, remark FROM held";
/// Files of one attempt or report that are read at once; no report has so many by far.
const MOST: i64 = 500;

/// Who may claim a file that belongs to no report yet, and how long.
#[derive(Clone, Debug)]
pub struct Unclaimed {
    /// SHA-256 of the token.
    pub attempt: Vec<u8>,
    pub expires_at: Time,
}

/// Keeps a file that belongs to no report yet. The token is the proof.
pub fn hold(tx: &mut Tx, held: &Held, until: &Unclaimed) -> Result<()> {
    insert(tx, held, Some(until), None)
}

/// Adds a file to a report, by the entry that records it.
pub fn add(actor: &Actor, tx: &mut Tx, held: &Held, entry: Uuid) -> Result<()> {
    match actor {
        Actor::Resident(_) => {
            rights::hold(actor, Right::AddWords)?;
            journal::own(actor, held.report.unwrap_or_default())?;
        }
        _ => rights::hold(actor, Right::AddFile)?,
    }
    insert(tx, held, None, Some(entry))
}

fn insert(tx: &mut Tx, held: &Held, until: Option<&Unclaimed>, entry: Option<Uuid>) -> Result<()> {
    tx.run(
        "INSERT INTO held (id, attempt, report, entry, question, part, ordinal, giver, agency, audience, name, media, \
         size, sha256, taken, scan, received_at, expires_at, hidden_at, version, remark) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
        &[
            &held.id,
            &until.map(|until| until.attempt.as_slice()),
            &held.report,
            &entry,
            &held.question,
            &held.part,
            &held.ordinal,
            &held.giver,
            &held.agency,
            &held.audience,
            &held.name,
            &held.media,
            &held.size,
            &held.sha256,
            &held.taken,
            &held.scan,
            &held.received_at,
            &until.map(|until| until.expires_at),
            &held.hidden_at,
            &held.version,
            &held.remark,
        ],
    )?;
    Ok(())
}

/// What a token may claim, in the order it came.
pub fn of_attempt(tx: &mut Tx, attempt: &[u8]) -> Result<Vec<Held>> {
    tx.all(&format!("{WHOLE} WHERE attempt = $1 AND report IS NULL ORDER BY id LIMIT $2"), &[&attempt, &MOST])
}

/// Lets go of what an attempt holds: nobody will claim it.
pub fn let_go(tx: &mut Tx, attempt: &[u8], now: Time) -> Result<()> {
    tx.run("UPDATE held SET expires_at = $1 WHERE attempt = $2 AND report IS NULL", &[&now, &attempt])?;
    Ok(())
}

/// Where a file goes that is claimed.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    pub report: Uuid,
    pub entry: Uuid,
    pub question: &'a str,
    pub part: Part,
    pub ordinal: i64,
}

/// Makes an unclaimed file one of a report; one that is not there any more is [`Error::Stale`].
pub fn claim(tx: &mut Tx, attempt: &[u8], id: Uuid, place: &Place) -> Result<()> {
    let n = tx.run(
        "UPDATE held SET report = $1, entry = $2, question = $3, part = $4, ordinal = $5, expires_at = NULL, \
         attempt = NULL WHERE id = $6 AND attempt = $7 AND report IS NULL",
        &[&place.report, &place.entry, &place.question, &place.part, &place.ordinal, &id, &attempt],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Makes an unclaimed file part of what somebody says of a public report; one that is not there any more is [`Error::Stale`].
/// Staff of its agencies may see it, and everybody once the remark is shown.
pub fn claim_for_remark(
    actor: &Actor,
    tx: &mut Tx,
    attempt: &[u8],
    id: Uuid,
    (report, remark, ordinal): (Uuid, Uuid, i64),
) -> Result<()> {
    rights::hold(actor, Right::Remark)?;
    let n = tx.run(
        "UPDATE held SET report = $1, entry = $2, remark = $2, part = 'personal', ordinal = $3, audience = 'agencies', \
         expires_at = NULL, attempt = NULL WHERE id = $4 AND attempt = $5 AND report IS NULL",
        &[&report, &remark, &ordinal, &id, &attempt],
    )?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Photos of what people say of a public report, as far as that is shown; those that staff hid left out.
pub fn said_in_public(tx: &mut Tx, report: Uuid) -> Result<Vec<Held>> {
    tx.all(
        "SELECT h.id, h.report, h.question, h.part, h.ordinal, h.giver, h.agency, h.audience, h.name, h.media, h.size, h.sha256, \
         h.taken, h.scan, h.received_at, h.hidden_at, h.version, h.remark FROM remark AS m \
         JOIN held AS h ON h.remark = m.id JOIN publication AS p ON p.report = m.report \
         WHERE m.report = $1 AND m.shown = 'public' AND p.shown = 'public' AND h.hidden_at IS NULL \
         AND h.scan IN ('none', 'clean') ORDER BY h.remark DESC, h.ordinal LIMIT $2",
        &[&report, &MOST],
    )
}

/// Files that the reporter may see: their own and those that staff show them.
pub fn own(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Vec<Held>> {
    rights::hold(actor, Right::FollowOwn)?;
    journal::own(actor, report)?;
    let all = of_report(tx, report)?;
    Ok(all.into_iter().filter(|held| held.audience == Audience::Resident).collect())
}

/// Files that the reporter gave, for a witness or a third party: none that staff show the victim.
pub fn given(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Vec<Held>> {
    rights::hold(actor, Right::FollowShort)?;
    journal::own(actor, report)?;
    let all = of_report(tx, report)?;
    Ok(all.into_iter().filter(|held| held.giver == Giver::Reporter && held.audience == Audience::Resident).collect())
}

/// Files of a report that is public and that a person has read, those that staff hid left out. Which of them may be shown,
/// the publication says.
pub fn public(tx: &mut Tx, report: Uuid) -> Result<Vec<Held>> {
    let shown: Option<(String,)> =
        tx.maybe("SELECT reference FROM publication WHERE report = $1 AND shown = 'public' AND looked", &[&report])?;
    let all = if shown.is_some() { of_report(tx, report)? } else { Vec::new() };
    let is_own = |held: &Held| held.giver == Giver::Reporter && held.remark.is_none() && held.hidden_at.is_none();
    Ok(all.into_iter().filter(is_own).collect())
}

/// Files of some parts of a report, for staff who hold the right to each; of other agencies' files only those they share.
pub fn for_staff(actor: &Actor, look: &mut Look, report: Uuid, parts: &[Part]) -> Result<Vec<Held>> {
    for part in parts {
        rights::hold(actor, part.right())?;
    }
    look.shows(report, "files");
    let agency = actor.agency();
    let mut all = of_report(look.tx, report)?;
    all.retain(|held| {
        let is_seen = match held.audience {
            Audience::Resident | Audience::Agencies => true,
            Audience::Agency => held.agency.as_deref() == agency,
            Audience::Audit => false,
        };
        is_seen && parts.contains(&held.part)
    });
    Ok(all)
}

/// Each question's in the order they were given, then what was added later.
fn of_report(tx: &mut Tx, report: Uuid) -> Result<Vec<Held>> {
    let mut all: Vec<Held> = tx.all(&format!("{WHOLE} WHERE report = $1 ORDER BY id LIMIT $2"), &[&report, &MOST])?;
    all.sort_by_cached_key(|held| (held.question.is_empty(), held.question.clone(), held.ordinal, held.id));
    Ok(all)
}

/// A file of a report, for an act of staff on it.
pub fn for_act(actor: &Actor, tx: &mut Tx, report: Uuid, id: Uuid) -> Result<Option<Held>> {
    rights::hold(actor, Right::RedactFile)?;
    tx.maybe(&format!("{WHOLE} WHERE id = $1 AND report = $2"), &[&id, &report])
}

/// Hides a file from everybody but the staff who may do so, or shows it again.
pub fn hide(actor: &Actor, tx: &mut Tx, id: Uuid, hidden_at: Option<Time>) -> Result<()> {
    rights::hold(actor, Right::RedactFile)?;
    let sql = "UPDATE held SET hidden_at = $1 WHERE id = $2 AND report IS NOT NULL AND (hidden_at IS NULL) = $3";
    let n = tx.run(sql, &[&hidden_at, &id, &hidden_at.is_some()])?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Shows the version of these pictures from now on; all that were stay. Numbers of versions only rise.
pub fn redact(actor: &Actor, tx: &mut Tx, id: Uuid, from: i64, renditions: &[Rendition]) -> Result<()> {
    rights::hold(actor, Right::RedactFile)?;
    let to = renditions.first().map(|made| made.version).filter(|to| *to > from).ok_or(Error::Stale)?;
    let n = tx.run("UPDATE held SET version = $1 WHERE id = $2 AND version = $3", &[&to, &id, &from])?;
    if n != 1 {
        return Err(Error::Stale);
    }
    rendition::keep(tx, renditions)
}

/// Bytes of files that wait for somebody to claim them; each counts for at least so many.
pub fn unclaimed_bytes(tx: &mut Tx, now: Time, least: i64) -> Result<i64> {
    let (sum,): (Option<i64>,) = tx.one(
        "SELECT CAST(SUM(CASE WHEN size < $1 THEN $1 ELSE size END) AS BIGINT) FROM held \
         WHERE report IS NULL AND expires_at > $2",
        &[&least, &now],
    )?;
    Ok(sum.unwrap_or(0))
}

/// Unclaimed files that ran out, at most so many; the longest ago first.
pub fn run_out(actor: &Actor, tx: &mut Tx, now: Time, most: i64) -> Result<Vec<Uuid>> {
    journal::house(actor)?;
    let found: Vec<(Uuid,)> = tx.all(
        "SELECT id FROM held WHERE report IS NULL AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2",
        &[&now, &most],
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Forgets an unclaimed file that ran out; false where somebody claimed it meanwhile. Its bytes go after this.
pub fn forget(actor: &Actor, tx: &mut Tx, id: Uuid, now: Time) -> Result<bool> {
    journal::house(actor)?;
    Ok(tx.run("DELETE FROM held WHERE id = $1 AND report IS NULL AND expires_at <= $2", &[&id, &now])? == 1)
}

/// Which files there are, at most so many after this one: bytes without a row are nobody's.
pub fn ids(actor: &Actor, tx: &mut Tx, after: Uuid, most: i64) -> Result<Vec<Uuid>> {
    journal::house(actor)?;
    let found: Vec<(Uuid,)> = tx.all("SELECT id FROM held WHERE id > $1 ORDER BY id LIMIT $2", &[&after, &most])?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Files that came by then and wait to be searched for malware, the longest first.
pub fn unscanned(actor: &Actor, tx: &mut Tx, by: Time, most: i64) -> Result<Vec<(Uuid, Option<Uuid>)>> {
    journal::house(actor)?;
    tx.all(
        "SELECT id, report FROM held WHERE scan = 'waiting' AND received_at <= $1 ORDER BY received_at, id LIMIT $2",
        &[&by, &most],
    )
}

/// What the search came to; false where it was known before.
pub fn scanned(actor: &Actor, tx: &mut Tx, id: Uuid, scan: Scan) -> Result<bool> {
    journal::house(actor)?;
    Ok(tx.run("UPDATE held SET scan = $1 WHERE id = $2 AND scan = 'waiting'", &[&scan, &id])? == 1)
}

/// A file beside the facts of the entry that records it, for the check of the whole house.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub id: Uuid,
    pub report: Option<Uuid>,
    pub size: i64,
    pub sha256: Vec<u8>,
    pub facts: Option<Json>,
}

from_row!(Kept { id, report, size, sha256, facts });

/// At most so many after this one, by id.
pub fn kept(actor: &Actor, tx: &mut Tx, after: Uuid, most: i64) -> Result<Vec<Kept>> {
    journal::house(actor)?;
    tx.all(
        "SELECT h.id, h.report, h.size, h.sha256, j.facts FROM held AS h LEFT JOIN journal AS j ON j.id = h.entry \
         WHERE h.id > $1 ORDER BY h.id LIMIT $2",
        &[&after, &most],
    )
}
