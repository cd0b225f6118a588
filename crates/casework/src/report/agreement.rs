//! What staff and the victim agree about updates (P-90): how often, how, what is told of at once, when not, and when it is
//! looked at again. It sets the limit of the agency's clock; who is late by it is counted.

use super::{
    acts::{On, held, open},
    answers, away, clock,
    crime::Event,
    entry::{Happened, write},
    files,
    follow::mine,
    mark,
    tell::{self, Message, Told},
};
use crate::{Draw, Refusal, Result, Setting, clocks, words};
use catalogue::{Cue, Limit};
use jiff::civil::Date;
use rights::{Actor, Groups, Right};
use serde_json::{Map, Value as Json, json};
use store::{
    Look, Tx,
    agreement::{self, Agreement, Unit},
    answer,
    journal::{Audience, Verb},
    report::{Head, Tracking},
    sub_case::{self, SubCase},
};

/// How the victim would rather hear, with its words.
pub const CHANNELS: [(&str, &str); 5] = [
    ("email", "by email"),
    ("sms", "by text message"),
    ("phone", "by phone"),
    ("letter", "by letter"),
    ("portal", "on this page"),
];

/// How often; nothing is: only when something changes.
pub type Every = Option<(i64, Unit)>;

/// What staff type of an agreement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Typed {
    /// Whether there is an interval at all.
    pub regular: bool,
    pub every: Option<(i64, Unit)>,
    pub channel: String,
    pub events: Vec<String>,
    /// Hours of the day.
    pub quiet: Option<(i64, i64)>,
    pub wishes: String,
    pub review: Option<Date>,
}

/// `every week`, `every two weeks`, `every 10 days`.
pub fn rhythm(every: Every) -> String {
    let Some((count, unit)) = every else { return "only when something changes".to_owned() };
    let words = ["two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let count = match (count, usize::try_from(count - 2).ok().and_then(|n| words.get(n))) {
        (1, _) => return format!("every {}", unit.name()),
        (_, Some(word)) => (*word).to_owned(),
        (n, None) => n.to_string(),
    };
    format!("every {count} {}s", unit.name())
}

/// How the agreement of a row reads.
pub fn every(agreed: &Agreement) -> Every {
    agreed.every.zip(agreed.unit)
}

pub(super) fn limit(every: (i64, Unit)) -> Limit {
    let count = u32::try_from(every.0).unwrap_or(u32::MAX);
    match every.1 {
        Unit::Day => Limit::Days(count),
        Unit::Week => Limit::Days(count.saturating_mul(7)),
        Unit::Month => Limit::Months(count),
    }
}

/// The interval of a limit, in the unit a person would say.
fn said(limit: Limit) -> Every {
    match limit {
        Limit::Days(n) if n.is_multiple_of(7) => Some((i64::from(n / 7), Unit::Week)),
        Limit::Days(n) => Some((i64::from(n), Unit::Day)),
        Limit::Months(n) => Some((i64::from(n), Unit::Month)),
        Limit::Hours(_) | Limit::WorkingDays(_) => None,
    }
}

/// What the agency agrees with people whose report is of this service, if it does.
fn rules<'s>(setting: &'s Setting, case: &SubCase) -> Option<&'s catalogue::Agreement> {
    let rules = setting.agreement(&case.agency)?;
    let clock = setting.clock_rules(&case.agency).iter().find(|rule| rule.id == rules.clock)?;
    clock.is_for(&case.service).then_some(rules)
}

/// Intervals a victim may ask for, by name, with their words.
pub(super) fn choices(setting: &Setting, case: &SubCase) -> Vec<(String, String)> {
    let Some(rules) = rules(setting, case).filter(|_| !case.core.ended()) else { return Vec::new() };
    let seeds = rules.seeds.iter().map(|(answer, limit)| (answer.clone(), rhythm(said(*limit))));
    seeds.chain([(NO_RHYTHM.to_owned(), rhythm(None))]).collect()
}

/// The name of "only when something changes" among the choices.
pub const NO_RHYTHM: &str = "changes";

/// What an agreement is for a page of staff: the form as it is to be filled in, and how it was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreed {
    pub now: Option<Agreement>,
    /// The answers of the victim, where nothing is agreed yet.
    pub seed: Typed,
    /// Limits of its clock that passed.
    pub breaches: usize,
}

/// Where the agency agrees on updates of such a report.
pub(super) fn for_staff(
    actor: &Actor,
    look: &mut Look,
    setting: &Setting,
    (head, case, groups): (&Head, &SubCase, &Groups),
    clocks: &[store::clock::Clock],
) -> Result<Option<Agreed>> {
    rights::hold(actor, Right::SeeReport)?;
    let Some(rules) = rules(setting, case).filter(|_| rights::hold(actor, Right::SeeContact).is_ok()) else {
        return Ok(None);
    };
    let now = agreement::of_part(actor, look, head.id, &case.agency)?;
    let breaches = clocks.iter().filter(|clock| clock.rule == rules.clock && clock.broken_at.is_some()).count();
    let mut seed = Typed { regular: true, ..Typed::default() };
    if now.is_none() {
        let mut given = Map::new();
        for id in [&rules.every, &rules.channel] {
            let service = setting.definition(&head.definition);
            let part = service.as_ref().and_then(|s| s.questions.iter().find(|q| q.id == *id).map(answers::part_of));
            let Some(part) = part.filter(|part| files::parts_of(groups).contains(part)) else { continue };
            if let Some(Json::Object(body)) = answer::part(actor, look, head.id, part)? {
                given.extend(body);
            }
        }
        let said_of = |id: &str| given.get(id).and_then(Json::as_str).unwrap_or_default();
        let wished = said_of(&rules.every);
        let known = rules.seeds.iter().find(|(answer, _)| answer == wished).and_then(|(_, limit)| said(*limit));
        seed.regular = wished.is_empty() || known.is_some();
        seed.every = known;
        seed.channel = said_of(&rules.channel).to_owned();
    }
    Ok(Some(Agreed { now, seed, breaches }))
}

/// Agrees, and tells the victim in words of a person. The clock begins anew with the interval.
pub fn set(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    typed: &Typed,
    said: &str,
) -> Result<Told> {
    rights::hold(actor, Right::SeeContact)?;
    let mut held = held(actor, tx, Right::SetStage, on)?;
    let rules = rules(setting, &held.case).ok_or(rights::NotFound)?;
    open(&held)?;
    if held.head.tracking == Tracking::Code {
        return Err(Refusal::CannotReach.into());
    }
    let words = words::read(said)?;
    let ends = |limit: &Limit| setting.ends(&held.case.agency, limit, draw.now());
    let every = match (typed.regular, typed.every) {
        (false, _) => None,
        (true, Some(every)) if every.0 > 0 && ends(&limit(every)) <= ends(&rules.longest) => Some(every),
        _ => return Err(Refusal::NoSuchInterval.into()),
    };
    let review = match typed.review {
        Some(day) if clocks::end_of(day) <= draw.now() => return Err(Refusal::DateTooSoon.into()),
        Some(day) => day,
        // The midnight that ends a limit closes its last day.
        None => {
            let rule = setting.clock_rules(&held.case.agency).iter().find(|rule| rule.id == rules.review);
            clocks::local_day(ends(&rule.map_or(rules.longest, |rule| rule.limit)).plus_seconds(-1))
        }
    };
    let events: Vec<&str> = Event::ALL.iter().map(|event| event.named().0).collect();
    let hour = 0..24;
    let known = typed.events.iter().all(|event| events.contains(&event.as_str()))
        && CHANNELS.iter().any(|(id, _)| *id == typed.channel)
        && typed.quiet.is_none_or(|(from, to)| hour.contains(&from) && hour.contains(&to) && from != to);
    if !known {
        return Err(Refusal::NoSuchInterval.into());
    }
    let wishes = match typed.wishes.trim() {
        "" => None,
        _ => Some(words::read(&typed.wishes)?),
    };
    agreement::keep(
        actor,
        tx,
        &Agreement {
            report: held.head.id,
            agency: held.case.agency.clone(),
            every: every.map(|every| every.0),
            unit: every.map(|every| every.1),
            channel: Some(typed.channel.clone()),
            events: json!(typed.events),
            quiet_from: typed.quiet.map(|quiet| quiet.0 * 60),
            quiet_to: typed.quiet.map(|quiet| quiet.1 * 60),
            wishes,
            review_on: review.to_string(),
            set_at: draw.now(),
        },
    )?;
    held.case.acknowledged_at.get_or_insert(draw.now());
    held.case.changed_at = draw.now();
    mark::clear(tx, &mut held.case)?;
    mark::lower(&mut held.case, mark::ASKS_FOR_OTHER_UPDATES);
    sub_case::update(actor, tx, &held.case)?;
    let mut facts = json!({ "every": every.map(|every| every.0), "unit": every.map(|every| every.1.name()),
        "review": review.to_string(), "events": typed.events });
    let mut moved = clock::cue(tx, setting, draw, &held.case, &[Cue::Told])?;
    moved.add(clock::restart(tx, setting, draw, &held.case, &rules.review, clocks::end_of(review))?);
    moved.note(&mut facts);
    let kind = ("agreement.set", Verb::Alteration, Audience::Resident);
    let entry = held.enter(actor, tx, draw, kind, facts, Some(&words))?;
    tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Update)
}

/// The victim would rather hear more or less often: a task for a person, and no change.
pub fn ask(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, wished: &str) -> Result<()> {
    let id = mine(actor, Right::AddWords)?;
    let mut asked = Vec::new();
    for case in sub_case::of_report(tx, id)? {
        let choice = choices(setting, &case).into_iter().find(|(name, _)| name == wished);
        asked.extend(choice.map(|(_, words)| (case, words)));
    }
    let (mut moved, mut agency, mut said) = (clock::Moved::default(), None, String::new());
    for (mut case, words) in asked {
        mark::raise(&mut case, mark::ASKS_FOR_OTHER_UPDATES);
        away::relieve(tx, setting, draw.now(), &mut case)?;
        sub_case::update(actor, tx, &case)?;
        moved.add(clock::cue(tx, setting, draw, &case, &[Cue::Wrote])?);
        (agency, said) = (Some(case.agency), words);
    }
    let agency = agency.ok_or(Refusal::ReasonNeeded)?;
    let mut facts = json!({ "wish": wished, "name": said });
    moved.note(&mut facts);
    write(
        actor,
        tx,
        draw,
        Happened {
            report: id,
            agency: Some(&agency),
            verb: Verb::Collection,
            kind: "agreement.asked",
            audience: Audience::Resident,
            facts,
            words: None,
        },
    )?;
    Ok(())
}

/// What the house itself has of a part's agreement.
pub(super) fn of_part(tx: &mut Tx, case: &SubCase) -> Result<Option<Agreement>> {
    Ok(agreement::own(&Actor::House("agreement"), tx, case.report, &case.agency)?)
}

/// It was agreed to tell the victim of this.
pub(super) fn names(agreed: &Agreement, event: Event) -> bool {
    let events: Vec<String> = serde_json::from_value(agreed.events.clone()).unwrap_or_default();
    events.iter().any(|name| name == event.named().0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_said_as_people_say_it() {
        for (every, words) in [
            (Some((1, Unit::Week)), "every week"),
            (Some((2, Unit::Week)), "every two weeks"),
            (Some((9, Unit::Day)), "every nine days"),
            (Some((10, Unit::Day)), "every 10 days"),
            (Some((3, Unit::Month)), "every three months"),
            (None, "only when something changes"),
        ] {
            assert_eq!(rhythm(every), words);
        }
        assert_eq!(said(Limit::Days(14)), Some((2, Unit::Week)));
        assert_eq!(said(Limit::Days(10)), Some((10, Unit::Day)));
    }
}
