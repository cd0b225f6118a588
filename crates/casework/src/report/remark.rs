//! What other people say of a public report (C-48): whoever is signed in may say that it is still there, that it is fixed, or
//! more. A claim counts people, each once; words wait for staff. Enough who say that it is fixed put it before the agency.

use super::{
    acts::{On, held},
    entry::{Happened, write},
    mark,
};
use crate::{Draw, Refusal, Result, Setting, words};
use catalogue::ClosedTo;
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    journal::{Audience, Verb},
    publication::{self, Shown, Stand},
    remark::{self, Remark, Said, Says},
    sub_case, throttle,
};
use uuid::Uuid;

/// Remarks of one account …
const KNOCKS: i64 = 20;
/// … in this time.
const KNOCK_SECONDS: i64 = 60 * 60;
const DAY_HOURS: i64 = 24;
/// Letters of one.
const MOST: usize = 1000;

/// What people say of a public report, as its page shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voices {
    pub still: i64,
    pub fixed: i64,
    pub said: Vec<Spoken>,
    pub door: Door,
}

/// Who may add to it, now or until an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Door {
    closed: Option<ClosedTo>,
    until: Option<Time>,
}

/// How the door stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Everybody,
    /// Its reporter alone.
    Reporter,
    Nobody,
    /// It was closed too long ago.
    Over,
}

impl Door {
    fn of(setting: &Setting, row: &publication::Publication) -> Door {
        let closing = setting.remarks_closing(&row.agency, &row.service);
        let days = closing.after_days.map(|days| i64::from(days) * DAY_HOURS);
        // While it is open no day has come.
        let closed_at = row.closed_at.filter(|_| row.stand != Stand::Open);
        Door { closed: closing.to, until: closed_at.zip(days).map(|(at, hours)| at.plus_hours(hours)) }
    }

    pub fn takes(self, now: Time) -> Takes {
        match (self.closed, self.until) {
            (Some(ClosedTo::All), _) => Takes::Nobody,
            (_, Some(until)) if until <= now => Takes::Over,
            (Some(ClosedTo::Others), _) => Takes::Reporter,
            (None, _) => Takes::Everybody,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Spoken {
    pub id: Uuid,
    pub says: Says,
    pub shown: Shown,
    pub at: Time,
    pub words: String,
}

/// What came of a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It counts now.
    Counted,
    /// Staff look at the words first.
    Waits,
    TooOften,
    /// Updates of this report are closed to whoever this is.
    Closed,
}

/// May anything be said of this report? Its agency says how many claims count, or takes none.
pub fn is_open(setting: &Setting, agency: &str) -> bool {
    setting.fixed_claims(agency).is_some()
}

/// Says something of a public report.
pub fn say(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    reference: &str,
    (says, typed): (Says, &str),
) -> Result<Heard> {
    rights::hold(actor, Right::Remark)?;
    let Actor::Account(account) = actor else { return Err(NotFound.into()) };
    let row = publication::public(tx, reference)?.ok_or(NotFound)?;
    let enough = setting.fixed_claims(&row.agency).ok_or(NotFound)?;
    match Door::of(setting, &row).takes(draw.now()) {
        Takes::Everybody => {}
        Takes::Reporter if is_own(actor, tx, *account, &row.reference)? => {}
        Takes::Reporter | Takes::Nobody | Takes::Over => return Ok(Heard::Closed),
    }
    let words = match typed.trim() {
        "" if says == Says::More => return Err(Refusal::WordsNeeded.into()),
        "" => None,
        typed if typed.chars().count() > MOST => return Err(Refusal::WordsTooLong.into()),
        typed => Some(words::read(typed)?),
    };
    let knocks = throttle::knock(tx, "remark", &account.as_bytes()[..], draw.now(), KNOCK_SECONDS)?;
    if knocks > KNOCKS {
        return Ok(Heard::TooOften);
    }
    let shown = if words.is_some() { Shown::Waits } else { Shown::Public };
    let happened = Happened {
        report: row.report,
        agency: None,
        verb: Verb::Collection,
        kind: "remark.made",
        audience: Audience::Agencies,
        facts: json!({ "says": says.name() }),
        words: words.as_deref(),
    };
    let id = write(actor, tx, draw, happened)?;
    let mark = setting.keys.code("remark", row.report, &account.to_string());
    remark::insert(actor, tx, &Remark { id, report: row.report, mark, says, shown, at: draw.now() })?;
    let claims = if says == Says::Fixed { remark::counts(tx, row.report, since(&row))?.1 } else { 0 };
    let house = Actor::House("remark");
    for mut case in sub_case::of_report(tx, row.report)?.into_iter().filter(|case| case.agency == row.agency) {
        if words.is_some() {
            mark::raise(&mut case, mark::REMARK_WAITS);
        }
        if says == Says::Still {
            mark::raise(&mut case, mark::STILL_THERE);
        }
        if claims >= enough && row.stand == Stand::Open {
            mark::raise(&mut case, mark::SAID_FIXED);
        }
        sub_case::mark(&house, tx, &case)?;
    }
    Ok(if words.is_some() { Heard::Waits } else { Heard::Counted })
}

fn is_own(actor: &Actor, tx: &mut Tx, account: Uuid, reference: &str) -> Result<bool> {
    Ok(store::account::reports(actor, tx, account)?.iter().any(|mine| mine.reference == reference))
}

/// Claims are of how it stands now: those from before it was last closed say nothing.
fn since(row: &publication::Publication) -> Time {
    row.closed_at.unwrap_or(row.received_at)
}

/// What everybody may read of it.
pub(super) fn voices(tx: &mut Tx, setting: &Setting, row: &publication::Publication) -> Result<Voices> {
    let (still, fixed) = remark::counts(tx, row.report, since(row))?;
    let said = remark::public(tx, row.report)?.into_iter().map(spoken).collect();
    Ok(Voices { still, fixed, said, door: Door::of(setting, row) })
}

pub(super) fn spoken(said: Said) -> Spoken {
    let words = said.content.as_ref().and_then(|content| content.get("words")).and_then(Json::as_str);
    Spoken { id: said.id, says: said.says, shown: said.shown, at: said.at, words: words.unwrap_or_default().to_owned() }
}

/// Staff show what somebody said to everybody, or hide it at once.
pub fn decide(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On, id: Uuid, show: bool) -> Result<()> {
    let held = held(actor, tx, Right::Moderate, on)?;
    let to = if show { Shown::Public } else { Shown::Hidden };
    if remark::stands(actor, tx, held.head.id, id)?.ok_or(NotFound)? == to {
        return Err(Refusal::AlreadyDone.into());
    }
    remark::set_shown(actor, tx, held.head.id, id, to)?;
    if remark::waiting(actor, tx, held.head.id)? == 0 {
        mark::decided(tx, &held.case, &[mark::REMARK_WAITS])?;
    }
    let kind = if show { "remark.shown" } else { "remark.hidden" };
    held.enter(actor, tx, draw, (kind, Verb::Disclosure, Audience::Agency), json!({ "remark": id }), None)?;
    Ok(())
}
