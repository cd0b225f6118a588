//! One act on many reports (C-69). First what would happen is said; then each report gets its own entry in a transaction of its own.
//! The form is the key: the same form once more goes on where it stopped and does nothing twice.

use super::{
    acts::{self, Held, On, To, held},
    priority, shortlist,
};
use crate::{Draw, Error, Refusal, Result, Setting, template::Typed, words};
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use store::{
    Look, Tx,
    bulk::{self, Act, Bulk, Item, State},
    report,
    sub_case::SubCase,
};
use uuid::Uuid;

/// As many as one list shows, twice over.
pub const MOST: usize = 50;

/// What is done to each.
#[derive(Clone, Debug)]
pub enum What {
    Assign(To),
    Stage {
        stage: String,
        words: String,
        /// Everybody may read them too, where the report is one that the agency shows.
        everybody: bool,
    },
    Priority(String),
    Note(String),
    /// On the actor's own list of what to go and see.
    Shortlist,
}

impl What {
    pub const fn act(&self) -> Act {
        match self {
            What::Assign(_) => Act::Assign,
            What::Stage { .. } => Act::Stage,
            What::Priority(_) => Act::Priority,
            What::Note(_) => Act::Note,
            What::Shortlist => Act::Shortlist,
        }
    }

    const fn right(&self) -> Right {
        match self {
            What::Assign(_) => Right::Assign,
            What::Stage { .. } => Right::SetStage,
            What::Priority(_) => Right::SetPriority,
            What::Note(_) => Right::Note,
            What::Shortlist => Right::KeepShortlist,
        }
    }
}

/// One report of the form, and the version of its part when what would happen was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticked {
    pub reference: String,
    pub version: i64,
}

/// What would happen to one: nothing, or why it is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    pub ticked: Ticked,
    pub why: Option<&'static str>,
}

/// Why a report is left out, as it is kept.
pub const WHYS: [(&str, &str); 6] = [
    ("gone", "It is not with your agency"),
    ("ended", "It has ended"),
    ("same", "It is so already"),
    ("changed", "Somebody changed it meanwhile"),
    ("words", "No words were given, and no template fits"),
    ("refused", "It does not fit this report"),
];

/// The word under which a refusal is kept; none where the house itself failed and it may be tried again.
pub fn why_left(error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::NotFound(_) => "gone",
        Error::Stale => "changed",
        Error::Refused(Refusal::Ended) => "ended",
        Error::Refused(Refusal::AlreadyDone) => "same",
        Error::Refused(Refusal::WordsNeeded) => "words",
        Error::Refused(_) => "refused",
        Error::Store(_) => return None,
    })
}

/// What the act would do to each of these, without doing it.
pub fn foresee(
    actor: &Actor,
    look: &mut Look,
    setting: &Setting,
    references: &[String],
    what: &What,
) -> Result<Vec<Foreseen>> {
    rights::hold(actor, what.right())?;
    let agency = actor.agency().ok_or(NotFound)?;
    let mut all: Vec<Foreseen> = Vec::new();
    for reference in references.iter().take(MOST) {
        if all.iter().any(|known| known.ticked.reference == *reference) {
            continue;
        }
        let head = report::by_reference(look.tx, reference)?;
        let part = match &head {
            Some(head) => Some(acts::relation(actor, look.tx, agency, head)?),
            None => None,
        };
        let case = match part {
            Some((relation, Some(case))) if rights::allow(actor, what.right(), relation).is_ok() => Some(case),
            _ => None,
        };
        let (version, why) = case.map_or((0, Some("gone")), |case| (case.version, hinders(setting, &case, what)));
        all.push(Foreseen { ticked: Ticked { reference: reference.clone(), version }, why });
    }
    // What is not the agency's is named to nobody: it was typed, and it is left out.
    look.lists(all.iter().filter(|one| one.why != Some("gone")).map(|one| one.ticked.reference.clone()));
    Ok(all)
}

/// What is in the way of it; an act that would change nothing is left out too.
fn hinders(setting: &Setting, case: &SubCase, what: &What) -> Option<&'static str> {
    let is_so = match what {
        What::Assign(To::Person(id)) => case.assignee == Some(*id),
        What::Assign(To::Team(team)) => case.team == *team && case.assignee.is_none(),
        What::Assign(To::Nobody) => case.assignee.is_none(),
        What::Stage { stage, .. } => case.stage == *stage,
        What::Priority(id) => {
            let named = setting.priorities(&case.agency).iter().find(|one| one.id == *id);
            named.is_some_and(|one| one.priority == case.priority)
        }
        What::Note(_) | What::Shortlist => false,
    };
    match what {
        What::Note(_) => None,
        _ if case.core.ended() => Some("ended"),
        _ if is_so => Some("same"),
        _ => None,
    }
}

/// Checks what is the same for all of them, so that a mistake is said before anything is done.
pub fn check(actor: &Actor, tx: &mut Tx, setting: &Setting, what: &What) -> Result<()> {
    rights::hold(actor, what.right())?;
    let agency = actor.agency().ok_or(NotFound)?;
    match what {
        What::Assign(To::Person(id)) => {
            let known = store::staff::colleagues(actor, tx)?.iter().any(|colleague| colleague.id == *id);
            if known { Ok(()) } else { Err(Refusal::NoSuchColleague.into()) }
        }
        What::Assign(To::Team(team)) => {
            setting.team_name(agency, team).map(|_| ()).ok_or_else(|| Refusal::NoSuchColleague.into())
        }
        What::Assign(To::Nobody) | What::Shortlist => Ok(()),
        What::Stage { stage, words: typed, everybody } => {
            let known = setting.open_stages(agency).iter().any(|(id, _)| id == stage);
            match words::read(typed) {
                _ if !known => Err(Refusal::NoSuchStage.into()),
                Ok(words) if *everybody && acts::says_who(setting, agency, &words) => Err(Refusal::SaysWho.into()),
                Ok(_) | Err(Refusal::WordsNeeded) => Ok(()),
                Err(other) => Err(other.into()),
            }
        }
        What::Priority(id) => {
            let known = setting.priorities(agency).iter().any(|one| one.id == *id);
            if known { Ok(()) } else { Err(Refusal::NoSuchPriority.into()) }
        }
        What::Note(typed) => Ok(words::read(typed).map(|_| ())?),
    }
}

/// Begins the act under the key of its form. What cannot be found of the agency's is not taken in.
pub fn begin(actor: &Actor, tx: &mut Tx, draw: &Draw, id: Uuid, all: &[Ticked], what: &What) -> Result<()> {
    rights::hold(actor, what.right())?;
    let me = actor.staff().ok_or(NotFound)?;
    let mut items: Vec<Item> = Vec::new();
    for ticked in all.iter().take(MOST) {
        let Some(head) = report::by_reference(tx, &ticked.reference)? else { continue };
        let (relation, _) = acts::relation(actor, tx, &me.agency, &head)?;
        if rights::allow(actor, what.right(), relation).is_err() || items.iter().any(|item| item.report == head.id) {
            continue;
        }
        items.push(Item {
            bulk: id,
            ordinal: items.len() as i64,
            report: head.id,
            state: State::Waiting,
            why: String::new(),
            before: json!({}),
            version: ticked.version,
        });
    }
    if items.is_empty() {
        return Err(NotFound.into());
    }
    let (agency, created_at) = (me.agency.clone(), draw.now());
    let row = Bulk { id, agency, staff: me.id, act: what.act(), created_at, undone_at: None };
    bulk::begin(actor, tx, &row, &items)?;
    Ok(())
}

/// Which of them wait to be done.
pub fn waiting(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<Vec<Item>> {
    rights::hold(actor, Right::SeeQueue)?;
    Ok(bulk::items(actor, tx, id)?.into_iter().filter(|item| item.state == State::Waiting).collect())
}

/// Does it to one: the act with its own entry, and what came of it, in this one transaction. A refusal is kept as what came of it
/// by [`leave`], since this transaction is taken back.
pub fn one(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, item: &Item, what: &What) -> Result<()> {
    rights::hold(actor, what.right())?;
    let head = report::by_id(tx, item.report)?;
    let on = On { reference: &head.reference, version: item.version };
    let before = held(actor, tx, what.right(), on)?.case;
    if let Some(why) = hinders(setting, &before, what) {
        return Err(if why == "ended" { Refusal::Ended } else { Refusal::AlreadyDone }.into());
    }
    match what {
        What::Assign(to) => acts::assign(actor, tx, setting, draw, on, to)?,
        What::Stage { stage, words, everybody } => {
            let typed = Typed { words, everybody: *everybody, ..Typed::default() };
            acts::set_stage(actor, tx, setting, draw, on, (stage, None), typed)?;
        }
        What::Priority(id) => priority::set(actor, tx, setting, draw, on, id)?,
        What::Note(words) => acts::note(actor, tx, draw, on, words)?,
        What::Shortlist => shortlist::put(actor, tx, draw, on)?,
    }
    let was = json!({ "team": before.team, "assignee": before.assignee, "priority": before.priority });
    let after = acts::relation(actor, tx, &before.agency, &head)?.1.ok_or(NotFound)?;
    let done = Item { state: State::Done, before: was, version: after.version, ..item.clone() };
    // Another run of the same form was faster: this one is taken back as a whole.
    if bulk::settle(actor, tx, &done, State::Waiting)? { Ok(()) } else { Err(Error::Stale) }
}

/// Keeps why one was left out.
pub fn leave(actor: &Actor, tx: &mut Tx, item: &Item, error: &'static str) -> Result<()> {
    rights::hold(actor, Right::SeeQueue)?;
    let left = Item { state: State::Left, why: error.to_owned(), ..item.clone() };
    bulk::settle(actor, tx, &left, State::Waiting)?;
    Ok(())
}

/// An act on many as its page shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub bulk: Bulk,
    /// Reference, what came of it, and why it was left out.
    pub items: Vec<(String, State, String)>,
}

impl Shown {
    pub fn count(&self, state: State) -> usize {
        self.items.iter().filter(|item| item.1 == state).count()
    }

    /// Who has it and how soon it is worked can be put back; words that went out cannot.
    pub fn can_undo(&self) -> bool {
        matches!(self.bulk.act, Act::Assign | Act::Priority)
            && self.bulk.undone_at.is_none()
            && self.count(State::Done) > 0
    }
}

pub fn shown(actor: &Actor, look: &mut Look, id: Uuid) -> Result<Shown> {
    rights::hold(actor, Right::SeeQueue)?;
    let bulk = bulk::one(actor, look.tx, id)?;
    let items = bulk::listed(actor, look, id)?;
    Ok(Shown { bulk, items })
}

/// Those that were done and can be put back.
pub fn done(actor: &Actor, tx: &mut Tx, id: Uuid) -> Result<(Bulk, Vec<Item>)> {
    rights::hold(actor, Right::SeeQueue)?;
    let bulk = bulk::one(actor, tx, id)?;
    let items = bulk::items(actor, tx, id)?.into_iter().filter(|item| item.state == State::Done).collect();
    Ok((bulk, items))
}

/// Puts one back as it was, where nobody has touched it since. Its history keeps both.
pub fn undo(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, act: Act, item: &Item) -> Result<()> {
    let right = match act {
        Act::Assign => Right::Assign,
        Act::Priority => Right::SetPriority,
        Act::Stage | Act::Note | Act::Shortlist => return Err(NotFound.into()),
    };
    rights::hold(actor, right)?;
    let reference = report::by_id(tx, item.report)?.reference;
    let on = On { reference: &reference, version: item.version };
    let mut held: Held = held(actor, tx, right, on)?;
    match act {
        Act::Assign => back_to(actor, tx, setting, draw, on, &item.before, &held.case)?,
        _ => {
            let number = item.before["priority"].as_i64().ok_or(NotFound)?;
            let name = setting.priorities(&held.case.agency).iter().find(|one| one.priority == number);
            let name = name.map_or_else(|| "as before".to_owned(), |one| one.name.clone());
            priority::to_number(actor, tx, draw, &mut held, (number, &name))?;
        }
    }
    let undone = Item { state: State::Undone, ..item.clone() };
    if bulk::settle(actor, tx, &undone, State::Done)? { Ok(()) } else { Err(Error::Stale) }
}

fn back_to(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    before: &Json,
    case: &SubCase,
) -> Result<()> {
    let team = before["team"].as_str().unwrap_or_default().to_owned();
    let person = before["assignee"].as_str().and_then(|id| Uuid::parse_str(id).ok());
    let mut version = on.version;
    // A person does not bring their team with them: what the act changed is put back part by part.
    if team != case.team {
        acts::assign(actor, tx, setting, draw, On { version, ..on }, &To::Team(team))?;
        version += 1;
    }
    match person {
        Some(id) => acts::assign(actor, tx, setting, draw, On { version, ..on }, &To::Person(id)),
        None if version == on.version => acts::assign(actor, tx, setting, draw, on, &To::Nobody),
        None => Ok(()),
    }
}

/// It was taken back as a whole.
pub fn undone(actor: &Actor, tx: &mut Tx, draw: &Draw, id: Uuid) -> Result<()> {
    rights::hold(actor, Right::SeeQueue)?;
    Ok(bulk::undone(actor, tx, id, draw.now())?)
}
