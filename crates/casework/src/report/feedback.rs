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
    sub_case::{self, Core},
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
pub(super) fn asked(actor: &Actor, tx: &mut Tx, setting: &Setting, report: uuid::Uuid) -> Result<Vec<Asked>> {
    let given = feedback::given(actor, tx, report)?;
    let mut asked = Vec::new();
    for case in sub_case::of_report(tx, report)? {
        if case.core == Core::Closed
            && !given.contains(&case.agency)
            && let Some(question) = setting.feedback(&case.agency)
        {
            let agency_name = setting.agency_name(&case.agency);
            asked.push(Asked { agency: case.agency, agency_name, question });
        }
    }
    Ok(asked)
}

pub fn give(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, agency: &str, typed: &str) -> Result<()> {
    let id = follow::mine(actor, Right::GiveFeedback)?;
    let answer = ANSWERS.iter().map(|(answer, _)| *answer).find(|answer| answer.to_string() == typed);
    if !asked(actor, tx, setting, id)?.iter().any(|asked| asked.agency == agency) {
        // Told already, or nothing is asked: both look alike to who may see neither.
        return Err(if feedback::given(actor, tx, id)?.iter().any(|given| given == agency) {
            Refusal::AlreadyDone.into()
        } else {
            NotFound.into()
        });
    }
    let answer = answer.ok_or(NotFound)?;
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
