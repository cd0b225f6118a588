//! What kind of incident a report is (P-75): the agency's list suggests a category by the service, a person says which.

use super::acts::{On, held};
use crate::{Draw, Refusal, Result, Setting};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Tx,
    incident::{self, Incident},
    journal::{Audience, Verb},
};

/// What staff hold it to be; an empty closing category: it is not over.
pub fn classify(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (opening, closing): (&str, &str),
) -> Result<()> {
    let held = held(actor, tx, Right::Assess, on)?;
    let agency = &held.case.agency;
    let name = |id: &str| setting.incident_name(agency, id).ok_or(Refusal::NoSuchIncident);
    let (opened, closed) = (name(opening)?, if closing.is_empty() { None } else { Some(name(closing)?) });
    let incident = Incident { opening: opening.to_owned(), closing: closed.is_some().then(|| closing.to_owned()) };
    let before = incident::of_report(tx, held.head.id, agency)?;
    if before.as_ref() == Some(&incident) {
        return Err(Refusal::AlreadyDone.into());
    }
    incident::hold(actor, tx, held.head.id, agency, &incident)?;
    let facts = json!({ "opening": opening, "name": opened, "closing": incident.closing, "closing_name": closed });
    held.enter(actor, tx, draw, ("incident.held", Verb::Alteration, Audience::Agency), facts, None)?;
    Ok(())
}
