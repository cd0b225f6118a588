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
    report::{
        shown_name,
        wording::{self, Words},
    },
};
use store::Tx;

#[derive(Template)]
#[template(path = "track/public.html")]
pub struct PublicPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub reference: String,
    pub words: Words,
    /// The name that others read, where the reporter chose that.
    pub name: Option<String>,
    pub hide_name: Button,
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
    let read = move |tx: &mut Tx| Ok::<_, Error>((wording::own(&actor, tx, &setting)?, shown_name::own(&actor, tx)?));
    let ((words, may_change), name) = app.db.read(read).await?;
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
        name,
        hide_name: Button::text("Hide my name").secondary(),
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

/// `/track/{reference}/name`: others do not read the name any more (C-52).
pub async fn hide_name(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let (actor, draw) = (visiting.actor.clone(), app.draw());
    match app.db.write(move |tx| shown_name::hide_own(&actor, tx, &mut draw.clone())).await {
        // A second press found it done.
        Ok(()) | Err(Error::Refused(casework::Refusal::AlreadyDone)) => {}
        Err(other) => return Err(other.into()),
    }
    Ok(gone_to(&format!("{}/public", visit::path(&visiting.head.reference))))
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
