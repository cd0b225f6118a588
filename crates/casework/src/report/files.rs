//! Photos and other files of a report. The bytes lie with custody; here is who may add, see, hide and black out.

use super::{
    acts::{On, Parts, held, parts, relation},
    entry::{Happened, write},
    follow,
    reopening::{self, Reopening},
};
use crate::{Draw, Error, Refusal, Result, Setting, attempt, codes, words};
use catalogue::{Answer, Answers, Kind, Question, Service};
use rights::{Actor, Group, Groups, NotFound, Right};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, btree_map::Entry};
use store::{
    Look, Tx,
    answer::Part,
    casefile::{self, Casefile},
    held::{self as row, Giver, Held, Place, Scan, Unclaimed},
    journal::{Audience, Verb},
    rendition::{self, Rendition},
    report::{self, Head},
    sub_case,
};
use uuid::Uuid;

/// How long a file waits to be claimed, in seconds (house.md §8.3).
pub const WAITS_SECONDS: i64 = 24 * 60 * 60;
/// Files that one attempt may hold, those taken away again among them.
const MOST_HELD: usize = 60;
/// Files that one report may have.
const MOST_ADDED: usize = 200;

/// A file as custody took it in: what it is, and the pictures made from it.
pub type File = (Held, Vec<Rendition>);

/// A file that answers a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub id: Uuid,
    pub question: String,
    pub part: Part,
    pub ordinal: i64,
}

/// Who holds the files that are about to be claimed.
#[derive(Clone, Debug)]
pub enum Holder {
    /// The attempt of this token.
    Attempt(String),
    /// A program: each file has a token of its own.
    Each(BTreeMap<Uuid, String>),
    /// There are none.
    Nobody,
}

impl Holder {
    fn hash(&self, id: Uuid) -> Option<Vec<u8>> {
        match self {
            Holder::Attempt(token) => Some(codes::hash_token(token)),
            Holder::Each(tokens) => tokens.get(&id).map(|token| codes::hash_token(token)),
            Holder::Nobody => None,
        }
    }
}

/// The files among the answers, in the order of the questions.
pub(super) fn wanted(service: &Service, answers: &Answers) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for question in &service.questions {
        let (Kind::Photo { .. } | Kind::File { .. }, Some(Answer::Files(ids))) =
            (&question.kind, answers.get(&question.id))
        else {
            continue;
        };
        let part = super::answers::part_of(question);
        wanted.extend(ids.iter().enumerate().map(|(ordinal, id)| Wanted {
            id: id.parse().unwrap_or_default(),
            question: question.id.clone(),
            part,
            ordinal: ordinal as i64,
        }));
    }
    wanted
}

/// What the entry of a report says of its files. One that is not there any more is [`Refusal::FileGone`].
pub(super) fn facts(tx: &mut Tx, holder: &Holder, wanted: &[Wanted]) -> Result<Vec<Json>> {
    let mut facts = Vec::new();
    // Those of an attempt are read once, however many it holds.
    let mut waiting: BTreeMap<Vec<u8>, Vec<Held>> = BTreeMap::new();
    for one in wanted {
        let all = match waiting.entry(holder.hash(one.id).ok_or(Refusal::FileGone)?) {
            Entry::Occupied(read) => read.into_mut(),
            Entry::Vacant(unread) => {
                let all = row::of_attempt(tx, unread.key())?;
                unread.insert(all)
            }
        };
        let held = all.iter().find(|held| held.id == one.id).ok_or(Refusal::FileGone)?;
        let made = rendition::of(tx, held.id, held.version)?;
        facts.push(fact(held, &one.question, &made));
    }
    Ok(facts)
}

pub(super) fn fact(held: &Held, question: &str, renditions: &[Rendition]) -> Json {
    json!({
        "id": held.id,
        "question": question,
        "media": held.media,
        "size": held.size,
        "sha256": data_encoding::HEXLOWER.encode(&held.sha256),
        "made": made(renditions),
    })
}

/// Pictures as an entry records them.
fn made(renditions: &[Rendition]) -> Json {
    let one =
        |made: &Rendition| json!({ "longest": made.longest, "sha256": data_encoding::HEXLOWER.encode(&made.sha256) });
    renditions.iter().map(one).collect()
}

/// Makes them the report's.
pub(super) fn claim(tx: &mut Tx, holder: &Holder, wanted: &[Wanted], report: Uuid, entry: Uuid) -> Result<()> {
    for one in wanted {
        let hash = holder.hash(one.id).ok_or(Refusal::FileGone)?;
        let place = Place { report, entry, question: &one.question, part: one.part, ordinal: one.ordinal };
        row::claim(tx, &hash, one.id, &place).map_err(|error| match error {
            store::Error::Stale => Refusal::FileGone.into(),
            other => Error::from(other),
        })?;
    }
    Ok(())
}

/// Binds a file to an attempt that is under way.
pub fn hold(tx: &mut Tx, draw: &Draw, token: &str, file: &File) -> Result<()> {
    let found = attempt::find(tx, token, draw.now())?.ok_or(NotFound)?;
    if found.report.is_some() {
        return Err(Refusal::AlreadyDone.into());
    }
    if row::of_attempt(tx, &codes::hash_token(token))?.len() >= MOST_HELD {
        return Err(Refusal::TooManyFiles.into());
    }
    hold_alone(tx, draw, token, file)
}

/// Binds a file to a token of its own: whoever has it may claim the file.
pub fn hold_alone(tx: &mut Tx, draw: &Draw, token: &str, (held, renditions): &File) -> Result<()> {
    let until = Unclaimed { attempt: codes::hash_token(token), expires_at: draw.now().plus_seconds(WAITS_SECONDS) };
    row::hold(tx, held, &until)?;
    Ok(rendition::keep(tx, renditions)?)
}

/// What this token may claim.
pub fn waiting(tx: &mut Tx, token: &str) -> Result<Vec<Held>> {
    Ok(row::of_attempt(tx, &codes::hash_token(token))?)
}

/// Nobody is shown a file before it was searched for malware, where that is done (P-20).
pub fn may_be_shown(held: &Held) -> bool {
    matches!(held.scan, Scan::None | Scan::Clean)
}

/// The reporter's files, those that staff hid left out.
pub fn own(actor: &Actor, tx: &mut Tx) -> Result<Vec<Held>> {
    Ok(all_own(actor, tx)?.into_iter().filter(|held| held.hidden_at.is_none()).collect())
}

fn all_own(actor: &Actor, tx: &mut Tx) -> Result<Vec<Held>> {
    let id = follow::mine(actor, Right::FollowShort)?;
    let whole = follow::mine(actor, Right::FollowOwn).is_ok();
    Ok(if whole { row::own(actor, tx, id)? } else { row::given(actor, tx, id)? })
}

/// One of them, to be looked at.
pub fn one_own(actor: &Actor, tx: &mut Tx, file: Uuid) -> Result<Held> {
    let found = own(actor, tx)?.into_iter().find(|held| held.id == file && may_be_shown(held));
    Ok(found.ok_or(NotFound)?)
}

/// Questions that a file which comes later may answer, where one of them is evidence: that has a right of its own, so the
/// reporter says which it is (C-17).
pub fn asked(setting: &Setting, head: &Head) -> Vec<Question> {
    let Some(service) = setting.definition(&head.definition) else { return Vec::new() };
    let of_files = |question: &&Question| matches!(question.kind, Kind::Photo { .. } | Kind::File { .. });
    let asked: Vec<Question> = service.questions.iter().filter(of_files).cloned().collect();
    if asked.iter().any(|question| question.evidence) { asked } else { Vec::new() }
}

/// A reporter adds a file to what they sent, and may say which question it answers. It opens a closed report again, as words do.
pub fn add_own(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    question: Option<&str>,
    (held, renditions): &File,
) -> Result<()> {
    let id = follow::mine(actor, Right::AddWords)?;
    let head = report::by_id(tx, id)?;
    let asked = asked(setting, &head);
    let part = match question {
        Some(id) => super::answers::part_of(asked.iter().find(|question| question.id == id).ok_or(NotFound)?),
        // A page that tells little asks little: where it could be evidence it is kept as that.
        None if head.short_view && !asked.is_empty() => Part::Evidence,
        None => Part::Personal,
    };
    if all_own(actor, tx)?.len() >= most_added(tx, setting, id)? {
        return Err(Refusal::TooManyFiles.into());
    }
    // Once the days are over in which it can be opened again, nothing opens it (C-49).
    if reopening::stands(setting, &sub_case::of_report(tx, id)?, draw.now()) == Reopening::Over {
        return Err(Refusal::Ended.into());
    }
    follow::wake(actor, tx, setting, draw, id)?;
    let held = Held { report: Some(id), giver: Giver::Reporter, part, ..held.clone() };
    let entry = added(actor, tx, draw, &held, renditions, (None, question.unwrap_or_default()))?;
    row::add(actor, tx, &held, entry)?;
    Ok(rendition::keep(tx, renditions)?)
}

/// What an agency allows its cases (C-25), the least of them; any other report has the guard alone.
fn most_added(tx: &mut Tx, setting: &Setting, report: Uuid) -> Result<usize> {
    let cases = casefile::of_report(tx, report)?;
    let allowed = cases.iter().filter_map(|case| Some(setting.cases(&case.agency)?.files as usize));
    Ok(allowed.min().map_or(MOST_ADDED, |files| files.min(MOST_ADDED)))
}

fn added(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    held: &Held,
    renditions: &[Rendition],
    (agency, question): (Option<&str>, &str),
) -> Result<Uuid> {
    let happened = Happened {
        report: held.report.ok_or(NotFound)?,
        agency,
        verb: Verb::Collection,
        kind: "file.added",
        audience: held.audience,
        facts: json!({ "files": [fact(held, question, renditions)] }),
        words: None,
    };
    write(actor, tx, draw, happened)
}

/// Staff add a file, for the resident too or for their own agency alone.
pub fn add(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On, file: &File, to_resident: bool) -> Result<()> {
    let on = held(actor, tx, Right::AddFile, on)?;
    let (held, renditions) = file;
    let audience = if to_resident { Audience::Resident } else { Audience::Agency };
    let agency = Some(on.case.agency.clone());
    let held =
        Held { report: Some(on.head.id), giver: Giver::Staff, agency, audience, part: Part::Plain, ..held.clone() };
    let entry = added(actor, tx, draw, &held, renditions, (Some(&on.case.agency), ""))?;
    row::add(actor, tx, &held, entry)?;
    Ok(rendition::keep(tx, renditions)?)
}

/// What the entry of a visit says of its files.
pub(crate) fn facts_of(files: &[File]) -> Json {
    files.iter().map(|(held, renditions)| fact(held, "", renditions)).collect()
}

/// Files of a visit, which the entry of its log records.
pub(crate) fn keep_of_visit(actor: &Actor, tx: &mut Tx, case: &Casefile, entry: Uuid, files: &[File]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let head = report::by_reference(tx, &case.reference)?.ok_or(NotFound)?;
    let (relation, _) = relation(actor, tx, &case.agency, &head)?;
    rights::allow(actor, Right::AddFile, relation)?;
    for (held, renditions) in files {
        let (giver, agency) = (Giver::Staff, Some(case.agency.clone()));
        let (audience, part, report) = (Audience::Agency, Part::Evidence, Some(head.id));
        row::add(actor, tx, &Held { report, giver, agency, audience, part, ..held.clone() }, entry)?;
        rendition::keep(tx, renditions)?;
    }
    Ok(())
}

/// The parts of a report's answers that go with these groups of the view table.
pub(super) fn parts_of(groups: &Groups) -> Vec<Part> {
    let all = [
        (Part::Plain, Group::Account),
        (Part::Personal, Group::Account),
        (Part::Place, Group::Place),
        (Part::Special, Group::Restricted),
        (Part::Restricted, Group::Restricted),
        (Part::Evidence, Group::Evidence),
    ];
    all.into_iter().filter(|(_, group)| groups.contains(group)).map(|(part, _)| part).collect()
}

/// A report's files as one member of staff may see them.
#[derive(Clone, Debug)]
pub struct Filed {
    pub reference: String,
    pub sensitive: bool,
    /// The version of the actor's own part, for acts.
    pub version: i64,
    pub files: Vec<Held>,
    pub may_add: bool,
    pub may_redact: bool,
}

pub fn filed(actor: &Actor, look: &mut Look, reference: &str) -> Result<Filed> {
    rights::hold(actor, Right::SeeReport)?;
    let agency = actor.agency().ok_or(NotFound)?.to_owned();
    let head = report::by_reference(look.tx, reference)?.ok_or(NotFound)?;
    let Parts { relation, mine, .. } = parts(actor, look.tx, &agency, &head)?;
    rights::allow(actor, Right::SeeReport, relation)?;
    let shared = mine.as_ref().and_then(|case| serde_json::from_value(case.shared.clone()).ok()).unwrap_or_default();
    let seen = parts_of(&rights::groups_seen(actor, relation, &shared));
    let may = |right| rights::allow(actor, right, relation).is_ok();
    let may_redact = may(Right::RedactFile);
    let mut files = row::for_staff(actor, look, head.id, &seen)?;
    files.retain(|held| held.hidden_at.is_none() || may_redact);
    Ok(Filed {
        reference: head.reference,
        sensitive: head.sensitive,
        version: mine.map_or(0, |case| case.version),
        files,
        may_add: may(Right::AddFile),
        may_redact,
    })
}

/// One of them; the page says more of it, its bytes may only be shown where [`may_be_shown`].
pub fn one(actor: &Actor, look: &mut Look, reference: &str, file: Uuid) -> Result<(Filed, Held, Vec<Rendition>)> {
    let mut filed = filed(actor, look, reference)?;
    let at = filed.files.iter().position(|held| held.id == file).ok_or(NotFound)?;
    let held = filed.files.swap_remove(at);
    let renditions = rendition::of(look.tx, held.id, held.version)?;
    Ok((filed, held, renditions))
}

/// A file of a report that its holder works, for an act on it.
fn of_report(actor: &Actor, tx: &mut Tx, on: On, file: Uuid) -> Result<(super::acts::Held, Held)> {
    let on = held(actor, tx, Right::RedactFile, on)?;
    let (relation, case) = relation(actor, tx, &on.case.agency, &on.head)?;
    let shared = case.and_then(|case| serde_json::from_value(case.shared).ok()).unwrap_or_default();
    let seen = parts_of(&rights::groups_seen(actor, relation, &shared));
    let found = row::for_act(actor, tx, on.head.id, file)?.filter(|held| seen.contains(&held.part)).ok_or(NotFound)?;
    Ok((on, found))
}

/// Hides a file, or shows it again, and says why.
pub fn hide(actor: &Actor, tx: &mut Tx, draw: &mut Draw, on: On, file: Uuid, hide: bool, why: &str) -> Result<()> {
    let (on, found) = of_report(actor, tx, on, file)?;
    let why = words::read(why)?;
    row::hide(actor, tx, found.id, hide.then(|| draw.now())).map_err(done_before)?;
    let kind = if hide { "file.hidden" } else { "file.shown" };
    acted(actor, tx, draw, &on, kind, json!({ "file": found.id }), &why)
}

/// Shows a version with parts blacked out from now on. Every version before it is kept.
pub fn redact(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    on: On,
    (file, from): (Uuid, i64),
    (patches, renditions): (&Json, &[Rendition]),
    why: &str,
) -> Result<()> {
    let (on, found) = of_report(actor, tx, on, file)?;
    let why = words::read(why)?;
    row::redact(actor, tx, found.id, from, renditions)?;
    let facts = json!({ "file": found.id, "version": renditions.first().map(|made| made.version), "patches": patches, "made": made(renditions) });
    acted(actor, tx, draw, &on, "file.redacted", facts, &why)
}

fn acted(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    on: &super::acts::Held,
    kind: &'static str,
    facts: Json,
    why: &str,
) -> Result<()> {
    let happened = Happened {
        report: on.head.id,
        agency: Some(&on.case.agency),
        verb: Verb::Alteration,
        kind,
        audience: Audience::Agency,
        facts,
        words: Some(why),
    };
    write(actor, tx, draw, happened)?;
    Ok(())
}

fn done_before(error: store::Error) -> Error {
    match error {
        store::Error::Stale => Refusal::AlreadyDone.into(),
        other => other.into(),
    }
}
