//! `/staff/neighbourhoods`: the pages of the agency's neighbourhood teams, for those who may change them. Each change is a
//! version of its own; the list of versions says who wrote what, and when.

mod form;

use super::session::SignedIn;
use crate::{
    App,
    govuk::{Button, ErrorSummary, Html, Input, Textarea},
    page::{Caching, Failure, Frame, Posted, gone_to, html, html_with, when},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error,
    neighbourhood::{self, Past, Team, body::Event, edit::Fault},
};
use form::{Field, Kind, LISTS, List, Typed};

#[derive(Template)]
#[template(path = "staff/neighbourhoods.html")]
pub struct ListPage {
    pub frame: Frame,
    pub teams: Vec<Team>,
}

impl ListPage {
    fn since(&self, team: &Team) -> String {
        when::day(team.since)
    }
}

/// A field of a row.
pub enum Shown {
    Field(Html),
    Kept { name: String, value: String },
}

pub struct Row {
    pub legend: String,
    pub fields: Vec<Shown>,
    pub remove: Button,
}

pub struct Section {
    pub heading: &'static str,
    pub rows: Vec<Row>,
    pub add: Button,
}

#[derive(Template)]
#[template(path = "staff/neighbourhood.html")]
pub struct EditPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub saved: bool,
    /// Rows were added or removed, and nothing was saved yet.
    pub turned: bool,
    pub team: Team,
    pub version: i64,
    pub about: Textarea,
    pub sections: Vec<Section>,
    pub save: Button,
}

#[derive(Template)]
#[template(path = "staff/neighbourhood-history.html")]
pub struct HistoryPage {
    pub frame: Frame,
    pub code: String,
    pub versions: Vec<Past>,
}

impl HistoryPage {
    fn since(&self, past: &Past) -> String {
        when::moment(past.since)
    }

    fn span(&self, event: &Event) -> String {
        when::span(event.starts, event.ends)
    }

    fn by<'p>(&self, past: &'p Past) -> &'p str {
        past.by.as_deref().unwrap_or("Import")
    }

    fn holds(&self, past: &Past) -> String {
        let body = &past.body;
        let counts = [
            (body.officers.len(), "officer", "officers"),
            (body.priorities.len(), "priority", "priorities"),
            (body.events.len(), "meeting", "meetings"),
        ];
        let told = counts.map(|(n, one, more)| format!("{n} {}", if n == 1 { one } else { more }));
        told.join(", ")
    }
}

pub async fn list(State(app): State<App>, who: SignedIn) -> Result<Response, Failure> {
    let actor = who.actor.clone();
    let teams = app.db.read(move |tx| neighbourhood::own_list(&actor, tx)).await?;
    let frame = Frame::staff(&app, "Team pages", Some(who.desk(&app, "teams")));
    html(&ListPage { frame, teams }, Caching::Never)
}

async fn own(app: &App, who: &SignedIn, code: &str) -> Result<Team, Failure> {
    let (actor, code) = (who.actor.clone(), code.to_owned());
    Ok(app.db.read(move |tx| neighbourhood::own(&actor, tx, &code)).await?)
}

pub async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let team = own(&app, &who, &code).await?;
    let (typed, version) = (Typed::of(&team.body), team.version);
    let saved = pairs.iter().any(|(name, value)| name == "done" && value == "saved");
    let page = EditPage { saved, ..edit_page(&app, &who, team, &typed, version, &[]) };
    html(&page, Caching::Never)
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let team = own(&app, &who, &code).await?;
    let version = posted.get("version").parse().unwrap_or(-1);
    let mut typed = Typed::read(&posted.0);
    if typed.turn(posted.get("do")) {
        let page = EditPage { turned: true, ..edit_page(&app, &who, team, &typed, version, &[]) };
        return html(&page, Caching::Never);
    }
    let body = match typed.body() {
        Ok(body) => body,
        Err(faults) => {
            let page = edit_page(&app, &who, team, &typed.filled(), version, &faults);
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
        }
    };
    let (actor, draw, of) = (who.actor.clone(), app.draw(), team.code.clone());
    let done =
        app.db.write(move |tx| neighbourhood::change(&actor, tx, &mut draw.clone(), &of, version, body.clone())).await;
    match done {
        Ok(()) => Ok(gone_to(&format!("/staff/neighbourhoods/{}?done=saved", team.code))),
        // What was typed stays on the page, over the version that is in force now.
        Err(Error::Stale) => {
            let now = team.version;
            let words =
                "Somebody changed this page just before you. Look at it, then save yours again if it is still right";
            let fault = Fault { field: "about".into(), words: words.into() };
            let page = edit_page(&app, &who, team, &typed.filled(), now, &[fault]);
            html_with(StatusCode::CONFLICT, &page, Caching::Never)
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn history(State(app): State<App>, who: SignedIn, Path(code): Path<String>) -> Result<Response, Failure> {
    let (actor, of) = (who.actor.clone(), code.clone());
    let versions = app.db.read(move |tx| neighbourhood::history(&actor, tx, &of)).await?;
    let frame = Frame::staff(&app, "What this page said before", Some(who.desk(&app, "teams")));
    html(&HistoryPage { frame, code, versions }, Caching::Never)
}

fn edit_page(app: &App, who: &SignedIn, team: Team, typed: &Typed, version: i64, faults: &[Fault]) -> EditPage {
    let wrong = |name: &str| faults.iter().find(|fault| fault.field == name).map(|fault| fault.words.as_str());
    let section = |(list, rows): (&'static List, &Vec<Vec<String>>)| Section {
        heading: list.heading,
        rows: rows.iter().enumerate().map(|(n, row)| row_of(list, n, row, &wrong)).collect(),
        add: Button::text(format!("Add another {}", list.one)).secondary().sends("do", format!("add-{}", list.name)),
    };
    EditPage {
        frame: Frame::staff(app, format!("Team page: {}", team.name), Some(who.desk(app, "teams")))
            .wrong(!faults.is_empty()),
        errors: ErrorSummary::new(faults.iter().map(|fault| (fault.field.as_str(), fault.words.as_str()))),
        saved: false,
        turned: false,
        version,
        about: Textarea::new("about", "about", "About the team")
            .hint("Leave an empty line between paragraphs.")
            .value(&typed.about)
            .rows(5)
            .error(wrong("about")),
        sections: LISTS.iter().zip(&typed.rows).map(section).collect(),
        save: Button::text("Save").sends("do", "save"),
        team,
    }
}

fn row_of<'w>(list: &'static List, n: usize, row: &[String], wrong: &impl Fn(&str) -> Option<&'w str>) -> Row {
    let field = |(field, value): (&Field, &String)| {
        let name = form::name(list, n, field);
        let input = |kind: &str| Input::new(&name, &name, field.label).value(value).kind(kind).error(wrong(&name));
        match field.kind {
            Kind::Kept => Shown::Kept { value: value.clone(), name },
            Kind::Line => Shown::Field(Html::of(&input("text"))),
            Kind::Day => Shown::Field(Html::of(&input("date").width(10))),
            Kind::Moment => Shown::Field(Html::of(&input("datetime-local").width(20))),
            Kind::Words => {
                let words = Textarea::new(&name, &name, field.label).value(value).rows(3).error(wrong(&name));
                Shown::Field(Html::of(&words))
            }
        }
    };
    let mut one = list.one.to_owned();
    if let Some(first) = one.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    Row {
        legend: format!("{one} {}", n + 1),
        fields: list.fields.iter().zip(row).map(field).collect(),
        remove: Button::text(format!("Remove {} {}", list.one, n + 1))
            .secondary()
            .sends("do", format!("remove-{}-{n}", list.name)),
    }
}
