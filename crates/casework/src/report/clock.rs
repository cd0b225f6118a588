//! Clocks of an agency's part (P-76 to P-80): what starts and stops them is the agency's data, what happened comes from
//! the acts. A running clock keeps the rule it began with.

use super::{
    agreement, assess,
    entry::{Happened, write},
    mark,
    tell::{self, Message},
};
use crate::{Draw, Error, Result, Setting, clocks};
use catalogue::{ClockKind, CountsFrom, Cue, Limit, Timer};
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
            stop(tx, draw.now(), clock, &mut moved)?;
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
            moved.begun.extend(begin(tx, setting, draw, case, rule, draw.now(), None)?);
        }
    }
    Ok(moved)
}

/// The part is of another service now: what runs for the old one alone stops, and what runs for the new one alone begins.
pub(super) fn change(tx: &mut Tx, setting: &Setting, draw: &mut Draw, case: &SubCase, from: &str) -> Result<Moved> {
    let mut moved = Moved::default();
    let rules = setting.clock_rules(&case.agency);
    for clock in &mut running(tx, setting, case)? {
        let ends = rules.iter().find(|rule| rule.id == clock.rule).is_some_and(|rule| !rule.is_for(&case.service));
        if ends {
            stop(tx, draw.now(), clock, &mut moved)?;
        }
    }
    let flags = flags(case);
    let begins = |rule: &&catalogue::Clock| {
        rule.is_for(&case.service)
            && !rule.is_for(from)
            && rule.starts_with(&flags)
            && rule.starts.contains(&Cue::Received)
    };
    for rule in rules.iter().filter(begins) {
        if !rule.named || !report::by_id(tx, case.report)?.anonymous {
            moved.begun.extend(begin(tx, setting, draw, case, rule, case.received_at, None)?);
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
        moved.begun.extend(begin(tx, setting, draw, case, rule, from, until)?);
    }
    Ok(())
}

fn flags(case: &SubCase) -> Vec<String> {
    serde_json::from_value(case.flags.clone()).unwrap_or_default()
}

/// Stops what runs by a rule and begins it anew, to end at an instant.
pub(super) fn restart(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    case: &SubCase,
    rule: &str,
    until: Time,
) -> Result<Moved> {
    let mut moved = Moved::default();
    let Some(rule) = setting.clock_rules(&case.agency).iter().find(|known| known.id == rule) else { return Ok(moved) };
    for mut clock in running(tx, setting, case)?.into_iter().filter(|clock| clock.rule == rule.id) {
        stop(tx, draw.now(), &mut clock, &mut moved)?;
    }
    moved.begun.extend(begin(tx, setting, draw, case, rule, draw.now(), Some(until))?);
    Ok(moved)
}

fn stop(tx: &mut Tx, now: Time, clock: &mut Clock, moved: &mut Moved) -> Result<()> {
    clock.stopped_at = Some(now);
    clock.next_at = None;
    clock::update(tx, clock)?;
    moved.stopped.push(json!({ "rule": clock.rule, "due": clock.due_at, "kept": now <= clock.due_at }));
    Ok(())
}

/// The limit of a rule on this part: what was agreed goes before the rule's own (P-90). Nothing where it was agreed that
/// none runs.
fn limit(tx: &mut Tx, setting: &Setting, case: &SubCase, rule: &catalogue::Clock) -> Result<Option<Limit>> {
    let own = rule.limit(&flags(case), case.priority <= queue::URGENT);
    if setting.agreement(&case.agency).is_none_or(|rules| rules.clock != rule.id) {
        return Ok(Some(own));
    }
    Ok(match agreement::of_part(tx, case)? {
        Some(agreed) => agreement::every(&agreed).map(agreement::limit),
        None => Some(own),
    })
}

fn begin(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    case: &SubCase,
    rule: &catalogue::Clock,
    from: Time,
    until: Option<Time>,
) -> Result<Option<Json>> {
    let Some(limit) = limit(tx, setting, case, rule)? else { return Ok(None) };
    let due_at = until.unwrap_or_else(|| setting.ends(&case.agency, &limit, from));
    let before = rule.warn.iter().map(|step| (-i64::from(step.hours_before), step.tell.as_str()));
    let after = rule.late.iter().map(|step| (i64::from(step.hours_after), step.tell.as_str()));
    let steps: Vec<(Time, &str)> = before
        .chain(after)
        .map(|(hours, role)| (due_at.plus_hours(hours), role))
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
            next_at: steps.first().map(|(at, _)| *at).into_iter().chain(ends).min(),
            steps: json!(steps),
            broken_at: None,
            stopped_at: None,
        },
    )?;
    Ok(Some(json!({ "rule": rule.id, "from": from, "due": due_at, "source": rule.source })))
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
        let passed = breaks && clock.due_at <= now;
        // A limit breaks once; what comes after is a step to somebody higher.
        let broken = passed && clock.broken_at.is_none();
        let end = (breaks && !passed).then_some(clock.due_at);
        clock.next_at = to_come.first().map(|(at, _)| *at).into_iter().chain(end).min();
        clock.steps = json!(to_come);
        clock.broken_at = clock.broken_at.or(broken.then_some(now));
        clock::update(tx, &clock)?;
        let tells = |role: &str| setting.role_name(&clock.agency, role);
        mark::raise(&mut case, if passed { mark::CLOCK_BROKEN } else { mark::CLOCK_SOON });
        if past.iter().any(|(at, _)| *at > clock.due_at) {
            mark::raise(&mut case, mark::LATE_AND_RAISED);
        }
        if !past.is_empty() && limit.is_some_and(|rule| rule.raises) {
            // Nothing of the house's puts it lower.
            let higher = (case.priority - 1).max(queue::URGENT);
            assess::raise(&mut case, higher);
        }
        sub_case::mark(&house, tx, &case)?;
        let mut facts = json!({ "rule": clock.rule, "words": clock.words, "due": clock.due_at });
        // A step before the end says nothing once the end has passed.
        if let Some((_, role)) = past.iter().rfind(|(at, _)| (*at >= clock.due_at) == passed) {
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
                kind: match (broken, passed) {
                    (true, _) => "clock.broken",
                    (false, true) => "clock.raised",
                    (false, false) => "clock.soon",
                },
                audience: if late { Audience::Resident } else { Audience::Agency },
                facts,
                words: None,
            },
        )?;
        if late && limit.is_some_and(|rule| rule.tell_late) {
            let head = report::by_id(tx, clock.report)?;
            tell::resident(tx, setting, draw, &head, &clock.agency, entry, Message::Update)?;
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
    tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Update)
}

/// A limit as it stands in the list of reports: what it is called there, and when it ends.
pub(super) fn listed(
    tx: &mut Tx,
    setting: &Setting,
    (report, service): (Uuid, &str),
    agency: &str,
) -> Result<Vec<(String, Time)>> {
    let listed = |rule: &&catalogue::Clock| rule.listed.is_some() && rule.is_for(service);
    let rules: Vec<_> = setting.clock_rules(agency).iter().filter(listed).collect();
    // The list asks for each of its rows: most services have none.
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let name = |id: &str| rules.iter().find(|rule| rule.id == id).and_then(|rule| rule.listed.clone());
    let running = clock::limits(tx, report, agency)?.into_iter();
    Ok(running.filter_map(|(rule, due)| Some((name(&rule)?, due))).collect())
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
