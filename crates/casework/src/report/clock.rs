//! Clocks of an agency's part (P-76 to P-80): what starts and stops them is the agency's data, what happened comes from
//! the acts. A running clock keeps the rule it began with.

use super::{
    assess,
    entry::{Happened, write},
    mark,
    tell::{self, Message},
};
use crate::{Draw, Error, Result, Setting, clocks};
use catalogue::{ClockKind, CountsFrom, Cue, Timer};
use rights::{Actor, Right};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    clock::{self, Clock, SeenBy},
    journal::{Audience, Verb},
    queue, report,
    sub_case::{self, SubCase},
};
use uuid::Uuid;

/// What an act did to the clocks, for its entry.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    begun: Vec<Json>,
    stopped: Vec<Json>,
}

impl Moved {
    pub(crate) fn add(&mut self, other: Moved) {
        self.begun.extend(other.begun);
        self.stopped.extend(other.stopped);
    }

    /// Puts it among the facts of the entry, where there is something.
    pub(crate) fn note(self, facts: &mut Json) {
        if !self.begun.is_empty() {
            facts["clocks_begun"] = json!(self.begun);
        }
        if !self.stopped.is_empty() {
            facts["clocks_stopped"] = json!(self.stopped);
        }
    }
}

/// Stops and starts clocks by what happened to the part.
///
/// A clock that something starts and something else of the same act would stop does not start; one that the same thing
/// stops and starts begins anew.
pub(crate) fn cue(tx: &mut Tx, setting: &Setting, draw: &mut Draw, case: &SubCase, cues: &[Cue]) -> Result<Moved> {
    let mut moved = Moved::default();
    let rules = setting.clock_rules(&case.agency);
    // Nothing runs on a part that begins.
    let mut running = if cues == [Cue::Received] { Vec::new() } else { self::running(tx, setting, case)? };
    let named = |of: &[Cue]| cues.iter().any(|cue| of.contains(cue));
    for clock in &mut running {
        let stops = rules.iter().find(|rule| rule.id == clock.rule).is_some_and(|rule| named(&rule.stops));
        if stops {
            clock.stopped_at = Some(draw.now());
            clock.next_at = None;
            clock::update(tx, clock)?;
            moved.stopped.push(json!({ "rule": clock.rule, "due": clock.due_at, "kept": draw.now() <= clock.due_at }));
        }
    }
    let flags = flags(case);
    let starting =
        |rule: &&catalogue::Clock| rule.is_for(&case.service) && rule.starts_with(&flags) && named(&rule.starts);
    for rule in rules.iter().filter(starting) {
        let undone = cues.iter().any(|cue| rule.stops.contains(cue) && !rule.starts.contains(cue));
        let runs = running.iter().any(|clock| clock.rule == rule.id && clock.stopped_at.is_none());
        let nobody = rule.named && report::by_id(tx, case.report)?.anonymous;
        if !undone && !runs && !nobody {
            moved.begun.push(begin(tx, setting, draw, case, rule, draw.now(), None)?);
        }
    }
    Ok(moved)
}

/// Starts the clocks that answers name.
pub(crate) fn timers(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    case: &SubCase,
    timers: &[Timer],
    moved: &mut Moved,
) -> Result<()> {
    for timer in timers {
        let Some(rule) = setting.clock_rules(&case.agency).iter().find(|rule| rule.id == timer.id) else { continue };
        let happened = timer.happened.map(|at| Time(at.as_microsecond()));
        let from = match rule.counts_from {
            CountsFrom::Now => case.received_at,
            CountsFrom::Happened => happened.unwrap_or(case.received_at),
        };
        let until = timer.until.map(clocks::end_of);
        moved.begun.push(begin(tx, setting, draw, case, rule, from, until)?);
    }
    Ok(())
}

fn flags(case: &SubCase) -> Vec<String> {
    serde_json::from_value(case.flags.clone()).unwrap_or_default()
}

fn begin(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    case: &SubCase,
    rule: &catalogue::Clock,
    from: Time,
    until: Option<Time>,
) -> Result<Json> {
    let limit = rule.limit(&flags(case), case.priority <= queue::URGENT);
    let due_at = until.unwrap_or_else(|| setting.ends(&case.agency, &limit, from));
    let steps: Vec<(Time, &str)> = rule
        .warn
        .iter()
        .map(|step| (due_at.plus_hours(-i64::from(step.hours_before)), step.tell.as_str()))
        .filter(|(at, _)| *at > draw.now())
        .collect();
    let ends = (rule.kind == ClockKind::Limit).then_some(due_at);
    clock::insert(
        tx,
        &Clock {
            id: draw.id(),
            report: case.report,
            agency: case.agency.clone(),
            rule: rule.id.clone(),
            seen_by: match rule.seen_by {
                catalogue::SeenBy::Resident => SeenBy::Resident,
                catalogue::SeenBy::Staff => SeenBy::Staff,
            },
            words: rule.words.clone(),
            source: rule.source.clone(),
            started_at: from,
            due_at,
            promised_at: None,
            next_at: steps.first().map(|(at, _)| *at).or(ends),
            steps: json!(steps),
            broken_at: None,
            stopped_at: None,
        },
    )?;
    Ok(json!({ "rule": rule.id, "from": from, "due": due_at, "source": rule.source }))
}

/// Does what the time asks of clocks: puts the steps before staff, and says where a limit has passed. Returns how many
/// clocks it went through; a run that returns `most` has more to do.
pub fn tick(tx: &mut Tx, setting: &Setting, draw: &mut Draw, most: i64) -> Result<usize> {
    let house = Actor::House("clock");
    let now = draw.now();
    let waiting = clock::waiting(&house, tx, now, most)?;
    let done = waiting.len();
    for mut clock in waiting {
        let Some(mut case) = part(tx, clock.report, &clock.agency)? else {
            // Its part is gone: nobody is left who could keep it.
            clock.next_at = None;
            clock::update(tx, &clock)?;
            continue;
        };
        let steps: Vec<(Time, String)> = serde_json::from_value(clock.steps.clone()).unwrap_or_default();
        let (past, to_come): (Vec<_>, Vec<_>) = steps.into_iter().partition(|(at, _)| *at <= now);
        let limit = setting.clock_rules(&clock.agency).iter().find(|rule| rule.id == clock.rule);
        let breaks = limit.is_none_or(|rule| rule.kind == ClockKind::Limit);
        let broken = breaks && clock.due_at <= now;
        clock.next_at =
            if broken { None } else { to_come.first().map(|(at, _)| *at).or(breaks.then_some(clock.due_at)) };
        clock.steps = json!(to_come);
        clock.broken_at = broken.then_some(now);
        clock::update(tx, &clock)?;
        let tells = |role: &str| setting.role_name(&clock.agency, role);
        mark::raise(&mut case, if broken { mark::CLOCK_BROKEN } else { mark::CLOCK_SOON });
        if !past.is_empty() && limit.is_some_and(|rule| rule.raises) {
            // Nothing of the house's puts it lower.
            let higher = (case.priority - 1).max(queue::URGENT);
            assess::raise(&mut case, higher);
        }
        sub_case::mark(&house, tx, &case)?;
        let mut facts = json!({ "rule": clock.rule, "words": clock.words, "due": clock.due_at });
        if let (false, Some((_, role))) = (broken, past.last()) {
            facts["tell"] = json!(tells(role));
        }
        let late = broken && clock.seen_by == SeenBy::Resident;
        let entry = write(
            &house,
            tx,
            draw,
            Happened {
                report: clock.report,
                agency: Some(&clock.agency),
                verb: Verb::Alteration,
                kind: if broken { "clock.broken" } else { "clock.soon" },
                audience: if late { Audience::Resident } else { Audience::Agency },
                facts,
                words: None,
            },
        )?;
        if late && limit.is_some_and(|rule| rule.tell_late) {
            let head = report::by_id(tx, clock.report)?;
            tell::resident(tx, &setting.keys, draw, &head, &clock.agency, entry, Message::Update)?;
        }
    }
    Ok(done)
}

fn part(tx: &mut Tx, report: Uuid, agency: &str) -> Result<Option<SubCase>> {
    Ok(sub_case::of_report(tx, report)?.into_iter().find(|case| case.agency == agency))
}

/// A new date for a limit that has passed or will, with the reason the resident reads (P-80). The first date stays.
pub fn promise(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: super::acts::On,
    which: (Uuid, Option<jiff::civil::Date>),
    typed: &str,
) -> Result<tell::Told> {
    let held = super::acts::held(actor, tx, Right::SetStage, on)?;
    let words = crate::words::read(typed)?;
    let mut clock =
        running(tx, setting, &held.case)?.into_iter().find(|clock| clock.id == which.0).ok_or(rights::NotFound)?;
    let until = clocks::end_of(which.1.ok_or(crate::Refusal::DateTooSoon)?);
    if until <= draw.now() || until <= clock.due_at {
        return Err(crate::Refusal::DateTooSoon.into());
    }
    clock.promised_at = Some(until);
    clock::update(tx, &clock).map_err(Error::from)?;
    let to_resident = clock.seen_by == SeenBy::Resident;
    let entry = held.enter(
        actor,
        tx,
        draw,
        ("clock.promised", Verb::Alteration, if to_resident { Audience::Resident } else { Audience::Agency }),
        json!({ "rule": clock.rule, "words": clock.words, "due": clock.due_at, "promised": until }),
        Some(&words),
    )?;
    if !to_resident {
        return Ok(tell::Told::Nobody);
    }
    tell::resident(tx, &setting.keys, draw, &held.head, &held.case.agency, entry, Message::Update)
}

/// A limit as it stands in the list of reports: what it is called there, and when it ends.
pub(super) fn listed(tx: &mut Tx, setting: &Setting, report: Uuid, agency: &str) -> Result<Vec<(String, Time)>> {
    let rules = setting.clock_rules(agency);
    if rules.iter().all(|rule| rule.listed.is_none()) {
        return Ok(Vec::new());
    }
    let name = |id: &str| rules.iter().find(|rule| rule.id == id).and_then(|rule| rule.listed.clone());
    let running = clock::of_report(tx, report, agency)?.into_iter().filter(|clock| clock.stopped_at.is_none());
    Ok(running.filter_map(|clock| Some((name(&clock.rule)?, clock.due_at))).collect())
}

/// A clock runs that this would stop.
pub(super) fn waits_for(tx: &mut Tx, setting: &Setting, case: &SubCase, cue: Cue) -> Result<bool> {
    let rules = setting.clock_rules(&case.agency);
    let stops = |clock: &Clock| rules.iter().any(|rule| rule.id == clock.rule && rule.stops.contains(&cue));
    Ok(running(tx, setting, case)?.iter().any(stops))
}

/// The clocks of a part that still run, the soonest due first.
pub(super) fn running(tx: &mut Tx, setting: &Setting, case: &SubCase) -> Result<Vec<Clock>> {
    if !setting.has_clocks(&case.agency) {
        return Ok(Vec::new());
    }
    let mut all = clock::of_report(tx, case.report, &case.agency)?;
    all.retain(|clock| clock.stopped_at.is_none());
    Ok(all)
}
