//! `/track/{reference}/again`: sending a report again that its agency does not deal with (C-49). The answers that fit are kept; the
//! rest is asked, and everything is checked before it is sent.

use super::{
    own::frame,
    visit::{self, Visiting},
};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, Fieldset, Input, RadioItem, Radios},
    page::{ATTEMPT, Caching, Failure, Frame, Posted, World, cookie, gone_to, html_with},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    attempt::{self, Draft},
    report::{again, follow},
};
use catalogue::{End, walk};
use serde::Deserialize;

/// Most services that are offered.
const MOST: usize = 6;
/// Most letters of a search.
const LONGEST: usize = 100;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

#[derive(Template)]
#[template(path = "track/again.html")]
pub struct AgainPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub action: String,
    pub asked: String,
    pub search: Input,
    pub find: Button,
    pub services: Radios,
    pub button: Button,
}

/// The kinds of report that the words are about, and the kind that it is now: it may have been sent from the wrong place.
fn offered(app: &App, visiting: &Visiting, asked: &str) -> Vec<(String, String)> {
    let (catalogue, now) = (&app.setting.catalogue, visiting.head.service.as_str());
    let title = app.setting.service_name(now);
    let words = if asked.is_empty() { title.as_str() } else { asked };
    let hits = catalogue.search_in("en", words, MOST).into_iter().filter(|hit| hit.service != now);
    let mut all: Vec<_> = hits.map(|hit| (hit.service, hit.title)).collect();
    if catalogue.service(now).is_some() {
        all.push((now.to_owned(), format!("{title}: the same again, with another place")));
    }
    all
}

async fn page(app: &App, visiting: &Visiting, asked: &str, problem: Option<&'static str>) -> Result<Response, Failure> {
    let (actor, setting, now) = (visiting.actor.clone(), app.setting.clone(), app.now());
    let shown = app.db.read(move |tx| follow::following(&actor, tx, &setting, now)).await?;
    if !shown.sends_again {
        return Err(Failure::NotFound);
    }
    let path = visit::path(&visiting.head.reference);
    let items = offered(app, visiting, asked).into_iter().map(|(id, title)| RadioItem::new(&id, &title));
    let services = Radios {
        name: "service".to_owned(),
        fieldset: Some(Fieldset::legend("What is it about?")),
        items: items.collect::<Vec<_>>().into(),
        ..Radios::default()
    };
    let mut search = Input::new("q", "q", "Find something else").kind("search").hint("Such as: hole in the road");
    search.value = Some(asked.to_owned());
    let page = AgainPage {
        frame: frame(app, visiting, "Send your report again").wrong(problem.is_some()),
        errors: ErrorSummary::new(problem.map(|words| ("service", words))),
        action: format!("{path}/again"),
        back: BackLink::to(path),
        asked: asked.to_owned(),
        search,
        find: Button { prevent_double_click: None, ..Button::text("Find").secondary() },
        services: services.error(problem),
        button: Button::text("Go on"),
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html_with(status, &page, Caching::Never)
}

/// One line of few letters.
fn read(typed: &str) -> String {
    let plain: String = typed.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.trim().chars().take(LONGEST).collect()
}

pub async fn get(State(app): State<App>, visiting: Visiting, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    page(&app, &visiting, &read(&asked.q), None).await
}

/// Begins the new report with what fits, in this browser.
pub async fn post(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let Some(service) = app.setting.catalogue.service(posted.get("service")).cloned() else {
        return page(&app, &visiting, &read(posted.get("asked")), Some("Choose what it is about")).await;
    };
    let (actor, setting, to) = (visiting.actor.clone(), app.setting.clone(), service.clone());
    let carried = app.db.read(move |tx| again::carried(&actor, tx, &setting, &to)).await?;
    let (kept, next) = {
        let world = World::of(&app);
        let there = walk(&service, &carried, &world.context());
        let next = match &there.end {
            End::Ask(question) => format!("q/{}", question.id),
            _ => "check".to_owned(),
        };
        (there.kept.to_json(), next)
    };
    let draft = Draft { answers: kept, after: Some(visiting.head.id), ..Draft::default() };
    let (id, draw) = (service.id.clone(), app.draw());
    let token = app.db.write(move |tx| attempt::begin(tx, &mut draw.clone(), &id, &draft)).await?;
    let path = format!("/report/{}", service.id);
    let mut response = gone_to(&format!("{path}/{next}"));
    cookie::set(&app, response.headers_mut(), ATTEMPT, &token, &path);
    Ok(response)
}
