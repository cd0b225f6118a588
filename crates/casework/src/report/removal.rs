//! A reporter asks that what says who they are be taken out of what is public (C-50): it is hidden at once, and staff decide.

use super::{
    entry::{Happened, write},
    follow::mine,
    mark,
};
use crate::{Draw, Refusal, Result, words};
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Tx,
    journal::{Audience, Verb},
    private,
    publication::{self, Shown},
    sub_case,
};

pub fn ask(actor: &Actor, tx: &mut Tx, draw: &mut Draw, typed: &str) -> Result<()> {
    let report = mine(actor, Right::CorrectOwn)?;
    let words = words::read(typed)?;
    let row = publication::of_report(actor, tx, report)?.ok_or(NotFound)?;
    let mut case =
        sub_case::of_report(tx, report)?.into_iter().find(|case| case.agency == row.agency).ok_or(NotFound)?;
    if mark::has(&case, mark::ASKS_FOR_REMOVAL) {
        return Err(Refusal::AlreadyDone.into());
    }
    if row.shown != Shown::Hidden {
        publication::set_shown(actor, tx, report, row.shown, Shown::Hidden)?;
    }
    // Whoever ends that staff keep it private does not show it.
    private::forget(tx, report)?;
    mark::raise(&mut case, mark::ASKS_FOR_REMOVAL);
    sub_case::mark(&Actor::House("removal"), tx, &case)?;
    let happened = Happened {
        report,
        agency: Some(&row.agency),
        verb: Verb::Alteration,
        kind: "removal.asked",
        audience: Audience::Resident,
        facts: json!({}),
        words: Some(&words),
    };
    write(actor, tx, draw, happened)?;
    Ok(())
}
