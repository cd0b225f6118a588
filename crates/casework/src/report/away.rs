//! Who is away (P-89, P-102): said by themselves or by those who manage staff. What a resident writes meanwhile is put before
//! the duty team at once, and the resident is told so on their page.

use super::{entry::write_without_report, mark};
use crate::{Draw, Refusal, Result, Setting, clocks};
use jiff::civil::Date;
use rights::{Actor, NotFound, Right};
use serde_json::json;
use store::{
    Time, Tx,
    away::{self, Away},
    crime,
    relief::{self, Relief},
    staff::{self, Colleague},
    sub_case::SubCase,
};
use uuid::Uuid;

/// What one sees of absences: one's own, and those of others where one manages staff.
#[derive(Clone, Debug, Default)]
pub struct Absences {
    pub own: Option<Away>,
    pub colleagues: Vec<Colleague>,
    /// Those of the colleagues that are not over, with their names.
    pub others: Vec<(String, Away)>,
}

pub fn absences(actor: &Actor, tx: &mut Tx, now: Time) -> Result<Absences> {
    rights::hold(actor, Right::SeeQueue).or_else(|_| rights::hold(actor, Right::ManageStaff))?;
    let me = actor.staff().ok_or(NotFound)?.id;
    let today = clocks::local_day(now).to_string();
    let mut seen = Absences::default();
    if rights::hold(actor, Right::SeeQueue).is_ok() {
        seen.own = away::of_colleague(actor, tx, me)?.filter(|away| away.back_on > today);
    }
    if rights::hold(actor, Right::ManageStaff).is_ok() {
        seen.colleagues = staff::colleagues(actor, tx)?.into_iter().filter(|colleague| colleague.id != me).collect();
        for colleague in &seen.colleagues {
            let away = away::of_colleague(actor, tx, colleague.id)?.filter(|away| away.back_on > today);
            seen.others.extend(away.map(|away| (colleague.name.clone(), away)));
        }
    }
    Ok(seen)
}

fn who(actor: &Actor, staff: Option<Uuid>) -> Result<Uuid> {
    let me = actor.staff().ok_or(NotFound)?.id;
    let staff = staff.unwrap_or(me);
    rights::hold(actor, if staff == me { Right::SeeQueue } else { Right::ManageStaff })?;
    Ok(staff)
}

/// Says from which day on somebody is away, and on which they are back. Nobody named is oneself.
pub fn say(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    staff: Option<Uuid>,
    (from, back): (Option<Date>, Option<Date>),
) -> Result<()> {
    let staff = who(actor, staff)?;
    let (from, back) = from.zip(back).ok_or(Refusal::NoSuchDays)?;
    // A year is the longest: a slip of the pen in the year would send all that is written to the duty team.
    let far = clocks::local_day(draw.now()).checked_add(jiff::Span::new().years(1)).unwrap_or(Date::MAX);
    if from >= back || back <= clocks::local_day(draw.now()) || back > far {
        return Err(Refusal::NoSuchDays.into());
    }
    let (from_on, back_on) = (from.to_string(), back.to_string());
    let facts = json!({ "staff": staff, "from": from_on, "back": back_on });
    away::keep(actor, tx, &Away { staff, from_on, back_on, set_at: draw.now() })?;
    write_without_report(actor, tx, draw, "staff.away", facts)
}

/// They are back before the day that was said.
pub fn end(actor: &Actor, tx: &mut Tx, draw: &mut Draw, staff: Option<Uuid>) -> Result<()> {
    let staff = who(actor, staff)?;
    if !away::end(actor, tx, staff)? {
        return Err(Refusal::AlreadyDone.into());
    }
    write_without_report(actor, tx, draw, "staff.back", json!({ "staff": staff }))
}

/// What a resident reads while the person who deals with their report is away.
#[derive(Clone, Debug, PartialEq)]
pub struct AwayShown {
    pub back_on: Date,
    /// The team that reads what they write.
    pub duty: Option<String>,
}

pub(super) fn shown(tx: &mut Tx, setting: &Setting, case: &SubCase, now: Time) -> Result<Option<AwayShown>> {
    let back_on = back_on(tx, case, now)?.and_then(|day| day.parse().ok());
    let duty = setting.duty(&case.agency).and_then(|duty| setting.team_name(&case.agency, &duty.team));
    Ok(back_on.map(|back_on| AwayShown { back_on, duty }))
}

/// The day on which the assigned person and the officers in the case are all back, where one of them is away now.
fn back_on(tx: &mut Tx, case: &SubCase, now: Time) -> Result<Option<String>> {
    let day = clocks::local_day(now).to_string();
    let mut people: Vec<Uuid> = case.assignee.into_iter().collect();
    let crimes = crime::of_report(tx, case.report)?.into_iter();
    let own = crimes.filter(|known| known.agency == case.agency && known.cancelled_at.is_none());
    people.extend(own.filter_map(|known| known.officer));
    let mut last = None;
    for person in people {
        last = last.max(away::back_on(&Actor::House("away"), tx, person, &day)?);
    }
    Ok(last)
}

/// The resident wrote: where the person who deals with it is away, the duty team gets it at once.
pub(super) fn relieve(tx: &mut Tx, setting: &Setting, now: Time, case: &mut SubCase) -> Result<()> {
    let Some(duty) = setting.duty(&case.agency) else { return Ok(()) };
    if back_on(tx, case, now)?.is_some() {
        mark::raise(case, mark::OFFICER_AWAY);
        let (sub_case, agency, team) = (case.id, case.agency.clone(), duty.team.clone());
        relief::raise(tx, &Relief { sub_case, agency, team, since: now })?;
    }
    Ok(())
}

/// Whoever deals with it now is here: the duty team need not.
pub(super) fn assigned(tx: &mut Tx, now: Time, case: &mut SubCase) -> Result<()> {
    if case.assignee.is_some() && back_on(tx, case, now)?.is_none() {
        mark::lower(case, mark::OFFICER_AWAY);
        relief::end(tx, case.id)?;
    }
    Ok(())
}
