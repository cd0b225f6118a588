//! `/track/{reference}/review`, `/news`, `/updates`: what a victim may ask for beside adding words: a review of a decision,
//! how it goes, and to hear more or less often.

use super::visit::{self, Visiting};
use crate::{
    App,
    govuk::{Button, ErrorSummary, Textarea},
    page::{Caching, Failure, Frame, Posted, gone_to, html, html_with, when},
};
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use casework::{
    Error, Refusal,
    report::{agreement, feedback, follow, review},
};

#[derive(Template)]
#[template(path = "track/review.html")]
pub struct ReviewPage {
    pub frame: Frame,
    pub errors: ErrorSummary,
    pub reference: String,
    pub until: String,
    pub words: Textarea,
    pub button: Button,
}

async fn page(
    app: &App,
    visiting: &Visiting,
    typed: &str,
    problem: Option<&'static str>,
) -> Result<ReviewPage, Failure> {
    let (actor, setting, now) = (visiting.actor.clone(), app.setting.clone(), app.now());
    let shown = app.db.read(move |tx| follow::following(&actor, tx, &setting, now)).await?;
    let until = shown.review_until.ok_or(Failure::NotFound)?;
    let leave = format!("{}/leave", visit::path(&visiting.head.reference));
    Ok(ReviewPage {
        frame: Frame::citizen(app, "Ask for a review").exit(leave, visiting.head.sensitive).wrong(problem.is_some()),
        errors: ErrorSummary::new(problem.map(|words| ("words", words))),
        reference: visiting.head.reference.clone(),
        until: when::by(until),
        words: Textarea::new("words", "words", "Why should we look again?")
            .hint("Tell us what you think we missed or got wrong.")
            .rows(6)
            .value(typed)
            .error(problem),
        button: Button::text("Ask for a review"),
    })
}

pub async fn get(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    html(&page(&app, &visiting, "", None).await?, Caching::Never)
}

pub async fn review(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let typed = posted.get("words").to_owned();
    let (actor, setting, draw, words) = (visiting.actor.clone(), app.setting.clone(), app.draw(), typed.clone());
    let asked = app.db.write(move |tx| review::ask(&actor, tx, &setting, &mut draw.clone(), &words)).await;
    match asked {
        Ok(()) => Ok(gone_to(&format!("{}?done=review", visit::path(&visiting.head.reference)))),
        Err(Error::Refused(refusal)) => {
            let problem = super::own::wrong(refusal).ok_or(Error::Refused(refusal))?;
            let page = page(&app, &visiting, &typed, Some(problem)).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &page, Caching::Never)
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn news(State(app): State<App>, visiting: Visiting) -> Result<Response, Failure> {
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    app.db.write(move |tx| follow::ask_news(&actor, tx, &setting, &mut draw.clone())).await?;
    Ok(gone_to(&format!("{}?done=news", visit::path(&visiting.head.reference))))
}

/// How the agency did: one press, and no page on which anything could be wrong.
pub async fn feedback(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let (agency, answer) = (posted.get("agency").to_owned(), posted.get("answer").to_owned());
    let (actor, setting, draw) = (visiting.actor.clone(), app.setting.clone(), app.draw());
    let give = move |tx: &mut store::Tx| feedback::give(&actor, tx, &setting, &mut draw.clone(), &agency, &answer);
    match app.db.write(give).await {
        // Pressed twice: it counted once.
        Ok(()) | Err(Error::Refused(Refusal::AlreadyDone)) => {
            Ok(gone_to(&format!("{}?done=told", visit::path(&visiting.head.reference))))
        }
        Err(other) => Err(other.into()),
    }
}

pub async fn updates(State(app): State<App>, visiting: Visiting, posted: Posted) -> Result<Response, Failure> {
    let (actor, setting, draw, wish) =
        (visiting.actor.clone(), app.setting.clone(), app.draw(), posted.get("wish").to_owned());
    let asked = app.db.write(move |tx| agreement::ask(&actor, tx, &setting, &mut draw.clone(), &wish)).await;
    let done = match asked {
        Ok(()) => "updates",
        Err(Error::Refused(Refusal::ReasonNeeded)) => "wish",
        Err(other) => return Err(other.into()),
    };
    Ok(gone_to(&format!("{}?done={done}", visit::path(&visiting.head.reference))))
}
