//! What staff do with a report their agency holds. Every act is one journal entry in the same transaction.

use super::{
    away, clock, duplicate,
    entry::{Happened, write},
    hook, mark, office, publication,
    tell::{self, Message, Told},
};
use crate::{
    Draw, Error, Refusal, Result, Setting, clocks,
    template::{self, Said, Typed},
    words,
};
use catalogue::{Answer, Answers, Cue};
use jiff::civil::Date;
use rights::{Actor, Group, Groups, NotFound, Relation, Right};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx, crime,
    journal::{self, Audience, NewEntry, Verb},
    report::{self, Head},
    staff,
    sub_case::{self, Core, SubCase},
    template::Moment,
    transfer, ward,
};
use uuid::Uuid;

/// The report an act is on, and the version of the page it was made on.
#[derive(Clone, Copy, Debug)]
pub struct On<'a> {
    pub reference: &'a str,
    pub version: i64,
}

/// A report, the actor's own part of it, and how the actor's agency stands to it.
pub struct Held {
    pub head: Head,
    pub case: SubCase,
}

impl Held {
    /// Writes the entry of an act on the report.
    pub(crate) fn enter(
        &self,
        actor: &Actor,
        tx: &mut Tx,
        draw: &mut Draw,
        (kind, verb, audience): (&'static str, Verb, Audience),
        facts: Json,
        words: Option<&str>,
    ) -> Result<Uuid> {
        let (report, agency) = (self.head.id, Some(self.case.agency.as_str()));
        write(actor, tx, draw, Happened { report, agency, verb, kind, audience, facts, words })
    }

    /// The same, where more than words is kept that can be erased: `words` of it is what people read.
    pub(super) fn enter_with(
        &self,
        actor: &Actor,
        tx: &mut Tx,
        draw: &mut Draw,
        (kind, verb, audience): (&'static str, Verb, Audience),
        facts: Json,
        content: Json,
    ) -> Result<Uuid> {
        let entry = NewEntry {
            id: draw.id(),
            at: draw.now(),
            verb,
            kind,
            report: Some(self.head.id),
            agency: Some(self.case.agency.clone()),
            audience,
            facts,
            content: Some(content),
            salt: draw.salt(),
        };
        journal::write(actor, tx, &entry)?;
        Ok(entry.id)
    }
}

/// How an agency stands to a report.
pub(crate) fn relation(actor: &Actor, tx: &mut Tx, agency: &str, head: &Head) -> Result<(Relation, Option<SubCase>)> {
    let parts = parts(actor, tx, agency, head)?;
    Ok((parts.relation, parts.mine))
}

/// What all agencies have of a report, as one of them stands to it.
pub(super) struct Parts {
    pub relation: Relation,
    pub mine: Option<SubCase>,
    pub others: Vec<SubCase>,
    pub transfers: Vec<transfer::Transfer>,
}

/// Whether the agency of this part reads what the resident wrote then. What was written before it had the report is of their
/// account, and comes along only with that (J-13).
pub(crate) fn reads_words(case: &SubCase, at: Time) -> bool {
    let shared: Groups = serde_json::from_value(case.shared.clone()).unwrap_or_default();
    at >= case.received_at || shared.contains(&Group::Account)
}

pub(super) fn parts(actor: &Actor, tx: &mut Tx, agency: &str, head: &Head) -> Result<Parts> {
    let (mut mine, others): (Vec<_>, Vec<_>) =
        sub_case::of_report(tx, head.id)?.into_iter().partition(|case| case.agency == agency);
    let mine = mine.pop();
    let transfers = transfer::of_report(tx, head.id)?;
    let asked = transfers.iter().any(|t| t.to_agency == agency && t.state == transfer::State::Proposed);
    let relation = match &mine {
        Some(case) if !in_remit(actor, tx, &case.service, head.id)? => Relation::Stranger,
        None if asked && !in_remit(actor, tx, &head.service, head.id)? => Relation::Stranger,
        Some(case) if case.core == Core::WithOtherAgency && !asked => Relation::Former,
        Some(case) if case.core != Core::WithOtherAgency => Relation::Holder,
        _ if asked => Relation::Asked,
        _ => Relation::Stranger,
    };
    Ok(Parts { relation, mine, others, transfers })
}

/// Whether the actor's limits leave them what their agency has, or is asked to have, of a report as one of this service (C-75).
fn in_remit(actor: &Actor, tx: &mut Tx, service: &str, report: Uuid) -> Result<bool> {
    let Some(me) = actor.staff() else { return Ok(true) };
    // Most are limited to no ward, and nothing is read for them.
    let ward = if me.remit.wards.is_some() { ward::of(tx, report)? } else { None };
    Ok(me.remit.holds_service(service) && me.remit.holds_ward(ward.as_deref()))
}

/// The report for an act that only its holder may do; one made on an older page is [`Error::Stale`].
pub fn held(actor: &Actor, tx: &mut Tx, right: Right, on: On) -> Result<Held> {
    rights::hold(actor, right)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let head = report::by_reference(tx, on.reference)?.ok_or(NotFound)?;
    let (relation, case) = relation(actor, tx, agency, &head)?;
    rights::allow(actor, right, relation)?;
    let case = case.ok_or(NotFound)?;
    if case.version != on.version { Err(Error::Stale) } else { Ok(Held { head, case }) }
}

pub(super) fn open(held: &Held) -> Result<()> {
    if held.case.core.ended() { Err(Refusal::Ended.into()) } else { Ok(()) }
}

/// "We have it": stops the clock of the first answer, and tells the resident.
pub fn acknowledge(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, on: On) -> Result<Told> {
    let mut held = held(actor, tx, Right::Acknowledge, on)?;
    open(&held)?;
    if held.case.acknowledged_at.is_some() {
        return Err(Refusal::AlreadyDone.into());
    }
    held.case.acknowledged_at = Some(draw.now());
    held.case.changed_at = draw.now();
    mark::clear(tx, &mut held.case)?;
    sub_case::update(actor, tx, &held.case)?;
    let mut facts = json!({ "due": held.case.due_at });
    clock::cue(tx, setting, draw, &held.case, &[Cue::Seen])?.note(&mut facts);
    publication::looked_at(actor, tx, &held, &mut facts)?;
    let entry =
        held.enter(actor, tx, draw, ("report.acknowledged", Verb::Alteration, Audience::Resident), facts, None)?;
    tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Update)
}

/// To whom a report is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    Person(Uuid),
    Team(String),
    /// Back to the team, with nobody's name on it.
    Nobody,
}

pub fn assign(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, on: On, to: &To) -> Result<()> {
    let mut held = held(actor, tx, Right::Assign, on)?;
    open(&held)?;
    let facts = match to {
        To::Person(id) => {
            let colleague = staff::colleagues(actor, tx)?.into_iter().find(|c| c.id == *id);
            let colleague = colleague.ok_or(Refusal::NoSuchColleague)?;
            held.case.assignee = Some(*id);
            json!({ "person": colleague.name })
        }
        To::Team(team) => {
            let name = setting.team_name(&held.case.agency, team).ok_or(Refusal::NoSuchColleague)?;
            held.case.team = team.clone();
            held.case.assignee = None;
            json!({ "team": name })
        }
        To::Nobody => {
            held.case.assignee = None;
            json!({})
        }
    };
    away::assigned(tx, draw.now(), &mut held.case)?;
    held.case.changed_at = draw.now();
    sub_case::update(actor, tx, &held.case)?;
    held.enter(actor, tx, draw, ("report.assigned", Verb::Alteration, Audience::Agency), facts, None)?;
    Ok(())
}

/// A new stage, with words the resident reads (P-86: never without a reason), and the day that the work is planned for, where
/// the stage has one (C-40).
pub fn set_stage<'t>(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (stage, day): (&str, Option<Date>),
    typed: impl Into<Typed<'t>>,
) -> Result<Told> {
    let mut held = held(actor, tx, Right::SetStage, on)?;
    open(&held)?;
    let (at, typed) = ((Moment::Stage, stage), typed.into());
    let said = template::said(tx, setting, draw, (&held.head, &held.case.agency), at, typed)?;
    let more = show_words(tx, setting, &held, typed.everybody, &said)?;
    // A crime is recorded by recording it.
    let by_hand = |stage: &crate::setting::Stage| !stage.core.ended() && stage.cue != Some(Cue::Recorded);
    let to = setting.stage(&held.case.agency, stage).filter(by_hand).ok_or(Refusal::NoSuchStage)?;
    let planned = match day {
        Some(_) if to.dated.is_none() => return Err(Refusal::NoDayHere.into()),
        Some(day) if day < clocks::local_day(draw.now()) => return Err(Refusal::DayOver.into()),
        // More words of the same stage leave its day as it is.
        None if to.id == held.case.stage => held.case.planned_on.as_ref().and_then(|day| day.parse().ok()),
        day => day,
    };
    staged(actor, tx, setting, draw, &mut held, (&to, planned), (&said.words, more))
}

/// The part comes to a stage. `told` is the words, and what else the entry says.
pub(super) fn staged(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    held: &mut Held,
    (to, day): (&crate::setting::Stage, Option<Date>),
    (words, more): (&str, Json),
) -> Result<Told> {
    let from = std::mem::replace(&mut held.case.stage, to.id.clone());
    held.case.core = to.core;
    held.case.planned_on = day.map(|day| day.to_string());
    held.case.acknowledged_at.get_or_insert(draw.now());
    held.case.changed_at = draw.now();
    mark::clear(tx, &mut held.case)?;
    mark::lower(&mut held.case, mark::ASKS_TO_WITHDRAW);
    sub_case::update(actor, tx, &held.case)?;
    let planned_on = held.case.planned_on.clone();
    let name = to.on(planned_on.as_deref());
    let mut facts = json!({ "from": from, "to": to.id, "name": name, "next": to.next });
    if let Some(day) = planned_on {
        facts["planned_on"] = json!(day);
    }
    let cues: Vec<Cue> = [Cue::Told].into_iter().chain(to.cue).collect();
    clock::cue(tx, setting, draw, &held.case, &cues)?.note(&mut facts);
    put(&mut facts, more);
    let mail = template::mail(tx, setting, draw.now(), &held.head, &facts)?;
    let entry = held.enter(actor, tx, draw, ("stage.set", Verb::Alteration, Audience::Resident), facts, Some(words))?;
    office::tell(actor, tx, setting, draw, (entry, &held.case.agency, &held.head))?;
    publication::follow(tx, setting, held.head.id, draw.now())?;
    duplicate::tell_of(actor, tx, setting, draw, (held.head.id, &held.case.agency), (&name, &to.next, None))?;
    tell::in_words(tx, setting, draw, (&held.head, &held.case.agency), entry, mail)
}

/// A question to the resident; the answer comes back into the thread.
pub fn ask(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, on: On, typed: &str) -> Result<Told> {
    let mut held = held(actor, tx, Right::AskResident, on)?;
    open(&held)?;
    if held.head.tracking == report::Tracking::Code {
        return Err(Refusal::CannotReach.into());
    }
    let words = words::read(typed)?;
    if let Some(stage) = setting.first_stage(&held.case.agency, Core::WaitingResident) {
        held.case.stage = stage.id;
        held.case.core = Core::WaitingResident;
    }
    held.case.acknowledged_at.get_or_insert(draw.now());
    held.case.changed_at = draw.now();
    mark::clear(tx, &mut held.case)?;
    sub_case::update(actor, tx, &held.case)?;
    let mut facts = json!({});
    clock::cue(tx, setting, draw, &held.case, &[Cue::Told])?.note(&mut facts);
    let entry =
        held.enter(actor, tx, draw, ("question.asked", Verb::Collection, Audience::Resident), facts, Some(&words))?;
    tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Question)
}

/// A note for colleagues; there is no way from here to a public view (P-87).
pub fn note(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On, typed: &str) -> Result<()> {
    let held = held(actor, tx, Right::Note, on)?;
    let words = words::read(typed)?;
    held.enter(actor, tx, draw, ("note.added", Verb::Collection, Audience::Agency), json!({}), Some(&words))?;
    Ok(())
}

/// Of an entry's words, so many letters from the first on are for everybody.
pub(super) const FOR_EVERYBODY: &str = "for_everybody";

/// Those of them that are.
pub(super) fn for_everybody(facts: &Json, words: &str) -> Option<String> {
    let letters = facts[FOR_EVERYBODY].as_u64().and_then(|letters| usize::try_from(letters).ok())?;
    Some(words.chars().take(letters).collect()).filter(|words: &String| !words.is_empty())
}

/// What the entry says of the words: that everybody may read them, where somebody said so, or those of them that a template says to
/// everybody, and the report is one that the agency shows. Words that may
/// say who somebody is are refused: whoever typed them is there to put it right (C-54).
pub(super) fn show_words(tx: &mut Tx, setting: &Setting, held: &Held, everybody: bool, said: &Said) -> Result<Json> {
    let mut more = said.facts();
    let leads = (everybody || said.open > 0) && publication::leads(tx, held.head.id, &held.case.agency)?;
    if !leads {
        return Ok(more);
    }
    if everybody && says_who(setting, &held.case.agency, &said.words) {
        return Err(Refusal::SaysWho.into());
    }
    more[FOR_EVERYBODY] = json!(if everybody { said.words.chars().count() } else { said.open });
    Ok(more)
}

/// Words that everybody must not read as they are: they may say who somebody is, or are on the agency's list.
pub(crate) fn says_who(setting: &Setting, agency: &str, words: &str) -> bool {
    let answers = Answers::new().with("words", Answer::Text(words.to_owned()));
    catalogue::is_doubtful(&answers) || catalogue::is_listed(&answers, setting.held_words(agency))
}

/// How a report ends. Where another body acts instead, who that is, how to reach them, and that the resident was told (P-81).
#[derive(Clone, Debug, Default)]
pub struct Ending {
    pub outcome: String,
    pub body: String,
    pub contact: String,
    pub told: bool,
}

/// What the resident reads of a body that acts instead: the agency's sentence, and how to reach them. It stands with the
/// words, since people typed it; the sentence that names the body is for everybody (C-40), by how many letters of the words it is.
fn elsewhere(sentence: &str, ending: &Ending, words: &str) -> Result<(String, usize)> {
    let needed = |typed: &str| words::read(typed).map_err(|_| Refusal::ElsewhereNeeded);
    let (body, contact) = (needed(&ending.body)?, needed(&ending.contact)?);
    if !ending.told {
        return Err(Refusal::ElsewhereNeeded.into());
    }
    let named = sentence.replace("{agency}", &body);
    // A telephone number or a plate in its name is for nobody but the resident (C-54).
    let doubtful = catalogue::is_doubtful(&Answers::new().with("body", Answer::Text(body)));
    let letters = if doubtful { 0 } else { named.chars().count() };
    Ok((format!("{named}\n\nHow to reach them: {contact}\n\n{words}"), letters))
}

/// Ends the agency's work with an outcome and words that say why (P-82).
pub fn close<'t>(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    ending: &Ending,
    typed: impl Into<Typed<'t>>,
) -> Result<Told> {
    let mut held = held(actor, tx, Right::Close, on)?;
    open(&held)?;
    let (at, typed) = ((Moment::Outcome, ending.outcome.as_str()), typed.into());
    let said = template::said(tx, setting, draw, (&held.head, &held.case.agency), at, typed)?;
    let outcome = setting.outcome(&held.case.agency, &ending.outcome);
    let outcome = outcome.filter(|outcome| outcome.fits(&held.case.service)).ok_or(Refusal::NoSuchOutcome)?;
    let sentence = outcome.sentence.as_str();
    if outcome.needs_agency {
        // What everybody reads is who acts, in the agency's own sentence.
        let (whole, letters) = elsewhere(sentence, ending, &said.words)?;
        let mut more = said.facts();
        more[FOR_EVERYBODY] = json!(letters);
        return closed(actor, tx, setting, draw, &mut held, outcome, ("", &whole, more));
    }
    let more = show_words(tx, setting, &held, typed.everybody, &said)?;
    closed(actor, tx, setting, draw, &mut held, outcome, (sentence, &said.words, more))
}

/// The part ends with an outcome: the agency's sentence, words, and what else the entry says.
pub(crate) fn closed(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    held: &mut Held,
    outcome: &catalogue::Outcome,
    (sentence, words, more): (&str, &str, Json),
) -> Result<Told> {
    let stage = setting.closing_stage(&held.case.agency, &outcome.id).ok_or(Refusal::NoSuchStage)?;
    held.case.stage = stage.id;
    held.case.core = Core::Closed;
    held.case.acknowledged_at.get_or_insert(draw.now());
    held.case.closed_at = Some(draw.now());
    held.case.changed_at = draw.now();
    held.case.outcome = Some(outcome.id.clone());
    mark::clear(tx, &mut held.case)?;
    mark::ended(&mut held.case);
    sub_case::update(actor, tx, &held.case)?;
    let mut facts = json!({
        "outcome": outcome.id, "name": outcome.name, "sentence": sentence,
        "reopen": outcome.reopen, "now": outcome.now,
    });
    let mut cues = vec![Cue::Told, Cue::Decided, Cue::Ended];
    let mut changed = Vec::new();
    // What a crime comes to a person says, or the records system.
    let keeps_crimes = actor.staff().is_some() && rights::hold(actor, Right::RecordCrime).is_ok();
    let mut interviewed = false;
    for mut known in crime::of_report(tx, held.head.id)?.into_iter().filter(|known| known.agency == held.case.agency) {
        interviewed |= known.interviewed;
        if known.cancelled_at.is_none() && keeps_crimes {
            known.outcome = Some(outcome.id.clone());
            known.decided_at = Some(draw.now());
            crime::update(actor, tx, &known)?;
            changed.push(known.id);
        }
    }
    // A review may be asked for where the outcome allows it and a suspect was interviewed under caution (P-83).
    if outcome.review && interviewed {
        cues.push(Cue::Reviewable);
    }
    clock::cue(tx, setting, draw, &held.case, &cues)?.note(&mut facts);
    put(&mut facts, more);
    let mail = template::mail(tx, setting, draw.now(), &held.head, &facts)?;
    let everybody = for_everybody(&facts, words);
    let entry =
        held.enter(actor, tx, draw, ("report.closed", Verb::Alteration, Audience::Resident), facts, Some(words))?;
    publication::follow(tx, setting, held.head.id, draw.now())?;
    let (agency, ended) = (&held.case.agency, Some(outcome.id.as_str()));
    let told = (outcome.name.as_str(), sentence, everybody.as_deref());
    duplicate::tell_of(actor, tx, setting, draw, (held.head.id, agency), told)?;
    hook::report(tx, setting, draw, (hook::Event::Closed, entry), agency, &held.head, ended)?;
    office::tell(actor, tx, setting, draw, (entry, agency, &held.head))?;
    for id in changed {
        hook::crime(tx, setting, draw, (hook::Event::CrimeChanged, entry), agency, id)?;
    }
    tell::in_words(tx, setting, draw, (&held.head, &held.case.agency), entry, mail)
}

/// Takes an ended report up again.
pub fn reopen(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, on: On, typed: &str) -> Result<Told> {
    let mut held = held(actor, tx, Right::Reopen, on)?;
    if held.case.core != Core::Closed {
        return Err(Refusal::NotEnded.into());
    }
    let words = words::read(typed)?;
    let stage = setting.first_stage(&held.case.agency, Core::Open).ok_or(Refusal::NoSuchStage)?;
    reopened(actor, tx, setting, draw, &mut held, &stage, (&words, json!({})))
}

/// An ended part comes to a stage again.
pub(crate) fn reopened(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    held: &mut Held,
    to: &crate::setting::Stage,
    (words, more): (&str, Json),
) -> Result<Told> {
    held.case.stage = to.id.clone();
    held.case.core = to.core;
    held.case.closed_at = None;
    held.case.outcome = None;
    held.case.changed_at = draw.now();
    sub_case::update(actor, tx, &held.case)?;
    let mut facts = json!({});
    clock::cue(tx, setting, draw, &held.case, &[Cue::Told])?.note(&mut facts);
    put(&mut facts, more);
    let entry =
        held.enter(actor, tx, draw, ("report.reopened", Verb::Alteration, Audience::Resident), facts, Some(words))?;
    office::tell(actor, tx, setting, draw, (entry, &held.case.agency, &held.head))?;
    publication::follow(tx, setting, held.head.id, draw.now())?;
    tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Update)
}

fn put(facts: &mut Json, more: Json) {
    if let (Json::Object(facts), Json::Object(more)) = (facts, more) {
        facts.extend(more);
    }
}
