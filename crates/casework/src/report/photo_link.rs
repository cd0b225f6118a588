//! Photos that a program gave as addresses (C-81): the report is taken at once, and the courier fetches them later. One that
//! came is the reporter's, an answer to the question for photos like one that was uploaded.

use super::{
    answers::part_of,
    entry::{Happened, write},
    files::{self, File},
    update::held as program,
};
use crate::{Draw, Result, Setting};
use catalogue::{Kind, Publish, Service};
use rights::{Actor, NotFound};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx,
    held::{self, Giver, Held},
    journal::{Audience, Verb},
    photo_link::{self, PhotoLink, State},
    publication, rendition, report,
};
use uuid::Uuid;

/// Characters of an address that is fetched.
const MOST_ADDRESS: usize = 2_000;
const MEGABYTE: usize = 1024 * 1024;

/// Addresses of photos that are to be fetched for a new report, and the question they answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    question: String,
    urls: Vec<String>,
    /// Photos that came as files stand before them.
    first: usize,
}

impl Links {
    /// As many of these as the service takes besides those that came as files; the others are given back.
    pub fn of(service: &Service, urls: &[&str], uploaded: usize) -> (Links, Vec<String>) {
        let asks = service.questions.iter().find_map(|question| match &question.kind {
            Kind::Photo { most, .. } => Some((question.id.clone(), *most)),
            _ => None,
        });
        let mut links = Links { first: uploaded, ..Links::default() };
        let mut rest = Vec::new();
        let mut most = 0;
        if let Some((question, takes)) = asks {
            (links.question, most) = (question, takes.saturating_sub(uploaded));
        }
        for url in urls {
            let web = url.starts_with("https://") || url.starts_with("http://");
            let fits = web && url.len() <= MOST_ADDRESS && links.urls.len() < most;
            if links.urls.iter().any(|known| known == url) {
                continue;
            }
            if fits { links.urls.push((*url).to_owned()) } else { rest.push((*url).to_owned()) }
        }
        (links, rest)
    }
}

/// Puts them beside the report that was just filed, in the same transaction.
pub(super) fn wait(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    (report, agency): (Uuid, &str),
    links: &Links,
) -> Result<()> {
    program(actor)?;
    for (n, url) in links.urls.iter().enumerate() {
        let row = PhotoLink {
            id: draw.id(),
            report,
            agency: agency.to_owned(),
            question: links.question.clone(),
            ordinal: i64::try_from(links.first + n).unwrap_or(i64::MAX),
            url: Some(url.clone()),
            state: State::Waiting,
            tries: 0,
            next_at: draw.now(),
            claim: None,
            problem: None,
        };
        photo_link::insert(actor, tx, &row)?;
    }
    Ok(())
}

/// The most bytes that the question of a photo takes; none where the service does not ask any more.
pub fn most_bytes(actor: &Actor, tx: &mut Tx, setting: &Setting, row: &PhotoLink) -> Result<Option<usize>> {
    program(actor)?;
    let head = report::by_id(tx, row.report)?;
    let service = setting.definition(&head.definition);
    Ok(service.and_then(|service| match service.question(&row.question)?.kind {
        Kind::Photo { megabytes, .. } => Some(megabytes * MEGABYTE),
        _ => None,
    }))
}

/// It came: the file is the report's, and one entry says so. Nobody is shown a picture that nobody looked at: it joins what
/// everybody sees only while the report itself waits for that.
pub fn arrived(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (row, claim): (&PhotoLink, Uuid),
    (kept, renditions): &File,
) -> Result<()> {
    program(actor)?;
    photo_link::settle(actor, tx, (row.id, claim), State::Kept, draw.now(), None)?;
    let head = report::by_id(tx, row.report)?;
    let service = setting.definition(&head.definition).ok_or(NotFound)?;
    let question = service.question(&row.question).ok_or(NotFound)?;
    let held = Held {
        report: Some(row.report),
        question: row.question.clone(),
        part: part_of(question),
        ordinal: row.ordinal,
        giver: Giver::Reporter,
        ..kept.clone()
    };
    let happened = Happened {
        report: row.report,
        agency: None,
        verb: Verb::Collection,
        kind: "file.added",
        audience: Audience::Resident,
        facts: json!({ "files": [files::fact(&held, &row.question, renditions)], "fetched": row.id }),
        words: None,
    };
    let entry = write(actor, tx, draw, happened)?;
    held::add(actor, tx, &held, entry)?;
    rendition::keep(tx, renditions)?;
    if question.publish == Publish::Picture
        && let Some(shown) = publication::of_report(actor, tx, row.report)?
        // Its service may have been changed to one that shows no photos.
        && setting.definition(&shown.definition).is_some_and(|now| now.pictured().any(|asks| asks == row.question))
    {
        let mut photos: Vec<Json> = shown.photos.as_array().cloned().unwrap_or_default();
        photos.push(json!(held.id));
        publication::set_photos(actor, tx, row.report, &Json::from(photos))?;
    }
    Ok(())
}

/// It did not come. It is tried again at the time that is given; without one it is given up. Staff read the first failure and
/// the last, with the address.
pub fn failed(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    (row, claim): (&PhotoLink, Uuid),
    why: &str,
    again: Option<Time>,
) -> Result<()> {
    program(actor)?;
    let state = if again.is_some() { State::Waiting } else { State::GivenUp };
    photo_link::settle(actor, tx, (row.id, claim), state, again.unwrap_or(draw.now()), Some(why))?;
    let url = row.url.as_deref().unwrap_or_default();
    let words = match (again, row.tries) {
        (None, _) => {
            format!("A photo was sent as an address and could not be fetched: {why}. We do not try again. {url}")
        }
        (Some(_), 1) => {
            format!("A photo was sent as an address and could not be fetched yet: {why}. We try again. {url}")
        }
        (Some(_), _) => return Ok(()),
    };
    let facts = json!({ "photo_link": row.id, "given_up": again.is_none() });
    let happened = Happened {
        report: row.report,
        agency: Some(&row.agency),
        verb: Verb::Collection,
        kind: "note.added",
        audience: Audience::Agency,
        facts,
        words: Some(&words),
    };
    write(actor, tx, draw, happened)?;
    Ok(())
}
