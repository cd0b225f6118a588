//! The shorter view of a witness or a third party (P-88): the stage, what was written to them, and the files they gave.
//! Crimes, promises, outcomes, and what was asked of or told to a victim have no place in it.

use super::follow::{self, PartShown};
use super::{
    files,
    timeline::{self, Event},
};
use crate::{Result, Setting};
use rights::{Actor, Right};
use store::{
    Time, Tx,
    held::Held,
    journal,
    report::{self, Head},
    sub_case::{self, Core},
};

/// Kinds of entries it shows. One that is not named here is not shown.
const KINDS: &[&str] = &[
    "report.received",
    "report.acknowledged",
    "stage.set",
    "question.asked",
    "question.answered",
    "words.added",
    "file.added",
    "update.first",
];

#[derive(Clone, Debug)]
pub struct Short {
    pub head: Head,
    pub parts: Vec<PartShown>,
    pub timeline: Vec<Event>,
    pub files: Vec<Held>,
    /// An open question from staff waits for an answer.
    pub asked: bool,
    pub ended: bool,
}

pub fn short(actor: &Actor, tx: &mut Tx, setting: &Setting, now: Time) -> Result<Short> {
    let id = follow::mine(actor, Right::FollowShort)?;
    let head = report::by_id(tx, id)?;
    let cases = sub_case::of_report(tx, id)?;
    let mut entries = journal::for_resident_of(actor, tx, id, KINDS)?;
    entries.retain(|entry| entry.kind != "file.added" || entry.actor != "staff");
    Ok(Short {
        parts: cases.iter().map(|case| follow::part(setting, case, now)).collect(),
        timeline: timeline::for_resident(setting, &entries),
        files: files::own(actor, tx)?,
        asked: cases.iter().any(|case| case.core == Core::WaitingResident),
        ended: cases.iter().all(|case| case.core.ended()),
        head,
    })
}
