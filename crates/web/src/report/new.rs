//! `/staff/new`: staff file a report for somebody (C-70). Which service, then for whom; from there on it is asked and sent like any
//! other, under `/staff/new/{service}/`.

use super::{journey::COOKIE, way};
use crate::{
    App,
    govuk::{BackLink, Button, Fieldset, Input, RadioItem, Radios},
    page::{Caching, Failure, Frame, Posted, cookie, filing::AT, gone_to, html, html_with, session::SignedIn},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    attempt::{self, Draft},
    report::filing::{self, Filing},
};
use catalogue::{FiledAs, Service};
use serde::Deserialize;

/// Most letters of a search, and most services shown for one.
const LETTERS: usize = 100;
const HITS: usize = 10;

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct Asked {
    q: String,
}

/// A link to a service and its name.
pub type Entry = (String, String);

pub struct Heading {
    pub name: String,
    pub entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "report/new.html")]
pub struct NewPage {
    pub frame: Frame,
    pub asked: String,
    pub search: Input,
    pub button: Button,
    pub hits: Vec<Entry>,
    /// What the own agency answers for.
    pub ours: Vec<Heading>,
    /// What others do.
    pub others: Vec<Heading>,
}

#[derive(Template)]
#[template(path = "report/whom.html")]
pub struct WhomPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: crate::govuk::ErrorSummary,
    pub title: String,
    pub summary: String,
    pub action: String,
    pub whom: Radios,
    pub button: Button,
}

/// Whoever may file for nobody finds nothing here.
fn may(staff: &SignedIn) -> Result<(), Failure> {
    if filing::ways(&staff.actor).is_empty() { Err(Failure::NotFound) } else { Ok(()) }
}

pub async fn list(State(app): State<App>, staff: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    may(&staff)?;
    let asked: String = asked.q.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LETTERS).collect();
    let asked = asked.trim().to_owned();
    let catalogue = &app.setting.catalogue;
    let own = catalogue.agency(&staff.staff.agency);
    let is_ours = |id: &str| own.is_some_and(|agency| agency.offer(id).is_some());
    let entry = |id: &str, title: &str| (format!("{AT}/{id}"), title.to_owned());
    let headings = |ours: bool| {
        let groups = catalogue.groups_in("en").into_iter().map(|group| Heading {
            name: group.name.to_owned(),
            entries: group
                .services
                .iter()
                .filter(|s| is_ours(&s.id) == ours)
                .map(|s| entry(&s.id, s.title()))
                .collect(),
        });
        groups.filter(|group| !group.entries.is_empty()).collect()
    };
    let mut hits = if asked.is_empty() { Vec::new() } else { catalogue.search(&asked, HITS) };
    hits.sort_by_key(|hit| !is_ours(&hit.service));
    let mut search = Input::new("q", "q", "What is it about?").kind("search");
    search.value = Some(asked.clone());
    html(
        &NewPage {
            frame: Frame::staff(&app, "File a report", Some(staff.desk(&app, "new"))),
            search,
            button: Button { prevent_double_click: None, ..Button::text("Search") },
            hits: hits.iter().map(|hit| entry(&hit.service, &hit.title)).collect(),
            ours: headings(true),
            others: headings(false),
            asked,
        },
        Caching::Never,
    )
}

fn service(app: &App, staff: &SignedIn, id: &str) -> Result<(std::sync::Arc<Service>, Vec<FiledAs>), Failure> {
    may(staff)?;
    let service = app.setting.catalogue.service(id).ok_or(Failure::NotFound)?.clone();
    let ways = filing::ways_of(&staff.actor, &service);
    if ways.is_empty() { Err(Failure::NotFound) } else { Ok((service, ways)) }
}

fn whom(app: &App, staff: &SignedIn, service: &Service, ways: &[FiledAs], problem: Option<&str>) -> WhomPage {
    let item = |filed: &FiledAs| {
        let (words, hint) = match filed {
            FiledAs::Another => ("For a resident", "Ask for a name. E-mail and telephone are only if they want news."),
            FiledAs::Anonymous => ("For somebody who gives no name", "Nothing that says who they are is kept."),
            FiledAs::Agency => ("For us", "Others read that we reported it ourselves."),
        };
        RadioItem::new(filed.name(), words).hint(hint).checked(ways.first() == Some(filed))
    };
    let items: Vec<_> = ways.iter().map(item).collect();
    let mut fieldset = Fieldset::legend("Who is it for?");
    fieldset.legend.classes = "govuk-fieldset__legend--m".to_owned();
    let mut radios = Radios { name: "whom".into(), fieldset: Some(fieldset), items: items.into(), ..Radios::default() };
    radios.error_message = problem.map(crate::govuk::ErrorMessage::text);
    let frame = Frame::staff(app, format!("Who is it for? – {}", service.title()), Some(staff.desk(app, "new")));
    WhomPage {
        back: frame.back(AT),
        frame: frame.wrong(problem.is_some()),
        errors: crate::govuk::ErrorSummary::new(problem.map(|words| ("whom", words))),
        title: service.title().to_owned(),
        summary: service.summary().to_owned(),
        action: way::begin(&service.id),
        whom: radios,
        button: Button::text("Begin"),
    }
}

pub async fn get(State(app): State<App>, staff: SignedIn, Path(id): Path<String>) -> Result<Response, Failure> {
    let (service, ways) = service(&app, &staff, &id)?;
    html(&whom(&app, &staff, &service, &ways, None), Caching::Never)
}

/// Begins a new one; what was begun before in this browser is left to run out.
pub async fn post(
    State(app): State<App>,
    staff: SignedIn,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (service, ways) = service(&app, &staff, &id)?;
    let Some(filed) = FiledAs::from_name(posted.get("whom")).filter(|filed| ways.contains(filed)) else {
        let page = whom(&app, &staff, &service, &ways, Some("Say who it is for"));
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
    };
    let draft = Draft { filing: Some(Filing::new(&staff.staff, filed)), ..Draft::default() };
    let (name, draw) = (service.id.clone(), app.draw());
    let token = app.db.write(move |tx| attempt::begin(tx, &mut draw.clone(), &name, &draft)).await?;
    // What depends on a home, or on a day that is free, is asked a step at a time: each page knows what can be chosen.
    let first = service
        .questions
        .first()
        .filter(|_| service.collections.is_some() || service.booking.is_some() || service.order.is_some());
    let first = first.map(|question| way::question(&service.id, &question.id, &[]));
    let mut response = gone_to(&first.unwrap_or_else(|| way::page(&service.id, "all")));
    cookie::set(&app, response.headers_mut(), COOKIE, &token, &way::begin(&service.id));
    Ok(response)
}
