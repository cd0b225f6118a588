//! What staff do in a case: actions of the agency's list (C-23, C-24), and what they hold of the case (C-25).

use super::{On, complaints, enter, held, own, put, put_effect, reports, rules, tree};
use crate::{
    Draw, Refusal, Result, Setting,
    report::tell::{self, Message},
    words,
};
use catalogue::{Effect, Visibility};
use jiff::civil::Date;
use rights::{Actor, NotFound, Right};
use serde_json::{Map, Value as Json, json};
use store::{
    Time, Tx,
    casefile::{self, Casefile},
    casefile_action, casefile_follower, report, staff,
};
use uuid::Uuid;

/// A note may be empty: a letter that was sent says enough.
fn note(typed: &str) -> Result<Option<String>> {
    Ok(if typed.trim().is_empty() { None } else { Some(words::read(typed)?) })
}

fn content(words: Option<&str>) -> Option<Json> {
    words.map(|words| json!({ "words": words }))
}

/// Something was done, now or before.
pub fn act(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (kind, when): (&str, Option<Time>),
    typed: &str,
) -> Result<()> {
    let mut case = held(actor, tx, Right::Note, on)?;
    let known = setting.action(&case.agency, kind).filter(|known| known.effect.is_none());
    let known = known.ok_or(Refusal::NoSuchAction)?;
    let words = note(typed)?;
    let happened_at = when.unwrap_or(draw.now());
    if happened_at > draw.now() {
        return Err(Refusal::LaterThanNow.into());
    }
    let facts = json!({
        "type": known.id, "name": known.name, "visibility": known.visibility.name(), "happened_at": happened_at,
    });
    let entry = enter(actor, tx, draw, &[&case], ("case.action", facts), content(words.as_deref()))?;
    put(actor, tx, draw, &case, known, (happened_at, entry))?;
    if known.serves_notice {
        case.notice_at.get_or_insert(happened_at);
    }
    changed(actor, tx, draw, &mut case)?;
    if known.visibility == Visibility::Public {
        tell_complainants(tx, setting, draw, &case, happened_at, entry)?;
    }
    Ok(())
}

/// Those who may read that it was done are told that there is something to read.
fn tell_complainants(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    case: &Casefile,
    happened_at: Time,
    entry: Uuid,
) -> Result<()> {
    let mut readers = Vec::new();
    for own in tree(tx, case)? {
        if own::reads_of(tx, &own, case)?.is_some_and(|since| happened_at >= since) {
            readers.push(own);
        }
    }
    for id in reports(&complaints(tx, &readers)?) {
        let head = report::by_id(tx, id)?;
        if head.withdrawn_at.is_none() {
            tell::resident(tx, setting, draw, &head, &case.agency, entry, Message::Update)?;
        }
    }
    Ok(())
}

pub(super) fn changed(actor: &Actor, tx: &mut Tx, draw: &mut Draw, case: &mut Casefile) -> Result<()> {
    case.changed_at = draw.now();
    casefile::update(actor, tx, case)?;
    casefile_follower::tell(actor, tx, case.id, draw.now())?;
    Ok(())
}

/// The author puts other words in the place of a note, while the agency's window is open (C-24).
pub fn reword(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    id: Uuid,
    typed: &str,
) -> Result<()> {
    let mut case = held(actor, tx, Right::Note, on)?;
    let row = casefile_action::of_casefile(tx, case.id)?.into_iter().find(|row| row.id == id).ok_or(NotFound)?;
    let me = actor.staff().ok_or(NotFound)?.id;
    if row.staff != Some(me) || draw.now() > editable_until(rules(setting, &case.agency)?.edit_minutes, row.written_at)
    {
        return Err(Refusal::TooLateToEdit.into());
    }
    let words = words::read(typed)?;
    let facts = json!({ "type": row.kind, "before": row.entry });
    let entry = enter(actor, tx, draw, &[&case], ("case.reworded", facts), content(Some(&words)))?;
    casefile_action::reword(actor, tx, id, (row.entry, entry))?;
    changed(actor, tx, draw, &mut case)
}

pub(super) fn editable_until(minutes: u32, written_at: Time) -> Time {
    written_at.plus_seconds(i64::from(minutes) * 60)
}

/// What staff hold of a case. A day is none where what was typed is no day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    pub urgent: bool,
    pub review_on: Option<Option<Date>>,
    pub ward: Option<String>,
    pub assignee: Option<Uuid>,
}

pub fn edit(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, on: On, to: &Held) -> Result<()> {
    let mut case = held(actor, tx, Right::Assign, on)?;
    rules(setting, &case.agency)?;
    let review_on = to.review_on.ok_or(Refusal::NoSuchDay)?.map(|day| day.to_string());
    let ward = match &to.ward {
        Some(id) => Some(setting.wards(&case.agency).iter().find(|ward| ward.id == *id).ok_or(Refusal::NoSuchWard)?),
        None => None,
    };
    let person = match to.assignee {
        Some(id) => {
            let found = staff::colleagues(actor, tx)?.into_iter().find(|colleague| colleague.id == id);
            Some(found.ok_or(Refusal::NoSuchColleague)?)
        }
        None => None,
    };
    let mut facts = Map::new();
    if case.urgent != to.urgent {
        facts.insert("urgent".into(), json!(to.urgent));
    }
    if case.review_on != review_on {
        facts.insert("review_on".into(), json!(review_on));
    }
    if case.ward != to.ward {
        facts.insert("ward".into(), json!(ward.map(|ward| &ward.name)));
    }
    if case.assignee != to.assignee {
        facts.insert("person".into(), json!(person.map(|person| person.name)));
    }
    if facts.is_empty() {
        return Err(Refusal::AlreadyDone.into());
    }
    (case.urgent, case.review_on, case.ward, case.assignee) = (to.urgent, review_on, to.ward.clone(), to.assignee);
    let entry = enter(actor, tx, draw, &[&case], ("case.edited", Json::Object(facts)), None)?;
    put_effect(actor, tx, setting, draw, &case, (Effect::Edit, entry))?;
    changed(actor, tx, draw, &mut case)
}

/// The actor wants to know what happens in a case, or no longer.
pub fn follow(actor: &Actor, tx: &mut Tx, draw: &mut Draw, reference: &str, follows: bool) -> Result<()> {
    rights::hold(actor, Right::SeeReport)?;
    let case = casefile::by_reference(actor, tx, reference)?.ok_or(NotFound)?;
    if follows {
        casefile_follower::follow(actor, tx, case.id)?;
    } else {
        casefile_follower::leave(actor, tx, case.id)?;
    }
    let kind = if follows { "case.followed" } else { "case.left" };
    enter(actor, tx, draw, &[&case], (kind, json!({})), None)?;
    Ok(())
}

/// The actor has read what is new.
pub fn seen(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<()> {
    Ok(casefile_follower::seen(actor, tx, id)?)
}
