//! `/officers/{agency}/{code}`: who the team are, what they work on, where to meet them, and how to write to them.

use super::{
    book,
    calendar::{self, Of},
    given, message, page, read,
};
use crate::{
    App,
    govuk::{BackLink, Button},
    page::{Caching, Failure, Frame, html, share, when},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use casework::neighbourhood::{
    self, Team,
    body::{Event, Officer, Priority, Way},
};
use catalogue::Agency;

/// A meeting that is still to come.
pub struct Meeting {
    pub event: Event,
    pub when: String,
    pub calendar: String,
    /// Where people can ask for a time at it.
    pub book: Option<Book>,
}

pub struct Book {
    pub minutes: u16,
    pub href: String,
}

#[derive(Template)]
#[template(path = "neighbourhood/team.html")]
pub struct TeamPage {
    pub frame: Frame,
    pub back: BackLink,
    pub team: Team,
    pub agency: String,
    pub meetings: Vec<Meeting>,
    /// The one next step.
    pub message: Option<Button>,
    pub promise: String,
    pub promise_source: String,
    pub ladder: Vec<String>,
    /// Month, and the share of messages answered in time.
    pub answered: Vec<(String, String)>,
    pub complaint: Option<String>,
    /// A figure in the place of a photo.
    pub figure: String,
    pub telephone: String,
}

impl TeamPage {
    fn paragraphs<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty())
    }

    fn day(&self, day: &jiff::civil::Date) -> String {
        when::date(*day)
    }

    fn call(&self, phone: &str) -> String {
        format!("tel:{}", phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>())
    }

    fn since(&self) -> String {
        when::day(self.team.since)
    }

    fn officers(&self) -> &[Officer] {
        &self.team.body.officers
    }

    fn priorities(&self) -> &[Priority] {
        &self.team.body.priorities
    }

    fn ways(&self) -> &[Way] {
        &self.team.body.ways
    }
}

/// The agency, where it has pages of teams, and the team.
async fn found(app: &App, agency: &str, code: &str) -> Result<(Agency, Team), Failure> {
    let known = app.setting.catalogue.agency(agency).filter(|agency| agency.neighbourhoods.is_some());
    let known = known.ok_or(Failure::NotFound)?.clone();
    let (agency, code) = (agency.to_owned(), code.to_owned());
    let team = app.db.read(move |tx| neighbourhood::one(tx, &agency, &code)).await?;
    Ok((known, team))
}

pub async fn get(
    State(app): State<App>,
    Path((agency, code)): Path<(String, String)>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (agency, team) = found(&app, &agency, &code).await?;
    let place = read(given(&pairs, "place"));
    let meeting = |event: &Event| Meeting {
        when: when::span(event.starts, event.ends),
        book: event.minutes.and_then(|minutes| Some(Book { minutes, href: book(&agency, &place, event)? })),
        calendar: format!("/officers/{}/{}/calendar/{}", agency.id, team.code, event.key()),
        event: event.clone(),
    };
    let meetings = team.body.coming(when::local(app.now()).datetime()).into_iter().map(meeting).collect();
    let own = agency.neighbourhoods.clone();
    let (promise, promise_source) =
        own.as_ref().map(|own| (own.promise.clone(), own.source.clone())).unwrap_or_default();
    let ladder = own.as_ref().map(|own| own.ladder.clone()).unwrap_or_default();
    let (setting, now) = (app.setting.clone(), app.now());
    let read = app.db.read(move |tx| neighbourhood::answered(tx, &setting, now));
    let all = app.answered.or(now, share::FRESH_SECONDS, read).await?;
    let here = all.iter().filter(|one| one.agency == agency.id && one.code == team.code);
    let answered = here.map(|one| (when::month(one.month), share::in_time(one.kept))).collect();
    let caching = if place.is_empty() { Caching::Fresh } else { Caching::Never };
    html(
        &TeamPage {
            frame: Frame::citizen(&app, format!("{} – your local police team", team.name)).offers(&app, None),
            back: BackLink::to("/officers"),
            meetings,
            message: message(&agency, &place).map(|href| Button::link("Message the team", href)),
            promise,
            promise_source,
            ladder,
            answered,
            complaint: own.and_then(|own| own.complaint).map(|id| format!("/report/{id}")),
            figure: app.assets.url("person.svg"),
            telephone: agency.urgent_phone.clone().unwrap_or_else(|| "101".to_owned()),
            agency: agency.name.clone(),
            team,
        },
        caching,
    )
}

/// One meeting as a file for a calendar.
pub async fn calendar(
    State(app): State<App>,
    Path((agency, code, key)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let (_, team) = found(&app, &agency, &code).await?;
    let event = team.body.events.iter().find(|event| event.key() == key).ok_or(Failure::NotFound)?;
    let url = format!("{}{}", app.setting.public_url, page(&team.agency, &team.code, ""));
    let text = calendar::ics(event, &Of { team: &team.name, url: &url, stamp: team.since });
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"meeting.ics\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    Ok((headers, text).into_response())
}
