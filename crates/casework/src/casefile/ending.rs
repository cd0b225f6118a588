//! A case ends, and is taken up again. With it end the agency's parts of its reports: each of those is an act of its own, which
//! its reporter is told.

use super::{On, acts::changed, complaints, enter, held, put_effect, reports, tree};
use crate::{
    Draw, Refusal, Result, Setting,
    report::acts::{Held, closed, reopened},
    words,
};
use catalogue::{Effect, Outcome};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Tx,
    casefile::Casefile,
    report,
    sub_case::{self, Core},
};

/// Ends a case that is not merged into another: the same words go to each of its complainants.
pub fn close(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    outcome: &str,
    typed: &str,
) -> Result<()> {
    let mut case = held(actor, tx, Right::Close, on)?;
    if case.merged_into.is_some() || case.closed_at.is_some() {
        return Err(Refusal::Ended.into());
    }
    let words = words::read(typed)?;
    // Who acts instead is said for each report.
    let outcome =
        setting.outcome(&case.agency, outcome).filter(|outcome| !outcome.needs_agency && outcome.fits(&case.service));
    let outcome = outcome.ok_or(Refusal::NoSuchOutcome)?;
    end(actor, tx, setting, draw, &mut case, (outcome, &words))
}

pub(super) fn end(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    case: &mut Casefile,
    (outcome, words): (&Outcome, &str),
) -> Result<()> {
    for mut held in parts(tx, case)?.into_iter().filter(|held| !held.case.core.ended()) {
        closed(actor, tx, setting, draw, &mut held, outcome, (&outcome.sentence, words, json!({})))?;
    }
    case.closed_at = Some(draw.now());
    case.next_at = None;
    let facts = json!({ "outcome": outcome.id, "name": outcome.name });
    let entry = enter(actor, tx, draw, &[case], ("case.closed", facts), Some(json!({ "words": words })))?;
    put_effect(actor, tx, setting, draw, case, (Effect::Close, entry))?;
    changed(actor, tx, draw, case)
}

/// Takes a case up again, and the parts that ended with it.
pub fn reopen(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, on: On, typed: &str) -> Result<()> {
    let mut case = held(actor, tx, Right::Reopen, on)?;
    let Some(closed_at) = case.closed_at.take() else { return Err(Refusal::NotEnded.into()) };
    let words = words::read(typed)?;
    let stage = setting.first_stage(&case.agency, Core::Open).ok_or(Refusal::NoSuchStage)?;
    for mut held in parts(tx, &case)? {
        if held.case.core == Core::Closed && held.case.closed_at == Some(closed_at) {
            reopened(actor, tx, setting, draw, &mut held, &stage, (&words, json!({})))?;
        }
    }
    let entry = enter(actor, tx, draw, &[&case], ("case.reopened", json!({})), Some(json!({ "words": words })))?;
    put_effect(actor, tx, setting, draw, &case, (Effect::Reopen, entry))?;
    changed(actor, tx, draw, &mut case)
}

/// The agency's parts of every report in the case and in those merged into it.
pub(super) fn parts(tx: &mut Tx, case: &Casefile) -> Result<Vec<Held>> {
    let cases = tree(tx, case)?;
    let mut parts = Vec::new();
    for id in reports(&complaints(tx, &cases)?) {
        let head = report::by_id(tx, id)?;
        let own = sub_case::of_report(tx, id)?.into_iter().find(|part| part.agency == case.agency);
        parts.extend(own.map(|case| Held { head, case }));
    }
    Ok(parts)
}
