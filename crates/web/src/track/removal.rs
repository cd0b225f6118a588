//! `/track/{reference}/removal`: asking that what says who one is be taken out of what is public (C-50).

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
    report::{removal, wording},
};

#[derive(Template)]
#[template(path = "track/removal.html")]
pub struct RemovalPage {
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
) -> Result<RemovalPage, Failure> {
    let (actor, setting) = (visiting.actor.clone(), app.setting.clone());
    app.db.read(move |tx| wording::own(&actor, tx, &setting)).await?;
    Ok(RemovalPage {
        frame: frame(app, visiting, "Take out what says who you are").wrong(problem.is_some()),
        back: BackLink::to(visit::path(&visiting.head.reference)),
        errors: ErrorSummary::new(problem.map(|words| ("words", words))),
        reference: visiting.head.reference.clone(),
        words: Textarea::new("words", "words", "What says who you are?")
            .hint("For example, a name, a house number or a face in a photo.")
            .rows(4)
            .value(typed)
            .error(problem),
        button: Button::text("Hide my report and ask"),
    })
}

pub async fn get(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    html(&page(&app, &visiting, "", None).await?, Caching::Never)
}

pub async fn post(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let typed = posted.get("words").to_owned();
    let (actor, draw, words) = (visiting.actor.clone(), app.draw(), typed.clone());
    let done = app.db.write(move |tx| removal::ask(&actor, tx, &mut draw.clone(), &words)).await;
    match done {
        Ok(()) => Ok(gone_to(&format!("{}?done=removal", visit::path(&visiting.head.reference)))),
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
