//! `/reports/feed` and `/reports/{reference}/feed`: Atom (RFC 4287) of the list, and of what happened to one report (C-62).

use super::{Asked, data, joined, stands};
use crate::{App, page::Failure};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::{codes, report::publication};

pub struct Item {
    pub id: String,
    pub title: String,
    pub href: String,
    pub published: String,
    pub updated: String,
    pub words: String,
    /// Latitude and longitude (GeoRSS Simple).
    pub point: Option<String>,
}

#[derive(Template)]
#[template(path = "reports/feed.xml", escape = "html")]
pub struct Feed {
    pub id: String,
    pub title: String,
    pub href: String,
    pub own: String,
    pub updated: String,
    pub items: Vec<Item>,
}

/// The answer, or that nothing has changed since it was asked for.
fn answer(feed: &Feed, asked: &HeaderMap) -> Result<Response, Failure> {
    let text = feed.render().map_err(|_| Failure::Broken)?;
    let tag = format!("\"{}\"", codes::show_token(&codes::hash_token(&text)));
    if asked.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).is_some_and(|known| known.contains(&tag))
    {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    let tag = HeaderValue::from_str(&tag).map_err(|_| Failure::Broken)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/atom+xml; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::ETAG, tag),
    ];
    Ok((headers, text).into_response())
}

pub async fn list(State(app): State<App>, headers: HeaderMap, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let page = data::page(&app, &asked).await?;
    let house = &app.setting.public_url;
    let query = joined(&[&asked.wherever(), &asked.filters()]);
    let item = |row: &publication::Listed| Item {
        id: format!("{house}/reports/{}", row.reference),
        title: format!("{}, {}", row.title, row.place),
        href: format!("{house}/reports/{}", row.reference),
        published: data::moment(row.received_at),
        updated: data::moment(row.changed_at),
        words: format!("{}. {}", stands(row.stand), row.words),
        point: row.point.map(|(lat, lon)| format!("{lat} {lon}")),
    };
    let newest = page.rows.iter().map(|row| row.changed_at).max().unwrap_or(store::Time(0));
    answer(
        &Feed {
            id: format!("{house}/reports/feed{query}"),
            title: "Reports – Moothall".to_owned(),
            href: format!("{house}/reports{query}"),
            own: format!("{house}/reports/feed{query}"),
            updated: data::moment(newest),
            items: page.rows.iter().map(item).collect(),
        },
        &headers,
    )
}

pub async fn one(
    State(app): State<App>,
    headers: HeaderMap,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let reference = codes::read_reference(&reference).ok_or(Failure::NotFound)?;
    let setting = app.setting.clone();
    let shown = app.db.read(move |tx| publication::one(tx, &setting, &reference)).await?;
    let url = format!("{}/reports/{}", app.setting.public_url, shown.listed.reference);
    let item = |event: &publication::Event| Item {
        id: format!("{url}#{}", event.at.0),
        title: event.title.clone(),
        href: url.clone(),
        published: data::moment(event.at),
        updated: data::moment(event.at),
        words: event.words.clone(),
        point: None,
    };
    answer(
        &Feed {
            id: format!("{url}/feed"),
            title: format!("{}, {}", shown.listed.title, shown.listed.place),
            href: url.clone(),
            own: format!("{url}/feed"),
            updated: data::moment(shown.listed.changed_at),
            items: shown.events.iter().map(item).collect(),
        },
        &headers,
    )
}
