//! What a template says in one report: chosen by staff, or by itself as a state or a code changes. The words go the way of all
//! words to a resident, and the gate decides about the mail.

use super::{
    fill::{About, date, filled},
    fit::{At, best},
};
use crate::{Draw, Refusal, Result, Setting, codes, words};
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx, journal,
    report::Head,
    template::{self, Moment, Template},
};
use uuid::Uuid;

/// What staff typed, and the template it began as.
#[derive(Clone, Copy, Debug, Default)]
pub struct Typed<'a> {
    pub words: &'a str,
    pub template: Option<Uuid>,
    /// Where the report is one for everybody, everybody may read them too (C-65, C-67).
    pub everybody: bool,
}

impl<'a> From<&'a str> for Typed<'a> {
    fn from(words: &'a str) -> Typed<'a> {
        Typed { words, ..Typed::default() }
    }
}

impl<'a> From<&'a String> for Typed<'a> {
    fn from(words: &'a String) -> Typed<'a> {
        Typed { words, ..Typed::default() }
    }
}

fn fill(setting: &Setting, head: &Head, now: Time, outside: &str, text: &str) -> String {
    let about = About {
        reference: &codes::show_reference(&head.reference),
        service: &setting.service_title(head),
        date: &date(now),
        outside,
    };
    filled(text, &about)
}

/// Templates that fit a report of the service, for a colleague to choose from, filled in: each with the words of its resident as
/// they would be said.
pub fn of_report(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    (head, outside, now): (&Head, &str, Time),
) -> Result<Vec<(Template, String)>> {
    rights::hold(actor, Right::SeeReport)?;
    let all = template::in_force(tx, actor.agency().ok_or(NotFound)?)?;
    let fits = |one: &Template| one.active && (one.service.is_empty() || one.service == head.service);
    let said = |mut one: Template| {
        let words = fill(setting, head, now, outside, &one.words);
        one.everybody = fill(setting, head, now, "", &one.everybody);
        (one, words)
    };
    Ok(all.into_iter().filter(fits).map(said).collect())
}

/// What is said in one report.
pub(crate) struct Said {
    /// What its resident reads.
    pub words: String,
    /// The first so many letters of it are for everybody: a template's own, which were looked at as it was saved.
    pub open: usize,
    /// The version that spoke.
    pub template: Option<Uuid>,
}

impl Said {
    /// What the entry says of the template.
    pub fn facts(&self) -> Json {
        self.template.map_or(json!({}), |id| json!({ "template": id }))
    }

    /// What a template says to everybody stands first; then what was typed, or what it says to the resident.
    fn by(one: &Template, open: &str, words: String) -> Result<Said> {
        let template = Some(one.id);
        Ok(match words::read(open) {
            Ok(open) => {
                let letters = open.chars().count();
                Said { words: words::read(&format!("{open}\n\n{words}"))?, open: letters, template }
            }
            Err(_) => Said { words, open: 0, template },
        })
    }
}

/// The words of an act as they are kept. Where nothing was typed, the template that was chosen speaks, else the one that fits by
/// itself.
pub(crate) fn said(
    tx: &mut Tx,
    setting: &Setting,
    draw: &Draw,
    (head, agency): (&Head, &str),
    (moment, state): (Moment, &str),
    typed: Typed,
) -> Result<Said> {
    let open = |one: &Template| fill(setting, head, draw.now(), "", &one.everybody);
    let chosen = match typed.template {
        Some(line) => template::one(tx, agency, line)?.filter(|one| one.active),
        None => None,
    };
    match words::read(typed.words) {
        Ok(words) => match chosen {
            Some(one) => Said::by(&one, &open(&one), words),
            None => Ok(Said { words, open: 0, template: None }),
        },
        Err(Refusal::WordsNeeded) => {
            let fitting = template::automatic(tx, agency, moment)?;
            let at = At { service: &head.service, moment, state, code: None };
            let one = chosen.as_ref().or_else(|| best(&fitting, at)).ok_or(Refusal::WordsNeeded)?;
            let words = words::read(&fill(setting, head, draw.now(), "", &one.words))?;
            Said::by(one, &open(one), words)
        }
        Err(other) => Err(other.into()),
    }
}

/// What is said when an outside system changes a state or its code: the template that fits, with the system's own words in their
/// place; else those words.
pub(crate) fn heard(
    tx: &mut Tx,
    setting: &Setting,
    now: Time,
    (head, agency): (&Head, &str),
    (moment, state, code): (Moment, &str, Option<&str>),
    outside: &str,
) -> Result<Option<Said>> {
    let mut fitting = template::automatic(tx, agency, Moment::Any)?;
    if moment != Moment::Any {
        fitting.extend(template::automatic(tx, agency, moment)?);
    }
    let Some(one) = best(&fitting, At { service: &head.service, moment, state, code }) else { return Ok(None) };
    let Ok(words) = words::read(&fill(setting, head, now, outside, &one.words)) else { return Ok(None) };
    Ok(Some(Said::by(one, &fill(setting, head, now, "", &one.everybody), words)?))
}

/// What an agency says by itself of a report that has just come in, where it says anything.
pub(crate) fn first(
    tx: &mut Tx,
    setting: &Setting,
    now: Time,
    (head, agency): (&Head, &str),
) -> Result<Option<(String, Template)>> {
    let fitting = template::automatic(tx, agency, Moment::Filed)?;
    let at = At { service: &head.service, moment: Moment::Filed, state: "", code: None };
    let Some(one) = best(&fitting, at) else { return Ok(None) };
    Ok(words::read(&fill(setting, head, now, "", &one.words)).ok().map(|words| (words, one.clone())))
}

/// What the mail of an entry says beside its link, by the template that the entry names.
pub(crate) fn mail(tx: &mut Tx, setting: &Setting, now: Time, head: &Head, facts: &Json) -> Result<Option<String>> {
    let Some(id) = facts["template"].as_str().and_then(|id| Uuid::parse_str(id).ok()) else { return Ok(None) };
    let Some(one) = template::version(tx, id)? else { return Ok(None) };
    Ok(Some(fill(setting, head, now, "", &one.mail)).filter(|mail| !mail.is_empty()))
}

/// The newest words of an outside system in a thread.
pub(crate) fn outside_said(entries: &[journal::Entry]) -> String {
    let of_system = |entry: &&journal::Entry| entry.facts["update_id"].is_string();
    let content = entries.iter().rfind(of_system).and_then(|entry| entry.content.as_ref());
    content.and_then(|content| content["words"].as_str()).unwrap_or_default().to_owned()
}
