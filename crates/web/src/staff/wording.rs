//! `/staff/reports/{reference}/wording`: what everybody reads of a report, changed by staff with a reason (C-53).

use super::{
    acts::{said, version},
    session::SignedIn,
};
use crate::{
    App,
    govuk::{BackLink, Button, Checkboxes, ErrorSummary, Textarea},
    page::{Caching, Failure, Frame, Posted, gone_to, html_with, wording as form},
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
        wording::{self, Words},
    },
};

#[derive(Template)]
#[template(path = "staff/wording.html")]
pub struct WordingPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub reference: String,
    /// Of the report, and of what everybody reads.
    pub version: i64,
    pub words: Words,
    pub texts: Vec<Textarea>,
    pub photos: Option<Checkboxes>,
    pub why: Textarea,
    pub button: Button,
}

async fn page(
    app: &App,
    who: &SignedIn,
    reference: &str,
    typed: Option<&Posted>,
    problem: Option<(&'static str, &'static str)>,
) -> Result<Response, Failure> {
    let (actor, setting, at) = (who.actor.clone(), app.setting.clone(), reference.to_owned());
    let look =
        app.db.look(&who.actor, app.draw().glance("work"), move |look| wording::for_staff(&actor, look, &setting, &at));
    let (version, words) = look.await?;
    let path = format!("/staff/reports/{reference}");
    let wrong = |field: &str| problem.filter(|(at, _)| *at == field).map(|(_, words)| words);
    let page = WordingPage {
        frame: Frame::staff(app, "Change what others read", Some(who.desk(app, "queue")))
            .with_files(app, !words.photos.is_empty())
            .wrong(problem.is_some()),
        back: BackLink::to(&path),
        errors: ErrorSummary::new(problem),
        reference: reference.to_owned(),
        version,
        texts: form::texts(&words, typed),
        photos: form::photos(&words),
        why: Textarea::new("why", "why", "Why")
            .hint("Only your agency reads this. The person who reported it reads that the words were changed.")
            .rows(3)
            .value(typed.map_or("", |typed| typed.get("why")))
            .error(wrong("why")),
        button: Button::text("Change what others read"),
        words,
    };
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html_with(status, &page, Caching::Never)
}

fn read(typed: &str) -> Result<String, Failure> {
    codes::read_reference(typed).ok_or(Failure::NotFound)
}

pub async fn get(State(app): State<App>, who: SignedIn, Path(reference): Path<String>) -> Result<Response, Failure> {
    page(&app, &who, &read(&reference)?, None, None).await
}

pub async fn post(
    State(app): State<App>,
    who: SignedIn,
    Path(reference): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let reference = read(&reference)?;
    let (change, version, why) = (form::read(&posted), version(&posted), posted.get("why").to_owned());
    let (actor, setting, draw, at) = (who.actor.clone(), app.setting.clone(), app.draw(), reference.clone());
    let job = move |tx: &mut store::Tx| {
        let on = On { reference: &at, version };
        wording::edit(&actor, tx, &setting, &mut draw.clone(), on, (&change, &why))
    };
    let problem = match app.db.write(job).await {
        Ok(()) => {
            app.bell.notify_one();
            return Ok(gone_to(&format!("/staff/reports/{reference}?done=saved")));
        }
        Err(Error::Stale) => ("why", "Somebody changed this just before you. Look at it again, then save"),
        Err(Error::Refused(Refusal::AlreadyDone)) => ("why", "Change something first"),
        Err(Error::Refused(Refusal::WordsNeeded)) => ("why", "Say why"),
        Err(Error::Refused(refusal)) => ("why", said(refusal)),
        Err(other) => return Err(other.into()),
    };
    page(&app, &who, &reference, Some(&posted), Some(problem)).await
}
