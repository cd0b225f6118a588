//! How people were dealt with, in their own judgement, once their report has ended (P-96). Sums of a month; what one person
//! said is kept nowhere.

use super::{
    entry::{Happened, write},
    follow,
};
use crate::{Draw, Refusal, Result, Setting, clocks};
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Time, Tx, feedback,
    journal::{Audience, Verb},
    sub_case::{self, Core, SubCase},
};

/// Answers, the best first.
pub const ANSWERS: [(i64, &str); 5] =
    [(1, "Very well"), (2, "Well"), (3, "Neither well nor badly"), (4, "Badly"), (5, "Very badly")];
/// Answers up to this one are good.
const GOOD: i64 = 2;
/// Months that figures look back on.
const MONTHS: i64 = 12;

/// A question that waits for the reporter, of one agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub agency: String,
    pub agency_name: String,
    pub question: String,
}

/// What people said of an agency: how many of all said that it dealt with them well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub question: String,
    pub good: i64,
    pub all: i64,
}

/// The agencies that closed it and have not been told yet.
pub(super) fn asked(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    report: uuid::Uuid,
    cases: &[SubCase],
) -> Result<Vec<Asked>> {
    let mut asked: Vec<Asked> = cases
        .iter()
        .filter(|case| case.core == Core::Closed)
        .filter_map(|case| {
            let (agency, agency_name) = (case.agency.clone(), setting.agency_name(&case.agency));
            Some(Asked { question: setting.feedback(&agency)?, agency, agency_name })
        })
        .collect();
    // Most who look have nothing to say yet.
    if !asked.is_empty() {
        let given = feedback::given(actor, tx, report)?;
        asked.retain(|asked| !given.contains(&asked.agency));
    }
    Ok(asked)
}

pub fn give(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, agency: &str, typed: &str) -> Result<()> {
    let id = follow::mine(actor, Right::GiveFeedback)?;
    let answer = ANSWERS.iter().map(|(answer, _)| *answer).find(|answer| answer.to_string() == typed);
    let closed = |case: &SubCase| case.agency == agency && case.core == Core::Closed;
    let asks = setting.feedback(agency).is_some() && sub_case::of_report(tx, id)?.iter().any(closed);
    let answer = answer.filter(|_| asks).ok_or(NotFound)?;
    if !feedback::give(actor, tx, id, agency, clocks::month(draw.now()), answer)? {
        return Err(Refusal::AlreadyDone.into());
    }
    // That it was said, never what.
    write(
        actor,
        tx,
        draw,
        Happened {
            report: id,
            agency: Some(agency),
            verb: Verb::Collection,
            kind: "feedback.given",
            audience: Audience::Resident,
            facts: json!({}),
            words: None,
        },
    )?;
    Ok(())
}

/// For the public: nothing where the agency asks nothing.
pub fn said(tx: &mut Tx, setting: &Setting, agency: &str, now: Time) -> Result<Option<Said>> {
    let Some(question) = setting.feedback(agency) else { return Ok(None) };
    let to = clocks::month(now) + 1;
    let counts = feedback::counts(tx, agency, to - MONTHS, to)?;
    let sum = |most: i64| counts.iter().filter(|(answer, _)| *answer <= most).map(|(_, n)| n).sum();
    Ok(Some(Said { question, good: sum(GOOD), all: sum(i64::MAX) }))
}
