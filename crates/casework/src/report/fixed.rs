//! The reporter says that it is fixed: their word ends it (C-48). From others it is a claim.

use super::{
    acts::{self, Held},
    follow::mine,
};
use crate::{Draw, Refusal, Result, Setting};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Tx, report,
    sub_case::{self, SubCase},
};

fn ends(setting: &Setting, case: &SubCase) -> bool {
    !case.core.ended() && setting.fixed_by_reporter(&case.agency).is_some()
}

/// Whether saying so would end anything.
pub(super) fn may(setting: &Setting, cases: &[SubCase]) -> bool {
    cases.iter().any(|case| ends(setting, case))
}

pub fn say(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw) -> Result<()> {
    let id = mine(actor, Right::CorrectOwn)?;
    let cases = sub_case::of_report(tx, id)?;
    if !may(setting, &cases) {
        return Err(Refusal::Ended.into());
    }
    for case in cases.into_iter().filter(|case| ends(setting, case)) {
        let Some(outcome) = setting.fixed_by_reporter(&case.agency) else { continue };
        let mut held = Held { head: report::by_id(tx, id)?, case };
        let told = (outcome.sentence.as_str(), "", json!({ "by": "reporter" }));
        acts::closed(actor, tx, setting, draw, &mut held, outcome, told)?;
    }
    Ok(())
}
