//! How urgent a report is (THRIVE, P-65): six scores, a grade, and why. Each is a new record; a suggestion of the house may
//! raise and never lowers.

use super::{
    acts::{On, held},
    flag, mark,
};
use crate::{Draw, Refusal, Result, Setting, words};
use catalogue::ENHANCED;
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Tx,
    assessment::{self, Assessment},
    crime::Crime,
    journal::{Audience, Verb},
    report::Head,
    sub_case::{self, SubCase},
};

/// The six, in the order of the word.
pub const SCORES: [(&str, &str); 6] = [
    ("threat", "Threat"),
    ("harm", "Harm"),
    ("risk", "Risk"),
    ("investigation", "Investigation"),
    ("vulnerability", "Vulnerability"),
    ("engagement", "Engagement"),
];
/// Each from none to high.
pub const HIGHEST: i64 = 3;

/// What a person holds of it. A grade below the one before needs words that say why; so does every grade.
pub fn assess(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (scores, grade): ([i64; 6], i64),
    typed: &str,
) -> Result<()> {
    let mut held = held(actor, tx, Right::Assess, on)?;
    let grades = setting.grades(&held.case.agency);
    let chosen = grades.iter().find(|known| known.number == grade).ok_or(Refusal::NoSuchScore)?;
    let priority = chosen.priority;
    if scores.iter().any(|score| !(0..=HIGHEST).contains(score)) {
        return Err(Refusal::NoSuchScore.into());
    }
    let before = assessment::grade(actor, tx, held.head.id, &held.case.agency)?;
    let lower = before.is_some_and(|before| grade > before) || priority > held.case.priority;
    let words = match words::read(typed) {
        Err(Refusal::WordsNeeded) if lower => return Err(Refusal::LoweredWithoutReason.into()),
        other => other?,
    };
    let named: serde_json::Map<_, _> =
        SCORES.iter().zip(scores).map(|((id, _), score)| ((*id).to_owned(), json!(score))).collect();
    let entry = held.enter(
        actor,
        tx,
        draw,
        ("assessment.made", Verb::Alteration, Audience::Agency),
        json!({ "scores": named, "grade": grade, "name": chosen.name, "before": before }),
        Some(&words),
    )?;
    assessment::insert(
        actor,
        tx,
        &Assessment {
            id: draw.id(),
            report: held.head.id,
            agency: held.case.agency.clone(),
            at: draw.now(),
            staff: actor.staff().map(|staff| staff.id),
            scores: json!(named),
            grade,
            entry,
        },
    )?;
    held.case.priority = priority;
    held.case.changed_at = draw.now();
    sub_case::update(actor, tx, &held.case)?;
    Ok(())
}

/// Enhanced rights (P-66): answers set them, a person may add them, and may take them away; both with a reason. A clock that
/// runs keeps the limit it began with.
pub fn enhance(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On, give: bool, typed: &str) -> Result<()> {
    let mut held = held(actor, tx, Right::Assess, on)?;
    let words = words::read(typed)?;
    if mark::has(&held.case, ENHANCED) == give {
        return Err(Refusal::AlreadyDone.into());
    }
    if give {
        mark::raise(&mut held.case, ENHANCED)
    } else {
        mark::lower(&mut held.case, ENHANCED)
    }
    let kind = if give { "enhanced.given" } else { "enhanced.taken" };
    held.enter(actor, tx, draw, (kind, Verb::Alteration, Audience::Agency), json!({}), Some(&words))?;
    held.case.changed_at = draw.now();
    sub_case::update(actor, tx, &held.case)?;
    Ok(())
}

/// Why a person should think of enhanced rights (P-66): what the agency names of the answers' flags and of the crimes
/// recorded. It is shown and never set by itself.
pub(super) fn proposed<'c>(
    actor: &Actor,
    setting: &Setting,
    head: &Head,
    case: &SubCase,
    crimes: impl Iterator<Item = &'c Crime>,
) -> Vec<String> {
    let Some(rule) = setting.enhanced(&case.agency) else { return Vec::new() };
    let seen = flag::seen(actor, setting, &head.definition, &case.flags);
    let flags = rule.flags.iter().filter(|flag| seen.contains(flag));
    let flags = flags.map(|flag| setting.flag_name(&head.service, flag));
    let serious = crimes.filter(|crime| crime.cancelled_at.is_none() && rule.offences.contains(&crime.offence));
    let serious = serious.map(|crime| setting.offence_name(&case.agency, &crime.offence));
    let mut reasons: Vec<String> = flags.chain(serious).collect();
    reasons.dedup();
    reasons
}

/// The house may hold a part more urgent than before, never less (PT-8).
pub(crate) fn raise(case: &mut SubCase, priority: i64) {
    case.priority = raised(case.priority, priority);
}

fn raised(before: i64, to: i64) -> i64 {
    before.min(to).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// PT-8.
        #[test]
        fn no_sequence_of_what_the_house_does_makes_a_report_less_urgent(
            first in 1i64..=9,
            then in proptest::collection::vec(-3i64..=12, 0..40),
        ) {
            let mut priority = first;
            for next in then {
                let before = priority;
                priority = raised(priority, next);
                prop_assert!(priority <= before && priority >= 1, "{before} became {priority} by {next}");
            }
        }
    }
}
