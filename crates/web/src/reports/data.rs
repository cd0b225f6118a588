//! `/reports/data.json`, `/reports/data.csv`: the list as open data. No personal data is among it (C-55), but names that people chose to show
//! (C-52).

use super::{Asked, Where, stands};
use crate::{
    App,
    page::{Failure, csv::cell, when::stamp},
};
use axum::{
    Json,
    extract::{Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use casework::report::{
    publication::{self, Listed, Page},
    shown_name,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// One report. Times are RFC 3339 in UTC; latitude and longitude are WGS 84, rounded to about ten metres.
#[derive(Serialize)]
struct Row {
    reference: String,
    url: String,
    title: String,
    state: &'static str,
    agency: String,
    place: String,
    area: String,
    latitude: Option<f64>,
    longitude: Option<f64>,
    received: String,
    changed: String,
    me_too: i64,
    words: String,
    /// Who reported it, where they chose to be named (C-52).
    #[serde(skip_serializing_if = "Option::is_none")]
    shown_name: Option<String>,
}

#[derive(Serialize)]
struct Rows {
    reports: Vec<Row>,
    /// Where the list goes on; absent at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

fn row(app: &App, listed: &Listed) -> Row {
    Row {
        reference: listed.reference.clone(),
        url: format!("{}/reports/{}", app.setting.public_url, listed.reference),
        title: listed.title.clone(),
        state: stands(listed.stand),
        agency: listed.agency_name.clone(),
        place: listed.place.clone(),
        area: listed.area.clone(),
        latitude: listed.point.map(|(lat, _)| lat),
        longitude: listed.point.map(|(_, lon)| lon),
        received: stamp(listed.received_at),
        changed: stamp(listed.changed_at),
        me_too: listed.me_too,
        words: listed.words.clone(),
        shown_name: None,
    }
}

/// A page of what is asked for, the same for the list, the feed and the data.
pub async fn page(app: &App, asked: &Asked) -> Result<Page, Failure> {
    let (filter, sort, after) = (asked.filter(app), asked.sort(), asked.after());
    let number = asked.page.parse().unwrap_or(1);
    let at = match asked.place(app) {
        Where::Everywhere => None,
        Where::Lost => return Err(Failure::Unreadable),
        Where::Here { bounds, centre, .. } => Some((bounds, centre)),
    };
    let setting = app.setting.clone();
    let read = app.db.read(move |tx| match at {
        Some(at) => publication::around(tx, &setting, &filter, at, sort, (number, after.as_ref())),
        None => publication::list(tx, &setting, &filter, sort, after.as_ref()),
    });
    Ok(read.await?)
}

/// Its rows, with the names of those who want to be named.
async fn named(app: &App, page: &Page) -> Result<Vec<Row>, Failure> {
    let references: Vec<String> = page.rows.iter().map(|listed| listed.reference.clone()).collect();
    let mut names: BTreeMap<String, String> =
        app.db.read(move |tx| shown_name::of_reporters(tx, &references)).await?.into_iter().collect();
    let named = |listed: &Listed| Row { shown_name: names.remove(&listed.reference), ..row(app, listed) };
    Ok(page.rows.iter().map(named).collect())
}

pub async fn json(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let page = page(&app, &asked).await?;
    let next = match &page.next {
        Some(last) => Some(format!("after={}.{}", last.key, last.reference)),
        None => (page.page < page.pages).then(|| format!("page={}", page.page + 1)),
    };
    let (place, filters) = (asked.wherever(), asked.filters());
    let to = |more: String| format!("/reports/data.json{}", super::joined(&[&place, &filters, &more]));
    let rows = Rows { reports: named(&app, &page).await?, next: next.map(to) };
    Ok(([(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))], Json(rows)).into_response())
}

pub async fn csv(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let page = page(&app, &asked).await?;
    let mut text = String::from(
        "reference,url,title,state,agency,place,area,latitude,longitude,received,changed,me_too,words,shown_name\r\n",
    );
    for row in named(&app, &page).await? {
        let figure = |figure: Option<f64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
        let cells = [
            cell(&row.reference),
            cell(&row.url),
            cell(&row.title),
            cell(row.state),
            cell(&row.agency),
            cell(&row.place),
            cell(&row.area),
            figure(row.latitude),
            figure(row.longitude),
            cell(&row.received),
            cell(&row.changed),
            row.me_too.to_string(),
            cell(&row.words),
            cell(row.shown_name.as_deref().unwrap_or_default()),
        ];
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"reports.csv\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    Ok((headers, text).into_response())
}
