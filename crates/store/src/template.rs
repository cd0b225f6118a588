//! Answers that staff use again (C-67): versioned rows, one of each in force. They hold words of the agency and of nobody else.

use crate::{Error, Result, Time, Tx, from_row, named_value};
use rights::{Actor, NotFound, Right};
use uuid::Uuid;

named_value! {
    /// What a template answers.
    pub enum Moment {
        /// Anything staff write, or any news under its code.
        Any = "any",
        /// A report that has just come in.
        Filed = "filed",
        Stage = "stage",
        Outcome = "outcome",
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    pub id: Uuid,
    /// The same for all versions.
    pub line: Uuid,
    /// From 1.
    pub version: i64,
    pub agency: String,
    pub name: String,
    /// Empty: every service.
    pub service: String,
    pub moment: Moment,
    /// The stage or the outcome.
    pub state: String,
    /// A status code of an outside system, or a pattern with `*`; empty: none is asked for.
    pub code: String,
    pub words: String,
    /// What a mail says beside its link.
    pub mail: String,
    /// What everybody reads on the public page; empty: nothing.
    pub everybody: String,
    pub automatic: bool,
    pub active: bool,
    pub since: Time,
    pub until: Option<Time>,
    pub by_staff: Uuid,
}

from_row!(Template {
    id,
    line,
    version,
    agency,
    name,
    service,
    moment,
    state,
    code,
    words,
    mail,
    everybody,
    automatic,
    active,
    since,
    until,
    by_staff
});

/// Templates of one agency; nobody has as many.
pub const MOST: i64 = 500;
/// Versions that are listed.
pub const MOST_VERSIONS: i64 = 50;

/// All templates of an agency as they are in force, by name.
pub fn in_force(tx: &mut Tx, agency: &str) -> Result<Vec<Template>> {
    tx.all(
        "SELECT id, line, version, agency, name, service, moment, state, code, words, mail, everybody, automatic, active, since, until, \
         by_staff FROM template WHERE agency = $1 AND until IS NULL ORDER BY name, line LIMIT $2",
        &[&agency, &MOST],
    )
}

/// Those in use that answer a moment by themselves.
pub fn automatic(tx: &mut Tx, agency: &str, moment: Moment) -> Result<Vec<Template>> {
    tx.all(
        "SELECT id, line, version, agency, name, service, moment, state, code, words, mail, everybody, automatic, active, since, until, \
         by_staff FROM template WHERE agency = $1 AND moment = $2 AND until IS NULL AND automatic AND active ORDER BY line",
        &[&agency, &moment],
    )
}

/// One template of an agency as it is in force.
pub fn one(tx: &mut Tx, agency: &str, line: Uuid) -> Result<Option<Template>> {
    tx.maybe(
        "SELECT id, line, version, agency, name, service, moment, state, code, words, mail, everybody, automatic, active, since, until, \
         by_staff FROM template WHERE agency = $1 AND line = $2 AND until IS NULL",
        &[&agency, &line],
    )
}

/// A version, in force or not, by its own id.
pub fn version(tx: &mut Tx, id: Uuid) -> Result<Option<Template>> {
    tx.maybe(
        "SELECT id, line, version, agency, name, service, moment, state, code, words, mail, everybody, automatic, active, since, until, \
         by_staff FROM template WHERE id = $1",
        &[&id],
    )
}

/// A version with the name of who wrote it, for the history.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    pub version: i64,
    pub since: Time,
    pub active: bool,
    pub by_name: String,
    pub words: String,
}

from_row!(Past { version, since, active, by_name, words });

/// The newest versions, the newest first.
pub fn history(actor: &Actor, tx: &mut Tx, line: Uuid) -> Result<Vec<Past>> {
    rights::hold(actor, Right::EditTemplates)?;
    let agency = actor.agency().ok_or(NotFound)?;
    tx.all(
        "SELECT t.version, t.since, t.active, s.name AS by_name, t.words FROM template AS t JOIN staff AS s ON s.id = t.by_staff \
         WHERE t.agency = $1 AND t.line = $2 ORDER BY t.version DESC LIMIT $3",
        &[&agency, &line, &MOST_VERSIONS],
    )
}

/// Puts a version in force in place of the one before it; another that came in between is [`Error::Stale`].
pub fn put(actor: &Actor, tx: &mut Tx, row: &Template) -> Result<()> {
    rights::hold(actor, Right::EditTemplates)?;
    if actor.agency() != Some(row.agency.as_str()) {
        return Err(NotFound.into());
    }
    tx.lock(&format!("template {}", row.line))?;
    let before = one(tx, &row.agency, row.line)?;
    if before.as_ref().map_or(0, |before| before.version) != row.version - 1 {
        return Err(Error::Stale);
    }
    if let Some(before) = before {
        tx.run("UPDATE template SET until = $1 WHERE id = $2", &[&row.since.max(before.since), &before.id])?;
    }
    tx.run(
        "INSERT INTO template (id, line, version, agency, name, service, moment, state, code, words, mail, everybody, automatic, \
         active, since, until, by_staff) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, NULL, $16)",
        &[
            &row.id,
            &row.line,
            &row.version,
            &row.agency,
            &row.name,
            &row.service,
            &row.moment,
            &row.state,
            &row.code,
            &row.words,
            &row.mail,
            &row.everybody,
            &row.automatic,
            &row.active,
            &row.since,
            &row.by_staff,
        ],
    )?;
    Ok(())
}
