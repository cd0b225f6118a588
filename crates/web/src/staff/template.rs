//! `/staff/templates`: answers that staff use again (C-67), for those who may change them. Each change is a version; the page says who
//! wrote what, and when.

use super::session::SignedIn;
use crate::{
    App,
    govuk::{Button, CheckboxItem, Checkboxes, ErrorSummary, Html, Input, Select, SelectItem, Textarea},
    page::{Caching, Failure, Frame, Posted, addresses, gone_to, html, html_with, when},
};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error,
    template::{self, Fault, Form, PLACES},
};
use serde::Deserialize;
use store::template::{Moment, Past, Template as Row};
use uuid::Uuid;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub done: String,
}

pub struct Line {
    pub line: Uuid,
    pub name: String,
    pub service: String,
    pub when: String,
    pub active: bool,
    pub automatic: bool,
}

#[derive(Template)]
#[template(path = "staff/templates.html")]
pub struct ListPage {
    pub frame: Frame,
    pub lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "staff/template.html")]
pub struct EditPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub saved: bool,
    /// What residents would read, what a mail would say, and what everybody would read.
    pub preview: Option<(Html, String, String)>,
    pub action: String,
    pub version: i64,
    pub fields: Vec<Html>,
    pub versions: Vec<Past>,
}

impl EditPage {
    fn since(&self, past: &Past) -> String {
        when::moment(past.since)
    }

    fn places(&self) -> [(&'static str, &'static str); 4] {
        PLACES
    }

    fn preview_button(&self) -> Button {
        Button::text("Preview").secondary().sends("do", "preview")
    }

    fn save(&self) -> Button {
        Button::text("Save").sends("do", "save")
    }
}

fn line(app: &App, row: Row) -> Line {
    let when = when_words(app, &row.agency, row.moment, &row.state);
    let code = if row.code.is_empty() { String::new() } else { format!(", code {}", row.code) };
    Line {
        line: row.line,
        service: if row.service.is_empty() { "Every kind".to_owned() } else { app.setting.service_name(&row.service) },
        when: format!("{when}{code}"),
        name: row.name,
        active: row.active,
        automatic: row.automatic,
    }
}

fn when_words(app: &App, agency: &str, moment: Moment, state: &str) -> String {
    match moment {
        Moment::Any => "Any time".to_owned(),
        Moment::Filed => "A new report comes in".to_owned(),
        Moment::Stage => app.setting.stage(agency, state).map_or_else(|| state.to_owned(), |stage| stage.name),
        Moment::Outcome => {
            let name = app.setting.outcome(agency, state).map_or(state, |outcome| &outcome.name);
            format!("Closed: {name}")
        }
    }
}

pub async fn list(State(app): State<App>, who: SignedIn) -> Result<Response, Failure> {
    let actor = who.actor.clone();
    let rows = app.db.read(move |tx| template::own_list(&actor, tx)).await?;
    let frame = Frame::staff(&app, "Templates", Some(who.desk(&app, "templates")));
    html(&ListPage { frame, lines: rows.into_iter().map(|row| line(&app, row)).collect() }, Caching::Never)
}

/// The template of the address; `new` is one that is not there yet.
async fn found(app: &App, who: &SignedIn, address: &str) -> Result<Option<(Row, Vec<Past>)>, Failure> {
    let actor = who.actor.clone();
    if address == "new" {
        rights::hold(&actor, rights::Right::EditTemplates)?;
        return Ok(None);
    }
    let line = Uuid::parse_str(address).map_err(|_| Failure::NotFound)?;
    Ok(Some(app.db.read(move |tx| template::own(&actor, tx, line)).await?))
}

pub async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path(address): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let (form, version, versions) = match found(&app, &who, &address).await? {
        Some((row, versions)) => (Form::from(&row), row.version, versions),
        None => (Form::default(), 0, Vec::new()),
    };
    let page = page(&app, &who, (&address, version, versions), &form, &[]);
    html(&EditPage { saved: asked.done == "saved", ..page }, Caching::Never)
}

fn read(posted: &Posted) -> Form {
    let (moment, state) = posted.get("when").split_once(':').unwrap_or((posted.get("when"), ""));
    Form {
        name: posted.get("name").to_owned(),
        service: posted.get("service").to_owned(),
        moment: Moment::from_name(moment).unwrap_or(Moment::Any),
        state: state.to_owned(),
        code: posted.get("code").to_owned(),
        words: posted.get("words").to_owned(),
        mail: posted.get("mail").to_owned(),
        everybody: posted.get("everybody").to_owned(),
        automatic: posted.get("automatic") == "yes",
        active: posted.get("active") == "yes",
    }
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(address): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let before = found(&app, &who, &address).await?;
    let line = before.as_ref().map(|(row, _)| row.line);
    let versions = before.map(|(_, versions)| versions).unwrap_or_default();
    let (form, version) = (read(&posted), posted.get("version").parse().unwrap_or(-1));
    let faults = template::faults(&app.setting, &who.staff.agency, &form);
    if !faults.is_empty() {
        let page = page(&app, &who, (&address, version, versions), &form, &faults);
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
    }
    if posted.get("do") == "preview" {
        let (words, mail, open) = template::sample(&app.setting, &who.staff.agency, &form, app.now());
        let page = page(&app, &who, (&address, version, versions), &form, &[]);
        return html(&EditPage { preview: Some((addresses(&words), mail, open)), ..page }, Caching::Never);
    }
    let (actor, setting, draw, kept) = (who.actor.clone(), app.setting.clone(), app.draw(), form.clone());
    let job = move |tx: &mut store::Tx| template::save(&actor, tx, &setting, &mut draw.clone(), (line, version), &kept);
    match app.db.write(job).await {
        Ok(line) => Ok(gone_to(&format!("/staff/templates/{line}?done=saved"))),
        // What was typed stays on the page, over the version that is in force now.
        Err(Error::Stale) => {
            let now = versions.first().map_or(0, |past| past.version);
            let words =
                "Somebody changed this template just before you. Look at it, then save yours if it is still right";
            let page = page(&app, &who, (&address, now, versions), &form, &[("name", words.to_owned())]);
            html_with(StatusCode::CONFLICT, &page, Caching::Never)
        }
        Err(other) => Err(other.into()),
    }
}

fn page(
    app: &App,
    who: &SignedIn,
    (address, version, versions): (&str, i64, Vec<Past>),
    form: &Form,
    faults: &[Fault],
) -> EditPage {
    let title = if address == "new" { "New template" } else { "Change a template" };
    let head = faults.iter().map(|(field, words)| (*field, words.as_str()));
    EditPage {
        frame: Frame::staff(app, title, Some(who.desk(app, "templates"))).wrong(!faults.is_empty()),
        errors: ErrorSummary::new(head),
        saved: false,
        preview: None,
        action: format!("/staff/templates/{address}"),
        version,
        fields: fields(app, &who.staff.agency, form, faults),
        versions,
    }
}

fn fields(app: &App, agency: &str, form: &Form, faults: &[Fault]) -> Vec<Html> {
    let wrong = |name: &str| faults.iter().find(|(field, _)| *field == name).map(|(_, words)| words.as_str());
    let tick = |name: &str, words: &str, hint: &str, is: bool| {
        let item = CheckboxItem::new("yes", words).hint(hint).checked(is);
        Checkboxes {
            id_prefix: name.to_owned(),
            name: name.to_owned(),
            items: [item].into_iter().collect(),
            ..Checkboxes::default()
        }
    };
    let services = app.setting.services_of(agency).into_iter().map(|(id, name)| SelectItem::new(id, name));
    let services = [SelectItem::new("", "Every kind")].into_iter().chain(services);
    let of = |moment: Moment, id: &str| {
        SelectItem::new(format!("{}:{id}", moment.name()), when_words(app, agency, moment, id))
    };
    let whens =
        [Moment::Any, Moment::Filed].map(|moment| SelectItem::new(moment.name(), when_words(app, agency, moment, "")));
    let stages = app.setting.open_stages(agency).into_iter().map(|(id, _)| of(Moment::Stage, &id));
    let outcomes = app.setting.outcomes(agency).into_iter().map(|(id, _)| of(Moment::Outcome, &id));
    let chosen = if form.state.is_empty() {
        form.moment.name().to_owned()
    } else {
        format!("{}:{}", form.moment.name(), form.state)
    };
    let automatic =
        tick("automatic", "Use it by itself", "When that happens and nobody has written anything", form.automatic);
    vec![
        Html::of(&Input::new("name", "name", "Name").hint("Only staff see it.").value(&form.name).error(wrong("name"))),
        Html::of(
            &Select::new("service", "service", "Kind of report", services).value(&form.service).error(wrong("service")),
        ),
        Html::of(
            &Select::new("when", "when", "When it is used", whens.into_iter().chain(stages).chain(outcomes))
                .value(chosen)
                .error(wrong("when")),
        ),
        Html::of(
            &Input::new("code", "code", "Code of your own system, if it sends one")
                .hint("For example, 981. A star stands for anything: 98*")
                .value(&form.code)
                .width(10)
                .error(wrong("code")),
        ),
        Html::of(
            &Textarea::new("words", "words", "What the resident reads")
                .hint("On the page of their report. Leave an empty line between paragraphs.")
                .value(&form.words)
                .rows(8)
                .error(wrong("words")),
        ),
        Html::of(
            &Textarea::new("everybody", "everybody", "What everybody reads, if the report is public")
                .hint(
                    "It stands on the public page, and first in what the resident reads. Write nothing of the person.",
                )
                .value(&form.everybody)
                .rows(3)
                .error(wrong("everybody")),
        ),
        Html::of(
            &Textarea::new("mail", "mail", "What the e-mail says, if it says more than usual")
                .hint("It stands beside the link. Write nothing of the person or the place.")
                .value(&form.mail)
                .rows(4)
                .error(wrong("mail")),
        ),
        Html::of(&automatic.error(wrong("automatic"))),
        Html::of(&tick("active", "In use", "Take the tick away to keep it for later", form.active)),
    ]
}
