//! People believed responsible (C-25), under a right of their own. Who they are stands in erasable content; others do not learn
//! that there are any.

use super::{On, held};
use crate::{Draw, Result, words};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Tx, believed,
    casefile::Casefile,
    journal::{self, Audience, NewEntry, Verb},
};
use uuid::Uuid;

/// Not on the case's own history, which everybody reads who may open it: an entry of the audit trail.
fn enter(actor: &Actor, tx: &mut Tx, draw: &mut Draw, case: &Casefile, words: Option<&str>) -> Result<Uuid> {
    let id = draw.id();
    let new = NewEntry {
        id,
        at: draw.now(),
        verb: if words.is_some() { Verb::Collection } else { Verb::Alteration },
        kind: if words.is_some() { "case.person_added" } else { "case.person_removed" },
        report: None,
        agency: Some(case.agency.clone()),
        audience: Audience::Audit,
        facts: json!({ "case": case.reference }),
        content: words.map(|words| json!({ "words": words })),
        salt: draw.salt(),
    };
    journal::write(actor, tx, &new)?;
    Ok(id)
}

pub fn add(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On, typed: &str) -> Result<()> {
    let case = held(actor, tx, Right::SeePeople, on)?;
    let words = words::read(typed)?;
    let entry = enter(actor, tx, draw, &case, Some(&words))?;
    Ok(believed::add(actor, tx, draw.id(), case.id, entry)?)
}

pub fn remove(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On, person: Uuid) -> Result<()> {
    let case = held(actor, tx, Right::SeePeople, on)?;
    enter(actor, tx, draw, &case, None)?;
    Ok(believed::remove(actor, tx, person, case.id, draw.now())?)
}
