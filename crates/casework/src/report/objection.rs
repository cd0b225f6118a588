//! "Report this": somebody says that a public report, or what was said of it, should not be public (C-54). No account is needed; one
//! origin may not press without end. Staff decide, and where an address was given the decision is told.

use super::{
    acts::{On, held},
    entry::{Happened, write},
    mark, publication as moderating, remark as remarks,
};
use crate::{Draw, Refusal, Result, Setting, words};
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    delivery::{self, Delivery},
    journal::{Audience, Verb},
    objection::{self, Objection, Read, State, Why},
    publication::{self, Shown},
    remark, sub_case, throttle,
};
use uuid::Uuid;

/// Name of the mail that tells a decision.
pub const DECIDED: &str = "objection";
const HOUSE: Actor = Actor::House("objection");
const HOUR_SECONDS: i64 = 60 * 60;
/// Letters of one.
const MOST: usize = 1000;

/// One as staff see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Raised {
    pub id: Uuid,
    /// It is about what somebody said, not about the report.
    pub of_remark: bool,
    pub why: Why,
    pub state: State,
    pub at: Time,
    pub words: String,
}

pub(super) fn raised(read: Read) -> Raised {
    let words = read.content.as_ref().and_then(|content| content.get("words")).and_then(Json::as_str);
    let words = words.unwrap_or_default().to_owned();
    Raised { id: read.id, of_remark: read.remark.is_some(), why: read.why, state: read.state, at: read.at, words }
}

/// What is said, of what.
#[derive(Clone, Debug)]
pub struct Said<'a> {
    pub reference: &'a str,
    pub remark: Option<Uuid>,
    pub why: Why,
    pub words: &'a str,
    /// Where the decision is told; empty: nowhere.
    pub address: &'a str,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    Taken,
    TooOften,
}

/// Puts it before staff. Only what everybody can read can be spoken of: whether there is more is not said.
pub fn raise(tx: &mut Tx, setting: &Setting, draw: &mut Draw, said: &Said, origin: &str) -> Result<Heard> {
    let row = publication::public(tx, said.reference)?.ok_or(NotFound)?;
    let rules = setting.publication(&row.agency).ok_or(NotFound)?;
    if let Some(id) = said.remark {
        let shown = remark::public(tx, row.report)?;
        shown.iter().find(|one| one.id == id).ok_or(NotFound)?;
    }
    let words = match said.words.trim() {
        "" => None,
        typed if typed.chars().count() > MOST => return Err(Refusal::WordsTooLong.into()),
        typed => Some(words::read(typed)?),
    };
    let address = Some(said.address.trim()).filter(|address| !address.is_empty());
    if address.is_some_and(|address| !catalogue::is_email(address)) {
        return Err(Refusal::NoSuchAddress.into());
    }
    let knocks = throttle::knock(tx, "objection", &setting.keys.origin(origin), draw.now(), HOUR_SECONDS)?;
    if knocks > i64::from(rules.objections_an_hour) {
        return Ok(Heard::TooOften);
    }
    let happened = Happened {
        report: row.report,
        agency: Some(&row.agency),
        verb: Verb::Collection,
        kind: "objection.raised",
        audience: Audience::Agency,
        facts: json!({ "why": said.why.name(), "remark": said.remark }),
        words: words.as_deref(),
    };
    let id = write(&HOUSE, tx, draw, happened)?;
    let (report, remark, why, at) = (row.report, said.remark, said.why, draw.now());
    let address = address.map(str::to_owned);
    objection::insert(tx, &Objection { id, report, remark, why, state: State::Waits, at, address })?;
    for mut case in sub_case::of_report(tx, row.report)?.into_iter().filter(|case| case.agency == row.agency) {
        mark::raise(&mut case, mark::SHOULD_NOT_BE_PUBLIC);
        sub_case::mark(&HOUSE, tx, &case)?;
    }
    Ok(Heard::Taken)
}

/// Staff hide what it is about, or leave it; who asked is told which.
pub fn decide(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (id, hide, typed): (Uuid, bool, &str),
) -> Result<()> {
    let held = held(actor, tx, Right::Moderate, on)?;
    let report = held.head.id;
    let remark = objection::waits(actor, tx, report, id)?.ok_or(Refusal::AlreadyDone)?;
    if hide {
        match remark {
            Some(remark) if remark::stands(actor, tx, report, remark)? != Some(Shown::Hidden) => {
                remarks::decide(actor, tx, setting, draw, on, (remark, false))?;
            }
            Some(_) => {}
            None => match store::private::forget(tx, report)
                .map_err(crate::Error::from)
                .and_then(|()| moderating::moderate(actor, tx, setting, draw, on, false, typed))
            {
                Ok(()) | Err(crate::Error::Refused(Refusal::AlreadyDone)) => {}
                Err(other) => return Err(other),
            },
        }
    }
    let state = if hide { State::Hidden } else { State::Stays };
    let address = objection::decide(actor, tx, report, id, state)?;
    if objection::waiting(actor, tx, report)? == 0 {
        mark::decided(tx, &held.case, &[mark::SHOULD_NOT_BE_PUBLIC])?;
    }
    let facts = json!({ "objection": id, "hidden": hide });
    let entry = held.enter(actor, tx, draw, ("objection.decided", Verb::Alteration, Audience::Agency), facts, None)?;
    if let Some(address) = address {
        tell(tx, draw, (&held.head.reference, entry, hide), address)?;
    }
    Ok(())
}

/// A mail that tells a decision: its address was given for that and nothing else.
pub fn is_decision(delivery: &Delivery) -> bool {
    delivery.report.is_none() && delivery.template == DECIDED
}

/// The mail stands under no report: it goes to somebody who is not its reporter, and holds its reference and the decision alone.
fn tell(tx: &mut Tx, draw: &mut Draw, (reference, entry, hidden): (&str, Uuid, bool), address: String) -> Result<()> {
    let row = Delivery::email(
        draw.id(),
        entry,
        (address, DECIDED),
        json!({ "reference": reference, "hidden": hidden }),
        draw.now(),
    );
    Ok(delivery::insert(tx, &row)?)
}
