//! A report that its agency does not deal with is sent again, as another (C-49): the answers that fit go along, and each of the two
//! names the other.

use super::{
    entry::{Happened, write},
    follow::mine,
};
use crate::{Draw, Refusal, Result, Setting};
use catalogue::{Answer, Answers, Kind, Service, carry};
use rights::{Actor, NotFound, Right};
use serde_json::{Map, Value as Json, json};
use store::{
    Tx, answer, contact,
    journal::{Audience, Verb},
    report::{self, Head},
    sub_case::{self, Core, SubCase},
};
use uuid::Uuid;

/// An agency ended it with an outcome that says so, and it was not taken back.
pub(super) fn may(setting: &Setting, head: &Head, cases: &[SubCase]) -> bool {
    let is_theirs = |case: &SubCase| {
        let outcome = case.outcome.as_ref().and_then(|id| setting.outcome(&case.agency, id));
        case.core == Core::Closed && outcome.is_some_and(|outcome| outcome.send_again)
    };
    head.withdrawn_at.is_none() && cases.iter().any(is_theirs)
}

/// The answers of one's own report that a service asks for too. Files stay with the report, and so does who reports where the
/// service asks each person anew what is safe.
pub fn carried(actor: &Actor, tx: &mut Tx, setting: &Setting, to: &Service) -> Result<Answers> {
    let id = mine(actor, Right::CorrectOwn)?;
    let head = report::by_id(tx, id)?;
    if !may(setting, &head, &sub_case::of_report(tx, id)?) {
        return Err(Refusal::NotEnded.into());
    }
    let Some(from) = setting.definition(&head.definition) else { return Ok(Answers::new()) };
    let mut all = Map::new();
    for row in answer::own(actor, tx, id)? {
        if let Json::Object(map) = row.body {
            all.extend(map);
        }
    }
    let person = from.questions.iter().find(|question| matches!(question.kind, Kind::Person { .. }));
    let is_open = |service: &Service| !service.sensitive && !service.exit && !service.neutral_mail;
    if let (Some(question), true) = (person, is_open(&from) && is_open(to))
        && let Some(said) = contact::own(actor, tx, id)?.and_then(|kept| kept.safe.get("person").cloned())
    {
        all.insert(question.id.clone(), said);
    }
    // One that cannot be read any more must not lose the others.
    let mut kept = Answers::new();
    for (question, body) in all {
        let alone = Json::Object(Map::from_iter([(question.clone(), body)]));
        let read = Answers::from_json(&from, &alone).ok().and_then(|read| read.get(&question).cloned());
        if let Some(said) = read.filter(|said| !matches!(said, Answer::Files(_))) {
            kept.give(&question, said);
        }
    }
    let mut carried = carry(&from, to, &kept);
    // What is asked at the gate is asked each time.
    for question in to.questions.iter().filter(|question| question.gate) {
        carried.forget(&question.id);
    }
    // The same kind again is for another place.
    if let Some(place) = to.deciding_place().filter(|_| to.id == from.id) {
        carried.forget(&place.id);
    }
    Ok(carried)
}

/// The number of the report that a new one was sent after.
pub(super) fn named(tx: &mut Tx, before: Option<Uuid>) -> Result<Option<Head>> {
    match before.map(|id| report::by_id(tx, id)) {
        None => Ok(None),
        Some(Ok(head)) => Ok(Some(head)),
        Some(Err(store::Error::NotFound(NotFound))) => Ok(None),
        Some(Err(other)) => Err(other.into()),
    }
}

/// The first report says what it was sent again as.
pub(super) fn note(actor: &Actor, tx: &mut Tx, draw: &mut Draw, before: &Head, reference: &str) -> Result<()> {
    let happened = Happened {
        report: before.id,
        agency: None,
        verb: Verb::Collection,
        kind: "report.sent_again",
        audience: Audience::Resident,
        facts: json!({ "as": reference }),
        words: None,
    };
    write(actor, tx, draw, happened)?;
    Ok(())
}
