//! Whether it is fixed: asked once of whoever sent a public report, some weeks after (C-51). The link of the mail opens a page, and
//! a button answers. "Not fixed" is an update like any other: it reaches the agency and its back office.

use super::{
    acts::{self, Held},
    ban,
    entry::{Happened, write},
    fixed,
    follow::wake,
    hook, mark, office,
    reopening::{self, Reopening},
    tell::{self, Message},
};
use crate::{Draw, Refusal, Result, Setting, access, codes, words};
use catalogue::Notice;
use rights::{Actor, NotFound};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx, contact,
    journal::{Audience, Verb},
    publication::{self, Publication, Shown, Stand},
    questionnaire::{self, Answer, Questionnaire},
    report::{self, Head, Tracking},
    sub_case::{self, Core, SubCase},
};
use uuid::Uuid;

const HOUSE: Actor = Actor::House("questionnaire");
const DAY_HOURS: i64 = 24;

/// Begins with a public report, where its agency asks about such.
pub(super) fn begin(tx: &mut Tx, setting: &Setting, now: Time, head: &Head, agency: &str) -> Result<()> {
    // A code alone opens no more than the stage: its holder cannot answer for the report.
    if let Some(days) = setting.ask_after_days(agency, &head.service).filter(|_| head.tracking == Tracking::Link) {
        questionnaire::insert(tx, head.id, now.plus_hours(days * DAY_HOURS))?;
    }
    Ok(())
}

/// Asks those whose day has come, at most so many, and says how many there were.
pub fn tick(tx: &mut Tx, setting: &Setting, draw: &mut Draw, most: i64) -> Result<usize> {
    let due = questionnaire::due(&HOUSE, tx, draw.now(), most)?;
    for (report, due_at) in &due {
        ask(tx, setting, draw, (*report, *due_at))?;
    }
    Ok(due.len())
}

fn ask(tx: &mut Tx, setting: &Setting, draw: &mut Draw, (report, due_at): (Uuid, Time)) -> Result<()> {
    let head = report::by_id(tx, report)?;
    let row = publication::of_report(&HOUSE, tx, report)?;
    let rules = row.as_ref().and_then(|row| setting.questionnaire(&row.agency));
    let (Some(row), Some(rules)) = (row.as_ref(), rules) else { return Ok(questionnaire::leave(&HOUSE, tx, report)?) };
    let lives = i64::from(rules.answer_days) * DAY_HOURS;
    // A house that stood still for long asks about nothing that is long past.
    let is_late = due_at.plus_hours(lives) < draw.now();
    if is_late || !may_be_asked(tx, setting, draw.now(), &head, row)? {
        return Ok(questionnaire::leave(&HOUSE, tx, report)?);
    }
    let link = draw.id();
    let token = codes::hash_token(&setting.keys.link_token(link));
    questionnaire::ask(&HOUSE, tx, report, &token, draw.now().plus_hours(lives))?;
    let told = ("questionnaire.sent", Verb::Disclosure, Audience::Agency);
    let entry = enter(&HOUSE, tx, draw, (report, Some(&row.agency)), told, json!({}), None)?;
    tell::resident(tx, setting, draw, &head, &row.agency, entry, Message::Questionnaire { link })?;
    Ok(())
}

/// Not about what is private, hidden, withdrawn or closed without being fixed; nobody who does not want it, who is on the agency's
/// list, who has said that it is fixed, or to whom no mail may go.
fn may_be_asked(tx: &mut Tx, setting: &Setting, now: Time, head: &Head, row: &Publication) -> Result<bool> {
    let service = setting.definition(&head.definition);
    let is_open = service.is_some_and(|service| service.public && !service.sensitive && !service.neutral_mail);
    if !is_open || head.sensitive || head.withdrawn_at.is_some() || row.shown != Shown::Public {
        return Ok(false);
    }
    if setting.ask_after_days(&row.agency, &head.service).is_none() {
        return Ok(false);
    }
    let by_word = |case: &SubCase| {
        let theirs = setting.fixed_by_reporter(&case.agency).map(|outcome| &outcome.id);
        case.outcome.is_some() && case.outcome.as_ref() == theirs
    };
    let said_so = sub_case::of_report(tx, head.id)?.iter().any(by_word);
    if row.stand == Stand::Closed || said_so {
        return Ok(false);
    }
    let Some(person) = contact::own(&HOUSE, tx, head.id)? else { return Ok(false) };
    let Some(email) = &person.email else { return Ok(false) };
    if questionnaire::refuses(tx, &setting.keys.reporter(email))?
        || ban::shuts_out(tx, &row.agency, Some(&person), now)?
    {
        return Ok(false);
    }
    tell::goes(tx, setting, now, (head, &row.agency), Notice::Questionnaire)
}

fn enter(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    (report, agency): (Uuid, Option<&str>),
    (kind, verb, audience): (&'static str, Verb, Audience),
    facts: Json,
    words: Option<&str>,
) -> Result<Uuid> {
    write(actor, tx, draw, Happened { report, agency, verb, kind, audience, facts, words })
}

/// What the page behind the link says.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub title: String,
    pub place: String,
    pub agency_name: String,
    /// Its public page, by this reference; none where it is shown to nobody now.
    pub public: Option<String>,
    pub answer: Option<Answer>,
    pub sent_at: Time,
    /// They do not want to be asked about others.
    pub refuses: bool,
}

/// Who holds a link, and of which report.
struct Holder {
    kept: Questionnaire,
    head: Head,
    row: Publication,
}

fn holder(tx: &mut Tx, token: &str, now: Time) -> Result<Option<Holder>> {
    let Some(kept) = questionnaire::by_token(tx, &codes::hash_token(token), now)? else { return Ok(None) };
    let head = report::by_id(tx, kept.report)?;
    let Some(row) = publication::of_report(&HOUSE, tx, kept.report)? else { return Ok(None) };
    Ok(Some(Holder { kept, head, row }))
}

/// Nothing where the link does not work any more.
pub fn asked(tx: &mut Tx, setting: &Setting, token: &str, now: Time) -> Result<Option<Asked>> {
    let Some(Holder { kept, head, row }) = holder(tx, token, now)? else { return Ok(None) };
    if kept.answer.is_none() && head.withdrawn_at.is_some() {
        return Ok(None);
    }
    let mark = own_mark(tx, setting, head.id)?;
    Ok(Some(Asked {
        title: setting.service_title(&head),
        agency_name: setting.agency_name(&row.agency),
        public: (row.shown == Shown::Public).then_some(row.reference),
        place: row.place,
        answer: kept.answer,
        sent_at: head.first_received_at,
        refuses: match mark {
            Some(mark) => questionnaire::refuses(tx, &mark)?,
            None => false,
        },
    }))
}

fn own_mark(tx: &mut Tx, setting: &Setting, report: Uuid) -> Result<Option<Vec<u8>>> {
    let email = contact::own(&HOUSE, tx, report)?.and_then(|person| person.email);
    Ok(email.map(|email| setting.keys.reporter(&email).to_vec()))
}

/// The button was pressed. A second press finds what the first one did.
pub fn answer(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    token: &str,
    (said, typed): (Answer, &str),
) -> Result<()> {
    let Holder { head, row, .. } = holder(tx, token, draw.now())?.ok_or(NotFound)?;
    let words = match typed.trim() {
        "" => None,
        _ => Some(words::read(typed)?),
    };
    if !questionnaire::answer(tx, &codes::hash_token(token), said, draw.now())? {
        return Ok(());
    }
    if head.withdrawn_at.is_some() {
        return Err(Refusal::Ended.into());
    }
    // The mail went to the address of the report, as its private link does.
    let actor = access::opened(&head);
    let cases = sub_case::of_report(tx, head.id)?;
    let ended = cases.iter().all(|case| case.core.ended());
    let mut facts = json!({ "answer": said.name() });
    if ended && said == Answer::Still {
        facts["reopened"] = json!(true);
    }
    match said {
        Answer::Fixed if fixed::may(setting, &cases) => {
            return end(&actor, tx, setting, draw, cases, words.as_deref());
        }
        // It counts as their word, and staff end it.
        Answer::Fixed => claim(tx, &row.agency, cases)?,
        Answer::Still if reopening::stands(setting, &cases, draw.now()) == Reopening::Over => {
            return Err(Refusal::Ended.into());
        }
        Answer::Gone if ended => {}
        Answer::Still | Answer::Gone => wake(&actor, tx, setting, draw, head.id)?.1.note(&mut facts),
    }
    let told = ("questionnaire.answered", Verb::Collection, Audience::Resident);
    let entry = enter(&actor, tx, draw, (head.id, None), told, facts, words.as_deref())?;
    for case in sub_case::of_report(tx, head.id)?.iter().filter(|case| case.core != Core::WithOtherAgency) {
        hook::report(tx, setting, draw, (hook::Event::MessageAdded, entry), &case.agency, &head, None)?;
        office::tell(&actor, tx, setting, draw, (entry, &case.agency, &head))?;
    }
    Ok(())
}

/// Their word ends it, as it does on the page of their report (C-48).
fn end(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    cases: Vec<SubCase>,
    words: Option<&str>,
) -> Result<()> {
    for case in cases.into_iter().filter(|case| !case.core.ended()) {
        let Some(outcome) = setting.fixed_by_reporter(&case.agency) else { continue };
        let mut held = Held { head: report::by_id(tx, case.report)?, case };
        let more = json!({ "by": "reporter", "asked": true });
        let told = (outcome.sentence.as_str(), words.unwrap_or_default(), more);
        acts::closed(actor, tx, setting, draw, &mut held, outcome, told)?;
    }
    Ok(())
}

fn claim(tx: &mut Tx, agency: &str, cases: Vec<SubCase>) -> Result<()> {
    for mut case in cases.into_iter().filter(|case| case.agency == agency && !case.core.ended()) {
        mark::raise(&mut case, mark::SAID_FIXED);
        sub_case::mark(&HOUSE, tx, &case)?;
    }
    Ok(())
}

/// Whoever holds the link does not want to be asked about any report, or may be asked again. Twice is once.
pub fn prefer(tx: &mut Tx, setting: &Setting, draw: &mut Draw, token: &str, asks: bool) -> Result<()> {
    let Holder { head, row, .. } = holder(tx, token, draw.now())?.ok_or(NotFound)?;
    let mark = own_mark(tx, setting, head.id)?.ok_or(NotFound)?;
    let (is_new, kind) = match asks {
        true => (questionnaire::allow(tx, &mark)?, "questionnaire.allowed"),
        false => (questionnaire::refuse(tx, &mark, draw.now())?, "questionnaire.refused"),
    };
    if is_new {
        let told = (kind, Verb::Alteration, Audience::Audit);
        enter(&access::opened(&head), tx, draw, (head.id, Some(&row.agency)), told, json!({}), None)?;
    }
    Ok(())
}
