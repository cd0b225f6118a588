//! The front door and the standing pages: the same for everyone, kept ready in memory.

use crate::{
    App,
    page::{Caching, Failure, Frame, home, html, origin::Origin, retention},
};
use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use catalogue::RetentionRule;
use store::site_message::Place;

pub mod figures;
pub mod health;

/// The frame of a page that has words in every language.
fn spoken(app: &App, title: &str) -> Frame {
    let frame = Frame::citizen(app, "").offers(app, None);
    let mut frame = frame.clone().speaks(&frame.tongue);
    frame.title = frame.say(title).to_owned();
    frame
}

#[derive(Template)]
#[template(path = "front/home.html")]
pub struct Home {
    pub frame: Frame,
    /// The bin days of the home that this browser keeps.
    pub card: Option<home::Card>,
}

pub async fn home(State(app): State<App>, origin: Origin, headers: HeaderMap) -> Result<Response, Failure> {
    let card = home::card(&app, &headers, &origin.0).await?;
    // What this browser keeps is its own.
    let caching = if card.is_some() { Caching::Never } else { Caching::Fresh };
    let at = card.as_ref().and_then(|card| card.at);
    let frame = spoken(&app, "home.page").told(&app, Place::Front, None).told_in_ward(&app, Place::Front, None, at);
    html(&Home { frame, card }, caching)
}

#[derive(Template)]
#[template(path = "front/emergency.html")]
pub struct Emergency {
    pub frame: Frame,
}

pub async fn emergency(State(app): State<App>) -> Result<Response, Failure> {
    html(&Emergency { frame: spoken(&app, "emergency.title") }, Caching::Fresh)
}

#[derive(Template)]
#[template(path = "front/help.html")]
pub struct Help {
    pub frame: Frame,
}

pub async fn help(State(app): State<App>) -> Result<Response, Failure> {
    html(&Help { frame: Frame::citizen(&app, "Help").offers(&app, None) }, Caching::Fresh)
}

#[derive(Template)]
#[template(path = "front/accessibility.html")]
pub struct Accessibility {
    pub frame: Frame,
}

pub async fn accessibility(State(app): State<App>) -> Result<Response, Failure> {
    html(&Accessibility { frame: Frame::citizen(&app, "Accessibility") }, Caching::Fresh)
}

#[derive(Template)]
#[template(path = "front/privacy.html")]
pub struct Privacy {
    pub frame: Frame,
    /// Each agency that says how long it keeps reports: its name, and the rules of whole classes, the classes one after the other.
    pub kept: Vec<(String, Vec<RetentionRule>)>,
}

impl Privacy {
    fn of(&self, rule: &RetentionRule) -> &'static str {
        retention::of(rule.class)
    }

    fn later(&self, rule: &RetentionRule) -> String {
        retention::later(rule)
    }

    fn does(&self, rule: &RetentionRule) -> &'static str {
        retention::does(rule.action)
    }
}

pub async fn privacy(State(app): State<App>) -> Result<Response, Failure> {
    let of = |agency: &catalogue::Agency| {
        let mut rules: Vec<_> = agency.retention.iter().filter(|rule| rule.services.is_empty()).cloned().collect();
        rules.sort_by_key(|rule| rule.class.name());
        (agency.name.clone(), rules)
    };
    let kept = app.setting.catalogue.agencies().iter().map(of).filter(|(_, rules)| !rules.is_empty()).collect();
    html(&Privacy { frame: Frame::citizen(&app, "Privacy"), kept }, Caching::Fresh)
}

/// One data set in force, with its date (UI-7).
pub struct Set {
    pub name: String,
    pub dated: String,
    pub attribution: String,
}

#[derive(Template)]
#[template(path = "front/data.html")]
pub struct Data {
    pub frame: Frame,
    pub sets: Vec<Set>,
}

pub async fn data(State(app): State<App>) -> Result<Response, Failure> {
    let sets = app.db.read(store::data_set::all).await?;
    let sets =
        sets.into_iter().map(|set| Set { name: set.name, dated: set.dated, attribution: set.attribution }).collect();
    html(&Data { frame: Frame::citizen(&app, "Maps and data"), sets }, Caching::Fresh)
}

pub async fn robots() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], "User-agent: *\nDisallow: /staff\nDisallow: /track/\n")
}

pub async fn not_found() -> Failure {
    Failure::NotFound
}

pub async fn wrong_method() -> Response {
    let mut response = Failure::WrongMethod.into_response();
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}
