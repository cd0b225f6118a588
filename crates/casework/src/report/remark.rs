//! What other people say of a public report (C-48): whoever is signed in may say that it is still there, that it is fixed, or
//! more. A claim counts people, each once; words and photos wait for staff. Enough who say that it is fixed put it before the
//! agency.

use super::{
    acts::{On, held},
    entry::{Happened, write},
    files::{self, Holder, Wanted},
    mark, office, shown_name,
};
use crate::{Draw, Error, Refusal, Result, Setting, codes, words};
use catalogue::ClosedTo;
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    answer::Part,
    held::{self as file, Held},
    journal::{Audience, Verb},
    publication::{self, Shown, Stand},
    remark::{self, Remark, Said, Says},
    report, sub_case, throttle,
};
use uuid::Uuid;

/// Remarks of one account …
const KNOCKS: i64 = 20;
/// … and posts with photos, some of which come back to be put right …
const PHOTO_KNOCKS: i64 = 40;
/// … in this time.
const KNOCK_SECONDS: i64 = 60 * 60;
const DAY_HOURS: i64 = 24;
/// Letters of one.
const MOST: usize = 1000;

/// What people say of a public report, as its page shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voices {
    pub still: i64,
    pub fixed: i64,
    pub said: Vec<Spoken>,
    pub door: Door,
    /// Photos that one may hold.
    pub most_photos: usize,
}

/// Who may add to it, now or until an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Door {
    closed: Option<ClosedTo>,
    until: Option<Time>,
}

/// How the door stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Everybody,
    /// Its reporter alone.
    Reporter,
    Nobody,
    /// It was closed too long ago.
    Over,
}

impl Door {
    fn of(setting: &Setting, row: &publication::Publication) -> Door {
        let closing = setting.remarks_closing(&row.agency, &row.service);
        let days = closing.after_days.map(|days| i64::from(days) * DAY_HOURS);
        // While it is open no day has come.
        let closed_at = row.closed_at.filter(|_| row.stand != Stand::Open);
        Door { closed: closing.to, until: closed_at.zip(days).map(|(at, hours)| at.plus_hours(hours)) }
    }

    pub fn takes(self, now: Time) -> Takes {
        match (self.closed, self.until) {
            (Some(ClosedTo::All), _) => Takes::Nobody,
            (_, Some(until)) if until <= now => Takes::Over,
            (Some(ClosedTo::Others), _) => Takes::Reporter,
            (None, _) => Takes::Everybody,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Spoken {
    pub id: Uuid,
    pub says: Says,
    pub shown: Shown,
    pub at: Time,
    pub words: String,
    pub photos: Vec<Held>,
    /// Who says it, where they want to be named.
    pub name: Option<String>,
}

/// What somebody says.
#[derive(Clone, Copy, Debug)]
pub struct Saying<'a> {
    pub says: Says,
    pub words: &'a str,
    /// The token that holds its photos; empty: there are none.
    pub photos: &'a str,
    /// Show the name that the account keeps.
    pub named: bool,
}

/// What came of a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It counts now.
    Counted,
    /// Staff look at the words first.
    Waits,
    TooOften,
    /// Updates of this report are closed to whoever this is.
    Closed,
}

/// May anything be said of this report? Its agency says how many claims count, or takes none.
pub fn is_open(setting: &Setting, agency: &str) -> bool {
    setting.fixed_claims(agency).is_some()
}

/// Whether this account may add to the report now.
fn is_let_in(actor: &Actor, tx: &mut Tx, setting: &Setting, row: &publication::Publication, now: Time) -> Result<bool> {
    let Actor::Account(account) = actor else { return Err(NotFound.into()) };
    Ok(match Door::of(setting, row).takes(now) {
        Takes::Everybody => true,
        Takes::Reporter => is_own(actor, tx, *account, &row.reference)?,
        Takes::Nobody | Takes::Over => false,
    })
}

/// How many photos may come with what this account says, asked before any is taken in: none where nothing may be said, or
/// where too much was sent already.
pub fn photos_taken(actor: &Actor, tx: &mut Tx, setting: &Setting, now: Time, reference: &str) -> Result<usize> {
    rights::hold(actor, Right::Remark)?;
    let Actor::Account(account) = actor else { return Err(NotFound.into()) };
    let row = publication::public(tx, reference)?.ok_or(NotFound)?;
    if !is_let_in(actor, tx, setting, &row, now)? {
        return Ok(0);
    }
    let knocks = throttle::knock(tx, "remark_photo", &account.as_bytes()[..], now, KNOCK_SECONDS)?;
    Ok(if knocks > PHOTO_KNOCKS { 0 } else { setting.remark_photos(&row.agency) })
}

/// Photos that the token holds, as many as one remark may have.
fn photos(tx: &mut Tx, most: usize, token: &str) -> Result<Vec<Wanted>> {
    if token.is_empty() {
        return Ok(Vec::new());
    }
    let all = files::waiting(tx, token)?.into_iter().take(most).enumerate();
    let wanted = |(ordinal, held): (usize, Held)| Wanted {
        id: held.id,
        question: String::new(),
        part: Part::Personal,
        ordinal: ordinal as i64,
    };
    Ok(all.map(wanted).collect())
}

/// Says something of a public report.
pub fn say(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    reference: &str,
    saying: Saying,
) -> Result<Heard> {
    rights::hold(actor, Right::Remark)?;
    let Actor::Account(account) = actor else { return Err(NotFound.into()) };
    let row = publication::public(tx, reference)?.ok_or(NotFound)?;
    let enough = setting.fixed_claims(&row.agency).ok_or(NotFound)?;
    if !is_let_in(actor, tx, setting, &row, draw.now())? {
        return Ok(Heard::Closed);
    }
    let Saying { says, words: typed, photos: token, named } = saying;
    let wanted = photos(tx, setting.remark_photos(&row.agency), token)?;
    let words = match typed.trim() {
        "" if says == Says::More && wanted.is_empty() => return Err(Refusal::WordsNeeded.into()),
        "" => None,
        typed if typed.chars().count() > MOST => return Err(Refusal::WordsTooLong.into()),
        typed => Some(words::read(typed)?),
    };
    let knocks = throttle::knock(tx, "remark", &account.as_bytes()[..], draw.now(), KNOCK_SECONDS)?;
    if knocks > KNOCKS {
        return Ok(Heard::TooOften);
    }
    // A person looks at words and photos first.
    let waits = words.is_some() || !wanted.is_empty();
    let shown = if waits { Shown::Waits } else { Shown::Public };
    let mut facts = json!({ "says": says.name() });
    if !wanted.is_empty() {
        facts["files"] = files::facts(tx, &Holder::Attempt(token.to_owned()), &wanted)?.into();
    }
    let happened = Happened {
        report: row.report,
        agency: None,
        verb: Verb::Collection,
        kind: "remark.made",
        audience: Audience::Agencies,
        facts,
        words: words.as_deref(),
    };
    let id = write(actor, tx, draw, happened)?;
    let mark = setting.keys.code("remark", row.report, &account.to_string());
    remark::insert(actor, tx, &Remark { id, report: row.report, mark, says, shown, at: draw.now() })?;
    for one in &wanted {
        let place = (row.report, id, one.ordinal);
        file::claim_for_remark(actor, tx, &codes::hash_token(token), one.id, place).map_err(|error| match error {
            store::Error::Stale => Refusal::FileGone.into(),
            other => Error::from(other),
        })?;
    }
    // A claim alone is only counted.
    if let Some(account) = store::account::find(actor, tx, *account)?.filter(|_| named && waits) {
        shown_name::keep_with_remark(tx, &row, (&account, id), draw.now())?;
    }
    if !waits {
        let head = report::by_id(tx, row.report)?;
        office::tell(actor, tx, setting, draw, (id, &row.agency, &head))?;
    }
    let claims = if says == Says::Fixed { remark::counts(tx, row.report, since(&row))?.1 } else { 0 };
    let house = Actor::House("remark");
    for mut case in sub_case::of_report(tx, row.report)?.into_iter().filter(|case| case.agency == row.agency) {
        if waits {
            mark::raise(&mut case, mark::REMARK_WAITS);
        }
        if says == Says::Still {
            mark::raise(&mut case, mark::STILL_THERE);
        }
        if claims >= enough && row.stand == Stand::Open {
            mark::raise(&mut case, mark::SAID_FIXED);
        }
        sub_case::mark(&house, tx, &case)?;
    }
    Ok(if waits { Heard::Waits } else { Heard::Counted })
}

fn is_own(actor: &Actor, tx: &mut Tx, account: Uuid, reference: &str) -> Result<bool> {
    Ok(store::account::report(actor, tx, account, reference)?.is_some())
}

/// Claims are of how it stands now: those from before it was last closed say nothing.
fn since(row: &publication::Publication) -> Time {
    row.closed_at.unwrap_or(row.received_at)
}

/// What everybody may read of it.
pub(super) fn voices(tx: &mut Tx, setting: &Setting, row: &publication::Publication) -> Result<Voices> {
    let (still, fixed) = remark::counts(tx, row.report, since(row))?;
    let all = file::said_in_public(tx, row.report)?;
    let mut names = shown_name::in_public(tx, row.report)?;
    let spoken = |said: Said| {
        let name = names.remove(&said.id);
        Spoken { name, ..spoken(said, &all) }
    };
    let mut said: Vec<Spoken> = remark::public(tx, row.report)?.into_iter().map(spoken).collect();
    // Its words were erased, or its photos hidden.
    said.retain(|said| !said.words.is_empty() || !said.photos.is_empty());
    let most_photos = setting.remark_photos(&row.agency);
    Ok(Voices { still, fixed, said, door: Door::of(setting, row), most_photos })
}

/// With those of the files that came with it.
pub(super) fn spoken(said: Said, files: &[Held]) -> Spoken {
    let words = said.content.as_ref().and_then(|content| content.get("words")).and_then(Json::as_str);
    Spoken {
        id: said.id,
        says: said.says,
        shown: said.shown,
        at: said.at,
        words: words.unwrap_or_default().to_owned(),
        photos: files.iter().filter(|held| held.remark == Some(said.id)).cloned().collect(),
        name: None,
    }
}

/// Staff show what somebody said to everybody, or hide it at once.
pub fn decide(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    on: On,
    (id, show): (Uuid, bool),
) -> Result<()> {
    let held = held(actor, tx, Right::Moderate, on)?;
    let to = if show { Shown::Public } else { Shown::Hidden };
    let stands = remark::stands(actor, tx, held.head.id, id)?.ok_or(NotFound)?;
    if stands == to {
        return Err(Refusal::AlreadyDone.into());
    }
    remark::set_shown(actor, tx, held.head.id, id, to)?;
    if remark::waiting(actor, tx, held.head.id)? == 0 {
        mark::decided(tx, &held.case, &[mark::REMARK_WAITS])?;
    }
    let kind = if show { "remark.shown" } else { "remark.hidden" };
    held.enter(actor, tx, draw, (kind, Verb::Disclosure, Audience::Agency), json!({ "remark": id }), None)?;
    // The agency's own system hears of it when the agency's staff have read it, once.
    if show && stands == Shown::Waits {
        office::tell(actor, tx, setting, draw, (id, &held.case.agency, &held.head))?;
    }
    Ok(())
}
