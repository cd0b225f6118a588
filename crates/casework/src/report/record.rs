//! What staff see beside the report itself: how urgent it is held to be, the crimes recorded from it, and its clocks.

use super::{
    acts::relation,
    agreement::{self, Agreed},
    assess, mark,
};
use crate::{Result, Setting};
use catalogue::Cue;
use rights::{Actor, Group, Groups, NotFound, Relation, Right};
use store::{
    Look, Time, assessment,
    clock::{self, Clock},
    crime::{self, Crime},
    incident::{self, Incident},
    pin, queue,
    report::{self, Head},
    staff::{self, Colleague},
    sub_case::SubCase,
};

/// Open reports at the same place that are shown.
const MOST_NEAR: i64 = 10;
/// Hours of the span that figures look back on: 28 days.
pub const SPAN_HOURS: i64 = 28 * 24;

#[derive(Clone, Debug)]
pub struct Assessed {
    pub at: Time,
    pub by: String,
    pub grade: i64,
    pub grade_name: String,
    pub scores: Vec<(&'static str, i64)>,
}

#[derive(Clone, Debug)]
pub struct CrimeKept {
    pub crime: Crime,
    pub offence: String,
    pub officer: Option<String>,
    /// Other reports it was recorded from.
    pub reports: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Record {
    pub head: Head,
    pub case: SubCase,
    pub relation: Relation,
    pub service_title: String,
    /// Running first, then those that stopped, the soonest due first.
    pub clocks: Vec<Clock>,
    pub assessed: Vec<Assessed>,
    pub crimes: Vec<CrimeKept>,
    pub colleagues: Vec<Colleague>,
    /// Open reports of the agency at the same place.
    pub near: Vec<super::queue::Row>,
    /// What kind of incident it is held to be.
    pub incident: Option<Incident>,
    /// The victim has enhanced rights (P-66).
    pub enhanced: bool,
    /// Why a person should think of them, where they are not given.
    pub enhance_for: Vec<String>,
    /// A review was asked for and is not answered.
    pub review_asked: bool,
    /// Details are to go to those who support victims.
    pub support_waits: bool,
    /// What is agreed about updates, where the agency agrees on such reports.
    pub agreed: Option<Agreed>,
}

/// For staff of the agency that works the report; its look is entered in the journal.
pub fn record(actor: &Actor, look: &mut Look, setting: &Setting, reference: &str, now: Time) -> Result<Record> {
    rights::hold(actor, Right::SeeReport)?;
    let agency = actor.agency().ok_or(NotFound)?.to_owned();
    let head = report::by_reference(look.tx, reference)?.ok_or(NotFound)?;
    let (relation, case) = relation(actor, look.tx, &agency, &head)?;
    rights::allow(actor, Right::Note, relation)?;
    let case = case.ok_or(NotFound)?;
    look.shows(head.id, Group::Summary.name());
    let colleagues = staff::colleagues(actor, look.tx)?;
    let name = |id| colleagues.iter().find(|c| c.id == id).map(|c| c.name.clone());
    let mut clocks = clock::of_report(look.tx, head.id, &agency)?;
    clocks.sort_by_key(|clock| (clock.stopped_at.is_some(), clock.due_at));
    let rules = setting.clock_rules(&agency);
    let waits_for = |cue: Cue| {
        let ids: Vec<_> = rules.iter().filter(|rule| rule.stops.contains(&cue)).map(|rule| rule.id.as_str()).collect();
        clocks.iter().any(|clock| clock.stopped_at.is_none() && ids.contains(&clock.rule.as_str()))
    };
    let (review_asked, support_waits) = (waits_for(Cue::ReviewAnswered), waits_for(Cue::PassedOn));
    let assessed = assessment::of_report(actor, look, head.id, &agency)?
        .into_iter()
        .map(|row| Assessed {
            at: row.at,
            by: row.staff.and_then(name).unwrap_or_else(|| "Moothall".to_owned()),
            grade: row.grade,
            grade_name: setting
                .grades(&agency)
                .iter()
                .find(|grade| grade.number == row.grade)
                .map_or_else(String::new, |grade| grade.name.clone()),
            scores: assess::SCORES
                .iter()
                .map(|(id, label)| (*label, row.scores[*id].as_i64().unwrap_or_default()))
                .collect(),
        })
        .collect();
    let mut crimes = Vec::new();
    for kept in crime::of_report(look.tx, head.id)?.into_iter().filter(|kept| kept.agency == agency) {
        let mut reports = crime::reports(actor, look, kept.id)?;
        reports.retain(|other| *other != head.reference);
        crimes.push(CrimeKept {
            offence: setting.offence_name(&agency, &kept.offence),
            officer: kept.officer.and_then(name),
            reports,
            crime: kept,
        });
    }
    let near = match case.cell {
        Some(cell) => {
            let mut numbers = pin::at_cell(actor, look.tx, cell, MOST_NEAR + 1)?;
            numbers.retain(|number| *number != case.number);
            super::queue::numbered(actor, look, setting, &numbers, now)?
        }
        None => Vec::new(),
    };
    let enhanced = mark::has(&case, catalogue::ENHANCED);
    let enhance_for = if enhanced {
        Vec::new()
    } else {
        assess::proposed(actor, setting, &head, &case, crimes.iter().map(|c| &c.crime))
    };
    let shared: Groups = serde_json::from_value(case.shared.clone()).unwrap_or_default();
    let groups = rights::groups_seen(actor, relation, &shared);
    let agreed = agreement::for_staff(actor, look, setting, (&head, &case, &groups), &clocks)?;
    Ok(Record {
        agreed,
        service_title: setting.service_title(&head),
        relation,
        clocks,
        assessed,
        crimes,
        colleagues,
        near,
        incident: incident::of_report(look.tx, head.id, &agency)?,
        enhanced,
        enhance_for,
        review_asked,
        support_waits,
        case,
        head,
    })
}

/// How the limits of a rule were kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    pub words: String,
    pub source: String,
    pub kept: clock::Kept,
}

/// How an agency kept its limits that ended in a span of time: totals alone, for supervisors and for the public.
pub fn measures(tx: &mut store::Tx, setting: &Setting, agency: &str, from: Time, to: Time) -> Result<Vec<Measure>> {
    let mut measures = Vec::new();
    for rule in setting.clock_rules(agency).iter().filter(|rule| rule.kind == catalogue::ClockKind::Limit) {
        let kept = clock::kept(tx, agency, &rule.id, from, to)?;
        measures.push(Measure { words: rule.words.clone(), source: rule.source.clone(), kept });
    }
    measures.retain(|measure| measure.kept != clock::Kept::default());
    Ok(measures)
}

/// What supervisors look at each day (P-69).
#[derive(Clone, Debug)]
pub struct Board {
    pub broken: Vec<clock::Broken>,
    pub measures: Vec<Measure>,
    /// Open reports nobody has read, and those where the resident waits for an answer.
    pub unread: i64,
    pub late: i64,
}

pub fn board(actor: &Actor, tx: &mut store::Tx, setting: &Setting, from: Time, to: Time) -> Result<Board> {
    rights::hold(actor, Right::SeeMeasures)?;
    let agency = actor.agency().ok_or(NotFound)?.to_owned();
    let count = |tx: &mut store::Tx, filter| queue::count(actor, tx, &filter);
    Ok(Board {
        broken: clock::broken(actor, tx)?,
        measures: measures(tx, setting, &agency, from, to)?,
        unread: count(tx, queue::Filter { core: Some(store::sub_case::Core::Received), ..Default::default() })?,
        late: count(tx, queue::Filter { due_before: Some(to), ..Default::default() })?,
    })
}
