//! Does what is due to one report, in one transaction, after looking again: what was read before may have changed since.

use super::{
    HOUSE,
    due::{Due, judge},
};
use crate::{
    Draw, Result, Setting,
    report::{
        acts::{Held, closed},
        entry::{Happened, write},
    },
};
use catalogue::{Limit, RetentionAction, RetentionRule};
use serde_json::{Value as Json, json};
use store::{
    Tx, disposal,
    journal::{Audience, Verb},
    report,
    retention::{self, Holds},
    retention_review::{self, Review},
    sub_case,
};
use uuid::Uuid;

/// What was done to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Closed,
    Review,
    Anonymised,
    Deleted,
    /// Something holds it.
    Held(Holds),
    /// It is not due any more.
    Nothing,
}

pub fn apply(tx: &mut Tx, setting: &Setting, draw: &mut Draw, due: &Due) -> Result<Done> {
    let parts = retention::parts(&HOUSE, tx, due.report)?;
    let Some(part) = parts.iter().find(|part| part.agency == due.agency) else { return Ok(Done::Nothing) };
    let Some(now) = judge(tx, setting, draw.now(), part)?.filter(|now| now.action == due.action) else {
        return Ok(Done::Nothing);
    };
    // Looking at a report takes nothing away.
    if let Some(holds) = now.held.filter(|_| now.action != RetentionAction::Review) {
        return Ok(Done::Held(holds));
    }
    match now.action {
        RetentionAction::Close => close(tx, setting, draw, &now),
        RetentionAction::Review => review(tx, draw, &now),
        RetentionAction::Anonymise => {
            let files = disposal::anonymise(&HOUSE, tx, now.report, draw.now())?;
            erased(tx, draw, &now, ("report.anonymised", Audience::Agencies), &files)?;
            Ok(Done::Anonymised)
        }
        RetentionAction::Delete => {
            let files = disposal::delete(&HOUSE, tx, now.report, draw.now())?;
            erased(tx, draw, &now, ("report.deleted", Audience::Audit), &files)?;
            Ok(Done::Deleted)
        }
    }
}

fn close(tx: &mut Tx, setting: &Setting, draw: &mut Draw, due: &Due) -> Result<Done> {
    let Some((_, rule)) = due.rules.first() else { return Ok(Done::Nothing) };
    let outcome = rule.outcome.as_deref().and_then(|id| setting.outcome(&due.agency, id));
    let case = sub_case::of_report(tx, due.report)?.into_iter().find(|case| case.agency == due.agency);
    let (Some(outcome), Some(case)) = (outcome.filter(|outcome| outcome.fits(&due.service)), case) else {
        return Ok(Done::Nothing);
    };
    let mut held = Held { head: report::by_id(tx, due.report)?, case };
    let words = rule.words.as_deref().unwrap_or_default();
    closed(
        &HOUSE,
        tx,
        setting,
        draw,
        &mut held,
        outcome,
        (&outcome.sentence, words, json!({ "retention": facts(due) })),
    )?;
    Ok(Done::Closed)
}

fn review(tx: &mut Tx, draw: &mut Draw, due: &Due) -> Result<Done> {
    let Some((_, rule)) = due.rules.first() else { return Ok(Done::Nothing) };
    let facts = json!({ "rules": facts(due) });
    let happened = ("retention.review", Verb::Alteration, Audience::Agency);
    let id = enter(tx, draw, due, happened, facts)?;
    let review = Review {
        id,
        report: due.report,
        agency: due.agency.clone(),
        rule: rule.id.clone(),
        raised_at: draw.now(),
        decision: None,
        keep_until: None,
    };
    retention_review::raise(&HOUSE, tx, &review)?;
    Ok(Done::Review)
}

fn erased(tx: &mut Tx, draw: &mut Draw, due: &Due, of: (&'static str, Audience), files: &[Uuid]) -> Result<()> {
    let facts = json!({ "rules": facts(due), "erased": files });
    enter(tx, draw, due, (of.0, Verb::Erasure, of.1), facts)?;
    Ok(())
}

fn enter(tx: &mut Tx, draw: &mut Draw, due: &Due, of: (&'static str, Verb, Audience), facts: Json) -> Result<Uuid> {
    let (kind, verb, audience) = of;
    let (report, agency) = (due.report, Some(due.agency.as_str()));
    write(&HOUSE, tx, draw, Happened { report, agency, verb, kind, audience, facts, words: None })
}

/// The rules as they were: a file of an agency has no versions, an entry has (E-118).
fn facts(due: &Due) -> Json {
    due.rules.iter().map(|(agency, rule)| one(agency, rule)).collect()
}

fn one(agency: &str, rule: &RetentionRule) -> Json {
    let after = match rule.after {
        Limit::Days(n) => json!({ "days": n }),
        Limit::Months(n) => json!({ "months": n }),
        Limit::Hours(n) => json!({ "hours": n }),
        Limit::WorkingDays(n) => json!({ "working_days": n }),
    };
    json!({
        "agency": agency, "id": rule.id, "class": rule.class.name(), "trigger": rule.trigger.name(), "after": after,
        "action": rule.action.name(), "basis": rule.basis, "source": rule.source,
    })
}
