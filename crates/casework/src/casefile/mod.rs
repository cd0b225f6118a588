//! A case of one or more complaints, as one agency works it (council C-18 to C-27). Cases merge; their complaints, and what
//! was done, are then read together. A complainant never learns of it.

pub mod acts;
pub mod begin;
pub mod closing;
pub mod ending;
pub mod merge;
pub mod own;
pub mod people;
pub mod read;
pub mod site_visit;

use crate::{Draw, Error, Result, Setting};
use catalogue::{ActionType, Cases, Effect, Visibility};
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    casefile::{self, Casefile},
    casefile_action::{self, Action},
    casefile_entry, complaint,
    complaint::Complaint,
    journal::{self, Audience, NewEntry, Verb},
};
use uuid::Uuid;

pub(crate) const HOUSE: Actor = Actor::House("casefile");

/// The case an act is on, and the version of the page it was made on.
#[derive(Clone, Copy, Debug)]
pub struct On<'a> {
    pub reference: &'a str,
    pub version: i64,
}

/// The agency's case, for an act; one made on an older page is [`Error::Stale`].
fn held(actor: &Actor, tx: &mut Tx, right: Right, on: On) -> Result<Casefile> {
    rights::hold(actor, right)?;
    let case = casefile::by_reference(actor, tx, on.reference)?.ok_or(NotFound)?;
    if case.version != on.version { Err(Error::Stale) } else { Ok(case) }
}

/// What an agency's file says of its cases, where it works any.
fn rules<'s>(setting: &'s Setting, agency: &str) -> Result<&'s Cases> {
    Ok(setting.cases(agency).ok_or(NotFound)?)
}

/// The entry of an act on a case, which is no report's own; one of a merge is of two cases.
fn enter(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    cases: &[&Casefile],
    (kind, mut facts): (&'static str, Json),
    content: Option<Json>,
) -> Result<Uuid> {
    let id = draw.id();
    let first = cases.first().ok_or(NotFound)?;
    facts["case"] = json!(first.reference);
    let new = NewEntry {
        id,
        at: draw.now(),
        verb: Verb::Alteration,
        kind,
        report: None,
        agency: Some(first.agency.clone()),
        audience: Audience::Agency,
        facts,
        content,
        salt: draw.salt(),
    };
    journal::write(actor, tx, &new)?;
    for case in cases {
        casefile_entry::of(tx, case.id, id)?;
    }
    Ok(id)
}

fn visibility(of: Visibility) -> casefile_action::Visibility {
    match of {
        Visibility::Public => casefile_action::Visibility::Public,
        Visibility::Staff => casefile_action::Visibility::Staff,
        Visibility::Internal => casefile_action::Visibility::Internal,
    }
}

/// Puts what was done on the timeline of the case.
fn put(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    case: &Casefile,
    kind: &ActionType,
    (happened_at, entry): (Time, Uuid),
) -> Result<Uuid> {
    let id = draw.id();
    let row = Action {
        id,
        casefile: case.id,
        kind: kind.id.clone(),
        visibility: visibility(kind.visibility),
        happened_at,
        written_at: draw.now(),
        staff: actor.staff().map(|staff| staff.id),
        entry,
    };
    casefile_action::insert(tx, &row)?;
    Ok(id)
}

/// The same of what changes the case itself, where the agency's list has a word for it.
fn put_effect(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    case: &Casefile,
    (effect, entry): (Effect, Uuid),
) -> Result<()> {
    if let Some(kind) = setting.action_of(&case.agency, effect) {
        let now = draw.now();
        put(actor, tx, draw, case, kind, (now, entry))?;
    }
    Ok(())
}

/// The case in which this one is worked: itself, or the last it was merged into, with each on the way and the time from which
/// what is done there is of this one too.
pub(crate) fn above(tx: &mut Tx, case: &Casefile) -> Result<Vec<(Casefile, Time)>> {
    let mut all: Vec<(Casefile, Time)> = Vec::new();
    let mut next = case.merged_into.zip(case.merged_at);
    while let Some((id, at)) = next {
        let since = all.last().map_or(at, |(_, before)| at.max(*before));
        let above = casefile::by_id(tx, id)?;
        next = above.merged_into.zip(above.merged_at);
        all.push((above, since));
    }
    Ok(all)
}

pub(crate) fn root(tx: &mut Tx, case: Casefile) -> Result<Casefile> {
    Ok(above(tx, &case)?.pop().map_or(case, |(root, _)| root))
}

/// The case and all that were merged into it, however deep.
pub(crate) fn tree(tx: &mut Tx, case: &Casefile) -> Result<Vec<Casefile>> {
    let mut all = vec![case.clone()];
    let mut next = 0;
    while let Some(id) = all.get(next).map(|case| case.id) {
        all.extend(casefile::under(tx, id)?);
        next += 1;
    }
    Ok(all)
}

/// Every complaint of some cases, oldest first.
fn complaints(tx: &mut Tx, cases: &[Casefile]) -> Result<Vec<Complaint>> {
    let mut all = Vec::new();
    for case in cases {
        all.extend(complaint::of_casefile(tx, case.id)?);
    }
    all.sort_by_key(|row| (row.at, row.id));
    Ok(all)
}

/// How many complaints, by how many people, and how often it happened again (C-20).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub complaints: usize,
    pub complainants: usize,
}

impl Counts {
    fn of(all: &[Complaint]) -> Counts {
        let people: std::collections::BTreeSet<Uuid> = all.iter().map(|row| row.complainant).collect();
        Counts { complaints: all.len(), complainants: people.len() }
    }

    /// Never below 0.
    pub fn recurrences(self) -> usize {
        self.complaints.saturating_sub(self.complainants)
    }
}

/// Reports of some complaints, each once.
fn reports(all: &[Complaint]) -> Vec<Uuid> {
    let mut reports = Vec::new();
    for row in all {
        if !reports.contains(&row.report) {
            reports.push(row.report);
        }
    }
    reports
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_happened_again_as_often_as_complaints_outnumber_people() {
        let counts = |complaints, complainants| Counts { complaints, complainants }.recurrences();
        assert_eq!([counts(0, 0), counts(1, 1), counts(5, 2), counts(2, 2)], [0, 0, 3, 0]);
        // What can not be is not below 0 either.
        assert_eq!(counts(1, 2), 0);
    }
}
