//! `/track/{reference}/public`: what others read of one's report, and changing it until somebody has acted on it (C-50).

use super::{
    own::{frame, wrong},
    visit::{self, Visiting},
};
use crate::{
    App,
    govuk::{BackLink, Button, Checkboxes, ErrorSummary, Textarea},
    page::{Caching, Failure, Frame, Posted, gone_to, html, html_with, wording as form},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use casework::{
    Error,
    report::wording::{self, Words},
};

#[derive(Template)]
#[template(path = "track/public.html")]
pub struct PublicPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub reference: String,
    pub words: Words,
    /// Nobody has acted on it: it can still be changed.
    pub may_change: bool,
    pub texts: Vec<Textarea>,
    pub photos: Option<Checkboxes>,
    pub button: Button,
    pub removal: Button,
}

async fn page(
    app: &App,
    visiting: &Visiting,
    typed: Option<&Posted>,
    problem: Option<&'static str>,
) -> Result<Response, Failure> {
    let (actor, setting) = (visiting.actor.clone(), app.setting.clone());
    let (words, may_change) = app.db.read(move |tx| wording::own(&actor, tx, &setting)).await?;
    let texts = form::texts(&words, typed);
    let first = texts.first().map_or("without".to_owned(), |text| text.id.clone());
    let path = visit::path(&visiting.head.reference);
    let page = PublicPage {
        frame: frame(app, visiting, "What others can read")
            .with_files(app, !words.photos.is_empty())
            .wrong(problem.is_some()),
        back: BackLink::to(path.clone()),
        errors: ErrorSummary::new(problem.map(|words| (first, words))),
        reference: visiting.head.reference.clone(),
        photos: form::photos(&words),
        texts,
        words,
        may_change,
        button: Button::text("Save what others read"),
        removal: Button::link("Ask us to take it out", format!("{path}/removal")).secondary(),
    };
    match problem {
        None => html(&page, Caching::Never),
        Some(_) => html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never),
    }
}

pub async fn get(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    page(&app, &visiting, None, None).await
}

pub async fn post(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let change = form::read(&posted);
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    let done = app.db.write(move |tx| wording::correct(&actor, tx, &setting, &mut draw.clone(), &change)).await;
    let problem = match done {
        Ok(()) => return Ok(gone_to(&format!("{}?done=corrected", visit::path(&visiting.head.reference)))),
        Err(Error::Stale) => "This was changed meanwhile. Look at it again, then save",
        Err(Error::Refused(casework::Refusal::AlreadyDone)) => "Change something first",
        Err(Error::Refused(casework::Refusal::WordsTooLong)) => "Use no more than 1,000 characters for each",
        Err(Error::Refused(refusal)) => wrong(refusal).ok_or(Error::Refused(refusal))?,
        Err(other) => return Err(other.into()),
    };
    page(&app, &visiting, Some(&posted), Some(problem)).await
}
