//! `/staff/reports/{reference}/service`: what a report is about, changed within the agency (C-65).

use super::{
    acts::{STALE, said, told, version},
    session::SignedIn,
};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, Select, SelectItem, Textarea},
    page::{Caching, Failure, Frame, Posted, gone_to, html_with},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use casework::{
    Error, Refusal, codes,
    report::{
        acts::On,
        service::{self, Choices},
    },
};

#[derive(Template)]
#[template(path = "staff/service.html")]
pub struct ServicePage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub reference: String,
    pub version: i64,
    pub now: String,
    /// The agency has a back office.
    pub has_office: bool,
    pub services: Select,
    pub why: Textarea,
    pub button: Button,
}

const WHY: &str = "Say why you change it";

async fn page(
    app: &App,
    who: &SignedIn,
    reference: &str,
    typed: Option<&Posted>,
    problems: &[(&'static str, &'static str)],
) -> Result<Response, Failure> {
    let (actor, setting, at) = (who.actor.clone(), app.setting.clone(), reference.to_owned());
    let choices: Choices = app.db.read(move |tx| service::choices(&actor, tx, &setting, &at)).await?;
    let wrong = |field: &str| problems.iter().find(|(at, _)| *at == field).map(|(_, words)| *words);
    let written = |field: &str| typed.map_or("", |typed| typed.get(field)).to_owned();
    let items = choices.services.iter().map(|(id, title)| SelectItem::new(id.clone(), title.clone()));
    let items = [SelectItem::new("", "Choose")].into_iter().chain(items);
    let page = ServicePage {
        frame: Frame::staff(app, "Change what it is about", Some(who.desk(app, "queue"))).wrong(!problems.is_empty()),
        back: BackLink::to(format!("/staff/reports/{reference}")),
        errors: ErrorSummary::new(problems.iter().copied()),
        reference: reference.to_owned(),
        version: typed.map_or(choices.version, version),
        now: choices.now.clone(),
        has_office: app.setting.office(&who.staff.agency).is_some(),
        services: Select::new("service", "service", "What is it about?", items)
            .value(written("service"))
            .error(wrong("service")),
        why: Textarea::new("why", "why", "Why do you change it?")
            .hint("The person who reported it reads this.")
            .rows(3)
            .value(written("why"))
            .error(wrong("why")),
        button: Button::text("Change it"),
    };
    let status = if !problems.is_empty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html_with(status, &page, Caching::Never)
}

fn read(typed: &str) -> Result<String, Failure> {
    codes::read_reference(typed).ok_or(Failure::NotFound)
}

pub async fn get(State(app): State<App>, who: SignedIn, Path(reference): Path<String>) -> Result<Response, Failure> {
    page(&app, &who, &read(&reference)?, None, &[]).await
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let reference = read(&reference)?;
    let (version, to, why) = (version(&posted), posted.get("service").to_owned(), posted.get("why").to_owned());
    let empty = [
        to.is_empty().then(|| ("service", said(Refusal::NoSuchService))),
        why.trim().is_empty().then_some(("why", WHY)),
    ];
    let empty: Vec<_> = empty.into_iter().flatten().collect();
    if !empty.is_empty() {
        return page(&app, &who, &reference, Some(&posted), &empty).await;
    }
    let (actor, setting, draw, at) = (who.actor.clone(), app.setting.clone(), app.draw(), reference.clone());
    let job = move |tx: &mut store::Tx| {
        service::set(&actor, tx, &setting, &mut draw.clone(), On { reference: &at, version }, (&to, &why))
    };
    let problem = match app.db.write(job).await {
        Ok(how) => {
            app.bell.notify_one();
            return Ok(gone_to(&format!("/staff/reports/{reference}?done={}", told(how))));
        }
        Err(Error::Stale) => ("why", STALE),
        Err(Error::Refused(Refusal::WordsNeeded)) => ("why", WHY),
        Err(Error::Refused(refusal @ (Refusal::NoSuchService | Refusal::WorkedTogether))) => ("service", said(refusal)),
        Err(Error::Refused(refusal)) => ("why", said(refusal)),
        Err(other) => return Err(other.into()),
    };
    page(&app, &who, &reference, Some(&posted), &[problem]).await
}
