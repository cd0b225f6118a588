//! `/reports/feed`, `/reports/rss` and the same of one report: Atom (RFC 4287) and RSS 2.0 of the list, and of what happened to
//! a report (C-62).

use super::{Asked, Where, far, joined, stands};
use crate::{
    App,
    page::{Failure, address::escaped, when::stamp},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::{
    codes,
    report::publication::{self, Listed, Part},
};
use places::{Point, cell::Bounds};
use store::Time;

/// Reports in a feed, and the most that may be asked for.
const ITEMS: usize = 20;
const MOST_ITEMS: usize = 100;

/// An instant as each form writes it.
#[derive(Clone, Copy)]
pub struct At(Time);

impl At {
    pub fn atom(&self) -> String {
        stamp(self.0)
    }

    /// As in mail and in HTTP: `Fri, 27 Nov 2026 08:00:00 GMT`.
    pub fn mail(&self) -> String {
        let at = jiff::Timestamp::from_microsecond(self.0.micros()).unwrap_or_default();
        at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }
}

pub struct Item {
    pub id: String,
    pub title: String,
    pub href: String,
    pub published: At,
    pub updated: At,
    pub words: String,
    /// Latitude and longitude (GeoRSS Simple).
    pub photos: Vec<String>,
    pub point: Option<String>,
}

pub struct Feed {
    pub id: String,
    pub title: String,
    pub about: &'static str,
    pub href: String,
    pub own: String,
    pub updated: At,
    pub items: Vec<Item>,
}

#[derive(Template)]
#[template(path = "reports/feed.xml", escape = "html")]
pub struct Atom<'a> {
    feed: &'a Feed,
}

#[derive(Template)]
#[template(path = "reports/rss.xml", escape = "html")]
pub struct Rss<'a> {
    feed: &'a Feed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Atom,
    Rss,
}

impl Form {
    const fn last(self) -> &'static str {
        match self {
            Form::Atom => "feed",
            Form::Rss => "rss",
        }
    }

    fn write(self, feed: &Feed) -> Result<(&'static str, String), Failure> {
        let written = match self {
            Form::Atom => ("application/atom+xml; charset=utf-8", Atom { feed }.render()),
            Form::Rss => ("application/rss+xml; charset=utf-8", Rss { feed }.render()),
        };
        Ok((written.0, written.1.map_err(|_| Failure::Broken)?))
    }
}

/// The answer, or that nothing has changed since it was asked for. A tag goes before a date (RFC 9110 §13.2.2), and a date is
/// compared for being the same: where a report was hidden, the newest of the others may be older than the date that is known.
fn answer(form: Form, feed: &Feed, asked: &HeaderMap) -> Result<Response, Failure> {
    let (kind, text) = form.write(feed)?;
    let (tag, last) = (format!("\"{}\"", codes::show_token(&codes::hash_token(&text))), feed.updated.mail());
    let known = |name| asked.get(name).and_then(|known| known.to_str().ok());
    let same = match (known(header::IF_NONE_MATCH), known(header::IF_MODIFIED_SINCE)) {
        (Some(tags), _) => tags.contains(&tag),
        (None, Some(date)) => date == last,
        (None, None) => false,
    };
    let value = |text: &str| HeaderValue::from_str(text).map_err(|_| Failure::Broken);
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::ETAG, value(&tag)?),
        (header::LAST_MODIFIED, value(&last)?),
    ];
    if same {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    Ok((headers, [(header::CONTENT_TYPE, HeaderValue::from_static(kind))], text).into_response())
}

pub async fn list(State(app): State<App>, headers: HeaderMap, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    answer(Form::Atom, &of_list(&app, &asked, Form::Atom).await?, &headers)
}

pub async fn list_rss(
    State(app): State<App>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    answer(Form::Rss, &of_list(&app, &asked, Form::Rss).await?, &headers)
}

/// Of everywhere, of what lies around a place, or of a boundary.
async fn of_list(app: &App, asked: &Asked, form: Form) -> Result<Feed, Failure> {
    let most = asked.items.parse().unwrap_or(ITEMS).clamp(1, MOST_ITEMS);
    let (filter, sort, area) = (asked.filter(app), asked.sort(), asked.area.split_once('/'));
    let geography = app.setting.geography();
    let (place, named, part) = match area {
        Some((kind, code)) => {
            let area = geography.area(kind, code).ok_or(Failure::NotFound)?;
            let (low, high) = area.bounds();
            let bounds = Bounds::new(low, high).ok_or(Failure::NotFound)?;
            (format!("area={}%2F{}", escaped(kind), escaped(code)), Some(area.name.clone()), Some((bounds, None)))
        }
        None if !asked.area.is_empty() => return Err(Failure::NotFound),
        None => match asked.place(app) {
            Where::Everywhere => (String::new(), None, None),
            Where::Lost => return Err(Failure::Unreadable),
            Where::Here { bounds, centre, .. } => (asked.wherever(), None, Some((bounds, centre))),
        },
    };
    let setting = app.setting.clone();
    let code = area.map(|(kind, code)| (kind.to_owned(), code.to_owned()));
    let rows = app
        .db
        .read(move |tx| {
            let holds = |point: Point| {
                code.as_ref().is_none_or(|(kind, code)| {
                    let there = geography.areas(point.lat, point.lon);
                    there.iter().any(|area| area.kind == *kind && area.code == *code)
                })
            };
            let part = part.map(|(bounds, centre)| Part { bounds, centre, holds: &holds });
            publication::latest(tx, &setting, &filter, (part, sort), most)
        })
        .await?;
    let house = &app.setting.public_url;
    let how_many = if asked.items.is_empty() { String::new() } else { format!("items={most}") };
    let (at_list, own) = (joined(&[&place, &asked.filters()]), joined(&[&place, &asked.filters(), &how_many]));
    let own = format!("{house}/reports/{}{own}", form.last());
    Ok(Feed {
        id: own.clone(),
        title: match named {
            Some(area) => format!("Reports in {area} – Moothall"),
            None => "Reports – Moothall".to_owned(),
        },
        about: "What people reported, and how it is going",
        // The list knows no boundaries.
        href: format!("{house}/reports{}", if area.is_some() { String::new() } else { at_list }),
        own,
        updated: At(rows.iter().map(|row| row.changed_at).max().unwrap_or(Time(0))),
        items: rows.iter().map(|row| item(house, row)).collect(),
    })
}

fn item(house: &str, row: &Listed) -> Item {
    let far = row.metres.map(|metres| format!(" {}.", capital(&far(metres)))).unwrap_or_default();
    Item {
        id: format!("{house}/reports/{}", row.reference),
        title: format!("{}, {}", row.title, row.place),
        href: format!("{house}/reports/{}", row.reference),
        published: At(row.received_at),
        updated: At(row.changed_at),
        words: format!("{}.{far} {}", stands(row.stand), row.words),
        photos: photos(house, &row.reference, &row.photos),
        point: row.point.map(|(lat, lon)| format!("{lat} {lon}")),
    }
}

/// Where each can be looked at: pages that everybody may open, of reports that are public.
fn photos(house: &str, reference: &str, ids: &[uuid::Uuid]) -> Vec<String> {
    ids.iter().map(|id| format!("{house}/reports/{reference}/photo/{id}/large")).collect()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

pub async fn one(
    State(app): State<App>,
    headers: HeaderMap,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    answer(Form::Atom, &of_one(&app, &reference, Form::Atom).await?, &headers)
}

pub async fn one_rss(
    State(app): State<App>,
    headers: HeaderMap,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    answer(Form::Rss, &of_one(&app, &reference, Form::Rss).await?, &headers)
}

async fn of_one(app: &App, reference: &str, form: Form) -> Result<Feed, Failure> {
    let reference = codes::read_reference(reference).ok_or(Failure::NotFound)?;
    let setting = app.setting.clone();
    let shown = app.db.read(move |tx| publication::one(tx, &setting, &reference)).await?;
    let url = format!("{}/reports/{}", app.setting.public_url, shown.listed.reference);
    let item = |event: &publication::Event| Item {
        id: format!("{url}#{}", event.at.0),
        title: event.title.clone(),
        href: url.clone(),
        published: At(event.at),
        updated: At(event.at),
        words: event.words.clone(),
        photos: Vec::new(),
        point: None,
    };
    Ok(Feed {
        id: format!("{url}/{}", form.last()),
        title: format!("{}, {}", shown.listed.title, shown.listed.place),
        about: "What has happened with this report",
        href: url.clone(),
        own: format!("{url}/{}", form.last()),
        updated: At(shown.listed.changed_at),
        items: shown.events.iter().take(MOST_ITEMS).map(item).collect(),
    })
}
