//! Neighbourhood teams (P-97): what stands on their pages, who may change it, and what it said before. What is in force is
//! published and is read by everybody; each change is another version, and an entry of the journal.

pub mod body;
pub mod edit;
mod plain;
pub mod read;

pub use body::Body;
pub use plain::plain;

use crate::{Draw, Result, Setting, clocks};
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    clock::Kept,
    journal::{self, Audience, NewEntry, Verb},
    neighbourhood::{self, Neighbourhood, Version},
};

/// A team as its page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    pub agency: String,
    pub code: String,
    pub version: i64,
    pub name: String,
    pub body: Body,
    pub source: String,
    pub since: Time,
    /// Staff wrote this version.
    pub by_hand: bool,
}

impl Team {
    fn of(row: Neighbourhood) -> Team {
        Team {
            body: read_body(row.body),
            agency: row.agency,
            code: row.code,
            version: row.version,
            name: row.name,
            source: row.source,
            since: row.since,
            by_hand: row.by_staff.is_some(),
        }
    }
}

/// How the messages to one team were answered in a month (P-100).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub agency: String,
    pub code: String,
    /// The instant the month begins.
    pub month: Time,
    pub kept: Kept,
}

/// Months that the page of a team looks back on, the running one with them.
const MONTHS: i64 = 6;

/// For the public, of every team, the newest month first: totals alone.
pub fn answered(tx: &mut Tx, setting: &Setting, now: Time) -> Result<Vec<Answered>> {
    let mut all = Vec::new();
    for agency in setting.catalogue.agencies() {
        let Some(rule) = agency.neighbourhoods.as_ref().and_then(|own| own.answers.as_ref()) else { continue };
        for back in 0..MONTHS {
            let month = clocks::month(now) - back;
            let (Some(from), Some(to)) = (clocks::month_begins(month), clocks::month_begins(month + 1)) else {
                continue;
            };
            // What is not yet due has not been kept and not been missed.
            let kept = neighbourhood::kept(tx, &agency.id, rule, from, to.min(now))?;
            all.extend(kept.into_iter().map(|(code, kept)| Answered {
                agency: agency.id.clone(),
                code,
                month: from,
                kept,
            }));
        }
    }
    Ok(all)
}

/// A version as staff see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    pub version: i64,
    pub body: Body,
    pub source: String,
    pub since: Time,
    pub until: Option<Time>,
    pub by: Option<String>,
}

/// What was written by this program; what it does not understand is left empty and never breaks a page.
pub(crate) fn read_body(json: Json) -> Body {
    serde_json::from_value(json).unwrap_or_default()
}

/// The teams of an agency, by name.
pub fn list(tx: &mut Tx, agency: &str) -> Result<Vec<Team>> {
    Ok(neighbourhood::of_agency(tx, agency)?.into_iter().map(Team::of).collect())
}

pub fn one(tx: &mut Tx, agency: &str, code: &str) -> Result<Team> {
    Ok(neighbourhood::one(tx, agency, code)?.map(Team::of).ok_or(NotFound)?)
}

/// A team of the actor's own agency, to be changed.
pub fn own(actor: &Actor, tx: &mut Tx, code: &str) -> Result<Team> {
    rights::hold(actor, Right::EditNeighbourhood)?;
    one(tx, actor.agency().ok_or(NotFound)?, code)
}

/// The teams of the actor's own agency.
pub fn own_list(actor: &Actor, tx: &mut Tx) -> Result<Vec<Team>> {
    rights::hold(actor, Right::EditNeighbourhood)?;
    list(tx, actor.agency().ok_or(NotFound)?)
}

/// What the page of a team said and says, the newest first.
pub fn history(actor: &Actor, tx: &mut Tx, code: &str) -> Result<Vec<Past>> {
    rights::hold(actor, Right::EditNeighbourhood)?;
    let past = |row: Version| Past {
        version: row.version,
        body: read_body(row.body),
        source: row.source,
        since: row.since,
        until: row.until,
        by: row.by_name,
    };
    let versions: Vec<Past> = neighbourhood::history(actor, tx, code)?.into_iter().map(past).collect();
    if versions.is_empty() { Err(NotFound.into()) } else { Ok(versions) }
}

/// The next version, in place of the one the page was drawn from. Boundary and name stay: they come with an import.
pub fn change(actor: &Actor, tx: &mut Tx, draw: &mut Draw, code: &str, version: i64, body: Body) -> Result<()> {
    rights::hold(actor, Right::EditNeighbourhood)?;
    let before = own(actor, tx, code)?;
    if before.version != version {
        return Err(crate::Error::Stale);
    }
    let body = Body { boundary: before.body.boundary.clone(), ..body };
    if body == before.body {
        return Ok(());
    }
    let by_staff = actor.staff().map(|staff| staff.id);
    let next = Team { body, version: version + 1, source: "written by staff".into(), ..before };
    put(actor, tx, draw, &next, by_staff, "neighbourhood.changed")
}

/// What became of a team that a file tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It says what is in force.
    Same,
    New,
    /// A version more.
    Changed,
    /// A version more, where staff had written the one before: that stays in the history.
    OverStaff,
}

/// Takes a team in from a file. The caller tells running servers ([`store::data_set::put_in_force`]) once all of it is in.
pub fn take(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    agency: &str,
    told: &read::Told,
    source: &str,
) -> Result<Taken> {
    rights::hold(actor, Right::EditNeighbourhood)?;
    let before = neighbourhood::one(tx, agency, &told.code)?.map(Team::of);
    if before.as_ref().is_some_and(|before| before.body == told.body && before.name == told.name) {
        return Ok(Taken::Same);
    }
    let taken = match &before {
        None => Taken::New,
        Some(before) if before.by_hand => Taken::OverStaff,
        Some(_) => Taken::Changed,
    };
    let next = Team {
        agency: agency.to_owned(),
        code: told.code.clone(),
        version: before.map_or(0, |before| before.version) + 1,
        name: told.name.clone(),
        body: told.body.clone(),
        source: source.to_owned(),
        since: draw.now(),
        by_hand: false,
    };
    put(actor, tx, draw, &next, None, "neighbourhood.imported")?;
    Ok(taken)
}

fn put(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    team: &Team,
    by_staff: Option<uuid::Uuid>,
    kind: &'static str,
) -> Result<()> {
    let body = serde_json::to_value(&team.body).unwrap_or_default();
    let row = Neighbourhood {
        id: draw.id(),
        agency: team.agency.clone(),
        code: team.code.clone(),
        version: team.version,
        name: team.name.clone(),
        body,
        source: team.source.clone(),
        since: draw.now(),
        until: None,
        by_staff,
    };
    neighbourhood::put(actor, tx, &row)?;
    journal::write(
        actor,
        tx,
        &NewEntry {
            id: draw.id(),
            at: draw.now(),
            verb: Verb::Alteration,
            kind,
            report: None,
            agency: Some(team.agency.clone()),
            audience: Audience::Audit,
            facts: json!({ "neighbourhood": row.id, "code": row.code, "version": row.version, "source": row.source }),
            content: None,
            salt: draw.salt(),
        },
    )?;
    Ok(())
}
