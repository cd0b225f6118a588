//! `/staff/services`: how the agency offers its services (C-68, C-71), for those who may change it. Each change is a version: looked at
//! before it is kept, with why and from which day, and one that went before can be put back.

mod fields;

use super::session::SignedIn;
use crate::{
    App,
    govuk::{Button, ErrorSummary, Html},
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
    offer::{self, Change, Fault, Form, Open, Said},
};
use rights::{NotFound, Right, hold};
use serde::Deserialize;
use store::offer::Past;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub done: String,
}

pub struct Line {
    pub id: String,
    pub name: String,
    pub open: Open,
    pub first_answer: String,
    pub target: String,
    pub changed: bool,
}

#[derive(Template)]
#[template(path = "staff/offers.html")]
pub struct ListPage {
    pub frame: Frame,
    pub lines: Vec<Line>,
}

impl ListPage {
    fn is_off(&self, line: &Line) -> bool {
        line.open != Open::Everybody
    }
}

/// What would be kept, with the fields that bring it back.
pub struct Preview {
    pub said: Vec<Said>,
    pub from: String,
    pub reason: String,
    pub hidden: Vec<(&'static str, String)>,
}

pub struct Version {
    pub past: Past,
    pub said: Vec<Said>,
    pub from: String,
    pub made: String,
    /// Its day has not come.
    pub waits: bool,
    pub is_newest: bool,
}

#[derive(Template)]
#[template(path = "staff/offer.html")]
pub struct EditPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub saved: bool,
    pub preview: Option<Preview>,
    pub action: String,
    pub version: i64,
    /// As it is today.
    pub now: Vec<(&'static str, String)>,
    pub fields: Vec<Html>,
    pub versions: Vec<Version>,
}

impl EditPage {
    fn look(&self) -> Button {
        Button::text("Look at what changes").sends("do", "preview")
    }

    fn save(&self) -> Button {
        Button::text("Save these changes").sends("do", "save")
    }
}

fn line(app: &App, agency: &str, (id, name): (String, String)) -> Line {
    let offers = app.setting.offers();
    let [first_answer, target] = app.setting.targets(agency, &id);
    Line {
        open: offers.open(agency, &id),
        changed: offers.change(agency, &id).is_some(),
        first_answer,
        target,
        id,
        name,
    }
}

pub async fn list(State(app): State<App>, who: SignedIn) -> Result<Response, Failure> {
    hold(&who.actor, Right::EditServices)?;
    let agency = who.staff.agency.as_str();
    let mut services = app.setting.services_of(agency);
    services.retain(|(id, _)| who.staff.remit.holds_service(id));
    services.sort_by_key(|(_, name)| name.to_lowercase());
    let lines = services.into_iter().map(|service| line(&app, agency, service)).collect();
    let frame = Frame::staff(&app, "Services", Some(who.desk(&app, "services")));
    html(&ListPage { frame, lines }, Caching::Never)
}

/// One service as it stands: the newest version, and all of them.
struct Standing {
    service: String,
    version: i64,
    change: Change,
    versions: Vec<Past>,
}

async fn standing(app: &App, who: &SignedIn, service: &str) -> Result<Standing, Failure> {
    let (actor, setting, id) = (who.actor.clone(), app.setting.clone(), service.to_owned());
    let (newest, versions) = app.db.read(move |tx| offer::own(&actor, tx, &setting, &id)).await?;
    Ok(Standing {
        service: service.to_owned(),
        version: newest.as_ref().map_or(0, |row| row.version),
        change: newest.map(|row| offer::changes(&row)).unwrap_or_default(),
        versions,
    })
}

pub async fn get(
    State(app): State<App>,
    who: SignedIn,
    Path(service): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let standing = standing(&app, &who, &service).await?;
    let form = Form::of(&standing.change).from_day(when::local(app.now()).date());
    let page = page(&app, &who, standing, &form, &[]);
    html(&EditPage { saved: asked.done == "saved", ..page }, Caching::Never)
}

/// The form of a version that is to be put back; 0 is the file alone.
fn put_back(app: &App, standing: &Standing, to: i64) -> Result<Form, Failure> {
    let change = match to {
        0 => Change::default(),
        _ => {
            let past = standing.versions.iter().find(|past| past.version == to).ok_or(NotFound)?;
            serde_json::from_value(past.changes.clone()).unwrap_or_default()
        }
    };
    let reason =
        if to == 0 { "Put back to what the file says".to_owned() } else { format!("Put back to version {to}") };
    Ok(Form { reason, ..Form::of(&change).from_day(when::local(app.now()).date()) })
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(service): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let standing = standing(&app, &who, &service).await?;
    let back = posted.get("do") == "back";
    let form = match back {
        true => put_back(&app, &standing, posted.get("to").parse().unwrap_or(-1))?,
        false => fields::read(&posted),
    };
    let faults = offer::faults(&app.setting, &who.staff.agency, &service, &form, app.now());
    if !faults.is_empty() {
        let page = page(&app, &who, standing, &form, &faults);
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never);
    }
    // What is looked at is compared with the newest version: a page from before it is put right here.
    let version = if back { standing.version } else { posted.get("version").parse().unwrap_or(-1) };
    if version != standing.version {
        return late(&app, &who, standing, &form);
    }
    if posted.get("do") != "save" {
        let preview = preview(&app, &who, &standing, &form);
        let page = page(&app, &who, standing, &form, &[]);
        return html(&EditPage { preview: Some(preview), ..page }, Caching::Never);
    }
    let (actor, setting, draw, kept) = (who.actor.clone(), app.setting.clone(), app.draw(), form.clone());
    let id = service.clone();
    let job = move |tx: &mut store::Tx| offer::save(&actor, tx, &setting, &mut draw.clone(), (&id, version), &kept);
    match app.db.write(job).await {
        Ok(()) => {
            let now = app.now();
            app.setting.set_offers(app.db.read(move |tx| offer::load(tx, now)).await?);
            Ok(gone_to(&format!("/staff/services/{service}?done=saved")))
        }
        Err(Error::Stale) => {
            let standing = self::standing(&app, &who, &service).await?;
            late(&app, &who, standing, &form)
        }
        Err(other) => Err(other.into()),
    }
}

/// What was typed stays on the page, over the version that is the newest now.
fn late(app: &App, who: &SignedIn, standing: Standing, form: &Form) -> Result<Response, Failure> {
    let words = "Somebody changed this service just before you. Look at what they changed, then save yours if it is still right";
    let page = page(app, who, standing, form, &[("open", words.to_owned())]);
    html_with(StatusCode::CONFLICT, &page, Caching::Never)
}

fn preview(app: &App, who: &SignedIn, standing: &Standing, form: &Form) -> Preview {
    let said = offer::differs(&app.setting, &who.staff.agency, &standing.service, &standing.change, &form.change());
    Preview {
        said,
        from: form.day().map(when::date).unwrap_or_default(),
        reason: form.reason.clone(),
        hidden: fields::hidden(form),
    }
}

fn version(app: &App, newest: i64, past: Past) -> Version {
    let day = past.from_day.parse().map(when::date);
    Version {
        said: serde_json::from_value(past.said.clone()).unwrap_or_default(),
        from: day.unwrap_or_default(),
        made: when::moment(past.made_at),
        waits: past.from_day > offer::day(app.now()),
        is_newest: past.version == newest,
        past,
    }
}

fn page(app: &App, who: &SignedIn, standing: Standing, form: &Form, faults: &[Fault]) -> EditPage {
    let (agency, service) = (who.staff.agency.as_str(), standing.service.as_str());
    let [first_answer, target] = app.setting.targets(agency, service);
    let open = app.setting.offers().open(agency, service);
    let title = app.setting.service_name(service);
    let head = faults.iter().map(|(field, words)| (fields::stands(field), words.as_str()));
    EditPage {
        frame: Frame::staff(app, title, Some(who.desk(app, "services"))).wrong(!faults.is_empty()),
        errors: ErrorSummary::new(head),
        saved: false,
        preview: None,
        action: format!("/staff/services/{service}"),
        version: standing.version,
        now: vec![("Who can send it", open.words().to_owned()), ("First answer", first_answer), ("Work done", target)],
        fields: fields::all(app, agency, service, form, faults),
        versions: standing.versions.into_iter().map(|past| version(app, standing.version, past)).collect(),
    }
}
