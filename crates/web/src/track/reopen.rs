//! `/track/{reference}/reopen`: opening a closed report again, while it can be (C-49).

use super::{
    own::{frame, wrong},
    visit::{self, Visiting},
};
use crate::{
    App,
    govuk::{BackLink, Button, ErrorSummary, Textarea},
    page::{Caching, Failure, Frame, Posted, gone_to, html, html_with},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use casework::{
    Error,
    report::{
        follow,
        reopening::{self, Reopening},
    },
};

#[derive(Template)]
#[template(path = "track/reopen.html")]
pub struct ReopenPage {
    pub frame: Frame,
    pub back: BackLink,
    pub errors: ErrorSummary,
    pub reference: String,
    pub words: Textarea,
    pub button: Button,
}

async fn page(
    app: &App,
    visiting: &Visiting,
    typed: &str,
    problem: Option<&'static str>,
) -> Result<ReopenPage, Failure> {
    let (actor, setting, now) = (visiting.actor.clone(), app.setting.clone(), app.now());
    let shown = app.db.read(move |tx| follow::following(&actor, tx, &setting, now)).await?;
    if !matches!(shown.reopening, Reopening::Until(_)) {
        return Err(Failure::NotFound);
    }
    Ok(ReopenPage {
        frame: frame(app, visiting, "Open your report again").wrong(problem.is_some()),
        back: BackLink::to(visit::path(&visiting.head.reference)),
        errors: ErrorSummary::new(problem.map(|words| ("words", words))),
        reference: visiting.head.reference.clone(),
        words: Textarea::new("words", "words", "What is still wrong?")
            .hint("Say what you see now.")
            .rows(4)
            .value(typed)
            .error(problem),
        button: Button::text("Open it again"),
    })
}

pub async fn get(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    html(&page(&app, &visiting, "", None).await?, Caching::Never)
}

pub async fn post(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let typed = posted.get("words").to_owned();
    let (actor, setting, draw, words) = (visiting.actor.clone(), app.setting.clone(), app.draw(), typed.clone());
    let done = app.db.write(move |tx| reopening::reopen(&actor, tx, &setting, &mut draw.clone(), &words)).await;
    match done {
        Ok(()) => Ok(gone_to(&format!("{}?done=reopened", visit::path(&visiting.head.reference)))),
        Err(Error::Refused(refusal)) => {
            let problem = wrong(refusal).ok_or(Error::Refused(refusal))?;
            html_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &page(&app, &visiting, &typed, Some(problem)).await?,
                Caching::Never,
            )
        }
        Err(other) => Err(other.into()),
    }
}
