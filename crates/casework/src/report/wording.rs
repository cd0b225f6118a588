//! The public words and photos of a report, changed: by its reporter until an agency has acted (C-50), by staff with a reason at any
//! time (C-53). Each version is an entry; the first stands in the answers, which nobody changes.

use super::{
    acts::{On, held, relation},
    entry::{Happened, write},
    follow::mine,
    tell::{self, Message},
};
use crate::{Draw, Refusal, Result, Setting, words};
use catalogue::{Answer, Answers};
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use store::{
    Look, Tx,
    journal::{Audience, Verb},
    publication::{self, Publication, Shown},
    report, sub_case,
    wording::{self, Wording},
};
use uuid::Uuid;

/// Letters of one answer.
const MOST: usize = 1000;

/// What may be changed, as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    pub version: i64,
    /// Somebody's own words, by question.
    pub texts: Vec<Text>,
    /// Ids of photos that everybody may see.
    pub photos: Vec<Uuid>,
    /// Everybody can read it now.
    pub public: bool,
    /// Staff hid it.
    pub hidden: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    pub question: String,
    pub label: String,
    pub text: String,
}

/// What somebody wants it to be: texts by question, and the photos that go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    pub version: i64,
    pub texts: Vec<(String, String)>,
    pub without: Vec<Uuid>,
}

fn texts(setting: &Setting, row: &Publication) -> Vec<Text> {
    let Some(service) = setting.definition(&row.definition) else { return Vec::new() };
    let Ok(answers) = Answers::from_json(&service, &row.body) else { return Vec::new() };
    let questions = service.questions.iter();
    let text = |question: &catalogue::Question| match answers.get(&question.id) {
        Some(Answer::Text(text)) => Some(Text {
            question: question.id.clone(),
            label: service.words.short(&question.id).to_owned(),
            text: text.clone(),
        }),
        _ => None,
    };
    questions.filter_map(text).collect()
}

fn photos(row: &Publication) -> Vec<Uuid> {
    let ids: Vec<String> = serde_json::from_value(row.photos.clone()).unwrap_or_default();
    ids.iter().filter_map(|id| id.parse().ok()).collect()
}

fn words_of(setting: &Setting, row: &Publication, version: i64) -> Words {
    Words {
        version,
        texts: texts(setting, row),
        photos: photos(row),
        public: row.shown == Shown::Public,
        hidden: row.shown == Shown::Hidden,
    }
}

/// The reporter's own, and whether they may still change it: nobody has acted on it.
pub fn own(actor: &Actor, tx: &mut Tx, setting: &Setting) -> Result<(Words, bool)> {
    let id = mine(actor, Right::CorrectOwn)?;
    let row = publication::of_report(actor, tx, id)?.ok_or(NotFound)?;
    let version = wording::version(actor, tx, id)?.ok_or(NotFound)?;
    let cases = sub_case::of_report(tx, id)?;
    let untouched = cases.iter().all(|case| case.acknowledged_at.is_none() && !case.core.ended());
    Ok((words_of(setting, &row, version), untouched))
}

/// The same for staff of the agency that leads.
pub fn for_staff(actor: &Actor, look: &mut Look, setting: &Setting, reference: &str) -> Result<(i64, Words)> {
    rights::hold(actor, Right::Moderate)?;
    let agency = actor.agency().ok_or(NotFound)?;
    let head = report::by_reference(look.tx, reference)?.ok_or(NotFound)?;
    let (relation, case) = relation(actor, look.tx, agency, &head)?;
    rights::allow(actor, Right::Moderate, relation)?;
    let row = publication::of_report(actor, look.tx, head.id)?.filter(|row| row.agency == agency).ok_or(NotFound)?;
    let version = wording::version(actor, look.tx, head.id)?.ok_or(NotFound)?;
    look.shows(head.id, "publication");
    Ok((case.map_or(0, |case| case.version), words_of(setting, &row, version)))
}

/// What it comes to: the new words, and the same as an entry keeps them. Only what is there can be changed, and an empty text goes.
fn made(setting: &Setting, row: &Publication, change: &Change) -> Result<(Wording, String, usize)> {
    let (mut body, mut said) = (row.body.clone(), Vec::new());
    let before = texts(setting, row);
    for text in &before {
        let typed = change.texts.iter().find(|(question, _)| *question == text.question);
        let now = match typed.map(|(_, typed)| typed.trim()) {
            None => text.text.clone(),
            Some("") => String::new(),
            Some(typed) if typed.chars().count() > MOST => return Err(Refusal::WordsTooLong.into()),
            Some(typed) => words::read(typed)?,
        };
        if now.is_empty() {
            if let Some(body) = body.as_object_mut() {
                body.remove(&text.question);
            }
            said.push(format!("{}: –", text.label));
        } else {
            said.push(format!("{}: {now}", text.label));
            body[&text.question] = json!(now);
        }
    }
    let kept: Vec<String> = photos(row).iter().filter(|id| !change.without.contains(id)).map(Uuid::to_string).collect();
    let gone = photos(row).len() - kept.len();
    if body == row.body && gone == 0 {
        return Err(Refusal::AlreadyDone.into());
    }
    Ok((Wording { body, photos: json!(kept), doubtful: false }, said.join("\n\n"), gone))
}

/// Somebody's own words may say who somebody is, or hold a listed word: a person decides.
fn doubtful(setting: &Setting, row: &Publication, to: &Wording) -> bool {
    let Some(service) = setting.definition(&row.definition) else { return true };
    let Ok(answers) = Answers::from_json(&service, &to.body) else { return true };
    catalogue::is_doubtful(&answers) || catalogue::is_listed(&answers, setting.held_words(&row.agency))
}

fn facts(change: &Change, gone: usize) -> Json {
    json!({ "version": change.version + 1, "photos_gone": gone })
}

/// The reporter corrects it. Words that want a decision take it out of public until there is one.
pub fn correct(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, change: &Change) -> Result<()> {
    let (_, untouched) = own(actor, tx, setting)?;
    if !untouched {
        return Err(Refusal::Ended.into());
    }
    let report = mine(actor, Right::CorrectOwn)?;
    let row = publication::of_report(actor, tx, report)?.ok_or(NotFound)?;
    let (mut to, said, gone) = made(setting, &row, change)?;
    // What was held for a person stays held.
    to.doubtful = row.doubtful || doubtful(setting, &row, &to);
    wording::change(actor, tx, report, change.version, &to)?;
    if to.doubtful && row.shown == Shown::Public {
        publication::set_shown(actor, tx, report, Shown::Public, Shown::Waits)?;
    }
    let happened = Happened {
        report,
        agency: None,
        verb: Verb::Alteration,
        kind: "publication.corrected",
        audience: Audience::Resident,
        facts: facts(change, gone),
        words: Some(&said).filter(|said| !said.is_empty()).map(String::as_str),
    };
    write(actor, tx, draw, happened)?;
    Ok(())
}

/// Staff change it, and say why; the reporter is told that it happened.
pub fn edit(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (change, why): (&Change, &str),
) -> Result<()> {
    let held = held(actor, tx, Right::Moderate, on)?;
    let why = words::read(why)?;
    let report = held.head.id;
    let row =
        publication::of_report(actor, tx, report)?.filter(|row| row.agency == held.case.agency).ok_or(NotFound)?;
    let (to, said, gone) = made(setting, &row, change)?;
    // A person has just read every word of it. Whether it is shown is an act of its own.
    let to = Wording { doubtful: row.doubtful && row.shown == Shown::Waits, ..to };
    wording::change(actor, tx, report, change.version, &to)?;
    let (verb, told) = (Verb::Alteration, Some(said.as_str()).filter(|said| !said.is_empty()));
    let entry =
        held.enter(actor, tx, draw, ("publication.edited", verb, Audience::Resident), facts(change, gone), told)?;
    held.enter(actor, tx, draw, ("publication.why", verb, Audience::Agency), json!({}), Some(&why))?;
    tell::resident(tx, setting, draw, &held.head, &held.case.agency, entry, Message::Update)?;
    Ok(())
}
