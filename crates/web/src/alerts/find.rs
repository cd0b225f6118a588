//! `/alerts`: which place, then the form. What was typed is kept only once somebody asks for alerts.

use super::wish;
use crate::{
    App,
    govuk::{Button, ErrorSummary, Input},
    page::{
        Caching, Failure, Frame, Posted, gone_to, html, html_with, offers::agencies, origin::Origin,
        view::read as read_box,
    },
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    alerts::subscribe::{self, Asked as Came},
    codes,
    report::publication,
};
use catalogue::{Finder, Found};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    place: Option<String>,
    /// In miles, as in the list of reports.
    within: String,
    #[serde(rename = "box")]
    bounds: String,
    service: String,
    agency: String,
    report: String,
    done: String,
}

#[derive(Template)]
#[template(path = "alerts/find.html")]
pub struct FindPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub done: &'static str,
    pub place: Input,
    pub button: Button,
    pub agencies: Vec<(String, String)>,
}

fn find_page(app: &App, typed: &str, wrong: Option<&'static str>, done: &'static str) -> FindPage {
    FindPage {
        frame: Frame::citizen(app, "Get alerts by e-mail").wrong(wrong.is_some()),
        errors: ErrorSummary::new(wrong.map(|words| ("place", words))),
        done,
        place: Input::new("place", "place", "Which place?")
            .hint("Postcode, street or place")
            .autocomplete("postal-code")
            .value(typed)
            .error(wrong),
        button: Button { prevent_double_click: None, ..Button::text("Go on") },
        agencies: agencies(app),
    }
}

fn found(app: &App, place: &str) -> Vec<Found> {
    let typed: String = place.trim().chars().take(100).collect();
    if typed.is_empty() { Vec::new() } else { app.setting.geography().find(&typed) }
}

pub async fn get(State(app): State<App>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let mut place = asked.place.clone();
    // A part of the map that somebody looked at: its middle.
    if let Some(bounds) = read_box(&asked.bounds) {
        let (lat, lon) = ((bounds.south + bounds.north) / 2.0, (bounds.west + bounds.east) / 2.0);
        place = Some(format!("{lat:.5},{lon:.5}"));
    }
    let mut chosen = Posted::default();
    chosen.0.0.push(("service".to_owned(), asked.service.clone()));
    chosen.0.0.push(("metres".to_owned(), metres(&asked.within).to_owned()));
    let place = place.unwrap_or_default();
    let from = wish::From { place: place.clone(), agency: asked.agency.clone(), report: asked.report.clone() };
    if !asked.report.is_empty() {
        return html(&wish_page(&app, from, &chosen, vec![]).await?, Caching::Never);
    }
    let known = agencies(&app).iter().any(|(id, _)| *id == asked.agency);
    if !found(&app, &place).is_empty() || (place.is_empty() && known) {
        return html(&wish_page(&app, from, &chosen, vec![]).await?, Caching::Never);
    }
    if !place.is_empty() {
        let wrong = "We do not know that place. Try a postcode, or a street with its town";
        let page = find_page(&app, &place, Some(wrong), "");
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
    }
    if asked.place.is_some() {
        let page = find_page(&app, "", Some("Enter a postcode, a street or a place"), "");
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
    }
    let done = match asked.done.as_str() {
        "forgotten" => "We have forgotten your address and all your alerts.",
        _ => "",
    };
    html(&find_page(&app, "", None, done), if done.is_empty() { Caching::Fresh } else { Caching::Never })
}

/// The nearest of our distances to one of the list's, in miles.
fn metres(miles: &str) -> &'static str {
    match miles {
        "0.5" => "805",
        "3" => "4828",
        "10" => "9656",
        _ => super::USUAL,
    }
}

async fn wish_page(
    app: &App,
    from: wish::From,
    chosen: &Posted,
    wrong: wish::Wrong,
) -> Result<wish::WishPage, Failure> {
    if from.report.is_empty() {
        let found = found(app, &from.place);
        let named = found.first().map(Found::full_label).unwrap_or_default();
        return Ok(wish::page(app, from, (named, &found), chosen, wrong));
    }
    let reference = codes::read_reference(&from.report).ok_or(Failure::NotFound)?;
    let setting = app.setting.clone();
    let shown = app.db.read(move |tx| publication::one(tx, &setting, &reference)).await?;
    let named = format!("{}, {}", shown.listed.title, shown.listed.place);
    Ok(wish::page(app, wish::From { report: shown.listed.reference, ..from }, (named, &[]), chosen, wrong))
}

/// The answer is the same whether the address is known or not.
pub async fn post(State(app): State<App>, Origin(origin): Origin, posted: Posted) -> Result<Response, Failure> {
    let from = wish::From {
        place: posted.get("place").chars().take(100).collect(),
        agency: posted.get("agency").to_owned(),
        report: posted.get("report").to_owned(),
    };
    let wanted = match wish::read(&posted) {
        Ok(wanted) => wanted,
        Err(wrong) => {
            let page = wish_page(&app, from, &posted, wrong).await?;
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
        }
    };
    let (setting, draw, address) = (app.setting.clone(), app.draw(), posted.get("email").to_owned());
    let job = move |tx: &mut store::Tx| subscribe::ask(tx, &setting, &mut draw.clone(), &wanted, &address, &origin);
    match app.db.write(job).await? {
        Came::Taken => {
            app.bell.notify_one();
            Ok(gone_to("/alerts/sent"))
        }
        Came::TooOften => Err(Failure::TooMany),
    }
}

#[derive(Template)]
#[template(path = "alerts/sent.html")]
pub struct SentPage {
    pub frame: Frame,
    pub days: i64,
}

pub async fn sent(State(app): State<App>) -> Result<Response, Failure> {
    let frame = Frame::citizen(&app, "Check your e-mail");
    html(&SentPage { frame, days: app.setting.alerts.confirm_days }, Caching::Fresh)
}
